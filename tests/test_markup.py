"""What is typed is what stands on the page: marks are markup, or text, or somebody is told."""

import re
import shutil
from contextlib import suppress

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Location, Refused
from careerprint.core.edition import Edition
from careerprint.core.geometry import MM_PER_PT
from careerprint.core.reader import Reader
from careerprint.layouts.configuration import read_configuration
from careerprint.manuscripts.manuscript import literal, reads_as
from careerprint.planning.plan import plan_editions
from careerprint.profiles.body import Part, read_body
from careerprint.profiles.compounds import with_joints
from careerprint.profiles.inline import set_inline
from careerprint.profiles.markup import block_text, inline_parser, markup_remarks, source_of
from careerprint.typesetting.typeset import Typesetter

from .cards import in_one_size
from .conftest import PROFILE, ROOT, SLUG, Workspace, refusals

PLACE = Location("content/x/profile.md", 1)


def html(written: str, tag: str = "de") -> str:
    """Return a block's HTML, without the elements that only hold words together."""
    found = set_inline(written, tag, PLACE, {})[0]
    return re.sub(r"</?span[^>]*>", "", found).replace("\u00a0", " ").replace("<br>\n", "<br>")


def warned(written: str) -> list[str]:
    return [str(dict(d.parameters)["marks"]) for d in markup_remarks(written, PLACE)]


def parts(markdown: str) -> tuple[Part, ...]:
    opening, _, faults = read_body(f"{markdown}\n\n## Ende\n\nText.\n", "profile.md", 0)
    assert [str(f.message) for f in faults] == []
    return opening


@pytest.mark.parametrize(
    "written",
    [
        "Kund*innen und Schüler*innen",
        "der*die Ausbilder*in und sein*e Kolleg*in",
        "Schüler_innen und Lehrer_innen",
        "Kund/*innen und Schüler/*innen: gern",
        "Bürger*-innen und Lehrer*-innen",
        "2*3*4 und 5 * 6 * 7",
        "Preis* und Lohn*",
        "datei_name_neu.pdf",
    ],
)
def test_a_star_or_an_underscore_in_a_word_is_text(written: str) -> None:
    assert "<em>" not in html(written)
    assert set_inline(written, "de", PLACE, {})[1].replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("*so* und _so_", "<em>so</em> und <em>so</em>"),
        ("(*so*), „*so*“ und **so**.", "(<em>so</em>), „<em>so</em>“ und <strong>so</strong>."),
        ("*Kund*innen* sind", "<em>Kund*innen</em> sind"),
        ("die *Spiegel*-Leute", "die <em>Spiegel</em>-Leute"),
        ("***beides***", "<em><strong>beides</strong></em>"),
        ("H<sub>2</sub>O, m<sup>2</sup>", "H<sub>2</sub>O, m<sup>2</sup>"),
        ("a<br>b<br/>c", "a<br>b<br>c"),
        ("a &nbsp; &euro;", "a   €"),
        ("sichtbar <!-- weg --> auch", "sichtbar auch"),
    ],
)
def test_markup_is_done_as_meant(written: str, wanted: str) -> None:
    assert html(written) == wanted
    assert warned(written) == []


@pytest.mark.parametrize(
    ("written", "marks"),
    [
        ("~~weg~~", ["~~"]),
        ("so[^1]", ["[^1]"]),
        ("[ ] offen, [x] fertig", ["[ ]", "[x]"]),
        ("H~2~O und x^2^", ["~2~", "^2^"]),
        ("==mark==", ["=="]),
        ("<b>so</b>", ["<b>", "</b>"]),
        ("##Überschrift", ["##"]),
        ("**Wichtig**er", ["**"]),
        ("[Text] (https://example.org)", ["] (https:"]),
        ("`x`", ["`x`"]),
    ],
)
def test_what_looks_like_markup_is_printed_with_a_warning(written: str, marks: list[str]) -> None:
    assert warned(written) == marks
    assert warned(literal(written)) == []
    assert reads_as(literal(written)) == written


def test_the_title_of_a_link_is_not_swallowed() -> None:
    (found,) = refusals(lambda: set_inline('[a](https://b.example "T")', "de", PLACE, {}))
    assert "The title of a link is not printed: “T”." in found


PIECES = ("*", "_", "**", "~", "`", "<", ">", "<br>", "<!--", "-->", "[", "](", ")", "a", "é", " ")


