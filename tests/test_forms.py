"""Forms: flyers for fairs are laid out once and filled in, and nobody can tell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageStat

from careerprint.building.printing import Printer
from careerprint.composing.compose import Composer, compose
from careerprint.composing.job import Job, replacing
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.core.targets import PRESS, SCREEN
from careerprint.finished.document import read_finished
from careerprint.finished.findings import Finding
from careerprint.finished.readback import read_back, worded
from careerprint.planning.season import by_id, read_season
from careerprint.rules import filled
from careerprint.rules.case import Aspect, Case, rule
from careerprint.rules.checking import RULES, examine_pdf
from careerprint.rules.filled import examine_filled
from careerprint.typesetting.forms import form_job
from careerprint.typesetting.typeset import Typesetter

from .cards import CSS, stand_cards
from .conftest import SLUG, Workspace
from .test_batch import row, table
from .workspaces import make_full_workspace

# Each script and direction, format and target.
CASES = [
    ("de", "a4", SCREEN.name),
    ("ar", "a5", PRESS.name),
    ("uk", "din-lang", SCREEN.name),
]
pytestmark = pytest.mark.slow

FIRST_FORMAT = {"flyer": "a4", "card": "a6"}
TODAY = date(2026, 1, 5)
RESOLUTION = 150  # dpi
# Of 255: what comes of rounding a code's size to a millionth. Nobody sees it.
LEAST_SEEN = 2


@dataclass(frozen=True)
class Fairs:
    """A workspace with a table of fairs, and what prints its flyers."""

    root: Path
    printer: Printer
    typesetter: Typesetter

    def job(self, edition: Edition, **cells: str) -> Job:
        """Return the flyer's job for a fair whose row has these cells."""
        name = edition.format or FIRST_FORMAT[edition.layout]
        product = {"Layout": edition.layout, "Format": name}
        rows = [row(1, **product), row(2, **{**product, **cells})]
        file = table(self.root / "messen.csv", rows)
        fairs = by_id(read_season(file, Reader(self.root), TODAY).fairs)
        return compose(edition, Reader(self.root), fairs[edition.fair])

    def is_filled(self, job: Job) -> bool:
        """Tell whether a form is filled in for a job; else it is laid out by itself."""
        made = self.printer._form(job, None)
        return made is not None and made.filled(job) is not None


@pytest.fixture(scope="module")
def fairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fairs]:
    root = tmp_path_factory.mktemp("forms") / "workspace"
    make_full_workspace(root)
    with Printer() as printer, Typesetter() as typesetter:
        yield Fairs(root, printer, typesetter)


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fairs]:
    """The same with cards, which are quickly laid out."""
    root = tmp_path_factory.mktemp("cards") / "workspace"
    stand_cards(root)
    with Printer() as printer, Typesetter() as typesetter:
        yield Fairs(root, printer, typesetter)


CARD = Edition(SLUG, "card", "de", fair="messe-2")


def flyer(locale: str = "de", name: str = "a4", target: str = SCREEN.name) -> Edition:
    return Edition(SLUG, "flyer", locale, "" if name == "a4" else name, "messe-2", target)


def page_text(pdf: bytes) -> str:
    """Return the text of a page in reading order, as other programs get it."""
    return worded(read_back(pdf).text)


def drawn(pdf: bytes) -> Image.Image:
    document = pdfium.PdfDocument(pdf)
    assert len(document) == 1
    picture: Image.Image = document[0].render(scale=RESOLUTION / 72).to_pil()
    return picture.convert("RGB")


def told(pdf: bytes) -> list[object]:
    """Return what a screen reader and a viewer are told: structure, texts, links, bookmarks."""
    document = pdfium.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_bounded()
    with pikepdf.open(BytesIO(pdf)) as opened:
        page = opened.pages[0].obj
        root = opened.Root
        links = [
            (str(a.A.URI), str(a.Contents), [round(float(a.Rect[i]), 1) for i in range(4)])
            for a in page.get("/Annots", [])
        ]
        bookmarks = [(str(entry.title)) for entry in opened.open_outline().root]
        return [
            *(text, links, bookmarks, str(root.Lang), str(opened.docinfo["/Title"])),
            element(root.StructTreeRoot.K[0]),
            sorted(str(key) for key in root),
        ]


