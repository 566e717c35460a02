"""A text that is brought in becomes a profile: word for word, printed at once, never by guesswork."""

import io
import re
import subprocess
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.core.slugs import proposed_slug
from careerprint.extraction.flyertexts import NO_TEASER
from careerprint.extraction.payfacts import AllPay, find_pay
from careerprint.finished.readback import normalized, read_back
from careerprint.intake.drafting import make_draft
from careerprint.intake.drafts import write_profile
from careerprint.intake.importing import MOST_CHARACTERS, import_text, read_manuscript
from careerprint.manuscripts.htmltext import read_html
from careerprint.manuscripts.manuscript import Manuscript, reads_as
from careerprint.manuscripts.markdownfile import read_markdown
from careerprint.manuscripts.odtfile import read_odt
from careerprint.manuscripts.officesuite import OFFICE
from careerprint.manuscripts.plaintext import DRAWN, read_plain
from careerprint.manuscripts.wordfile import read_word
from careerprint.manuscripts.wordpackage import MOST_XML
from careerprint.profiles.content import MOST_LINES, Profile, parse_profile, read_profile
from careerprint.profiles.german import sentences
from careerprint.profiles.marks import REVIEW

from .cards import in_one_size
from .conftest import Workspace
from .texts import GARDENER
from .wordfiles import BULLET, NUMBER, paragraph, run, table, word_file

TODAY = date(2026, 1, 31)
NAME = "content/gartenbau/profile.md"


def profile_of(manuscript: Manuscript) -> Profile:
    """Return the profile that a manuscript becomes, read back from its file."""
    draft = make_draft(manuscript, "Gartenbau")
    text, checked = write_profile(draft, "text.txt", TODAY, translator("de"))
    lines = text.split("\n")
    assert all(lines[place.line - 1] for place in checked), "a remark is about no line"
    assert text.count(f"# {REVIEW}: ") == len(checked)
    return parse_profile(text, NAME, "gartenbau")


def body(profile: Profile) -> list[str]:
    """Return the running text of a profile, headings included, as readers see it.

    It begins with the introduction, where that was taken out of it.
    """
    found = [block for part in profile.opening for block in part.blocks]
    for section in profile.sections:
        found += [section.heading, *(b for part in section.parts for b in part.blocks)]
    introduction = reads_as(profile.front.teaser)
    texts = [reads_as(text) for text in found]
    taken = introduction != reads_as(NO_TEASER) and not any(introduction in t for t in texts)
    return [introduction] * taken + texts


def letters(*texts: str) -> str:
    """Return texts as one without white space."""
    return "".join("".join(texts).split())


def whole(profile: Profile) -> str:
    """Return the letters of all of a profile that was given as a text: title, subtitle, text."""
    front = profile.front
    return letters(*(reads_as(t) for t in (front.title, front.subtitle) if t), *body(profile))


def kinds(profile: Profile) -> list[str]:
    """Return the kinds of the parts of all sections."""
    return [part.kind for section in profile.sections for part in section.parts]


def remarks(workspace: Workspace, text: str | bytes, name: str = "text.txt") -> list[str]:
    """Import a text on the command line, and return the lines that name what is to be checked."""
    content = text.encode() if isinstance(text, str) else text
    (workspace.root / name).write_bytes(content)
    done = workspace.run("import", name, "--slug", "gartenbau")
    assert (done.returncode, done.stderr) == (0, "")
    return [line for line in done.stdout.split("\n") if ": to check: " in line]


# The source as it was, and its structure


def test_no_character_is_lost_or_changed(workspace: Workspace) -> None:
    remarks(workspace, GARDENER)
    profile = read_profile(Reader(workspace.root), "gartenbau")
    assert whole(profile) == letters(GARDENER)


def test_title_sections_pay_and_sectors_are_found(workspace: Workspace) -> None:
    remarks(workspace, GARDENER)
    profile = read_profile(Reader(workspace.root), "gartenbau")
    front = profile.front
    lines = GARDENER.split("\n")
    assert (front.title, front.subtitle) == (lines[0], lines[1])
    assert [(s.heading, s.id) for s in profile.sections] == [
        ("Grün in Musterstadt: zwischen Hochbeet und Hochdruckreiniger", "section.1"),
        ("Alltag: vom Säen bis zum Sägen", "section.2"),
        ("Arbeitsmarkt: es wächst", "pay"),
        ("Maschinen und Menschen: wer hier was kann", "section.4"),
        ("Lernen, Wechseln, Bleiben – der eigene Weg", "section.5"),
        ("Schluss? Noch lange nicht.", "section.6"),
    ]
    assert front.facts.pay is not None
    assert [(r.id, r.label, r.min, r.max, r.open_top) for r in front.facts.pay.ranges] == [
        ("entry", "Zum Einstieg", 2100, 2500, False),
        ("experienced", "Mit Erfahrung", None, 3100, True),
    ]
    assert front.facts.sectors == ("Baumschulen", "Friedhöfe", "Kommunen", "kleiner Gartenbau")
    assert "#   training:\n#     - Baumpflege\n" in (workspace.root / NAME).read_text("utf-8")


def test_what_the_text_does_not_say_is_not_there(workspace: Workspace) -> None:
    remarks(workspace, GARDENER)
    facts = read_profile(Reader(workspace.root), "gartenbau").front.facts
    assert facts.pay is not None
    assert (facts.pay.period, facts.pay.basis, facts.pay.as_of) == (None, None, None)
    assert not any((facts.channels, facts.skills, facts.requirements, facts.ways_in))


