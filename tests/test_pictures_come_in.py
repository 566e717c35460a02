"""Pictures of a document come with it: into the profile's folder, where they stood in the text."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from careerprint.core.reader import Reader
from careerprint.profiles.content import read_profile

from .conftest import Workspace
from .wordfiles import paragraph, word_file

LONG = "Wer hier arbeitet, beginnt früh am Morgen und hat dafür am Nachmittag frei, meistens."
_PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic xmlns:a="http://'
    'schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://'
    'schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="{id}"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def picture(side: int = 400, kind: str = "PNG", colour: str = "red") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(written, kind)
    return written.getvalue()


def with_media(document: bytes, **media: bytes) -> bytes:
    """Return a Word document with pictures, by their ids."""
    made = io.BytesIO(document)
    with zipfile.ZipFile(made) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_IMAGE}" Target="media/{name}.png"/>' for name in media
    )
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", f"{relations}</Relationships>".encode())
    parts |= {f"word/media/{name}.png": content for name, content in media.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return written.getvalue()


def imported(workspace: Workspace, name: str, content: bytes) -> tuple[Path, str]:
    """Import a file; return the profile's folder, and what is to be checked."""
    (workspace.root / name).write_bytes(content)
    done = workspace.run("import", name, "--slug", "beruf")
    assert (done.returncode, done.stderr) == (0, "")
    return workspace.root / "content" / "beruf", done.stdout


def word(**media: bytes) -> bytes:
    body = [
        paragraph("Bäckerin und Bäcker", style="Title"),
        paragraph("Aufgaben", style="heading 1"),
    ]
    for name in media:
        drawn = _PICTURE.format(alt=f"Bild von {name}", id=name)
        body += [paragraph(LONG), paragraph(drawn)]
    return with_media(word_file(*body, paragraph(LONG)), **media)


def test_pictures_of_a_word_file_stand_where_they_stood(workspace: Workspace) -> None:
    folder, said = imported(
        workspace, "text.docx", word(eins=picture(), zwei=picture(colour="blue"))
    )
    assert sorted(file.name for file in folder.iterdir()) == [
        "bild-1.png",
        "bild-2.png",
        "profile.md",
    ]
    assert (folder / "bild-1.png").read_bytes() == picture()
    (section,) = read_profile(Reader(workspace.root), "beruf").sections
    # The first paragraph is the introduction, which stands in the text no more.
    assert [(p.kind, p.blocks[0], p.picture) for p in section.parts] == [
        ("picture", "Bild von eins", "bild-1.png"),
        ("paragraph", LONG, None),
        ("picture", "Bild von zwei", "bild-2.png"),
        ("paragraph", LONG, None),
    ]
    assert said.count("Check that you may print it, and say who made it") == 2


def test_a_picture_that_stands_twice_is_one_file(workspace: Workspace) -> None:
    folder, _ = imported(workspace, "text.docx", word(eins=picture(), zwei=picture()))
    assert sorted(file.name for file in folder.iterdir()) == ["bild-1.png", "profile.md"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (picture()[:300], "it is damaged, too large, or of a kind that cannot be printed"),
        (b"\xd7\xcd\xc6\x9a" + b"\0" * 60, "it is a drawing of Word or Excel"),
        (picture(60), "with 60 × 60 pixels, it is too small to print"),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>',
            "it is damaged, too large, or of a kind",
        ),
    ],
)
def test_a_picture_that_cannot_be_printed_is_named_and_left_out(
    workspace: Workspace, content: bytes, told: str
) -> None:
    folder, said = imported(workspace, "text.docx", word(eins=content))
    assert [file.name for file in folder.iterdir()] == ["profile.md"]
    assert told in said


def test_a_huge_picture_is_left_out_before_it_is_decoded(workspace: Workspace) -> None:
    huge = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(huge, "PNG")
    folder, said = imported(workspace, "text.docx", word(eins=huge.getvalue()))
    assert [file.name for file in folder.iterdir()] == ["profile.md"]
    assert "it is damaged, too large" in said


PAGE = (
    '<html><body><h1>Beruf</h1><p><img src="{src}" alt="Am Ofen"></p><h2>Aufgaben</h2><p>{text}</p>'
    "</body></html>"
)