def element(found: pikepdf.Object) -> object:
    """Return an element of the structure tree with those inside it, and what it says of itself."""
    if not isinstance(found, pikepdf.Dictionary):
        return int(found)
    if found.get("/Type") in {"/OBJR", "/MCR"}:
        return str(found.Type)
    said = [str(found.get(key, "")) for key in ("/S", "/Alt", "/Lang", "/ActualText")]
    return [*said, *(element(child) for child in found.get("/K", []))]


@pytest.mark.parametrize(("locale", "name", "target"), CASES)
def test_a_filled_flyer_is_the_one_that_is_laid_out_by_itself(
    fairs: Fairs, locale: str, name: str, target: str
) -> None:
    job = fairs.job(flyer(locale, name, target), Sprachen=locale)
    filled, alone = fairs.printer.print(job), fairs.typesetter.typeset(job)
    assert filled.pdf != alone.pdf, "it came of a form"
    assert (filled.setting, filled.left_out) == (alone.setting, alone.left_out)
    assert told(filled.pdf) == told(alone.pdf)
    seen = ImageChops.difference(drawn(filled.pdf), drawn(alone.pdf))
    assert max(most for _, most in ImageStat.Stat(seen).extrema) <= LEAST_SEEN
    whole = examine_pdf(filled.pdf, job.name, job, filled.left_out).findings
    assert [finding.diagnostic for finding in whole] == list(filled.diagnostics)


# What a fair may need on paper besides the place of its stand.
MORE = {
    "Straße": "Musterstraße 1",
    "Eingang": "Nord",
    "Etage": "2. OG",
    "Raum": "Raum 2.14",
    "Öffnungszeiten": "Fr 9–16, Sa 10–14 Uhr",
    "Vortragszeit": "11.30 Uhr",
    "Vortrag": "Wege in den Beruf",
    "Kontakt 2": "Standteam B",
    "Telefon 2": "030 23125 999",
    "E-Mail 2": "b@example.org",
    "QR-Beschriftung": "Jetzt Termin buchen",
}


@pytest.mark.parametrize(
    ("locale", "name", "told_in_words"),
    [
        ("de", "a4", ["Fr. 09:00–16:00 Uhr, Sa. 10:00–14:00 Uhr", "Vortrag 11:30 Uhr: "]),
        ("ar", "din-lang", ["الغرفة: 2.14", "المدخل: Nord"]),
    ],
)
def test_all_that_a_fair_needs_is_filled_in(
    fairs: Fairs, locale: str, name: str, told_in_words: list[str]
) -> None:
    narrow = {"Öffnungszeiten": "9–16 Uhr", "Straße": "", "Messe": "Jobtag"}
    more = {**MORE, **narrow} if name == "din-lang" else MORE
    job = fairs.job(flyer(locale, name), Sprachen=locale, **more)
    filled = fairs.printer.print(job)
    assert fairs.is_filled(job)
    assert filled.diagnostics == ()
    assert not {"second-contact", "talk", "way"} & set(filled.left_out)
    text = page_text(filled.pdf)
    shown = ["2. OG", "2.14", "Nord", "Standteam B", "b@example.org", "Jetzt Termin buchen"]
    assert [word for word in [*shown, *told_in_words] if word not in text] == []


def test_what_a_fair_needs_least_goes_first_where_there_is_no_room(fairs: Fairs) -> None:
    job = fairs.job(flyer("ar", "din-lang"), Sprachen="ar", **MORE)
    filled = fairs.printer.print(job)
    names = [optional.block for optional in job.format.optional]
    assert names[-3:] == ["second-contact", "talk", "way"], "what the fair itself says goes last"
    assert filled.left_out == tuple(names[: len(filled.left_out)])
    assert "Jetzt Termin buchen" in page_text(filled.pdf)


