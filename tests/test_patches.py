"""What WeasyPrint 70 leaves open. Each test fails when WeasyPrint closes the gap: drop the patch."""

import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

from .conftest import ROOT

# A document as plain WeasyPrint prints it, without careerprint's patches.
PLAIN = """
import sys, weasyprint
fonts = sys.argv[1]
html = '''<html lang=ar dir=rtl><title>x</title><style>
@font-face {{ font-family: A; src: url(file://{0}/IBMPlexSansArabic_400Regular.ttf) }}
body {{ font-family: A }}{1}</style><p lang=de>Text</p><p>يغيّر</p>
<a href="https://example.org/">Ein <em>Wort</em></a>
<table><tr><th scope=col>1<td>2</table></html>'''.format(fonts, sys.argv[3])
pdf = weasyprint.HTML(string=html).write_pdf(pdf_variant=sys.argv[2], uncompressed_pdf=True)
sys.stdout.buffer.write(pdf)
"""


def plain_pdf(tmp_path: Path, variant: str = "pdf/ua-1", style: str = "") -> bytes:
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(f"<fontconfig><dir>{ROOT / 'fonts'}</dir></fontconfig>", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, ROOT / "fonts", variant, style],
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


def test_weasyprint_writes_no_scope_on_header_cells(tmp_path: Path) -> None:
    pdf = plain_pdf(tmp_path)
    assert b"/S /TH" in pdf
    assert b"/Scope" not in pdf


def test_weasyprint_leaves_black_text_in_rgb_beside_an_output_intent_of_inks(
    tmp_path: Path,
) -> None:
    profile = ROOT / "layouts/press/FOGRA39L-coated.icc"
    style = f"@color-profile device-cmyk {{ src: url(file://{profile}); components: c, m, y, k }}"
    pdf = plain_pdf(tmp_path, "pdf/x-4", style)
    assert b"/GTS_PDFX" in pdf
    assert re.search(rb"^0 0 0 rg$", pdf, re.MULTILINE)


def test_weasyprint_names_a_press_file_at_random(tmp_path: Path) -> None:
    found = {
        re.search(rb"xmp\.did:[0-9a-f-]{36}", plain_pdf(tmp_path, "pdf/x-4")) for _ in range(2)
    }
    assert len({name[0] for name in found if name}) == 2


def test_weasyprint_identifies_one_variant_a_file(tmp_path: Path) -> None:
    both = b"pdfaid:part", b"pdfuaid:part"
    assert [mark in plain_pdf(tmp_path, "pdf/a-2a") for mark in both] == [True, False]
    assert [mark in plain_pdf(tmp_path, "pdf/ua-1") for mark in both] == [False, True]


def test_pydyf_leaves_the_end_of_a_stream_unclear() -> None:
    contents = (str(number).encode() for number in range(100_000))
    content = next(c for c in contents if zlib.compress(c, 9).endswith(b"\r"))
    program = f"import pydyf; print(pydyf.Stream([{content!r}], compress=True).data[-12:])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.endswith(b"\\r\\nendstream'\n")