@given(st.lists(st.sampled_from((*PIECES, "Kund*innen", "\\", "&amp;", "x.", "/")), max_size=14))
def test_whatever_is_typed_is_printed_or_refused(pieces: list[str]) -> None:
    with suppress(Refused):  # a link that leads nowhere
        set_inline("".join(pieces), "de", PLACE, {})
    # It refuses what is not the source of what it prints, and here nothing is swallowed.
    (inline,) = inline_parser().disable("text_join").parseInline("".join(pieces))
    assert source_of(inline.children or []) == "".join(pieces) or "![" in "".join(pieces)


@given(st.text(alphabet="*_~`^=<>[]()!#&;\\|ab1. äß{}", max_size=24))
def test_what_is_imported_reads_back_the_same(text: str) -> None:
    folded = " ".join(text.split())
    assert reads_as(literal(folded)) == folded


def test_typed_line_breaks_break_the_line_in_body_and_front_matter() -> None:
    (part,) = parts("Erste  \nZweite\\\nDritte\nweiter")
    assert part.blocks == ("Erste<br>Zweite<br>Dritte weiter",)
    assert block_text("Straße 1  \nOrt", PLACE) == "Straße 1<br>Ort"
    assert block_text("kein Umbruch am Ende  \n", PLACE) == "kein Umbruch am Ende"


def test_a_comment_is_never_text_though_it_has_several_lines() -> None:
    found = parts("Vor<!-- eins\n\n## zwei\n\n- drei --> nach\n\nDann.")
    assert [part.blocks for part in found] == [("Vor",), ("nach",), ("Dann.",)]
    assert block_text("a <!-- b --> c", PLACE) == "a c"


def test_typed_bullets_and_letters_begin_lines() -> None:
    (bullets,) = parts("• eins\n• zwei")
    assert (bullets.kind, bullets.blocks) == ("bullets", ("eins", "zwei"))
    (lettered,) = parts("a) eins\nb) zwei")
    assert lettered.blocks == ("a) eins<br>b) zwei",)


def marks(part: Part) -> list[str]:
    return [item.mark for item in part.items]


def test_a_list_keeps_the_numbers_that_were_typed() -> None:
    assert marks(parts("98. a\n99. b\n100. c")[0]) == ["98.", "99.", "100."]
    assert marks(parts("1) a\n2) b\n4) c")[0]) == ["1)", "2)", "4)"]
    assert marks(parts("1. a\n1. b\n1. c")[0]) == ["1.", "2.", "3."]  # to be counted


def test_a_number_at_the_start_of_a_paragraph_is_a_part_of_it() -> None:
    (year,) = parts("1986. Ein Jahr beginnt.")
    assert (year.kind, year.blocks) == ("paragraph", ("1986. Ein Jahr beginnt.",))


def test_lists_in_lists_tables_rules_and_captions() -> None:
    (outer,) = parts("- eins\n  - innen\n    1. tief\n    2. tiefer\n- zwei\n\n  mehr")
    assert outer.blocks == ("eins", "innen", "tief", "tiefer", "zwei", "mehr")
    assert outer.items[0].parts[0].items[0].parts[0].kind == "numbers"
    (table,) = parts("| Jahr | Lohn |\n|---|--:|\n| 1. | 900 € |\n| | 950 € |")
    assert table.rows == (("Jahr", "Lohn"), ("1.", "900 €"), (None, "950 €"))
    assert table.sides == ("start", "end")
    assert table.blocks[-1].location.line == 4
    assert [p.kind for p in parts("a\n\n---\n\nb")] == ["paragraph", "rule", "paragraph"]
    (picture,) = parts('![Ein Baum](baum.png "Der Baum im Hof")')
    assert picture.blocks == ("Ein Baum", "Der Baum im Hof")


@pytest.mark.parametrize(
    "name",
    ["profile.md.txt", "profile (1).md", "profile-DESKTOP-4F7.md", "~$profile.md", "Profil.md"],
)
def test_a_file_that_may_be_meant_as_the_profile_is_named(workspace: Workspace, name: str) -> None:
    (workspace.root / PROFILE).rename((workspace.root / PROFILE).with_name(name))
    reader = Reader(workspace.root)
    (found,) = refusals(lambda: plan_editions(reader, read_configuration(reader)))
    place = PROFILE.replace("profile.md", name)
    assert found.startswith(f"{place}: error: This file is not read: a profile is called")
    shutil.copy((workspace.root / place), workspace.root / PROFILE)
    job = compose(Edition(SLUG, "flyer", "de"), Reader(workspace.root))
    assert [d.sentence(str).split(": ")[:2] for d in job.diagnostics] == [[place, "warning"]]


