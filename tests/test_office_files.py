"""One text in all formats that LibreOffice writes: each comes in with the same structure."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from careerprint.core.diagnostics import Refused
from careerprint.intake.importing import read_manuscript
from careerprint.manuscripts import officesuite
from careerprint.manuscripts.officesuite import OFFICE, as_word, office
from careerprint.typesetting.patches import apply_patches

from .wordfiles import BULLET, paragraph, run, word_file

LIBREOFFICE = office()
needs_libreoffice = pytest.mark.skipif(
    LIBREOFFICE is None,
    reason="LibreOffice is not installed (apt install libreoffice-writer-nogui)",
)
LONG = (
    "Wer hier arbeitet, beginnt früh am Morgen und hat dafür am Nachmittag frei. Das mögen viele, "
    "und wer es nicht mag, findet einen Betrieb mit anderen Zeiten."
)
TEXT = [
    ("heading", "Bäckerin und Bäcker"),
    ("heading", "Aufgaben"),
    ("text", LONG),
    ("bullet", "Teig kneten"),
    ("bullet", "Brot formen"),
    ("heading", "Verdienst"),
    ("text", "Nach der Ausbildung sind es 2.500 Euro im Monat, später mehr."),
]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("office") / "text.docx"
    bullets = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    content = word_file(
        paragraph(TEXT[0][1], style="heading 1"),
        paragraph(TEXT[1][1], style="heading 2"),
        paragraph(LONG, run(" Weg damit.", "<w:strike/>")),
        *(paragraph(text, numbering=BULLET) for kind, text in TEXT if kind == "bullet"),
        paragraph("Verdienst", style="heading 2"),
        paragraph(TEXT[-1][1]),
        parts={"numbering": bullets},
    )
    file.write_bytes(content)
    return file


def written(document: Path, kind: str) -> Path:
    """Return the document as LibreOffice writes it in another format."""
    assert LIBREOFFICE is not None
    folder = document.parent / kind.partition(":")[0]
    profile = (document.parent / "profile").as_uri()
    command = [LIBREOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), str(document)], check=True, capture_output=True
    )
    return folder / f"text.{kind.partition(':')[0]}"


def read(file: Path) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in read_manuscript(file).paragraphs]


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docx", "odt", "rtf", "doc", "html", "pdf"])
def test_a_text_has_the_same_structure_in_every_format(document: Path, kind: str) -> None:
    file = written(document, kind)
    texts = read(file)
    if kind == "pdf":  # which shows struck-out words like any others
        texts = [(k, t.replace(" Weg damit.", "")) for k, t in texts]
    assert texts == TEXT


@needs_libreoffice
@pytest.mark.slow
def test_what_libreoffice_cannot_read_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(Refused) as refused:
        read_manuscript(tmp_path / "a.doc")
    assert len(refused.value.diagnostics) == 1


def test_an_old_word_file_is_called_one_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OFFICE, "")
    for content in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xdb\xa5\x2d\0\0\0Alter Text"):
        (tmp_path / "alt.doc").write_bytes(content)
        with pytest.raises(Refused, match="older formats") as refused:
            read_manuscript(tmp_path / "alt.doc")
        assert "Save As, Word Document (.docx)" in str(refused.value)


def test_libreoffice_is_given_up_after_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 & wait\n", "utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv(OFFICE, str(slow))
    monkeypatch.setattr(officesuite, "_TIME_LIMIT", 0.2)
    with pytest.raises(Refused, match="LibreOffice cannot read this document"):
        as_word(b"{\\rtf1}", ".rtf", "a.rtf")


def test_where_libreoffice_is_named_and_missing_the_document_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(OFFICE, "/nirgends/soffice")
    with pytest.raises(Refused, match="LibreOffice cannot read this document"):
        as_word(b"{\\rtf1}", ".rtf", "a.rtf")
    monkeypatch.setenv(OFFICE, "")
    with pytest.raises(Refused, match="Only LibreOffice reads documents in older formats"):
        as_word(b"{\\rtf1}", ".rtf", "a.rtf")


def test_libreoffice_runs_with_a_profile_of_its_own_and_without_macros(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script in its place notes how it is called, and writes what it was given."""
    stand_in = tmp_path / "soffice"
    stand_in.write_text(
        '#!/bin/sh\necho "$@" > "$CALLED"\nfor a; do case $a in -env:*) p=${a#*=file://};; esac; done\n'
        'cat "$p/user/registrymodifications.xcu" >> "$CALLED"\n',
        "utf-8",
    )
    stand_in.chmod(0o755)
    called = tmp_path / "called"
    monkeypatch.setenv(OFFICE, str(stand_in))
    monkeypatch.setenv("CALLED", str(called))
    with pytest.raises(Refused):
        as_word(b"{\\rtf1}", ".rtf", "a.rtf")
    told = called.read_text("utf-8")
    assert "--headless" in told
    assert "careerprint-" in told.partition("-env:UserInstallation=")[2].partition(" ")[0]
    for setting in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "ooInetProxyType"):
        assert f'oor:name="{setting}"' in told


# PDFs, which need no LibreOffice


@pytest.fixture
def printed(tmp_path: Path) -> Callable[[str], Path]:
    from weasyprint import HTML

    def printed(body: str) -> Path:
        file = tmp_path / "text.pdf"
        style = "<style>body { width: 100mm; font-family: sans-serif }</style>"
        HTML(string=f"{style}{body}").write_pdf(file)
        return file

    return printed


@pytest.mark.slow
def test_the_text_of_a_pdf_is_told_by_its_lines(printed: Callable[[str], Path]) -> None:
    items = "".join(f"<li>{text}</li>" for kind, text in TEXT if kind == "bullet")
    file = printed(
        f"<h1>{TEXT[0][1]}</h1><h2>Aufgaben</h2><p>{LONG}</p><ul>{items}</ul>"
        f"<h2>Verdienst</h2><p>{TEXT[-1][1]}</p>"
    )
    assert read(file) == TEXT


@pytest.mark.slow
def test_words_that_line_ends_divide_are_whole_and_hyphens_stay(
    printed: Callable[[str], Path],
) -> None:
    words = "Dampfschifffahrtsgesellschaft und Selfservice-Portale, Früh- und Spätschicht. "
    apply_patches()  # as in our own PDFs
    file = printed(f'<p lang="de" style="width: 45mm; hyphens: auto">{words * 6}</p>')
    ((kind, text),) = read(file)
    assert (kind, text) == ("text", (words * 6).strip())


def test_a_pdf_without_text_is_refused(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "leer.pdf")
    with pytest.raises(Refused, match="holds no text, only pictures of pages"):
        read_manuscript(tmp_path / "leer.pdf")
