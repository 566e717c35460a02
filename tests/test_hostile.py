"""Content is data: whoever writes a text, a translation or a table gets text on a page, no more.

What is hostile is printed as the text that it is, or refused at its place. Names and links are in
test_hostile_names.py, layouts in test_hostile_layouts.py, sizes in test_bounds.py.
"""

import csv
import io
import re
from pathlib import Path

import pytest

from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.fairs.cells import as_csv
from careerprint.finished.readback import normalized, read_back

from .cards import ENGLISH
from .conftest import PROFILE, SLUG, Workspace
from .hostile import composed, crossed, fair_cards, refused, season

SUBTITLE = "Kundenservice (Customer Service) – eine Arbeit für Menschen, die gut zuhören"
BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
KINDS = ["csv", "xlsx", "ods"]
# Addresses that lead out of the workspace, in every way that one can be written.
ELSEWHERE = [
    "file:///etc/hostname",
    "file:/etc/hostname",
    "FILE:///etc/hostname",
    "http://example.org/x.png",
    "https://example.org/x.png",
    "//example.org/x.png",
    "ftp://example.org/x.png",
    "data:image/png;base64,iVBORw0KGgo=",
    "/etc/hostname",
    "../../../../etc/hostname",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/hostname",
    "..%2f..%2f..%2f../etc/hostname",
    r"\\\\example.org\\share\\x.png",  # Markdown and CSS halve these
    "C:/Windows/win.ini",
    "x.png%00.svg",
]
MARKUP = [
    "<script>alert(1)</script>",
    '<img src="file:///etc/hostname" onerror="x()">',
    "<style>@import url(file:///etc/hostname);</style>",
    "</p></body></html><h1>Ende</h1>",
    "<![CDATA[ x ]]>",
    '<iframe src="https://example.org/"></iframe>',
]


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    return fair_cards(tmp_path / "workspace")


def printed_text(workspace: Workspace, locale: str = "de") -> str:
    """Return the text of a card that is printed without a fault, without its spaces.

    That something looks like markup or a placeholder is told, and that nobody approved what is
    written into a catalog; it is printed as it is typed.
    """
    (outcome,) = workspace.build("card", locale)
    told = [d.sentence(str) for d in outcome.diagnostics]
    known = "looks like markup", "[approval]", "[placeholder]"
    assert [sentence for sentence in told if not any(word in sentence for word in known)] == []
    return bare(read_back(workspace.pdf("card", locale).read_bytes()).text)


def bare(text: str) -> str:
    """Return a text without spaces and quotation marks, which are those of its language."""
    return re.sub("[\"'„“”‚‘’]", "", normalized(text))


def subtitled(workspace: Workspace, written: str) -> int:
    """Make the profile's subtitle what is written, as a text in YAML; return its line."""
    quoted = "'" + written.replace("'", "''") + "'"
    workspace.edit(PROFILE, f"subtitle: {SUBTITLE}", f"subtitle: {quoted}")
    return workspace.line(PROFILE, "subtitle:")


# Markup and templates in texts


@pytest.mark.parametrize("written", MARKUP)
def test_markup_in_a_profile_is_text(cards: Workspace, written: str) -> None:
    subtitled(cards, written)
    assert bare(written) in printed_text(cards)


def test_a_comment_is_not_printed(cards: Workspace) -> None:
    cards.edit(ENGLISH, "Customer service: a job for people who listen well", "Seen<!-- unseen -->")
    english = printed_text(cards, "en")
    subtitled(cards, "Zu sehen<!-- nicht zu sehen -->")
    german = printed_text(cards)
    assert "Seen" in english
    assert "unseen" not in english
    assert "Zusehen" in german
    assert "nichtzusehen" not in german


@pytest.mark.parametrize(
    ("written", "kind"),
    crossed([*MARKUP, "{{ 7 * 7 }}", "{% include 'x' %}", "{# nichts #}"], KINDS),
)
def test_markup_and_jinja_in_a_cell_are_text(
    cards: Workspace, tmp_path: Path, written: str, kind: str
) -> None:
    found = season(tmp_path, cards, f"fairs.{kind}", Messe=written)
    (fair,) = found.fairs
    html = composed(cards, fair=fair).html
    assert "<script" not in html.replace("&lt;", "‹")
    assert (
        written.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&#34;")
        .replace("'", "&#39;")
        in html
    )


@pytest.mark.parametrize("written", MARKUP)
def test_markup_in_a_translation_is_text(cards: Workspace, written: str) -> None:
    shown = written.replace('"', "'")
    cards.edit(ENGLISH, "Customer service: a job for people who listen well", shown)
    assert bare(shown) in printed_text(cards, "en")