def test_what_is_filled_in_is_all_that_differs_between_files(fairs: Fairs) -> None:
    one, other = (
        fairs.printer.print(fairs.job(flyer(), Messe=name)).pdf
        for name in ("Jobtag Nord", "Jobtag Süd")
    )

    def streams(pdf: bytes) -> list[bytes]:
        with pikepdf.open(BytesIO(pdf)) as opened:
            return [stream.read_bytes() for stream in opened.pages[0].obj.Contents]

    differing = [a != b for a, b in zip(streams(one), streams(other), strict=True)]
    assert differing.count(True) == 1
    assert len(differing) > 3, "the streams that they share can be stored once"


def test_a_flyer_does_not_depend_on_what_was_printed_before(cards: Fairs) -> None:
    job = cards.job(CARD, Messe="Ausbildungstag")
    first = cards.printer.print(job).pdf
    for name in ("Żółty Jarmark", "Xy", "Jobmesse mit einem recht langen Namen"):
        cards.printer.print(cards.job(CARD, Messe=name))
    assert cards.printer.print(job).pdf == first
    with Printer() as fresh:
        assert fresh.print(job).pdf == first


def test_flyers_composed_together_are_those_composed_one_by_one(fairs: Fairs) -> None:
    file = table(fairs.root / "messen.csv", [row(1, Format="a4"), row(2, Format="a4")])
    found = by_id(read_season(file, Reader(fairs.root), TODAY).fairs)
    composer = Composer(Reader(fairs.root))
    for fair, locale in (
        ("messe-1", "de"),
        ("messe-2", "de"),
        ("messe-1", "ar"),
        ("messe-2", "ar"),
    ):
        edition = replace(flyer(locale), fair=fair)
        together = composer.compose(edition, found[fair])
        alone = compose(edition, Reader(fairs.root), found[fair])
        assert (together.html, together.digest) == (alone.html, alone.digest)
        assert together.placed == alone.placed


def test_the_form_is_that_of_all_fairs_with_the_same_fields(fairs: Fairs) -> None:
    digests = {
        form_job(fairs.job(flyer(), **cells)).digest
        for cells in ({}, {"Messe": "Nacht der Berufe"}, {"Telefon": "0231 12345", "Ort": "Unna"})
    }
    assert len(digests) == 1
    assert form_job(fairs.job(flyer(), Halle="")).digest not in digests


LAID_OUT_ALONE = {
    "a name that takes two lines": {"Messe": "Ausbildungs- und Studienmesse " * 3},
    "letters that the form's fonts do not have": {"Ort": "Ελλάδα"},
    "an address longer than its line": {"E-Mail": f"{'stand.' * 9}nord@{'messe.' * 6}example.org"},
}


@pytest.mark.parametrize("cells", LAID_OUT_ALONE.values(), ids=LAID_OUT_ALONE)
def test_what_does_not_fit_into_the_form_is_laid_out_by_itself(
    cards: Fairs, cells: dict[str, str]
) -> None:
    assert cards.is_filled(cards.job(CARD))
    job = cards.job(CARD, **{name: text.strip() for name, text in cells.items()})
    assert not cards.is_filled(job)
    assert cards.printer.print(job).pdf == cards.typesetter.typeset(job).pdf


def test_a_code_wider_than_its_column_is_laid_out_by_itself(fairs: Fairs) -> None:
    job = fairs.job(flyer(), Stand="Galerie-Nord 4711-B")
    assert not fairs.is_filled(job)