def test_teaser_and_flyer_are_quoted_from_the_text(workspace: Workspace) -> None:
    remarks(workspace, GARDENER)
    front = read_profile(Reader(workspace.root), "gartenbau").front
    quoted = (front.teaser, front.flyer.headline, front.flyer.teaser, *front.flyer.points)
    assert len(front.flyer.points) == 5
    assert all(reads_as(text) in GARDENER for text in quoted)


def test_what_is_taken_as_introduction_is_not_printed_again(workspace: Workspace) -> None:
    opening = (
        "**Gärtnerinnen** ziehen Pflanzen heran und pflegen Parks. Sie arbeiten gern im Freien."
    )
    rest = "Später am Tag planen sie den nächsten, und das " + "ist immer *wieder* so " * 12 + "so."
    text = f"# Gartenbau\n\n{opening} {rest}\n\n## Alltag\n\nMan gräbt um. Man sät und mäht.\n"
    remarks(workspace, text, "text.md")
    profile = read_profile(Reader(workspace.root), "gartenbau")
    assert profile.front.teaser == opening
    assert [b for part in profile.opening for b in part.blocks] == [rest]
    assert profile.front.flyer.teaser == reads_as(opening)


def test_an_opening_that_is_the_introduction_as_a_whole_leaves_nothing_behind() -> None:
    opening = "Gärtnerinnen und Gärtner ziehen Pflanzen heran und pflegen Parks."
    manuscript = read_markdown(f"# Gartenbau\n\n{opening}\n\n## Alltag\n\nMan sät.\n".encode(), "-")
    profile = profile_of(manuscript)
    assert (profile.front.teaser, profile.opening) == (opening, ())


def test_an_introduction_from_below_a_heading_leaves_the_section_whole() -> None:
    text = "Gärtnerinnen und Gärtner ziehen Pflanzen heran und pflegen Parks."
    profile = profile_of(read_markdown(f"# Gartenbau\n\n## Alltag\n\n{text}\n".encode(), "-"))
    assert profile.front.teaser == text
    assert [b for p in profile.sections[0].parts for b in p.blocks] == [text]


def test_what_is_uncertain_is_marked_and_listed_with_its_line(workspace: Workspace) -> None:
    said = remarks(workspace, GARDENER)
    lines = (workspace.root / NAME).read_text("utf-8").split("\n")
    assert len(said) == sum(f"# {REVIEW}: " in line for line in lines)
    about = {}
    for line in said:
        number, message = re.fullmatch(rf"{NAME}:(\d+): to check: (.*)", line).groups()  # type: ignore[union-attr]
        about[message] = lines[int(number) - 1]
    dotted = (
        "“Schluss? Noch lange nicht.” was taken for a heading, though it ends with a full stop."
    )
    assert about[dotted] == "## Schluss? Noch lange nicht."
    assert about["400 € was not taken for pay. If it is, add it."].startswith("Die Betriebe suchen")
    assert REVIEW in about["The text says: “bis zu 3.100 €”. Check amount and label."]


def test_the_profile_says_in_german_what_is_to_be_checked(workspace: Workspace) -> None:
    remarks(workspace, GARDENER)
    text = (workspace.root / NAME).read_text("utf-8")
    assert f"# {REVIEW}: Im Text steht: „zwischen 2.100 € und 2.500 €“. Prüfen Sie Betrag" in text


@pytest.mark.slow
def test_it_prints_at_once_and_whole(workspace: Workspace) -> None:
    remarks(in_one_size(workspace), GARDENER)
    flyers = ("--layout", "flyer", "--locale", "de", "--locale", "ar")
    for chosen, said in ((flyers, "2 printed"), (("--locale", "de"), "1 printed, 1 unchanged")):
        done = workspace.run("build", "gartenbau", *chosen)
        assert (done.returncode, said in done.stdout) == (0, True), done.stderr
    pdf = workspace.root / "out/gartenbau/gartenbau-brochure-de.pdf"
    printed = normalized(read_back(pdf.read_bytes()).text)
    for line in GARDENER.split("\n"):
        assert normalized(line) in printed


# Encodings


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028"])
def test_encodings_and_line_ends(encoding: str, mark: bytes, line_end: str) -> None:
    if line_end == "\u2028" and encoding == "cp1252":
        return
    content = mark + GARDENER.replace("\n", line_end).encode(encoding)
    manuscript = read_plain(content, "x.txt")
    assert whole(profile_of(manuscript)) == letters(GARDENER)
    guessed = [("encoding", "Windows-1252") in r.values for r in manuscript.remarks]
    assert guessed == ([True] if encoding == "cp1252" else [])


def test_decomposed_umlauts_are_composed() -> None:
    apart = unicodedata.normalize("NFD", GARDENER)
    assert apart != GARDENER
    assert whole(profile_of(read_plain(apart.encode(), "x.txt"))) == letters(GARDENER)


def test_lines_that_a_program_has_broken_become_paragraphs() -> None:
    text = (
        "Ein Titel\n\nWer morgens um sechs in Musterstadt unterwegs ist, sieht\n"
        "sie zuerst: Menschen mit Gummistiefeln, einer Thermoskanne und\n"
        "einem Blick für das Wetter.\n\nAlltag\nNoch ein Absatz, der über mehr als eine Zeile geht und "
        "dann\nauch wieder endet."
    )
    profile = profile_of(read_plain(text.encode(), "x.txt"))
    assert [s.heading for s in profile.sections] == ["Alltag"]
    assert profile.front.teaser.endswith(", einer Thermoskanne und einem Blick für das Wetter.")
    assert whole(profile) == letters(text)


