"""What content may cost: each bound is enforced where the thing is read, and names its entry."""

import io
import re
import struct
import zlib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PIL import Image

from careerprint.composing.compose import compose
from careerprint.core.bounds import DEFAULT_BOUNDS, Bounds
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.core.sources import Digests
from careerprint.fairs.headings import known_headings
from careerprint.fairs.tables import parse_tables
from careerprint.intake.importing import read_manuscript
from careerprint.layouts.configuration import read_configuration
from careerprint.profiles.content import MOST_CHARACTERS, MOST_LINES, parse_profile
from careerprint.profiles.inline import MOST_CHARACTERS as MOST_OF_A_BLOCK

from .cards import CSS, ENGLISH, card_workspace
from .conftest import PROFILE, SLUG, Workspace, refusals
from .tablefiles import ods, only_table, packed, unpacked, xlsx
from .wordfiles import paragraph, word_file

CARD = Edition(SLUG, "card", "de")
TABLE = [("Kennung", "Messe", "Beginn"), *[("a", "b", "c")] * 5]


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    return card_workspace(tmp_path / "workspace", ("de", "en"))


def bound(workspace: Workspace, entry: str, value: object) -> int:
    """Put an entry below [bounds]; return its line."""
    file = workspace.root / "careerprint.toml"
    file.write_text(f"{file.read_text('utf-8')}\n{entry} = {value}\n", "utf-8")
    return workspace.line("careerprint.toml", f"\n{entry} = {value}".strip())


def refused(workspace: Workspace, edition: Edition = CARD) -> str:
    (found,) = refusals(lambda: compose(edition, Reader(workspace.root)))
    return found