def test_who_said_a_quotation_is_no_second_one(workspace: Workspace) -> None:
    end = "oft besser bezahlt."
    workspace.edit(PROFILE, end, f"{end}\n>\n> — Beispielname, Ausbilderin")
    job = compose(Edition(SLUG, "brochure", "de"), Reader(workspace.root))
    found = re.findall(r"<blockquote>.*?</blockquote>", job.html, re.DOTALL)
    speakers = [quoted for quoted in found if 'class="speaker"' in quoted]
    assert len(speakers) == 1
    assert re.search(r'class="speaker"[^>]*>—\W*Beispielname', speakers[0])


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> branch"])
@pytest.mark.parametrize(
    "name",
    ["careerprint.toml", "layouts/base/base.css", "layouts/locales/tr.po", "content/fairs.csv"],
)
def test_an_unfinished_merge_is_an_error_in_every_file(
    workspace: Workspace, name: str, mark: str
) -> None:
    file = workspace.root / name
    file.write_text(f"{file.read_text('utf-8')}\n{mark}\n", "utf-8")
    line = file.read_text("utf-8").split("\n").index(mark) + 1
    (found,) = refusals(lambda: Reader(workspace.root).read_bytes(name))
    assert found.startswith(f"{name}:{line}: error: Two versions of this file were not merged")


@pytest.mark.parametrize(
    ("written", "printed"),
    [("✔ Ja", "✓ Ja"), ("➜ Weiter", "→ Weiter"), ("▪ Punkt", "• Punkt"), ("✔️ Ja", "✓ Ja")],
)
def test_a_sign_that_no_font_has_is_printed_as_another_one(written: str, printed: str) -> None:
    assert html(written) == printed
    (found,) = markup_remarks(written, PLACE)
    assert found.sentence(str).startswith(f"{PLACE}: warning: “{written[0]}” is printed as")


@pytest.mark.parametrize(
    ("written", "printed"),
    [("1⁄2 und 3⁄4", "½ und ¾"), ("17⁄20", "¹⁷⁄₂₀"), ("eﬀektiv ﬁnden", "effektiv finden")],
)
def test_one_glyph_never_stands_for_two_signs(written: str, printed: str) -> None:
    assert html(written) == printed
    assert list(markup_remarks(written, PLACE)) == []  # nobody sees a difference


# Of the names of German occupations, those that are hardest to set.
OCCUPATIONS = {
    "Kraftfahrzeugmechatroniker": "Kraft|fahrzeug|mechatroniker",
    "Veranstaltungskauffrau": "Veranstaltungs|kauffrau",
    "Fachinformatiker/in": "Fach|informatiker/in",
    "Verwaltungsfachangestellte/r": "Verwaltungs|fachangestellte/r",
    "Sozialversicherungsfachangestellte": "Sozial|versicherungs|fachangestellte",
    "Präzisionswerkzeugmechanikerin": "Präzisions|werkzeug|mechanikerin",
    "Holzblasinstrumentenmacherin": "Holzblas|instrumenten|macherin",
    "Heilerziehungspflegerin": "Heilerziehungs|pflegerin",
    "Personaldienstleistungskauffrau": "Personal|dienstleistungs|kauffrau",
    "Schornsteinfegerin": "Schornstein|fegerin",
    "Zerspanungsmechaniker": "Zerspanungs|mechaniker",
    "Musikfachhändlerin": "Musik|fachhändlerin",
    "Binnenschifffahrtskapitänin": "Binnen|schifffahrts|kapitänin",
    "Gebäudesystemintegration": "Gebäude|system|integration",
    "Ausbildungsverordnung": "Ausbildungs|verordnung",
    "Abwasserbewirtschaftung": "Abwasser|bewirtschaftung",
    "Verkaufspreisen": "Verkaufspreisen",
    "Patentanwaltsfachangestellte": "Patentanwalts|fachangestellte",
    "Straßenverkehrssicherheitsbeauftragte": "Straßen|verkehrs|sicherheits|beauftragte",
    "ausbildungsstellenvermittlung@x.example": "ausbildungsstellenvermittlung@x.example",
}


@pytest.mark.parametrize("name", OCCUPATIONS)
def test_long_compounds_are_divided_at_their_joints(name: str) -> None:
    assert with_joints(name).replace("\u00ad", "|") == OCCUPATIONS[name]