# What Markdown would take for markup


PIECES = (
    *(
        "a",
        "b",
        "C",
        "Ä",
        " ",
        " ",
        ".",
        ",",
        ":",
        "!",
        "?",
        "#",
        "*",
        "_",
        "-",
        "+",
        "`",
        ">",
        "~",
    ),
    *(
        "|",
        "\\",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "<",
        "&",
        "=",
        "1",
        "2",
        '"',
        "'",
        "„",
        "€",
        "\u00a0",
    ),
    *("&amp;", "&#65;", "{#pay}", "{pay.entry}", "1. ", "2) ", "## ", "- ", "---", "```", "\ufeff"),
    *("2.300 € Gehalt ", "Branchen: A, B, C und D ", "![x](y)", "[x]: y", "https://example.org "),
)
LINES = st.lists(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), max_size=7)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(LINES)
@example([" 2.300 € Gehalt aBranchen: A, B, C und D !", "a"])
@example(["a2.300 € Gehalt Branchen: A, B, C und D ", "---"])
@example(["a", "aaaaaaaaaa2.300 € Gehalt 2.300 € Gehalt ", ".", "a"])
def test_whatever_is_typed_is_text(lines: list[str]) -> None:
    said = [line.strip() for line in lines if line.strip()]
    assume(len(said) == len({*said}))  # of two that are the same, `body` takes them for one
    text = "\n".join(["Anfang", *lines])
    profile = profile_of(read_plain(text.encode(), "x.txt"))
    blocks = body(profile)
    # A text without headings may have its title once more, above its only section, and the
    # introduction may have been taken out below the first paragraph.
    text = "\n".join(line for line in text.split("\n") if not DRAWN.fullmatch(line.strip()))
    taken_below = letters(*blocks[1:2], *blocks[:1], *blocks[2:])
    below_title = letters(str(profile.front.title)) + taken_below
    told = {whole(profile), letters(*blocks), letters(*blocks[1:]), taken_below, below_title}
    assert letters(text) in told


@pytest.mark.parametrize(
    "line",
    [
        *("- kein Punkt", "1. keine Zahl", "# keine Überschrift", "> kein Zitat", "```"),
        *(
            "Kolleg*innen und Kund*innen",
            "_so_",
            "[x](https://example.org)",
            "{pay.entry}",
            "a \\* b",
        ),
        *(
            "<b>HTML</b> &amp; <script>alert(1)</script>",
            "| a | b |",
            "+ plus",
            "2) x",
        ),
    ],
)
def test_marks_are_printed_as_they_are_typed(line: str) -> None:
    text = f"Ein Titel\n{GARDENER.split(chr(10))[3]}\n{line}\n{GARDENER.split(chr(10))[5]}\n"
    profile = profile_of(read_plain(text.encode(), "x.txt"))
    assert line in body(profile)
    assert set(kinds(profile)) == {"paragraph"}


def test_marks_in_headings() -> None:
    long = GARDENER.split("\n")[5]
    for heading in ("Was {#pay} heißt", "C #", "C ##", "1. Teil", "# x", "Teil {a}"):
        text = f"Titel\n{GARDENER.split(chr(10))[3]}\n{heading}\n{long}"
        assert [
            reads_as(s.heading) for s in profile_of(read_plain(text.encode(), "x")).sections
        ] == [heading]


# Structure