def png_of(width: int, height: int) -> bytes:
    """Return a PNG of one colour: a row of bits, again and again, packed into some kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        summed = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + summed

    row = bytes(1 + (width + 7) // 8)
    pressing = zlib.compressobj(9)
    packed_rows = b"".join(pressing.compress(row) for _ in range(height)) + pressing.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", packed_rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


BOMB = png_of(30_000, 30_000)  # 900 million pixels in some 130 kB


# In careerprint.toml


def test_the_bounds_stand_in_the_workspaces_file_as_they_are(workspace: Workspace) -> None:
    text = (workspace.root / "careerprint.toml").read_text("utf-8").partition("[bounds]")[2]
    for field in fields(Bounds):
        assert f"# {field.name} = {getattr(DEFAULT_BOUNDS, field.name)}" in text
    assert read_configuration(Reader(workspace.root)).bounds.plain == DEFAULT_BOUNDS


def test_what_stands_there_is_what_holds(cards: Workspace) -> None:
    bound(cards, "edition_pages", 7)
    assert compose(CARD, Reader(cards.root)).bounds == replace(DEFAULT_BOUNDS, edition_pages=7)


@pytest.mark.parametrize(
    ("entry", "value", "said"),
    [
        ("file_mb", 0, "“bounds.file_mb” is 0, less than 1."),
        ("file_mb", 1001, "“bounds.file_mb” is 1001, more than 1000."),
        ("picture_megapixels", 90, "“bounds.picture_megapixels” is 90, more than 89."),
        ("edition_memory_mb", 100, "“bounds.edition_memory_mb” is 100, less than 512."),
        ("edition_seconds", '"lang"', "“bounds.edition_seconds” is “lang”, not a whole number."),
        ("edition_second", 1, "The entry “bounds.edition_second” is unknown."),
    ],
)
def test_bounds_that_are_none(cards: Workspace, entry: str, value: object, said: str) -> None:
    line = bound(cards, entry, value)
    assert refused(cards).startswith(f"careerprint.toml:{line}: error: {said}")


def test_a_bound_is_no_reason_to_print_again(cards: Workspace) -> None:
    before = compose(CARD, Reader(cards.root)).digest
    bound(cards, "edition_seconds", 77)
    assert compose(CARD, Reader(cards.root)).digest == before


# Files


@pytest.mark.parametrize("name", [PROFILE, ENGLISH, CSS, "layouts/card/card.html.j2"])
def test_the_size_of_a_file(cards: Workspace, name: str) -> None:
    bound(cards, "file_mb", 1)
    with (cards.root / name).open("ab") as file:
        file.write(b"\n" * 1_000_001)
    assert (
        f": error: The file “{name}” has more than 1 MB. Make it smaller, or raise “file_mb”"
        in (refused(cards, Edition(SLUG, "card", "en")))
    )


def test_a_file_without_an_end_in_sight_is_not_read(cards: Workspace) -> None:
    with (cards.root / PROFILE).open("ab") as file:
        file.truncate(2**40)  # a hole: it takes no room on the disk
    assert refused(cards).startswith(f"{PROFILE}: error: The file “{PROFILE}” has more than 50 MB.")


def test_the_digest_of_a_large_file_is_taken_piece_by_piece(tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb") as file:
        file.truncate(10**8)
    assert Digests({}).of_file(str(tmp_path / "x"))
    (tmp_path / "x").unlink()
    assert Digests({}).of_file("/dev/zero") is None


# Pictures


def with_picture(workspace: Workspace, content: bytes, name: str = "bild.png") -> int:
    """Put a picture into the profile; return its line."""
    (workspace.root / "content" / name).write_bytes(content)
    workspace.edit(PROFILE, "Für den Anfang ist", f"![Ein Bild](../{name})\n\nFür den Anfang ist")
    return workspace.line(PROFILE, "![Ein Bild]")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"])
def test_the_pixels_of_a_picture(workspace: Workspace, kind: str) -> None:
    bound(workspace, "picture_megapixels", 1)
    made = io.BytesIO()
    Image.new("L", (1001, 1000)).save(made, kind)
    line = with_picture(workspace, made.getvalue())
    assert refused(workspace, Edition(SLUG, "brochure", "de")) == (
        f"{PROFILE}:{line}: error: The picture has 1001 × 1000 pixels; 1 million are the most. Make "
        "it smaller, or raise “picture_megapixels” below [bounds] in careerprint.toml."
    )


@pytest.mark.parametrize(
    ("side", "said"), [(30_000, "far more than 50 million"), (10_000, "10000 × 10000")]
)
def test_a_small_file_of_many_pixels_is_not_decoded(
    workspace: Workspace, side: int, said: str
) -> None:
    content = BOMB if side == 30_000 else png_of(side, side)
    assert len(content) < 200_000
    line = with_picture(workspace, content)
    found = refused(workspace, Edition(SLUG, "brochure", "de"))
    assert found.startswith(f"{PROFILE}:{line}: error: The picture has {said}")


def test_so_is_one_of_a_layout_and_a_logo(cards: Workspace) -> None:
    (cards.root / "content" / "bild.png").write_bytes(BOMB)
    text = (cards.root / CSS).read_text("utf-8")
    (cards.root / CSS).write_text(text + "p { background: url(../../content/bild.png) }", "utf-8")
    assert refused(cards).startswith("content/bild.png: error: The picture has far more than 50")
    (cards.root / CSS).write_text(text, "utf-8")
    cards.edit("careerprint.toml", '# logo = "content/logo.svg"', 'logo = "content/bild.png"')
    assert "The logo has 30000 × 30000 pixels; 4000 a side are the most." in refused(cards)


def test_one_in_a_word_document_is_not_looked_at(tmp_path: Path) -> None:
    document = unpacked(word_file(paragraph("Ein Text, der bleibt.")))
    (tmp_path / "x.docx").write_bytes(packed({**document, "word/media/image1.png": BOMB}))
    assert [p.text for p in read_manuscript(tmp_path / "x.docx").paragraphs] == [
        "Ein Text, der bleibt."
    ]


@pytest.mark.parametrize("name", ["bild.png", "bild.svg", "bild.eps"])
def test_a_picture_that_another_program_would_be_asked_to_draw(
    workspace: Workspace, name: str, tmp_path: Path
) -> None:
    script = f"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n({tmp_path / 'x'}) (w) file\n%%EOF"
    with_picture(workspace, script.encode(), name)
    found = refused(workspace, Edition(SLUG, "brochure", "de"))
    assert "The picture cannot be printed" in found or "The drawing is damaged" in found
    assert not (tmp_path / "x").exists()


# Profiles


def test_the_blocks_of_a_profile(cards: Workspace) -> None:
    text = (cards.root / PROFILE).read_text("utf-8")
    assert parse_profile(text, PROFILE, SLUG, Bounds(profile_blocks=100))
    (found,) = refusals(lambda: parse_profile(text, PROFILE, SLUG, Bounds(profile_blocks=3)))
    assert "error: The profile goes on beyond 3 paragraphs, headings and list items." in found
    bound(cards, "profile_blocks", 3)
    assert refused(cards) == found


def test_the_length_of_a_text_and_of_its_translation(cards: Workspace) -> None:
    long = "Wort " * (MOST_OF_A_BLOCK // 5)
    cards.edit(PROFILE, "subtitle: Kundenservice", f"subtitle: {long} Customer Service")
    line = cards.line(PROFILE, "subtitle:")
    said = "error: This text, or its translation, has more than 10000 characters."
    assert refused(cards).startswith(f"{PROFILE}:{line}: {said}")
    cards.edit(PROFILE, f"subtitle: {long} Customer Service", "subtitle: Kundenservice")
    cards.edit(ENGLISH, "Customer service: a job", f"{long} Customer service: a job")
    line = cards.line(ENGLISH, 'msgid "Kundenservice')
    assert refused(cards, Edition(SLUG, "card", "en")).startswith(f"{ENGLISH}:{line}: {said}")


def test_the_length_of_a_whole_profile(cards: Workspace) -> None:
    with (cards.root / PROFILE).open("a", encoding="utf-8") as file:
        file.write("> " * MOST_CHARACTERS)
    assert refused(cards).startswith(f"{PROFILE}: error: The text is longer than 300000 characters")


def test_the_lines_of_a_profile_are_counted_before_it_is_read(cards: Workspace) -> None:
    with (cards.root / PROFILE).open("a", encoding="utf-8") as file:
        file.write("- a\n" * MOST_LINES)
    found = refused(cards)
    place = f"{PROFILE}:{MOST_LINES + 1}"
    assert found.startswith(f"{place}: error: The text goes on beyond {MOST_LINES} lines.")


# Tables


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_rows_of_a_table(kind: str) -> None:
    made = {
        "csv": "\n".join(";".join(row) for row in TABLE).encode(),
        "xlsx": xlsx(TABLE),
        "ods": ods(TABLE),
    }
    name = f"fairs.{kind}"
    read = only_table(parse_tables(made[kind], name, known_headings, Bounds(table_rows=6)))
    assert len(read.rows) == 5
    (found,) = refusals(
        lambda: parse_tables(made[kind], name, known_headings, Bounds(table_rows=4))
    )
    assert found == (
        f"{name}:5: error: The table goes on beyond row 4. Split it, or delete what stands far below "
        "the last fair, or raise “table_rows” below [bounds] in careerprint.toml."
    )


def test_the_rows_of_a_table_that_a_command_is_given(workspace: Workspace) -> None:
    bound(workspace, "table_rows", 2)
    done = workspace.run("batch", "content/fairs.csv", "--dry-run")
    assert done.returncode == 2
    assert done.stderr.startswith("content/fairs.csv:3: error: The table goes on beyond row 2.")


# Editions: time and memory are in test_hostile_files.py


def test_the_pages_of_an_edition(cards: Workspace) -> None:
    cards.edit("layouts/card/layout.toml", "exactly = 1", "multiple_of = 1")
    filler = '<div class="filler"></div></body>'
    cards.edit("layouts/card/card.html.j2", "</body>", filler)
    style = cards.root / CSS
    style.write_text(f"{style.read_text('utf-8')}p {{ break-before: page }}\n", "utf-8")
    bound(cards, "edition_pages", 2)
    (found,) = cards.complaints("card")
    assert re.search(
        r"error: This has 3 pages; 2 are the most\. Look for what takes so much", found
    )
    assert found.endswith("raise “edition_pages” below [bounds].")
    cards.edit("careerprint.toml", "\nedition_pages = 2", "\nedition_pages = 3")
    assert cards.complaints("card") == []