@pytest.mark.parametrize("written", MARKUP)
def test_markup_in_the_translation_of_a_layouts_word_is_text(
    cards: Workspace, written: str
) -> None:
    shown = written.replace('"', "'")
    cards.edit(
        "layouts/card/card.html.j2",
        "</body>",
        '<p title="{{ _("Contents") }}">{{ _("Contents") }}</p></body>',
    )
    cards.edit(
        "layouts/locales/de.po",
        'msgid "Contents"\nmsgstr "Inhalt"',
        f'msgid "Contents"\nmsgstr "{shown}"',
    )
    assert bare(shown) in printed_text(cards)


@pytest.mark.parametrize("written", ["{{ 7 * 7 }}", "{% for i in x %}", "{pay.__class__}", "{0}"])
def test_jinja_and_formats_in_a_profile_are_facts_that_there_are_not(
    cards: Workspace, written: str
) -> None:
    line = subtitled(cards, written)
    found = refused(cards)
    assert found[0].startswith(f"{PROFILE}:{line}: error: There is no fact “")


@pytest.mark.parametrize("written", ["{pay.entry.__class__}", "{nothing}"])
def test_formats_in_a_translation_leave_the_original(cards: Workspace, written: str) -> None:
    cards.edit(ENGLISH, "Customer service: a job for people who listen well", f"A {written}")
    job = composed(cards, Edition(SLUG, "card", "en"))
    line = cards.line(ENGLISH, f'msgid "{SUBTITLE}')
    assert [(d.location.path, d.location.line) for d in job.diagnostics] == [(ENGLISH, line)]
    assert job.fallen_back == 1


def test_jinja_in_a_translation_is_no_fact(cards: Workspace) -> None:
    cards.edit(ENGLISH, "Customer service: a job for people who listen well", "A {{ 7 * 7 }}")
    (found,) = refused(cards, Edition(SLUG, "card", "en"))
    assert "error: There is no fact “ 7 * 7 ”." in found


def test_markup_in_the_configuration_is_text(cards: Workspace) -> None:
    cards.edit(
        "careerprint.toml",
        'imprint = "Herausgegeben',
        'imprint = "<script>x</script>{{ 7*7 }} Herausgegeben',
    )
    assert normalized("<script>x</script>{{ 7*7 }} Herausgegeben") in printed_text(cards)


# What a translation asks Python for


@pytest.mark.parametrize(
    "written",
    ["%(count)999999999s", "%999999999s", "%999999999d", "100 %", "%(address)s %s"],
)
def test_a_layouts_word_cannot_ask_for_a_width(cards: Workspace, written: str) -> None:
    catalog = "layouts/locales/de.po"
    cards.edit("layouts/card/card.html.j2", "</body>", '<p>{{ _("Contents") }}</p></body>')
    cards.edit(
        catalog, 'msgid "Contents"\nmsgstr "Inhalt"', f'msgid "Contents"\nmsgstr "{written}"'
    )
    job = composed(cards)
    line = cards.line(catalog, 'msgid "Contents"')
    assert [d.location.line for d in job.diagnostics] == [line]
    assert "<p>Contents</p>" in job.html


@pytest.mark.parametrize("written", ["{count:>999999999}", "{count.__class__}", "{count!r}", "{0}"])
def test_a_number_of_years_cannot_ask_for_more_than_the_number(
    workspace: Workspace, written: str
) -> None:
    catalog = "layouts/locales/de.po"
    text = (workspace.root / catalog).read_text("utf-8")
    assert 'msgstr[1] "{count} Jahre"' in text
    changed = text.replace('msgstr[1] "{count} Jahre"', f'msgstr[1] "{written}"')
    (workspace.root / catalog).write_text(changed, "utf-8")
    job = compose(Edition(SLUG, "flyer", "de"), Reader(workspace.root))
    assert len(job.html) < 50_000
    assert "class &#39;int" not in job.html


# Addresses


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_picture_of_a_profile_from_elsewhere(workspace: Workspace, address: str) -> None:
    workspace.edit(PROFILE, "Für den Anfang ist", f"![Ein Bild](<{address}>)\n\nFür den Anfang ist")
    line = workspace.line(PROFILE, "![Ein Bild]")
    (found,) = refused(workspace, Edition(SLUG, "brochure", "de"))
    assert found.startswith(f"{PROFILE}:{line}: error: “")
    assert "is not a file of this workspace." in found or "lies outside the workspace." in found


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:x", "vbscript:x", *ELSEWHERE[:3], *ELSEWHERE[6:13]],
)
def test_a_link_that_is_none_for_readers(cards: Workspace, address: str) -> None:
    line = subtitled(cards, f"[Wer](<{address}>)")
    (found,) = refused(cards)
    assert found.startswith(f"{PROFILE}:{line}: error: The link “")
    assert "leads neither to a web page" in found


@pytest.mark.parametrize("address", ["//example.org/x", r"\\\\example.org\\x"])
def test_a_link_without_a_scheme(cards: Workspace, address: str) -> None:
    line = subtitled(cards, f"[Wer](<{address}>)")
    assert refused(cards)[0].startswith(f"{PROFILE}:{line}: error: The link “")