@pytest.mark.slow
def test_a_text_without_headings_is_one_section_and_prints(workspace: Workspace) -> None:
    text = GARDENER.split("\n")[3]
    said = remarks(in_one_size(workspace), text)
    assert any("The text has no title; this is the name of the profile." in line for line in said)
    profile = read_profile(Reader(workspace.root), "gartenbau")
    assert profile.front.title == "Gartenbau"
    assert body(profile) == ["Gartenbau", text]
    done = workspace.run("build", "gartenbau", "--locale", "de")
    assert (done.returncode, "2 printed" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize(
    "text", ["Hallo", "Hallo\nWelt", "Hallo.", "1234", "Ein Titel\n\nUnd ein Satz."]
)
def test_very_short_texts_are_whole_profiles(workspace: Workspace, text: str) -> None:
    remarks(workspace, text)
    job = compose(Edition("gartenbau", "brochure", "de"), Reader(workspace.root))
    shown = letters(*(block.text for block in job.placed))
    assert all(letters(line) in shown for line in text.split("\n"))


def test_where_nothing_suits_a_flyer_has_placeholders_and_is_not_ready(
    workspace: Workspace,
) -> None:
    remarks(workspace, "Gartenbau\n\nAlltag\n\nFragen Sie uns?\n")
    job = compose(Edition("gartenbau", "flyer", "de", target="press"), Reader(workspace.root))
    texts = [block.text.replace("\N{NO-BREAK SPACE}", " ") for block in job.placed]
    assert "[Ein Satz, der neugierig macht]" in texts
    assert "placeholder" in {concern.told.rule for concern in job.concerns}


@pytest.mark.slow
def test_the_shortest_text_prints(workspace: Workspace) -> None:
    remarks(in_one_size(workspace), "Hallo")
    done = workspace.run("build", "gartenbau", "--locale", "de")
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_lines_too_long_for_a_title_and_a_sentence_too_long_for_a_teaser_print(
    workspace: Workspace,
) -> None:
    title = (
        "Ein wirklich sehr langer Titel, der alles über den Beruf und die Stadt schon verraten will"
    )
    endless = "Wer " + "gern draußen ist und " * 40 + "bleibt, bleibt."
    text = f"{title}\n{title} noch\n{endless}\nAlltag\n{endless}"
    remarks(workspace, text)
    assert letters(text) in whole(read_profile(Reader(workspace.root), "gartenbau"))
    done = workspace.run("build", "gartenbau", "--locale", "de")
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_longest_title_and_subtitle_that_are_taken_print(workspace: Workspace) -> None:
    title = "Fachkraft in der Hauswirtschaft am Müggelbach"
    subtitle = "Wo Menschen gern arbeiten"
    remarks(workspace, f"{title}\n{subtitle}\n{GARDENER}")
    front = read_profile(Reader(workspace.root), "gartenbau").front
    assert (front.title, front.subtitle) == (title, subtitle)
    tags = ("--locale", "de", "--locale", "ar")
    done = workspace.run("build", "gartenbau", "--layout", "brochure", *tags)
    assert done.returncode == 0, done.stderr


# Facts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gezahlt wird zwischen 2.200 € und 2.700 €.", [(2200, 2700, False)]),
        ("Der Lohn: 2300-2800 EUR.", [(2300, 2800, False)]),
        ("Man verdient von 2.300 bis 2.800 Euro.", [(2300, 2800, False)]),
        ("Der Lohn reicht bis zu 3.300 € oder auch darüber.", [(None, 3300, True)]),
        ("Das Gehalt geht bis 3.400,- €.", [(None, 3400, False)]),
        ("Das Gehalt liegt bei 2.500 €.", [(2500, 2500, False)]),
        ("Das Gehalt beginnt ab 2.000 €.", [(2000, 2000, True)]),
        ("Das Gehalt liegt über 2.000 €.", [(2000, 2000, True)]),
        ("Das Gehalt liegt meist bei mehr als 2.000 €.", [(2000, 2000, True)]),
        ("Das Gehalt beträgt wenigstens 2.000 €.", [(2000, 2000, True)]),
        ("Das Gehalt liegt nie über 2.000 €.", []),
        ("Das Gehalt liegt unter 2.000 €.", []),
        ("Der Kurs kostet 300 €, das Gehalt steigt.", []),
        ("Es lohnt sich: ein Rad für 300 €.", []),
        ("Der Stundenlohn ist 14,50 €.", [(14.5, 14.5, False)]),
        ("Das Gehalt: 2.800 € bis 2.300 €.", []),
    ],
)
def test_amounts(text: str, found: list[tuple[float | None, float, bool]]) -> None:
    pay = pay_in(text)
    assert [(p.low, p.high, p.open_top) for p in pay.pay] == found
    assert bool(pay.left) == (not found), "what was not taken is told"


def pay_in(text: str) -> AllPay:
    manuscript = Manuscript()
    manuscript.add("text", text)
    return find_pay(manuscript.paragraphs, [""], 6)


def test_period_and_basis_are_taken_only_where_the_text_says_them() -> None:
    said = pay_in("Das Gehalt: 2.500 € brutto im Monat bei Vollzeit.")
    assert (said.period, said.basis) == ("month", "gross_full_time")
    silent = pay_in("Das Gehalt: 2.500 € brutto.")
    assert (silent.period, silent.basis) == (None, None)


def test_sentences_end_where_they_end() -> None:
    text = "Das kostet ca. 3 Euro, z. B. am 3. Mai. Und dann? „Gut.“ Ende"
    assert sentences(text) == [
        "Das kostet ca. 3 Euro, z. B. am 3. Mai.",
        "Und dann?",
        "„Gut.“",
        "Ende",
    ]


# Markdown


def test_markdown_keeps_what_careerprint_prints() -> None:
    text = (
        "# Gartenbau\n\nVorweg *etwas* **Wichtiges** mit [Link](https://example.org/a_b).\n\n"
        "## Alltag {#everyday}\n\n- eins\n- zwei\n\n3. drei\n4. vier\n\n> Ein Zitat\n\n### Darin\n\nText."
    )
    profile = profile_of(read_markdown(text.encode(), "x.md"))
    assert profile.front.title == "Gartenbau"
    assert profile.opening[0].blocks == (
        "Vorweg *etwas* **Wichtiges** mit [Link](<https://example.org/a_b>).",
    )
    (section,) = profile.sections
    assert (section.heading, section.id) == ("Alltag", "everyday")
    assert kinds(profile) == ["bullets", "numbers", "quote", "subheading", "paragraph"]
    assert section.parts[1].start == 3


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2\\|3 |", ["a", "b", "1", "2|3"]),
        ("```\nx = 1\n```", ["x = 1"]),
        ("<div>\nso</div>", ["so"]),
        ("Ein `code*n*` hier", ["Ein code*n* hier"]),
        ("Ein <u>Wort</u> und ~~nicht~~ dies <!-- intern -->", ["Ein Wort und dies"]),
        ("H~2~O, ==wichtig==, m^2^", ["H2O, wichtig, m2"]),
        (
            "Siehe [hier][k] und das[^1].\n\n[k]: https://example.org\n[^1]: Q.",
            ["Siehe hier und das."],
        ),
        ("- [ ] Lebenslauf\n- [x] Zeugnis", ["Lebenslauf", "Zeugnis"]),
        ("[Text](seite.html) hier", ["Text hier"]),
        ("![Bild](a.png) daneben", ["daneben"]),
        ("- eins\n  - innen\n\n  mehr", ["eins", "innen", "mehr"]),
        ("{pay.entry} &amp; \\*", ["{pay.entry} & *"]),
    ],
)
def test_markdown_that_is_not_printed_is_text(markdown: str, text: list[str]) -> None:
    manuscript = read_markdown(f"# T\n\n## H\n\n{markdown}\n".encode(), "x.md")
    assert body(profile_of(manuscript)) == ["H", *text]


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: Bäckerin\nsubtitle: Handwerk\ndate: 2026-03-01\ntags: [a, b]\n---\n",
        '+++\ntitle = "Bäckerin"\nsubtitle = "Handwerk"\ndate = 2026-03-01\ntags = []\n+++\n',
    ],
)
def test_the_head_of_another_program_is_used_where_it_means_the_same(
    workspace: Workspace, head: str
) -> None:
    (workspace.root / "a.md").write_text(f"{head}\n# Aufgaben\n\nTeig kneten.\n", "utf-8")
    done = workspace.run("import", "a.md", "--slug", "gartenbau")
    assert "entries of the file's head are not taken over: tags." in done.stdout
    front = read_profile(Reader(workspace.root), "gartenbau").front
    assert (front.title, front.subtitle) == ("Bäckerin", "Handwerk")
    assert front.updated == date(2026, 3, 1)


