"""What fuzzing has found, each with the smallest input that shows it."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pikepdf
import pytest
from pikepdf import Name

from careerprint.building.entries import Failure, Origin
from careerprint.building.record import RECORD_FILE, open_record
from careerprint.core.diagnostics import Location, refuse
from careerprint.core.reader import Reader
from careerprint.core.sources import FileStat, Stamp
from careerprint.fairs.cells import MOST_COLUMNS
from careerprint.fairs.headings import known_headings
from careerprint.fairs.tables import parse_tables
from careerprint.intake.drafting import make_draft
from careerprint.intake.drafts import write_profile
from careerprint.intake.importing import read_manuscript
from careerprint.layouts.pictures import examine_drawing
from careerprint.manuscripts.manuscript import Paragraph
from careerprint.profiles.catalogs import Catalogs, read_catalogs
from careerprint.profiles.content import parse_profile
from careerprint.rules.checking import examine_pdf

from .conftest import Workspace, refusals
from .factcorpus import facts_of
from .fuzzing.seeds import CORPUS
from .fuzzing.targets import TARGETS, TODAY, Ground

DAYS = 'msgid "day"\nmsgid_plural "days"\nmsgstr[0] "Tag"\nmsgstr[1] "Tage"\n'


def days(folder: Path, rule: str, count: int) -> str:
    """Return how a catalog with this rule of plural forms says a number of days."""
    header = f'msgid ""\nmsgstr "Plural-Forms: {rule}\\n"\n\n'
    return catalogs(folder, header + DAYS).ngettext("day", "days", count)


def catalogs(folder: Path, text: str) -> Catalogs:
    """Return the catalog with this text as it is read."""
    (folder / "words").mkdir()
    (folder / "words/fr.po").write_text(text, "utf-8")
    return read_catalogs(Reader(folder), "words", "fr", "en")


@pytest.mark.parametrize(
    "rule",
    [
        "nplurals=2; plural=n%0;",  # divides by zero
        "nplurals=2; plural=n%5;",  # names a third form
        "nplurals=2; plural=n%!0;",  # no Python
        "nplurals=2; plural=n-1;",  # a form before the first
    ],
)
def test_a_rule_of_plural_forms_that_fails_is_refused(tmp_path: Path, rule: str) -> None:
    (line,) = refusals(lambda: days(tmp_path, rule, 1))
    assert line.startswith("words/fr.po:1: error: The catalog breaks off here (")


def test_a_rule_of_plural_forms_that_fails_for_large_counts_alone(tmp_path: Path) -> None:
    assert days(tmp_path, "nplurals=2; plural=n>9999?9:n>1;", 10_000) == "days"


def test_a_header_of_a_catalog_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    text = 'msgid ""\nmsgstr "PO-Revision-Date: 2026-11-22 10:00+0100 ?\\n"\n'
    (line,) = refusals(lambda: catalogs(tmp_path, text))
    assert line.startswith("words/fr.po:1: error: The catalog breaks off here (")


def test_an_escape_without_a_character_behind_another_fault() -> None:
    text = '---\ntitle: }\nteaser: "\\U00110000"\n---\n'
    lines = refusals(lambda: parse_profile(text, "profile.md", "koch"))
    assert lines[0].startswith("profile.md:")


def test_a_message_commands_no_terminal_and_keeps_its_order() -> None:
    told = refuse(Location("a.md"), "“{key}” is unknown.", "Delete it.", key="\x1b[2J\u202ea\ud800")
    (found,) = told.diagnostics
    assert found.sentence(str) == "a.md: error: “�[2J�a�” is unknown. Delete it."


def test_a_text_with_two_headings_of_the_same_mark_is_imported(tmp_path: Path) -> None:
    file = tmp_path / "text.md"
    file.write_text("# Koch\n\n## Eins {#a}\n\nText.\n\n## Zwei {#a}\n\nMehr.\n", "utf-8")
    draft = make_draft(read_manuscript(file), "Koch")
    text, _ = write_profile(draft, file.name, TODAY, str)
    read = parse_profile(text, "profile.md", "koch")
    assert [section.id for section in read.sections] == ["a", "section.2"]
    assert "Two headings were marked {#a}; “Zwei” is without a mark now." in text


def test_what_a_library_logs_of_a_pdf_is_not_shown(workspace: Workspace) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Metadata = pdf.make_stream(b"<x><pdfuaid:part>1</pdfuaid:part></x>")
    pdf.save(workspace.root / "found.pdf")
    lines = workspace.run("check", "found.pdf").stderr.splitlines()
    assert lines
    assert all(line.startswith("found.pdf") for line in lines)


@pytest.mark.parametrize(
    "written",
    [
        "[" * 20_000,
        '[[["error", ["a", 1, "", 0, null, null], "{c}", "", [], ""]], [{}, {}]]',
        '[[["error", ["a", 1, "", 0, null, null], "b", "{c.real}", [["c", 1]], ""]], [{}, {}]]',
        "[[[1]], [{}, {}]]",
    ],
)
def test_a_record_that_cannot_be_read_is_begun_anew(tmp_path: Path, written: str) -> None:
    failure = Failure((), Origin({}, {}))
    with open_record(tmp_path) as record:
        record.put_failure("a/a.pdf", failure)
        record._connection.execute("UPDATE kept SET value = ?", (written,))
        assert record.failures() == {}
        record.put_failure("a/b.pdf", failure)
        assert record.failures() == {"a/b.pdf": failure}


def test_a_record_whose_tables_are_declared_otherwise_is_begun_anew(tmp_path: Path) -> None:
    stamp = Stamp(FileStat(1, 2, 3, 4), "d")
    with open_record(tmp_path) as record:
        record.put_stamps({"/a": stamp})
    file = tmp_path / RECORD_FILE
    file.write_bytes(file.read_bytes().replace(b"value TEXT", b"v\xa4lue TEXT"))
    with open_record(tmp_path, to_write=False) as record:
        assert record.stamps() == {}
    with open_record(tmp_path) as record:
        record.put_stamps({"/b": stamp})
        assert record.stamps() == {"/b": stamp}


def test_no_program_is_started_for_a_pdf(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.obj.Contents = pdf.make_stream(b"0 0 1 1 re f")
    page.obj.Contents.write(b"0 0 1 1 re f", filter=Name.JBIG2Decode)
    written = io.BytesIO()
    pdf.save(written, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert Ground(tmp_path).run(TARGETS["pdf"], written.getvalue()) is None
    (found,) = examine_pdf(written.getvalue(), "found.pdf").findings
    assert found.rule == "damaged"


def test_a_colour_profile_of_a_million_components_is_none(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    profile = pdf.make_stream(b"", N=100_000_000)
    space = pikepdf.Array([Name.ICCBased, profile])
    page.obj.Resources = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(C0=space))
    page.obj.Contents = pdf.make_stream(b"/C0 cs 0 0 9 9 re f\n" * 3)
    written = io.BytesIO()
    pdf.save(written)
    assert Ground(tmp_path).run(TARGETS["pdf"], written.getvalue()) is None


def test_a_csv_file_with_too_many_columns_is_refused_before_its_headings_are_compared() -> None:
    text = "Kennung;Messe" + "".join(f";Spalte {n}" for n in range(MOST_COLUMNS - 1))
    (line,) = refusals(lambda: parse_tables(text.encode(), "fairs.csv", known_headings))
    assert line.startswith(f"fairs.csv:1: error: This row goes on beyond column {MOST_COLUMNS}.")


HEAD = "---\ntitle: a\nteaser: b\nupdated: 2026-11-22\nflyer: {headline: c, teaser: d}\n---\n"
NAMESPACE = "http://www.w3.org/2000/svg"
SVG = f'<svg xmlns="{NAMESPACE}" viewBox="%s">%s</svg>'


@pytest.mark.parametrize("inner", ["<g>&b8;</g>", "<style>&b8;</style>", '<g fill="&b8;"/>'])
def test_a_logo_that_multiplies_itself_is_damaged_and_read_in_few_steps(
    tmp_path: Path, inner: str
) -> None:
    levels = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 9))
    ground = Ground(tmp_path)
    bomb = f'<!DOCTYPE svg [<!ENTITY b0 "x">{levels}]>{SVG % ("0 0 9 9", inner)}'
    assert calls(ground, "logo", bomb) < 10_000, "of 100 million letters"
    assert ground.said == {"The drawing is damaged ({reason})."}


def test_a_view_box_or_length_that_goes_on_and_on_counts_as_none() -> None:
    def sides(box: str, width: str) -> tuple[float, float]:
        drawing = f'<svg xmlns="{NAMESPACE}" viewBox="{box}" width="{width}" height="8mm"/>'
        found = examine_drawing(drawing.encode(), "logo.svg")
        return found.width, found.height

    assert sides("0 0 20 10", "9mm") == (9, 8)
    assert sides("0 0 20 10", " " * 200 + "9mm") == (20, 10)
    assert sides(" " * 200 + "0 0 20 10", "9mm") == (0, 0)


@pytest.mark.parametrize(
    "said",
    [
        "Das Gehalt liegt bei 1.000 bis 2.000 Euro",
        "Die Branche kennt Handel, Banken, Energie und Verkehr",
    ],
)
def test_no_fact_is_looked_for_in_a_sentence_that_goes_on_and_on(said: str) -> None:
    assert facts_of([Paragraph("text", f"{said}.", "")], [""])
    longer = f"{said}{' und mehr' * 120}."
    assert not facts_of([Paragraph("text", longer, "")], [""])


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("configuration", lambda n: "".join(f"k{i} = 1\n" for i in range(n))),
        ("layout", lambda n: "".join(f"[formats.a{i}]\nwidth = 1\n" for i in range(n))),
    ],
)
def test_of_very_many_faults_a_hundred_are_told(
    tmp_path: Path, target: str, written: Callable[[int], str]
) -> None:
    said = refusals(lambda: TARGETS[target](written(700).encode(), Ground(tmp_path).root))
    assert len(said) == 100


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("profile", lambda n: f"{HEAD}## A\n" + "b\n\n" * n),
        ("profile", lambda n: f"{HEAD}## A\n{'*a* a-b ' * n}\n"),
        ("configuration", lambda n: "a." * n + "b = 1\n"),
        ("layout", lambda n: "".join(f"[formats.a{i}]\nwidth = 1\n" for i in range(n))),
        ("text", lambda n: "Ab\n\n" * n),
        ("text", lambda n: "Gehalt von 1.000 bis 2.000 Euro. " * n),
    ],
)
def test_twice_as_much_of_the_same_takes_twice_as_many_steps(
    tmp_path: Path, target: str, written: Callable[[int], str]
) -> None:
    ground = Ground(tmp_path)
    calls(ground, target, written(1))  # what is loaded when first asked for is there from here
    once, twice = (calls(ground, target, written(count)) for count in (300, 600))
    assert twice < 2.5 * once, "four times as many, where each looks at all others"


def calls(ground: Ground, target: str, text: str) -> int:
    """Return how many functions are called while a reader takes a text without any complaint."""
    count = 0

    def one(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    def read(content: bytes, root: Path) -> None:
        sys.setprofile(one)
        try:
            TARGETS[target](content, root)
        finally:
            sys.setprofile(None)

    assert ground.run(read, text.encode()) is None
    return count


def test_a_record_whose_tree_is_damaged_is_begun_anew_before_it_is_written(tmp_path: Path) -> None:
    damaged = (CORPUS / "record" / "damaged-tree.sqlite").read_bytes()
    assert Ground(tmp_path).run(TARGETS["record"], damaged) is None
