"""A folder below fonts/ brings letters that the layouts' own fonts lack, and nothing else changes.

The font is made here: each letter of the Hebrew alphabet, and of the Latin one, is a box.
"""

import io
import struct
import unicodedata
from functools import cache

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.layouts.fonts import covered, examined, font_files, further_fonts
from careerprint.profiles.pofiles import forms_of, parse_catalog

from .cards import CSS, card_workspace
from .conftest import ROOT, SLUG, Workspace

HEBREW = [chr(code) for code in range(0x5D0, 0x5EB)]
TITLE = "שירות לקוחות בדורטמונד"
CATALOG = f"content/{SLUG}/locales/he.po"


@cache
def font(weight: int = 400, letters: str = "".join(HEBREW)) -> bytes:
    """Return a font that has these letters, the Latin ones and a space."""
    characters = [" ", *"abcdefghijklmnopqrstuvwxyz", *letters]
    names = {ord(c): f"g{number}" for number, c in enumerate(characters)}
    order = [".notdef", *names.values()]
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, 600), (450, 600), (450, 0)):
        pen.lineTo(point)
    pen.closePath()
    box, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: empty if name == "g0" else box for name in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    style = {400: "Regular", 700: "Bold"}[weight]
    builder.setupNameTable({"familyName": "Boxes", "styleName": style, "psName": f"Boxes-{style}"})
    builder.setupOS2(usWeightClass=weight, sTypoAscender=800, sTypoDescender=-200)
    builder.setupPost()
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()


@pytest.fixture
def workspace_in_hebrew(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = card_workspace(tmp_path_factory.mktemp("w") / "workspace", ("he", "de"))
    workspace.edit(
        CSS, 'html { font-family: "Card"', 'html { font-family: "Card", var(--further-fonts)'
    )
    for name, message, text in (
        (CATALOG, "Kundendienst in Dortmund", TITLE),
        ("layouts/locales/he.po", "Pay", "שכר"),
    ):
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        written = f'{head}\nmsgid "{message}"\nmsgstr "{text}"\n'
        (workspace.root / name).write_text(written, "utf-8")
    return workspace


def with_font(
    workspace: Workspace, name: str = "hebrew/Boxes-Regular.ttf", weight: int = 400
) -> None:
    file = workspace.root / "fonts" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(font(weight))


def test_a_script_without_a_font_fails_and_says_what_to_do(workspace_in_hebrew: Workspace) -> None:
    done = workspace_in_hebrew.run("build", "--locale", "he")
    assert done.returncode == 1
    place = f"{CATALOG}:4: error: No font has the character “ש” (U+05E9)."
    assert f"{place} Put a font that has it into a folder in fonts/, for example" in done.stderr


def test_a_folder_below_fonts_is_all_that_a_script_needs(workspace_in_hebrew: Workspace) -> None:
    with_font(workspace_in_hebrew)
    done = workspace_in_hebrew.run("build", "--locale", "he")
    assert done.returncode == 0, done.stderr
    with pikepdf.open(workspace_in_hebrew.pdf("card", "he")) as pdf:
        fonts = {
            str(item.get("/FontName", ""))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        }
    assert len(fonts) == 2
    assert any("hebrew" in name for name in fonts)


def test_only_editions_that_need_a_font_depend_on_it(workspace_in_hebrew: Workspace) -> None:
    before = compose(Edition(SLUG, "card", "de"), Reader(workspace_in_hebrew.root))
    with_font(workspace_in_hebrew)
    job = compose(Edition(SLUG, "card", "de"), Reader(workspace_in_hebrew.root))
    assert job.bundle.digests == before.bundle.digests
    hebrew = compose(Edition(SLUG, "card", "he"), Reader(workspace_in_hebrew.root))
    assert "fonts/hebrew/Boxes-Regular.ttf" in hebrew.bundle


def test_weights_are_those_that_the_files_say(workspace_in_hebrew: Workspace) -> None:
    with_font(workspace_in_hebrew)
    with_font(workspace_in_hebrew, "hebrew/Boxes-Bold.ttf", 700)
    with_font(workspace_in_hebrew, "z-other/Boxes.ttf")
    css, files = further_fonts(Reader(workspace_in_hebrew.root), frozenset("אבג abc"))
    assert sorted(files) == ["fonts/hebrew/Boxes-Bold.ttf", "fonts/hebrew/Boxes-Regular.ttf"]
    assert [line.split("font-weight: ")[1][:3] for line in css.splitlines()[:2]] == ["700", "400"]
    assert '--further-fonts: "Careerprint hebrew";' in css, "the first family has all of it"


def test_a_damaged_font_is_told(workspace_in_hebrew: Workspace) -> None:
    with_font(workspace_in_hebrew)
    file = workspace_in_hebrew.root / "fonts/hebrew/Boxes-Regular.ttf"
    file.write_bytes(file.read_bytes()[:600])
    done = workspace_in_hebrew.run("build", "--locale", "he")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "fonts/hebrew/Boxes-Regular.ttf" in done.stderr
    assert "hebrew/Boxes-Regular.ttf: is damaged" in workspace_in_hebrew.run("doctor").stdout


def test_a_font_that_claims_all_characters_over_and_over_is_not_believed() -> None:
    whole = TTFont(io.BytesIO(font()))
    groups = 50_000
    head = struct.pack(">HHHHIHHIII", 0, 1, 3, 10, 12, 12, 0, 16 + 12 * groups, 0, groups)
    claimed = head + struct.pack(">III", 0, 0x10FFFF, 1) * groups
    whole.tables["cmap"] = DefaultTable("cmap")
    whole.tables["cmap"].data = claimed
    written = io.BytesIO()
    whole.save(written)
    assert examined(written.getvalue()) is None
    known = examined(font())
    assert known
    assert {ord(letter) for letter in HEBREW} < known.characters


def test_a_new_locale_is_warned_of_only_where_no_font_has_its_letters(
    workspace_in_hebrew: Workspace,
) -> None:
    (workspace_in_hebrew.root / "layouts/locales/he.po").unlink()
    assert "The fonts have no letters" in workspace_in_hebrew.run("new", "locale", "am").stderr
    with_font(workspace_in_hebrew)
    assert workspace_in_hebrew.run("new", "locale", "he").stderr == ""


@pytest.mark.parametrize("folder", ["layouts/locales", f"content/{SLUG}/locales"])
def test_the_shipped_fonts_have_every_character_of_what_ships(folder: str) -> None:
    reader = Reader(ROOT)
    known = covered(reader, font_files(reader, is_further=False))
    for name in sorted((ROOT / folder).glob("*.po")):
        catalog = parse_catalog(name.read_text("utf-8"), name.name, name.stem)
        text = "".join(form for entry in catalog if entry.id for form in forms_of(entry.string))
        lacking = {c for c in text if ord(c) not in known and unicodedata.category(c) != "Cf"}
        assert lacking == set(), name.name


def test_the_shipped_fonts_have_the_letters_of_persian_kurdish_urdu_and_vietnamese() -> None:
    reader = Reader(ROOT)
    known = covered(reader, font_files(reader, is_further=False))
    assert set(map(ord, "پچژگکیڕڵێۆەئٹڈڑںےہھƠơƯưĐđẶặỆệỘộỮữỲỵçêîşûÇÊÎŞÛëΆΈώΐΰ")) <= known