def test_what_an_author_noted_for_himself_is_left_out_and_named() -> None:
    text = "# T\n\n## H\n\nDrei ~~vier~~. <!-- klären -->Das[^1].\n\n[^1]: Quelle: Kammer.\n"
    manuscript = read_markdown(text.encode(), "x.md")
    assert body(profile_of(manuscript)) == ["H", "Drei. Das."]
    said = {dict(remark.values)["text"] for remark in manuscript.remarks}
    assert said == {"vier", "klären", "Quelle: Kammer."}


# Web pages


def test_a_web_page_is_its_text_without_what_frames_it() -> None:
    page = """<!DOCTYPE html><html lang="de"><head><title>x</title><style>p{}</style></head><body>
      <nav><a href="/">Start</a> &gt; Berufe</nav><div class="cookie-banner">Cookies?</div>
      <main><h1>B&auml;cker/Bäckerin</h1><p>Lesezeit: 4 Minuten</p><h2>Aufgaben</h2>
      <p>Wer <b>früh</b> aufsteht, ist <a href="https://example.org/a">richtig</a>.</p>
      <ul><li>Teig kneten</li><li>backen</li></ul>
      <ol start="3"><li>drei</li><li>vier</li></ol><script>alert(1)</script>
      <table><tr><th>Jahr</th><th>Euro</th></tr><tr><td>1.</td><td>1.020 €</td></tr></table>
      </main><footer>Impressum</footer></body></html>"""
    manuscript = read_html(page.encode(), "seite.html")
    profile = profile_of(manuscript)
    assert profile.front.title == "Bäcker/Bäckerin"
    (section,) = profile.sections
    assert section.heading == "Aufgaben"
    assert section.parts[0].blocks == (
        "Wer **früh** aufsteht, ist [richtig](<https://example.org/a>).",
    )
    assert kinds(profile) == ["paragraph", "bullets", "numbers", "table"]
    left_out = [dict(remark.values).get("text") for remark in manuscript.remarks]
    assert left_out == ["Start > Berufe", "Cookies?", "Lesezeit: 4 Minuten", "Impressum"]


def test_a_web_page_is_told_by_its_beginning(workspace: Workspace) -> None:
    (workspace.root / "a.txt").write_text("<html><h1>Titel</h1><p>Ein Satz.</p></html>", "utf-8")
    assert workspace.run("import", "a.txt", "--slug", "gartenbau").returncode == 0
    assert read_profile(Reader(workspace.root), "gartenbau").front.title == "Titel"


# OpenDocument


def odt_file(body: str, styles: str = "") -> bytes:
    """Return an .odt file with this body and these automatic styles."""
    names = ("office", "text", "table", "style", "drawing:draw")
    spaces = "".join(
        f'xmlns:{name.rpartition(":")[2]}="urn:oasis:names:tc:opendocument:xmlns:'
        f'{name.partition(":")[0]}:1.0" '
        for name in names
    )
    spaces += 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    spaces += 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", content)
    return made.getvalue()


def test_an_opendocument_text() -> None:
    bold = (
        '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    gone = (
        '<style:style style:name="T2"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
    )
    title = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    numbers = '<text:list-style style:name="L1"><text:list-level-style-number/></text:list-style>'
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    row = "<table:table-row>{}</table:table-row>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    cells = [row.format(cell.format(a) + cell.format(b)) for a, b in (("J", "€"), ("1.", "1.020"))]
    manuscript = read_odt(
        odt_file(
            '<text:tracked-changes>weg</text:tracked-changes><text:p text:style-name="P1">Gartenbau'
            '</text:p><text:h text:outline-level="1">Alltag</text:h><text:p>Vorweg <text:span '
            'text:style-name="T1">ganz</text:span><text:s text:c="2"/><text:span text:style-name="T2">'
            "gar</text:span> wichtig<text:note><text:note-body><text:p>Nach Tarif</text:p>"
            '</text:note-body></text:note> <text:a xlink:href="https://example.org/x">hier</text:a>.'
            f"</text:p><text:list>{item.format('eins')}{item.format('zwei')}</text:list>"
            f'<text:list text:style-name="L1">{item.format("erstens")}{item.format("zweitens")}'
            f"</text:list><table:table>{''.join(cells)}</table:table>",
            bold + gone + title + numbers,
        ),
        "x.odt",
    )
    profile = profile_of(manuscript)
    assert profile.front.title == "Gartenbau"
    assert profile.sections[0].parts[0].blocks == (
        "Vorweg **ganz** wichtig [hier](<https://example.org/x>).",
    )
    assert kinds(profile) == ["paragraph", "bullets", "numbers", "table"]
    left_out = [dict(remark.values).get("text") for remark in manuscript.remarks]
    assert left_out == ["weg", "Nach Tarif", "gar"]


