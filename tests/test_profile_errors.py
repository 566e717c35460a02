"""A profile that is not right: every fault at once, with path, line and what to do."""

import unicodedata

import pytest

from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.profiles.content import read_profile

from .conftest import PROFILE, SLUG, Workspace, refusals


def faults(workspace: Workspace) -> list[str]:
    return refusals(lambda: read_profile(Reader(workspace.root), SLUG))


def composed(workspace: Workspace, layout: str) -> Job:
    return compose(Edition(SLUG, layout, "de"), Reader(workspace.root))


# An edit of the example profile → the line (by a text on it) and the message it leads to.
CASES = {
    "unknown key": (
        "subtitle: Kundenservice",
        "untertitel: x\nsubtitle: Kundenservice",
        ("untertitel: x", "error: The entry “untertitel” is unknown. Check its spelling"),
    ),
    "unknown key in a list": (
        "        label: Zum Einstieg",
        "        label: Zum Einstieg\n        bonus: 100",
        ("bonus: 100", "error: The entry “facts.pay.ranges.1.bonus” is unknown."),
    ),
    "missing key": (
        "updated: 2026-11-22\n",
        "",
        ("title: Kundendienst", "error: The entry “updated” is missing. Add it."),
    ),
    "wrong type": (
        "title: Kundendienst in Dortmund",
        "title: [a, b]",
        ("title: [a, b]", "error: “title” is not a text. Put it in quotation marks"),
    ),
    "empty text": (
        "  headline: Fragen klären, Lösungen finden",
        '  headline: ""',
        ("  headline:", "error: “flyer.headline” is empty. Write a text."),
    ),
    "decimal in a money field": (
        "min: 2300",
        "min: 2.300",
        (
            "min: 2.300",
            "error: “facts.pay.ranges.1.min” reads as the decimal number 2.300. "
            "Write whole euros without a separator: 2300.",
        ),
    ),
    "another decimal": (
        "max: 3400",
        "max: 3.450",
        ("max: 3.450", "Write whole euros without a separator: 3450."),
    ),
    "text in a money field": (
        "min: 2300",
        'min: "2.300,- €"',
        ("min: ", "Write digits only, without separators, currency sign or quotation marks: 2300."),
    ),
    "decimal years": (
        "      years: 2\n",
        "      years: 2.7\n",
        ("years: 2.7", "error: “facts.ways_in.2.years” is 2.7: neither whole nor half years."),
    ),
    "range upside down": (
        "min: 2300",
        "min: 2900",
        ("id: entry", "error: The lower end of “facts.pay.ranges.1” is above its upper end."),
    ),
    "open top beside a lower end": (
        "        min: 2300\n",
        "        min: 2300\n        open_top: true\n",
        ("id: entry", "error: “facts.pay.ranges.1” has both “min” and “open_top”. Delete one of"),
    ),
    "not a date": (
        "updated: 2026-11-22",
        "updated: 22.11.2026",
        ("updated: 22", "error: “updated” is “22.11.2026”, not a date. Write it as year-month-day"),
    ),
    "a day that does not exist": (
        "updated: 2026-11-22",
        "updated: 2026-11-31",
        ("updated: 2026-11-31", "error: “updated” is “2026-11-31”, not a date."),
    ),
    "value not allowed": (
        "period: month",
        "period: week",
        (
            "period: week",
            "error: “facts.pay.period” is “week”. Allowed is: 'month', 'year' or 'hour'.",
        ),
    ),
    "unknown kind of way in": (
        "kind: career_change",
        "kind: umweg",
        ("- id: change", "error: The “kind” of “facts.ways_in.3” is unknown. Allowed is:"),
    ),
    "too few points": (
        "training:\n    - digitale Werkzeuge\n    - Datenschutz\n    - interkulturelle Kommunikation",
        "training: []",
        ("training: []", "error: “facts.training” has too few items; it needs at least 1."),
    ),
    "two ranges of one name": (
        "id: experienced",
        "id: entry",
        ("pay:", "error: Two entries of “facts.pay” have the same “id”."),
    ),
    "key twice": (
        "updated: 2026-11-22",
        "updated: 2026-11-22\nupdated: 2026-11-23",
        ("updated: 2026-11-23", "error: The key “updated” stands here a second time."),
    ),
    "colon in a text": (
        "title: Kundendienst in Dortmund",
        "title: Kundendienst: in Dortmund",
        ("title: Kundendienst:", "error: A colon followed by a space splits this line in two."),
    ),
    "unclosed quotation mark": (
        "title: Kundendienst in Dortmund",
        'title: "Kundendienst in Dortmund',
        ("title: ", "error: A quotation mark opens here, and the next one stands lines below."),
    ),
    "quotation mark that is never closed": (
        '"Einfache Fragen beantworten immer öfter Computerprogramme. Für Sie bleiben die Fälle, die einen Menschen brauchen."',
        '"Einfache Fragen beantworten immer öfter Computerprogramme. Für Sie bleiben die Fälle, die einen Menschen brauchen.',
        ('- "Einfache', "error: A quotation mark opens here"),
    ),
    "tab": (
        "  pay:\n",
        "\tpay:\n",
        ("\tpay:", "error: A tab stands at the start of this line. Indent with spaces."),
    ),
    "heading of a wrong level": (
        "## Gehalt: am Anfang",
        "# Gehalt: am Anfang",
        ("# Gehalt: am Anfang", "error: A heading of this level is not used."),
    ),
    "two headings of one id": (
        "{#pay}",
        "{#market}",
        ("## Gehalt", "error: Two headings are marked {#market}. Change one of them."),
    ),
    "code": (
        "Für den Anfang ist",
        "    Für den Anfang ist",
        ("Für den Anfang ist", "error: Code, and quotations with lists or headings, are not"),
    ),
    "code in a list": (
        "Für den Anfang ist",
        "- eins\n\n        verloren\n\n- zwei\n\nFür den Anfang ist",
        ("        verloren", "error: Code, and quotations with lists or headings, are not"),
    ),
    "a list item that begins with a quotation": (
        "Für den Anfang ist",
        "- > eins\n\nFür den Anfang ist",
        ("- > eins", "error: An item of this list does not begin with a text."),
    ),
    "list in a quotation": (
        "Für den Anfang ist",
        "> - eins\n\nFür den Anfang ist",
        ("> - eins", "error: Code, and quotations with lists or headings, are not"),
    ),
    "comment without end": (
        "Für den Anfang ist",
        "<!-- Für den Anfang ist",
        ("<!-- Für", "error: A comment begins here and does not end."),
    ),
    "two versions that were not merged": (
        "Für den Anfang ist",
        "<<<<<<< Updated upstream\nFür den Anfang ist",
        ("<<<<<<<", "error: Two versions of this file were not merged to the end: “<<<<<<<”."),
    ),
    "heading without text": (
        "## Gehalt: am Anfang und mit Erfahrung {#pay}",
        "## {#pay}",
        ("## {#pay}", "error: This heading or list item is empty."),
    ),
    "mark that is not one": (
        "{#pay}",
        "{#Pay}",
        ("{#Pay}", "error: The mark “{#Pay}” behind this heading is not one."),
    ),
    "control character": (
        "Für den Anfang ist",
        "Wer\x07 neu anfängt",
        ("\x07", "error: A control character (U+0007) stands in this line."),
    ),
    "number with a leading zero": (
        "min: 2300",
        "min: 02300",
        ("min: 02300", "error: “facts.pay.ranges.1.min” is “02300”, not a whole number."),
    ),
    "cents": (
        "min: 2300",
        "min: 2300.50",
        ("min: 2300.50", "error: “facts.pay.ranges.1.min” is “2300.50”, not a whole number."),
    ),
    "amount out of all bounds": (
        "max: 3400",
        "max: 99999999999",
        ("max: 9", "error: “facts.pay.ranges.2.max” is 99999999999, more than 1000000."),
    ),
    "entry left empty": (
        "subtitle: Kundenservice (Customer Service) – eine Arbeit für Menschen, die gut zuhören",
        "subtitle:",
        ("subtitle:", "error: “subtitle” is empty. Write a text."),
    ),
    "alias": (
        "title: Kundendienst in Dortmund",
        "title: &a [*a]",
        ("title: &a", "error: A text that begins with &, * or ! means something else"),
    ),
    "tag": (
        "title: Kundendienst in Dortmund",
        'title: !!int ""',
        ("title: !!int", "error: A text that begins with &, * or ! means something else"),
    ),
    "too many stations": (
        "        - id: office\n          name: Büro\n",
        "".join(f"        - id: s{n}\n          name: Station\n" for n in range(9)),
        ("      steps:", "error: “facts.ways_in.3.steps” has too many items; it takes at most 5."),
    ),
    "picture without description": (
        "Für den Anfang ist",
        "![](bild.png)\n\nFür den Anfang ist",
        ("![](bild.png)", "error: The picture has no description."),
    ),
    "picture inside a paragraph": (
        "Für den Anfang ist",
        "Ein ![Bild](bild.png) im Text.\n\nFür den Anfang ist",
        ("Ein ![Bild]", "error: A picture stands inside a paragraph."),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_fault(workspace: Workspace, name: str) -> None:
    old, new, (marked, message) = CASES[name]
    workspace.edit(PROFILE, old, new)
    (found,) = faults(workspace)
    assert found.startswith(f"{PROFILE}:{workspace.line(PROFILE, marked)}: ")
    assert message in found


def test_all_faults_at_once(workspace: Workspace) -> None:
    workspace.edit(PROFILE, "min: 2300", "min: 2.300")
    workspace.edit(PROFILE, "updated: 2026-11-22\n", "")
    workspace.edit(PROFILE, "kind: career_change", "kind: career_change\n      farbe: blau")
    workspace.edit(PROFILE, "## Ausblick", "### Zwischentitel\n\n```\n```\n\n## Ausblick")
    lines = [workspace.line(PROFILE, t) for t in ("title:", "min: 2.300", "farbe: blau")]
    code = workspace.line(PROFILE, "### Zwischentitel") + 2
    found = faults(workspace)
    assert [f.split(": ")[0] for f in found] == [f"{PROFILE}:{n}" for n in [*lines, code]]


def test_no_front_matter(workspace: Workspace) -> None:
    (workspace.root / PROFILE).write_text("Nur Text.\n", "utf-8")
    (found,) = faults(workspace)
    assert found.startswith(f"{PROFILE}:1: error: The front matter is missing.")


def test_a_profile_without_any_text(workspace: Workspace) -> None:
    text = (workspace.root / PROFILE).read_text("utf-8")
    (workspace.root / PROFILE).write_text("---".join(text.split("---")[:2]) + "---\n", "utf-8")
    (found,) = faults(workspace)
    assert "error: There is no text below the front matter. Write it there" in found


def test_raw_html_is_printed_as_the_text_that_it_is_with_a_warning(workspace: Workspace) -> None:
    workspace.edit(PROFILE, "Für den Anfang ist", "<b>Wer</b> <script>neu</script> anfängt")
    profile = read_profile(Reader(workspace.root), SLUG)
    pay = next(s for s in profile.sections if s.id == "pay")
    assert pay.parts[0].blocks[0].startswith("<b>Wer</b> <script>neu</script> anfängt")
    job = composed(workspace, "brochure")
    line = workspace.line(PROFILE, "<b>Wer")
    assert [d.sentence(str).split("looks")[0] for d in job.diagnostics] == [
        f"{PROFILE}:{line}: warning: “{tag}” " for tag in ("<b>", "</b>", "<script>", "</script>")
    ]
    assert "&lt;b&gt;Wer&lt;/b&gt; &lt;script&gt;neu&lt;/script&gt; anfängt" in job.html


@pytest.mark.slow
def test_windows_line_ends_byte_order_mark_and_decomposed_umlauts(workspace: Workspace) -> None:
    before = composed(workspace, "brochure").html
    text = (workspace.root / PROFILE).read_text("utf-8").replace("ü", "u\u0308")
    (workspace.root / PROFILE).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    job = composed(workspace, "brochure")
    assert (unicodedata.normalize("NFC", job.html), job.diagnostics) == (before, ())
    (outcome,) = workspace.build("flyer", "de")
    assert outcome.diagnostics == ()


@pytest.mark.slow
@pytest.mark.parametrize("title", ["[" * 3000 + "]" * 3000, '"\\UFFFFFFFF"', '"\\ud800"', '"\\0"'])
def test_yaml_that_breaks_readers(workspace: Workspace, title: str) -> None:
    workspace.edit(PROFILE, "title: Kundendienst in Dortmund", f"title: {title}")
    (found,) = faults(workspace)
    assert found.startswith(f"{PROFILE}:")
    assert "error: The front matter " in found


def test_a_word_that_yaml_takes_for_a_truth_value_is_a_text(workspace: Workspace) -> None:
    workspace.edit(PROFILE, "    - Banken", "    - no")
    workspace.edit(PROFILE, "    - Versicherungen", "    - 30:20")
    profile = read_profile(Reader(workspace.root), SLUG)
    assert profile.front.facts.sectors[:2] == ("30:20", "no")


def test_a_definition_of_a_link_is_text_and_not_swallowed(workspace: Workspace) -> None:
    workspace.edit(PROFILE, "Für den Anfang ist", "[Hinweis]: nicht verloren\n\nFür den Anfang ist")
    profile = read_profile(Reader(workspace.root), SLUG)
    pay = next(s for s in profile.sections if s.id == "pay")
    assert pay.parts[0].blocks == ("[Hinweis]: nicht verloren",)


def test_a_numbered_list_keeps_its_first_number(workspace: Workspace) -> None:
    workspace.edit(PROFILE, "Für den Anfang ist", "5. Fünf\n6. Sechs\n\nFür den Anfang ist")
    profile = read_profile(Reader(workspace.root), SLUG)
    pay = next(s for s in profile.sections if s.id == "pay")
    assert (pay.parts[0].kind, pay.parts[0].start) == ("numbers", 5)
    assert pay.parts[0].blocks == ("Fünf", "Sechs")


@pytest.mark.parametrize("written", ["{Pay.Entry}", "{ pay.entry }", "{{ 7*7 }}"])
def test_what_stands_in_braces_is_a_fact_or_an_error(workspace: Workspace, written: str) -> None:
    workspace.edit(PROFILE, "Für den Anfang ist", f"Wer {written} neu anfängt")
    (found,) = workspace.complaints("brochure")
    line = workspace.line(PROFILE, written)
    assert found.startswith(f"{PROFILE}:{line}: error: There is no fact “{written.strip('{}')}”.")


def test_bidirectional_controls_are_refused(workspace: Workspace) -> None:
    workspace.edit(PROFILE, "Für den Anfang ist", "Wer \u202e neu anfängt")
    (found,) = workspace.complaints("brochure")
    line = workspace.line(PROFILE, "\u202e")
    assert found.startswith(
        f"{PROFILE}:{line}: error: The text holds the invisible control character U+202E."
    )
