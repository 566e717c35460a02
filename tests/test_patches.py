"""What WeasyPrint 70 leaves open. Each test fails when WeasyPrint closes the gap: drop the patch."""

import os
import re
import subprocess
import sys
from pathlib import Path

from .conftest import ROOT

# A document as plain WeasyPrint prints it, without careerprint's patches.
PLAIN = """
import sys, weasyprint
fonts = sys.argv[1]
html = '''<html lang=ar dir=rtl><title>x</title><style>
@font-face {{ font-family: A; src: url(file://{0}/IBMPlexSansArabic_400Regular.ttf) }}
body {{ font-family: A }}</style><p lang=de>Text</p><p>يغيّر</p>
<a href="https://example.org/">Ein <em>Wort</em></a></html>'''.format(fonts)
pdf = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
sys.stdout.buffer.write(pdf)
"""


def plain_pdf(tmp_path: Path) -> bytes:
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(f"<fontconfig><dir>{ROOT / 'fonts'}</dir></fontconfig>", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, ROOT / "fonts"],
        env={**os.environ, "FONTCONFIG_FILE": str(configuration)},
        capture_output=True,
        check=True,
    )
    return done.stdout


def test_weasyprint_writes_no_language_on_structure_elements(tmp_path: Path) -> None:
    elements = re.findall(rb"<<[^<>]*/StructElem[^<>]*>>", plain_pdf(tmp_path))
    assert elements
    assert not any(b"/Lang" in element for element in elements)


def test_weasyprint_writes_a_link_for_each_element_within_a_link(tmp_path: Path) -> None:
    assert plain_pdf(tmp_path).count(b"/Subtype /Link") == 2


def test_weasyprint_gives_a_glyph_of_a_marked_cluster_no_text(tmp_path: Path) -> None:
    assert re.search(rb"^<[0-9a-f]{4}> <>$", plain_pdf(tmp_path), re.MULTILINE)