def test_an_opendocument_text_is_told_by_its_type(workspace: Workspace) -> None:
    content = odt_file('<text:h text:outline-level="1">Titel</text:h><text:p>Ein Satz.</text:p>')
    (workspace.root / "a.odt").write_bytes(content)
    assert workspace.run("import", "a.odt", "--slug", "gartenbau").returncode == 0
    (workspace.root / "b.odt").write_bytes(content.replace(b"</text:p>", b"</text:q>"))
    assert "damaged" in refused(workspace, "b.odt", "--slug", "anderes")


# Word


def test_a_word_document() -> None:
    content = word_file(
        paragraph("Gartenbau in Musterstadt", style="Title"),
        paragraph("Ein Beruf unter freiem Himmel", style="Subtitle"),
        paragraph("Vorweg ", run("ganz", "<w:b/>"), " wichtig: Kund*innen & <b>{x}</b>."),
        paragraph("Alltag", style="heading 1"),
        paragraph("eins", numbering=BULLET),
        paragraph("zwei", numbering=BULLET),
        paragraph("erstens", numbering=NUMBER),
        paragraph("zweitens", numbering=NUMBER),
        paragraph("Darin", style="heading 2"),
        paragraph("Noch Text."),
        parts={},
    )
    profile = profile_of(read_word(content, "x.docx"))
    front = profile.front
    assert (front.title, front.subtitle) == (
        "Gartenbau in Musterstadt",
        "Ein Beruf unter freiem Himmel",
    )
    assert front.teaser.startswith("Vorweg **ganz** wichtig: Kund*innen")
    assert kinds(profile) == ["bullets", "numbers", "subheading", "paragraph"]
    assert body(profile) == [
        *("Vorweg ganz wichtig: Kund*innen & <b>{x}</b>.", "Alltag", "eins", "zwei", "erstens"),
        *("zweitens", "Darin", "Noch Text."),
    ]


def test_headings_of_a_document_without_styles_are_its_short_lines() -> None:
    lines = [line for line in GARDENER.split("\n") if line]
    profile = profile_of(read_word(word_file(*(paragraph(run(t, "<w:b/>")) for t in lines)), "x"))
    assert len(profile.sections) == 6
    assert whole(profile) == letters(GARDENER)


def test_what_is_no_text_in_a_document_is_left_out_and_told(workspace: Workspace) -> None:
    link = f'<w:hyperlink r:id="l1">{run("diese Seite")}</w:hyperlink>'
    content = word_file(
        paragraph("Gartenbau", style="Title"),
        paragraph("Alltag", style="heading 1"),
        paragraph("Siehe ", link, '<w:r><w:footnoteReference w:id="2"/></w:r>', "."),
        table(("Lohn", "2.300 €"), ("Urlaub", "30 Tage")),
        paragraph("Formel: ", "<m:oMath><m:r><m:t>x²</m:t></m:r></m:oMath>"),
        paragraph("Alt", '<w:del w:id="9"><w:r><w:delText>weg</w:delText></w:r></w:del>'),
        parts={
            "footnotes": f'<w:footnote w:id="2">{paragraph("Nach Tarif")}</w:footnote>',
            "comments": f'<w:comment w:id="0">{paragraph("Stimmt das?")}</w:comment>',
            "header1": paragraph("Kopfzeile"),
        },
        links={"l1": "https://example.org/x"},
    )
    said = "\n".join(remarks(workspace, content, "text.docx"))
    profile = read_profile(Reader(workspace.root), "gartenbau")
    assert body(profile) == [
        *("Alltag", "Siehe diese Seite."),
        *("Lohn", "2.300 €", "Urlaub", "30 Tage", "Formel:", "Alt"),
    ]
    linked = profile.sections[0].parts[0].blocks
    assert linked == ("Siehe [diese Seite](<https://example.org/x>).",)
    for message in (
        "A footnote is not taken over. It says: “Nach Tarif”",
        "A comment is not taken over. It says: “Stimmt das?”",
        "The document has tracked changes",
        "The head or foot of the pages is not taken over. It says: “Kopfzeile”",
        "Left out, because a tracked change deletes it: “weg”",
        "This is not taken over: “x²”",
    ):
        assert message in said


# Bad input