HOSTILE = ("jljil", "jljij jljil", "<b>&amp;</b>", "{{ fair.city }}", "\ufdd03\ufdd1", "=1+1")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_is_printed_as_it_is_whatever_the_form_makes_of_it(cards: Fairs, text: str) -> None:
    job = cards.job(CARD, Messe=f"Messe {text}")
    printed = cards.printer.print(job)
    if "\ufdd0" in text:  # no font has such a character, and none is to be printed
        assert [d for d in printed.diagnostics if d.severity.name == "ERROR"]
        return
    assert printed.diagnostics == ()
    assert text.replace(" ", "") in "".join(str(told(printed.pdf)[0]).split())


def test_a_filled_page_whose_link_leads_elsewhere_is_not_taken(fairs: Fairs) -> None:
    job = fairs.job(flyer())
    made = fairs.printer._form(job, None)
    assert made is not None
    texts, pdf = made.form.texts_of(job.fields), fairs.printer.print(job).pdf
    fields = [
        replace(field, text=field.text.replace("https://", "https://elsewhere."))
        if not field.code
        else field
        for field in job.fields
    ]
    other = replace(job, fields=tuple(fields))
    assert examine_filled(pdf, job, made.judged, texts) is not None
    assert examine_filled(pdf, other, made.judged, texts) is None