@pytest.mark.parametrize(
    ("src", "is_taken"),
    [
        ("Seite-Dateien/am%20ofen.png", True),
        ("./Seite-Dateien/am ofen.png", True),
        ("../geheim.png", False),
        ("/etc/hostname", False),
        ("https://www.example.org/ofen.png", False),
        ("file:///etc/hostname", False),
    ],
)
def test_pictures_beside_a_saved_page_are_taken_from_its_folder_alone(
    workspace: Workspace, src: str, is_taken: bool
) -> None:
    saved = workspace.root / "seiten"
    (saved / "Seite-Dateien").mkdir(parents=True)
    (saved / "Seite-Dateien" / "am ofen.png").write_bytes(picture())
    (workspace.root / "geheim.png").write_bytes(picture(colour="blue"))
    folder, said = imported(
        workspace, "seiten/Seite.html", PAGE.format(src=src, text=LONG).encode()
    )
    assert (folder / "bild-1.png").exists() is is_taken
    assert ("A picture is left out here (" in said) is not is_taken


def test_a_picture_within_a_page_and_in_markdown(workspace: Workspace) -> None:
    from base64 import b64encode

    src = f"data:image/png;base64,{b64encode(picture()).decode()}"
    folder, _ = imported(workspace, "text.html", PAGE.format(src=src, text=LONG).encode())
    assert "![Am Ofen](bild-1.png)" in (folder / "profile.md").read_text("utf-8")
    (workspace.root / "foto.jpg").write_bytes(picture(kind="JPEG"))
    (workspace.root / "text.md").write_text(f"# Beruf\n\n## Aufgaben\n\n{LONG}\n\n![](foto.jpg)\n")
    done = workspace.run("import", "text.md", "--slug", "zwei")
    assert done.returncode == 0
    text = (workspace.root / "content" / "zwei" / "profile.md").read_text("utf-8")
    assert "![[Was auf dem Bild zu sehen ist]](bild-1.jpg)" in text


def test_a_picture_of_an_opendocument_text_has_its_description(workspace: Workspace) -> None:
    namespaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    frame = (
        '<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:title>Ofen</svg:title>'
        "<svg:desc>Ein Ofen voller Brot</svg:desc></draw:frame>"
    )
    body = (
        '<text:h text:outline-level="1">Beruf</text:h><text:h text:outline-level="2">Aufgaben</text:h>'
        f"<text:p>{LONG}</text:p><text:p>{frame}</text:p>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr(
            "content.xml",
            f"<office:document-content {namespaces}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
        file.writestr("Pictures/a.png", picture())
    folder, _ = imported(workspace, "text.odt", written.getvalue())
    text = (folder / "profile.md").read_text("utf-8")
    assert "![Ein Ofen voller Brot](bild-1.png)" in text
    assert text.count("Ofen") == 1


@pytest.mark.slow
def test_a_profile_with_pictures_prints(workspace: Workspace) -> None:
    imported(workspace, "text.docx", word(eins=picture()))
    done = workspace.run("build", "beruf", "--layout", "brochure", "--locale", "de")
    assert done.returncode == 0, done.stderr


def test_what_stands_below_a_picture_and_says_so_is_its_caption(workspace: Workspace) -> None:
    drawn = paragraph(_PICTURE.format(alt="Ein Ofen", id="eins"))
    caption = 'Abb. 1: Der "alte" Ofen. Foto: Bäckerei *Muster*'
    body = [
        paragraph("Bäckerin und Bäcker", style="Title"),
        *(paragraph(LONG), paragraph("Aufgaben", style="heading 1"), paragraph(LONG)),
        *(drawn, paragraph(caption), paragraph(LONG)),
        *(drawn, paragraph("Fotografiert wird hier selten, gebacken täglich."), paragraph(LONG)),
    ]
    imported(workspace, "text.docx", with_media(word_file(*body), eins=picture()))
    (section,) = read_profile(Reader(workspace.root), "beruf").sections
    first, second = (part for part in section.parts if part.picture)
    assert first.picture == second.picture == "bild-1.png"
    assert [str(text) for text in first.blocks] == ["Ein Ofen", caption]
    assert [str(text) for text in second.blocks] == ["Ein Ofen"]