def refused(workspace: Workspace, *arguments: str, **variables: str) -> str:
    """Return the one line with which an import is refused; nothing has been written."""
    before = sorted(workspace.root.rglob("*"))
    done: subprocess.CompletedProcess[str] = workspace.run("import", *arguments, **variables)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert sorted(workspace.root.rglob("*")) == before
    return done.stderr


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
DOC = OLE + "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.doc", OLE, "Only LibreOffice reads documents in older formats (.doc, .rtf); it is not"),
        ("a.doc", DOC, "Only LibreOffice reads documents in older formats (.doc, .rtf); it is not"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password. Save a"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "This is a spreadsheet, not a text. Copy"),
        ("a.ppt", OLE + "PowerPoint Document".encode("utf-16-le"), "This is a presentation, not"),
        ("a.rtf", b"{\\rtf1 Text}", "In Word: File, Save As, Word Document (.docx). Or install"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "This PDF is damaged or not whole."),
        ("a.txt", b"", "There is no text in this file. Check that"),
        ("a.txt", b" \n\t\r\n", "There is no text in this file."),
        ("a.md", b"# \n\n![x](y.png)", "There is no text in this file."),
        ("a.txt", b"ab\0cd", "This is not a text file, or it is stored in an unknown way."),
        ("a.txt", b"\xff\xfe\x00\xd8", "This is not a text file"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00", "This is a picture, not a text."),
        ("a.docx", b"\xff\xd8\xff\xe0JFIF", "This is a picture, not a text."),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\x00", "This is a packed folder, such as a .zip file."),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "In the browser: save"),
        ("a.csv", b"Messe;Datum\n", "This is a spreadsheet, not a text."),
        ("a.eml", b"From: a@example.org\n\nText", "This is an e-mail, not a text"),
        ("a.txt", b"Ein Satz. " * 500_000, "longer than 200 000 characters, about a hundred"),
        ("a.docx", b"PK\x03\x04 kaputt", "The document is damaged or not complete."),
        ("a.docx", word_file(paragraph("x"))[:-40], "The document is damaged or not complete."),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used(
    workspace: Workspace, name: str, content: bytes, message: str
) -> None:
    (workspace.root / name).write_bytes(content)
    said = refused(workspace, name, "--slug", "gartenbau", **{OFFICE: ""})  # without LibreOffice
    assert said.startswith(f"{name}")
    assert message in said


@pytest.mark.parametrize(
    ("name", "parts", "message"),
    [
        ("a.xlsx", {"xl/workbook.xml": b"<x/>"}, "This is a spreadsheet, not a text."),
        ("a.docx", {"xl/workbook.xml": b"<x/>"}, "This is a spreadsheet, not a text."),
        ("a.pptx", {"ppt/presentation.xml": b"<x/>"}, "This is a presentation, not a text."),
        ("a.pages", {"Index/Document.iwa": b"x"}, "In Pages: File, Export To, Word;"),
        ("a.epub", {"mimetype": b"application/epub+zip"}, "This is an e-book (.epub)"),
        ("a.ods", {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "a spreadsheet"),
        ("a.zip", {"flyer.txt": b"Text"}, "This is a packed folder, such as a .zip file. Unpack"),
        ("a.docx", {"flyer.txt": b"Text"}, "This is not a Word document, whatever its"),
    ],
)
def test_packages_that_are_no_text_are_refused_by_what_they_are(
    workspace: Workspace, name: str, parts: dict[str, bytes], message: str
) -> None:
    with zipfile.ZipFile(workspace.root / name, "w") as file:
        for part, content in parts.items():
            file.writestr(part, content)
    assert message in refused(workspace, name, "--slug", "gartenbau")


def zipped(**files: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()


def test_a_zip_that_unpacks_to_more_than_a_document_holds(tmp_path: Path) -> None:
    bomb = zipped(word__document_xml=b" " * (MOST_XML + 1))
    assert len(bomb) < MOST_XML / 100
    with pytest.raises(Refused, match="The document is larger than a career profile can be"):
        read_word(bomb, "x.docx")
    with pytest.raises(Refused, match="This is not a Word document, whatever"):
        read_word(zipped(content_xml=b"<x/>"), "x.docx")
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'
    with pytest.raises(Refused, match="damaged"):
        read_word(zipped(word__document_xml=entities), "x.docx")
    (tmp_path / "x.docx").write_bytes(word_file(paragraph("x " * MOST_CHARACTERS)))
    with pytest.raises(Refused, match="The text is longer than"):
        read_manuscript(tmp_path / "x.docx")


@pytest.mark.parametrize("name", ["x.txt", "x.md"])
def test_a_text_of_too_many_lines(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("- a\n" * (MOST_LINES + 1), "utf-8")
    with pytest.raises(Refused, match=f"{MOST_LINES + 1}: error: The text goes on beyond"):
        read_manuscript(tmp_path / name)


def test_a_folder_a_missing_file_and_no_file_at_all(workspace: Workspace) -> None:
    assert "content: error: This is a folder." in refused(workspace, "content", "--slug", "x")
    assert "fehlt.txt: error: There is no such file." in refused(
        workspace, "fehlt.txt", "--slug", "x"
    )
    assert "/dev/zero: error: The file “zero” cannot be read" in refused(
        workspace, "/dev/zero", "--slug", "x"
    )


@pytest.mark.parametrize(
    ("slug", "proposal"),
    [
        ("Bäcker/Köln", "baecker-koeln"),
        ("../../etc", "etc"),
        ("Ba\u0308cker", "baecker"),
        ("3D-Druck", "beruf-3d-druck"),
        ("ß", "ss"),
        ("漢", "berufsbild"),
        ("", "berufsbild"),
        ("fairs", "beruf-fairs"),
        ("a" * 61, "a" * 60),
    ],
)
def test_names_that_are_none(workspace: Workspace, slug: str, proposal: str) -> None:
    (workspace.root / "a.txt").write_text(GARDENER, "utf-8")
    said = refused(workspace, "a.txt", "--slug", slug)
    assert said.startswith(f"--slug: error: “{slug}” cannot be a name here.")
    assert said.endswith(f"for example: {proposal}.\n")
    assert proposed_slug(proposal) == proposal


def test_another_language_is_refused(workspace: Workspace) -> None:
    (workspace.root / "a.txt").write_text(GARDENER, "utf-8")
    said = refused(workspace, "a.txt", "--slug", "x", "--locale", "en")
    assert "“en” cannot be imported: profiles are written in German." in said
    done = workspace.run("import", "a.txt", "--slug", "x", "--locale", "de-AT")
    assert done.returncode == 0


def test_what_is_there_is_never_overwritten(workspace: Workspace) -> None:
    (workspace.root / "a.txt").write_text(GARDENER, "utf-8")
    (workspace.root / "content" / "gartenbau").mkdir()
    said = refused(workspace, "a.txt", "--slug", "gartenbau")
    assert said.startswith("content/gartenbau/: error: There is something here already; it stays")


def test_a_trial_tells_what_would_come_of_files_and_writes_nothing(workspace: Workspace) -> None:
    folder = workspace.root / "texte"
    (folder / "alt").mkdir(parents=True)
    (folder / "pflege.txt").write_text(
        "Pflege in Musterstadt\n\nWer pflegt, hilft Menschen jeden Tag. Das ist viel wert.\n",
        "utf-8",
    )
    (folder / "alt" / "tabelle.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / ".versteckt").write_text("nichts", "utf-8")
    (folder / "~$pflege.docx").write_bytes(b"x")
    before = sorted(workspace.root.rglob("*"))
    done = workspace.run("import", "texte", "fehlt.txt", "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    rows = [re.split(r" {2,}", line) for line in done.stdout.splitlines()]
    assert rows[0] == ["File", "Title", "Sections", "Words", "Points", "To check"]
    assert rows[1][:2] == [str(Path("texte/pflege.txt")), "Pflege in Musterstadt"]
    assert rows[1][3] == "13"
    assert rows[2][0] == str(Path("texte/alt/tabelle.pdf"))
    assert rows[2][1].startswith("! This PDF is damaged")
    assert rows[3][0] == "fehlt.txt"
    assert sorted(workspace.root.rglob("*")) == before


def test_several_texts_are_not_imported_under_one_name(workspace: Workspace) -> None:
    done = workspace.run("import", "a.txt", "b.txt", "--slug", "pflege")
    assert (done.returncode, done.stderr.partition(". ")[0]) == (
        2,
        "b.txt: error: A text is imported by itself, under a name of its own",
    )
    assert workspace.run("import", "a.txt").stderr.startswith("--slug: error: ")


@pytest.mark.parametrize("text", [f"# {GARDENER}", GARDENER])
def test_a_text_that_another_program_hands_over(workspace: Workspace, text: str) -> None:
    made = import_text(Path("-"), "koch", "de", workspace.root, date(2026, 11, 1), text.encode())
    assert "„-“" in (workspace.root / made.name).read_text("utf-8").splitlines()[1]
    title = read_profile(Reader(workspace.root), "koch").front.title
    assert title == GARDENER.splitlines()[0]


BELOW_A_TITLE = "Gärtnerinnen und Gärtner pflegen Gärten, Parks und Friedhöfe, zu jeder Jahreszeit."


@pytest.mark.parametrize(
    ("line", "properties", "is_one"),
    [
        ("Ein Beruf unter freiem Himmel", "<w:i/>", True),
        ("Grüner Beruf", "<w:i/>", True),
        ("Ein Beruf unter freiem Himmel", "", True),  # centred, perhaps
        ("Wer Pflanzen mag, ist hier richtig.", "<w:i/>", False),
        ("Das sollten Sie wissen:", "", False),
        ("Von Redaktion Berufe", "<w:i/>", False),
        ("Stand: Mai 2026", "", False),
        ("Voraussetzungen", "", False),
    ],
)
def test_a_short_line_of_its_own_below_the_title_is_a_subtitle(
    line: str, properties: str, *, is_one: bool
) -> None:
    content = word_file(
        paragraph("Gärtner in Musterstadt", style="Title"),
        paragraph(run(line, properties)),
        paragraph(BELOW_A_TITLE),
        paragraph("Alltag", style="heading 1"),
        paragraph(BELOW_A_TITLE),
        parts={},
    )
    draft = make_draft(read_word(content, "x.docx"), "x")
    assert draft.subtitle == (line if is_one else "")
    assert ("subtitle" in {place for place, _ in draft.remarks}) is is_one


def test_quoted_paragraphs_are_quotations_with_whom_they_quote(tmp_path: Path) -> None:
    said = "„Am Anfang habe ich nur Zwiebeln geschnitten. Jetzt koche ich ein Gericht.“"
    plain = "Köche sagen „Mise en place“, wenn alles bereitsteht, und fangen erst dann an."
    lines = ["Koch", plain, said, "– Merle, 19, im zweiten Jahr", plain, said, "Ausbildung", plain]
    file = tmp_path / "text.txt"
    file.write_text("\n\n".join(lines), "utf-8")
    kinds = [(p.kind, p.text) for p in read_manuscript(file).paragraphs if p.kind == "quote"]
    speaker = ("quote", "— Merle, 19, im zweiten Jahr")
    assert kinds == [("quote", said), speaker, ("quote", said)], "“Ausbildung” may be a heading"