# Names in training ordinances of the German federation: the widest words among some 360.
WIDEST = (
    "Manufakturporzellanmalerin Binnenschifffahrtskapitänin Leuchtröhrenglasbläserin "
    "Gebäudesystemintegration Marketingkommunikation Oberflächenbeschichterin Figurenkeramformerin "
    "Automatisierungstechnik Investmentfondskauffrau Orthopädieschuhmacherin Elfenbeinschnitzerin "
    "Patentanwaltsfachangestellter Personaldienstleistungskauffrau Naturwerksteinmechanikerin "
    "Baumaschinenmechatronikerin Sonnenschutzmechatronikerin Digitalisierungsmanagement "
    "Anästhesietechnische Bauwerksabdichterin Softwareentwicklerin Industriekeramikerin "
    "Schornsteinfegerin Fachinformatikerin Werkfeuerwehrfrau Sozialversicherungsfachangestellter"
)


@pytest.mark.parametrize(("room", "size"), [(47, 1.95 * 9.5), (66, 2.1 * 10), (88, 2.45 * 11)])
def test_the_names_of_all_occupations_have_room_in_headlines(room: float, size: float) -> None:
    # mm in DIN lang, A5 and A4, and the size in pt that most texts leave a headline
    bold = ImageFont.truetype(ROOT / "fonts/IBMPlexSans_700Bold.ttf", 1000)
    for name in WIDEST.split():
        widest = max(bold.getlength(f"{part}-") for part in with_joints(name).split("\u00ad"))
        assert widest / 1000 * size * MM_PER_PT * 0.8 < room, name


def test_an_address_breaks_without_a_hyphen() -> None:
    address = "https://www.beispiel.example.org/berufsorientierung/angebote?jahr=2027"
    found, plain = set_inline(f"Mehr unter {address} hier lesen.", "de", PLACE, {})
    assert '<span style="hyphens:none">https://www.beispiel\u200b.example.org/\u200b' in found
    assert address in plain.replace("\u00a0", " ")


def test_no_line_ends_within_the_ending_of_a_short_form() -> None:
    found, plain = set_inline("Industriemechaniker/-in", "de", PLACE, {}, is_title=True)
    assert found.endswith("/\u2060-\u2060in")
    assert plain == "Industriemechaniker/-in"
    assert set_inline("Angestellte/r", "de", PLACE, {})[0] == "Angestellte/\u2060r"
    assert set_inline("(m/w/d)", "de", PLACE, {})[0] == "(m/\u2060w/\u2060d)"


@pytest.mark.slow
@pytest.mark.parametrize("format_name", ["", "a5", "din-lang"])
def test_no_name_of_an_occupation_is_torn(
    workspace: Workspace, typesetter: Typesetter, format_name: str
) -> None:
    """One stands in the title, the other in the headline."""
    names = ("Kraftfahrzeugmechatroniker", "Verwaltungsfachangestellte/r")
    workspace.edit(PROFILE, "title: Kundendienst in Dortmund", f"title: {names[0]}")
    headline = re.search(r"  headline: (.*)", (workspace.root / PROFILE).read_text("utf-8"))
    assert headline
    workspace.edit(PROFILE, headline[0], f"  headline: {names[1]}")
    job = compose(Edition(SLUG, "flyer", "de", format_name), Reader(workspace.root))
    typeset = typesetter.typeset(job)
    assert typeset.diagnostics == ()
    # A line ends at a joint, with a hyphen, or behind the slash.
    with pdfium.PdfDocument(typeset.pdf) as document:
        lines = re.split(r"[\s\u0002\ufffe]+", document[0].get_textpage().get_text_range())
    for name in names:
        pieces = with_joints(name).replace("\u00ad", " ").split()
        assert any(line.strip("-\u2010") in {name, *pieces} for line in lines), name


def test_short_sections_share_a_page_and_the_back_cover_is_whole(workspace: Workspace) -> None:
    profile = workspace.root / PROFILE
    front = profile.read_text("utf-8").split("---")[1]
    section = "Wer hier anfängt, lernt viel über Menschen, Technik und sich selbst. " * 5
    body = "".join(f"## Abschnitt {n}\n\n{section}\n\n" for n in range(1, 13))
    profile.write_text(f"---{front}---\n\nEins.\n\n{body}", "utf-8")
    in_one_size(workspace, joining=True)
    job = compose(Edition(SLUG, "brochure", "de"), Reader(workspace.root))
    with Typesetter() as typesetter:
        typeset = typesetter.typeset(job)
    with pdfium.PdfDocument(typeset.pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
        last = document[len(document) - 1].render(scale=1).to_pil().getpixel((10, 585))
    counts = [len(re.findall(r"Abschnitt \d+\r?\n", page)) for page in pages[2:]]
    assert max(counts) >= 3
    assert last != (255, 255, 255)