@pytest.mark.parametrize("aspect", Aspect)
def test_whatever_reads_what_is_filled_in_judges_each_page(
    fairs: Fairs, aspect: Aspect, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(case: Case) -> Iterator[Finding]:
        yield case.spot().fault("It is wrong.", "Correct it.")

    job = fairs.job(flyer())
    made = fairs.printer._form(job, None)
    assert made is not None
    texts, pdf = made.form.texts_of(job.fields), fairs.printer.print(job).pdf
    monkeypatch.setattr(filled, "RULES", (*RULES, rule("new", reads={aspect})(judge)))
    found = examine_filled(pdf, job, made.judged, texts)
    assert (found is None) == (aspect in filled.FILLED)


def test_what_is_not_filled_in_is_on_each_page_as_in_the_form(fairs: Fairs) -> None:
    job = fairs.job(flyer(), Messe="Nacht der Berufe", Ort="Unna", Telefon="0231 12345")
    made = fairs.printer._form(job, None)
    assert made is not None
    form, page = (read_finished(pdf) for pdf in (made.typeset.pdf, fairs.printer.print(job).pdf))
    for name in ("pages", "intents", "language", "standards", "trapped", "has_id", "active"):
        assert getattr(page, name) == getattr(form, name)
    assert page.painted.paints.keys() == form.painted.paints.keys()
    assert page.painted.fonts == form.painted.fonts
    assert page.painted.pictures == form.painted.pictures
    assert page.painted.blanks == form.painted.blanks
    assert page.pieces != form.pieces
    assert page.links != form.links


def titled(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = pikepdf.String("Ein anderer Titel")


def linked(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots[0].A.URI = pikepdf.String("javascript:alert(1)")


@pytest.mark.parametrize("spoil", [titled, linked])
def test_a_filled_page_is_not_taken_with_a_title_or_link_that_is_spoiled(
    fairs: Fairs, spoil: Callable[[pikepdf.Pdf], None]
) -> None:
    job = fairs.job(flyer())
    made = fairs.printer._form(job, None)
    assert made is not None
    spoiled = BytesIO()
    with pikepdf.open(BytesIO(fairs.printer.print(job).pdf)) as opened:
        spoil(opened)
        opened.save(spoiled)
    texts = made.form.texts_of(job.fields)
    assert examine_filled(spoiled.getvalue(), job, made.judged, texts) is None


def test_a_filled_page_is_not_taken_with_the_text_or_code_of_another_fair(fairs: Fairs) -> None:
    job, other = fairs.job(flyer()), fairs.job(flyer(), Messe="Nacht der Berufe")
    made = fairs.printer._form(job, None)
    assert made is not None
    texts = made.form.texts_of(job.fields)
    pdf, of_other = fairs.printer.print(job).pdf, fairs.printer.print(other).pdf
    assert examine_filled(pdf, job, made.judged, texts) == ()
    assert examine_filled(of_other, job, made.judged, texts) is None
    elsewhere = replace(job, codes=("https://elsewhere.example.org",))
    assert examine_filled(pdf, elsewhere, made.judged, texts) is None


@pytest.mark.parametrize(("locale", "name", "target"), CASES[:2])
def test_a_filled_page_is_not_taken_with_any_byte_spoiled(
    fairs: Fairs, locale: str, name: str, target: str
) -> None:
    job = fairs.job(flyer(locale, name, target), Sprachen=locale)
    made = fairs.printer._form(job, None)
    assert made is not None
    texts, pdf = made.form.texts_of(job.fields), made.form.filled(job)
    assert pdf is not None
    assert examine_filled(pdf, job, made.judged, texts) == ()
    differing = next(
        n for n, (a, b) in enumerate(zip(pdf, made.typeset.pdf, strict=False)) if a != b
    )
    for at in (*range(0, differing, differing // 60), *range(differing, len(pdf), 7)):
        spoiled = bytearray(pdf)
        spoiled[at] ^= 1
        if examine_filled(bytes(spoiled), job, made.judged, texts) is not None:
            # It is of the file's id, or moves a link by less than anybody sees.
            one, other = (told(each) for each in (bytes(spoiled), pdf))
            assert [*one[:1], *one[2:]] == [*other[:1], *other[2:]]


def test_a_filled_page_is_read_in_the_same_way_by_a_library(fairs: Fairs) -> None:
    for locale, name, target in CASES[:2]:
        job = fairs.job(flyer(locale, name, target), Sprachen=locale)
        made = fairs.printer._form(job, None)
        assert made is not None
        assert made.judged.likeness is not None
        texts, pdf = made.form.texts_of(job.fields), made.form.filled(job)
        assert pdf is not None
        like = made.judged.likeness.read(pdf, replacing(job.fields))
        assert [code.text for code in like.codes] == list(job.codes)
        assert {mark: like.heard.get(mark, like.texts[mark].text) for mark in texts} == texts
        for wholly in (False, True):
            assert examine_filled(pdf, job, made.judged, texts, wholly=wholly) == ()


UNSOUND = {
    "centred": "p { text-align: center; }",
    "as wide as its text": "p { float: inline-start; }",
    "underlined": "p { text-decoration: underline; }",
    "on a ground of its own": "p span { background: #fff; }",
    "in capitals": "p { text-transform: uppercase; }",
    "in a table": "body { display: table; }",
}


def styled(folder: Path, rule: str) -> Workspace:
    """Make a workspace with one more rule in the style sheet of its card."""
    workspace = stand_cards(folder / "workspace")
    with (workspace.root / CSS).open("a", encoding="utf-8") as sheet:
        sheet.write(rule)
    return workspace


@pytest.mark.parametrize("rule", UNSOUND.values(), ids=UNSOUND)
def test_a_layout_whose_fields_move_or_draw_more_is_laid_out_each_time(
    tmp_path: Path, rule: str
) -> None:
    root = styled(tmp_path, rule).root
    with Printer() as printer, Typesetter() as typesetter:
        there = Fairs(root, printer, typesetter)
        job = there.job(CARD)
        assert typesetter.form(job) is None
        assert not there.is_filled(job)


def test_what_is_found_in_a_form_is_told_of_each_edition(tmp_path: Path) -> None:
    root = styled(tmp_path, "body > p:last-of-type { font-size: 5.5pt; }").root
    with Printer() as printer, Typesetter() as typesetter:  # too small for many to read
        there = Fairs(root, printer, typesetter)
        for fair in ("messe-1", "messe-2"):
            job = there.job(replace(CARD, fair=fair))
            (found,) = printer.print(job).diagnostics
            assert (found.rule, found.location.path) == ("type-size", job.name)
            assert there.is_filled(job)
