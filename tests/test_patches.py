"""What WeasyPrint 70 leaves open. Each test fails when WeasyPrint closes the gap: drop the patch."""

import json
import os
import re
import subprocess
import sys
import zlib

import pytest

from .conftest import ROOT

pytestmark = pytest.mark.process

# Documents as plain WeasyPrint prints them, without careerprint's patches.
PLAIN = """
import json, sys, weasyprint
from pathlib import Path
fonts = sys.argv[1]
def print_plain(variant, style):
    html = '''<html lang=ar dir=rtl><title>x</title><style>
@font-face {{ font-family: A; src: url({0}/IBMPlexSansArabic_400Regular.ttf) }}
body {{ font-family: A }} @page {{ @top-left {{ content: "3" }} }}{1}</style><p lang=de>Text</p><p>يغيّر</p>
<a href="https://example.org/">Ein <em>Wort</em></a>
<table><tr><th scope=col>1<td>2</table>
<ul><li>1<li style="break-before: page">2</ul></html>'''.format(fonts, style)
    return weasyprint.HTML(string=html).write_pdf(pdf_variant=variant, uncompressed_pdf=True)
for name, (variant, style) in json.loads(sys.argv[2]).items():
    Path(name).write_bytes(print_plain(variant, style))
"""
INKS = (
    f"@color-profile device-cmyk {{ src: url({(ROOT / 'layouts/press/FOGRA39L-coated.icc').as_uri()}); "
    "components: c, m, y, k }"
)
# Each document with its variant and its style.
DOCUMENTS = {
    "screen": ("pdf/ua-1", ""),
    "archive": ("pdf/a-2a", ""),
    "press": ("pdf/x-4", ""),
    "press again": ("pdf/x-4", ""),
    "inks": ("pdf/x-4", INKS),
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All documents, printed in a process into which no patch has come."""
    folder = tmp_path_factory.mktemp("plain")
    configuration = folder / "fonts.conf"
    configuration.write_text(f"<fontconfig><dir>{ROOT / 'fonts'}</dir></fontconfig>", "utf-8")
    subprocess.run(
        [sys.executable, "-c", PLAIN, (ROOT / "fonts").as_uri(), json.dumps(DOCUMENTS)],
        cwd=folder,
        env={**os.environ, "FONTCONFIG_FILE": str(configuration)},
        check=True,
        capture_output=True,
    )
    return {name: (folder / name).read_bytes() for name in DOCUMENTS}


def test_weasyprint_writes_no_language_on_structure_elements(plain: dict[str, bytes]) -> None:
    elements = re.findall(rb"<<[^<>]*/StructElem[^<>]*>>", plain["screen"])
    assert elements
    assert not any(b"/Lang" in element for element in elements)


def test_weasyprint_writes_a_link_for_each_element_within_a_link(plain: dict[str, bytes]) -> None:
    assert plain["screen"].count(b"/Subtype /Link") == 2


def test_weasyprint_gives_a_glyph_of_a_marked_cluster_no_text(plain: dict[str, bytes]) -> None:
    assert re.search(rb"^<[0-9a-f]{4}> <>$", plain["screen"], re.MULTILINE)


def test_weasyprint_writes_no_scope_on_header_cells(plain: dict[str, bytes]) -> None:
    assert b"/S /TH" in plain["screen"]
    assert b"/Scope" not in plain["screen"]


def test_weasyprint_writes_a_list_for_each_page_of_one(plain: dict[str, bytes]) -> None:
    assert len(re.findall(rb"/S /L\b", plain["screen"])) == 2


def test_weasyprint_writes_no_artifact_in_the_margin_of_a_page(plain: dict[str, bytes]) -> None:
    assert b"/Artifact" not in plain["screen"]


def test_weasyprint_leaves_black_text_in_rgb_beside_an_output_intent_of_inks(
    plain: dict[str, bytes],
) -> None:
    assert b"/GTS_PDFX" in plain["inks"]
    assert re.search(rb"^0 0 0 rg$", plain["inks"], re.MULTILINE)


def test_weasyprint_names_a_press_file_at_random(plain: dict[str, bytes]) -> None:
    found = {
        re.search(rb"xmp\.did:[0-9a-f-]{36}", plain[name]) for name in ("press", "press again")
    }
    assert len({name[0] for name in found if name}) == 2


def test_weasyprint_identifies_one_variant_a_file(plain: dict[str, bytes]) -> None:
    both = b"pdfaid:part", b"pdfuaid:part"
    assert [mark in plain["archive"] for mark in both] == [True, False]
    assert [mark in plain["screen"] for mark in both] == [False, True]


def test_pydyf_leaves_the_end_of_a_stream_unclear() -> None:
    contents = (str(number).encode() for number in range(100_000))
    content = next(c for c in contents if zlib.compress(c, 9).endswith(b"\r"))
    program = f"import pydyf; print(pydyf.Stream([{content!r}], compress=True).data[-12:])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.endswith(b"\\r\\nendstream'\n")