@pytest.mark.parametrize("address", [*ELSEWHERE[:6], *ELSEWHERE[8:10], r"\\\\host\\share\\x.png"])
def test_a_logo_from_elsewhere(cards: Workspace, address: str) -> None:
    cards.edit("careerprint.toml", '# logo = "content/logo.svg"', f'logo = "{address}"')
    line = cards.line("careerprint.toml", "logo =")
    (found,) = refused(cards)
    assert found.startswith(f"careerprint.toml:{line}: error: ")


# Characters that are not seen


@pytest.mark.parametrize(
    ("code", "name"),
    crossed(BIDI, [PROFILE, ENGLISH, "careerprint.toml", "layouts/card/card.html.j2"]),
)
def test_a_control_that_turns_text_round_is_refused_in_every_file(
    cards: Workspace, name: str, code: int
) -> None:
    places = {
        PROFILE: SUBTITLE,
        ENGLISH: "Customer service: a job",
        "careerprint.toml": "Herausgegeben von",
        "layouts/card/card.html.j2": "<body>",
    }
    cards.edit(name, places[name], places[name] + chr(code))
    line = cards.line(name, chr(code))
    (found,) = refused(cards, Edition(SLUG, "card", "en"))
    assert found.startswith(
        f"{name}:{line}: error: The text holds the invisible control character U+{code:04X}."
    )


@pytest.mark.parametrize("escape", ["&#x202E;", "&#8238;", "&#x2067;", "&#x2069;"])
def test_nor_may_it_be_written_as_an_entity(cards: Workspace, escape: str) -> None:
    line = subtitled(cards, f"Wer {escape} neu anfängt")
    (found,) = refused(cards)
    assert found.startswith(f"{PROFILE}:{line}: error: The text holds the invisible control")


@pytest.mark.parametrize("escape", [r"\u202E", r"\e", r"\x07"])
def test_nor_as_an_escape_in_front_matter(cards: Workspace, escape: str) -> None:
    cards.edit(PROFILE, f"subtitle: {SUBTITLE}", f'subtitle: "Wer {escape} neu"')
    line = cards.line(PROFILE, "subtitle:")
    (found,) = refused(cards)
    assert found.startswith(f"{PROFILE}:{line}: error: The text holds the invisible control")


@pytest.mark.parametrize("escape", [r"\u202E", r"\u0000", r"\u001b", r"\u2068"])
def test_nor_as_an_escape_in_the_configuration(cards: Workspace, escape: str) -> None:
    cards.edit("careerprint.toml", 'imprint = "Heraus', f'imprint = "{escape}Heraus')
    line = cards.line("careerprint.toml", "imprint")
    (found,) = refused(cards)
    assert found.startswith(
        f"careerprint.toml:{line}: error: “issuer.imprint” holds the invisible control character "
    )


@pytest.mark.parametrize(("code", "kind"), crossed(BIDI, KINDS))
def test_nor_in_a_cell(cards: Workspace, tmp_path: Path, code: int, kind: str) -> None:
    found = season(tmp_path, cards, f"fairs.{kind}", Messe=f"Jobtag {chr(code)}ais")
    assert found.fairs == ()
    (line,) = [d.sentence(str) for d in found.diagnostics]
    assert ":2:Messe: error: “Messe” holds a character that cannot be printed." in line
    assert chr(code) not in line


def test_messages_hold_no_controls(cards: Workspace) -> None:
    done = cards.run("build", "\x1b]0;x\x07\u202eba", "--locale", "de")
    assert done.returncode == 2
    shown = "\ufffd]0;x\ufffd\ufffdba"
    assert done.stderr.startswith(
        f"content/{shown}/profile.md: error: There is no profile “{shown}”."
    )


# Formulas


FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("https://example.org")']


@pytest.mark.parametrize("written", FORMULAS)
def test_a_formula_is_a_text_on_the_page_and_no_formula_in_what_we_write(
    cards: Workspace, tmp_path: Path, written: str
) -> None:
    (fair,) = season(tmp_path, cards, Messe=written).fairs
    assert fair.fair == written
    table = as_csv([[fair.fair, "x"]])
    ((cell, _),) = csv.reader(io.StringIO(table.removeprefix("\ufeff")), delimiter=";")
    assert cell == "'" + written


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_formula_without_a_result_is_refused(cards: Workspace, tmp_path: Path, kind: str) -> None:
    if kind == "ods":
        pytest.skip("tablefiles writes no formulas; test_tables.py has its own")
    found = season(tmp_path, cards, f"fairs.{kind}", Messe=FORMULAS[0])
    assert found.fairs == ()
    (line,) = [d.sentence(str) for d in found.diagnostics]
    assert "The formula in “Messe” has no result" in line
