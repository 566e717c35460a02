"""Sheets for office printers: every page where it belongs, in its size, and still vector."""

import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageChops, ImageStat

from careerprint.building.build import build
from careerprint.core.diagnostics import Location
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.output.impose import Imposed, impose
from careerprint.output.imposition import (
    Document,
    Imposition,
    Scheme,
    Size,
    Wish,
    booklet_order,
    plan_imposition,
)

from .conftest import SLUG, Workspace, refusals
from .workspaces import make_ready_workspace

HERE = Location("here.pdf")
PT = 72 / 25.4
PX = 10  # per mm, so that every edge in tenths of a mm lies between two pixels
A4_LANDSCAPE = (297, 210)


@dataclass(frozen=True)
class Sheets:
    """A finished edition and what it is imposed to."""

    source: bytes
    imposed: Imposed

    @property
    def pdf(self) -> bytes:
        return self.imposed.pdf


@pytest.fixture(scope="module")
def editions(
    printed: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], bytes]:
    """What makes the name of a product and locale, `flyer-a5-de`, the bytes of its PDF."""
    make_ready_workspace(root := tmp_path_factory.mktemp("imposed") / "workspace")
    flyers = [Edition(SLUG, "flyer", "de", "a5"), Edition(SLUG, "flyer", "ar", "din-lang")]
    outcomes = build(flyers, Reader(root), root / "out")
    assert [outcome.diagnostics for outcome in outcomes] == [(), ()]

    def read(name: str) -> bytes:
        folder = (printed.root if name.startswith("brochure") else root) / "out" / SLUG
        return (folder / f"{SLUG}-{name}.pdf").read_bytes()

    return read


NAMES = ("flyer-a5-de", "flyer-din-lang-ar", "brochure-de", "brochure-ar")


@pytest.fixture(scope="module", params=NAMES)
def sheets(request: pytest.FixtureRequest, editions: Callable[[str], bytes]) -> Sheets:
    source = editions(request.param)
    return Sheets(source, impose(source, Wish(), HERE))


def numbered(count: int, size: tuple[float, float] = (148, 210), **catalog: object) -> bytes:
    """Return a PDF of pages in mm that carry their numbers: p1, p2 and so on."""
    pdf = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for number in range(1, count + 1):
        pdf.add_blank_page(page_size=(size[0] * PT, size[1] * PT))
        page = pdf.pages[-1]
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        page.obj.Contents = pdf.make_stream(f"BT /F 30 Tf 40 40 Td (p{number}) Tj ET".encode())
    for key, value in catalog.items():
        pdf.Root[f"/{key}"] = value
    return saved(pdf)


def saved(pdf: Pdf, **how: object) -> bytes:
    pdf.save(target := io.BytesIO(), deterministic_id="encryption" not in how, **how)  # type: ignore[arg-type]
    return target.getvalue()


def sizes_in_mm(pdf: bytes) -> list[list[float]]:
    with Pdf.open(io.BytesIO(pdf)) as read:
        return [[float(side) / PT for side in page.mediabox] for page in read.pages]


def pictures(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        *corner, right, top = page.get_mediabox()  # less a trifle, which PDFium would round up
        page.set_mediabox(*corner, right - 0.001, top - 0.001)
        found.append(page.render(scale=PX / PT).to_pil().convert("RGB"))
    document.close()
    return found


def texts(pdf: bytes, *parts: tuple[float, float]) -> list[list[str]]:
    """Return what stands on each page in parts of its width, from and to in mm; [] for nothing."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        bounded = [text.get_text_bounded(left=a * PT, right=b * PT) for a, b in parts]
        found.append([piece.strip() for piece in bounded])
    document.close()
    return found


def halves(pdf: bytes) -> list[tuple[str, str]]:
    return [(left, right) for left, right in texts(pdf, (0, 148.5), (148.5, 297))]


def as_folded(sides: Sequence[tuple[str, str]]) -> list[str]:
    """Return what a reader finds who lays the sheets on each other, folds them and turns pages."""
    fronts, backs = sides[::2], sides[1::2]
    till_the_middle = [
        piece for front, back in zip(fronts, backs, strict=True) for piece in (front[1], back[0])
    ]
    from_the_middle = [
        piece
        for front, back in zip(reversed(fronts), reversed(backs), strict=True)
        for piece in (back[1], front[0])
    ]
    return till_the_middle + from_the_middle


def drawn(page: pikepdf.Page) -> Iterator[tuple[str, list[float]]]:
    """Yield the operators of a sheet that have numbers, with them."""
    for instruction in pikepdf.parse_content_stream(page, "q Q cm G w m l"):
        numbers = [float(str(operand)) for operand in instruction.operands]
        yield str(instruction.operator), numbers


def marks(pdf: bytes, page: int = 0) -> set[tuple[float, ...]]:
    """Return the black lines on a sheet, in mm: (x1, y1, x2, y2)."""
    found, start, stroke = set(), (0.0, 0.0), 0.0
    with Pdf.open(io.BytesIO(pdf)) as read:
        for name, numbers in drawn(read.pages[page]):
            if name == "G":
                stroke = numbers[0]
            elif name == "m":
                start = (numbers[0], numbers[1])
            elif name == "l" and stroke == 0:
                found.add(tuple(round(v / PT, 2) + 0.0 for v in (*start, *numbers)))
    return found


def planned(size: tuple[float, float], count: int = 1, **wishes: object) -> Imposition:
    return plan_imposition(Document(Size(*size), count), Wish(**wishes), HERE)  # type: ignore[arg-type]


# Where pages stand


@pytest.mark.slow
def test_every_page_stands_where_it_is_planned_as_it_looks_itself(sheets: Sheets) -> None:
    plain = impose(sheets.source, Wish(marks=False), HERE)
    pages, sides = pictures(sheets.source), pictures(plain.pdf)
    assert len(sides) == len(plain.plan.sides)
    width, height = (round(length) for length in sheets.imposed.document.size)
    for picture, side in zip(sides, plain.plan.sides, strict=True):
        for place in side.places:
            left, top = round(place.x * PX), round((210 - place.y - height) * PX)
            here = picture.crop((left, top, left + width * PX, top + height * PX))
            page = pages[place.page].crop((0, 0, width * PX, height * PX))
            difference = ImageChops.difference(here, page)
            assert max(ImageStat.Stat(difference).mean) < 0.5


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "scheme", "lefts"),
    [
        ("flyer-a5-de", Scheme.TWO_UP, [0.5, 148.5]),
        ("flyer-din-lang-ar", Scheme.THREE_UP, [0, 99, 198]),
    ],
)
def test_flyers_fill_the_sheet_side_by_side(
    editions: Callable[[str], bytes], name: str, scheme: Scheme, lefts: list[float]
) -> None:
    plan = impose(editions(name), Wish(), HERE).plan
    (side,) = plan.sides
    assert (plan.scheme, plan.scale) == (scheme, 1)
    assert [place.page for place in side.places] == [0] * len(lefts)
    assert [place.x for place in side.places] == pytest.approx(lefts, abs=0.01)
    assert [place.y for place in side.places] == pytest.approx([0] * len(lefts), abs=0.01)


@pytest.mark.slow
def test_sheets_are_a4_and_pages_keep_their_size(sheets: Sheets) -> None:
    for box in sizes_in_mm(sheets.pdf):
        assert box == pytest.approx([0, 0, *A4_LANDSCAPE], abs=0.001)
    with Pdf.open(io.BytesIO(sheets.pdf)) as pdf:
        for page in pdf.pages:
            scales = [numbers[:4] for name, numbers in drawn(page) if name == "cm"]
            assert scales
            assert all(scale == [1, 0, 0, 1] for scale in scales)


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("count", [4, 8, 12])
def test_a_booklet_reads_from_the_first_page_to_the_last(count: int, language: str) -> None:
    made = impose(numbered(count, Lang=language), Wish(), HERE)
    sides = halves(made.pdf)
    assert made.plan.scheme is Scheme.BOOKLET
    assert len(sides) == count // 2
    if language == "ar":  # bound on the right: left and right have changed places
        sides = [(right, left) for left, right in sides]
    assert as_folded(sides) == [f"p{number}" for number in range(1, count + 1)]


@pytest.mark.slow
def test_the_eight_pages_of_a_brochure(editions: Callable[[str], bytes]) -> None:
    order = {
        language: [
            [place.page + 1 for place in side.places]
            for side in impose(editions(f"brochure-{language}"), Wish(), HERE).plan.sides
        ]
        for language in ("de", "ar")
    }
    assert order["de"] == [[8, 1], [2, 7], [6, 3], [4, 5]]
    assert order["ar"] == [[1, 8], [7, 2], [3, 6], [5, 4]]


@pytest.mark.parametrize(
    ("count", "pages"),
    [(2, "1 - - 2"), (3, "1 2 - 3"), (5, "1 2 3 4 - - - 5"), (7, "1 2 3 4 5 6 - 7")],
)
def test_blank_pages_come_before_the_last(count: int, pages: str) -> None:
    sides = [
        (str(1 + left) if left is not None else "-", str(1 + right) if right is not None else "-")
        for left, right in booklet_order(count)
    ]
    assert " ".join(as_folded(sides)) == pages


def test_a_document_may_say_itself_how_it_is_bound() -> None:
    for direction, language, is_right_to_left in [
        ("/R2L", "de", True),
        ("/L2R", "ar", False),
        (None, "ar-EG", True),
        (None, "zz", False),
        (None, "", False),
    ]:
        stated = Dictionary(Direction=Name(direction)) if direction else Dictionary()
        made = impose(numbered(4, Lang=language, ViewerPreferences=stated), Wish(), HERE)
        assert made.document.is_right_to_left is is_right_to_left


def test_front_and_back_of_a_leaf_are_put_on_front_and_back_of_a_sheet() -> None:
    made = impose(numbered(2), Wish(), HERE)
    assert made.plan.scheme is Scheme.TWO_UP
    assert halves(made.pdf) == [("p1", "p1"), ("p2", "p2")]


def test_landscape_pages_stand_one_above_the_other() -> None:
    made = impose(numbered(2, (210, 148)), Wish(), HERE)
    assert sizes_in_mm(made.pdf)[0] == pytest.approx([0, 0, 210, 297], abs=0.001)
    lower, upper = made.plan.sides[0].places
    assert (lower.x, lower.y, upper.x, upper.y) == pytest.approx((0, 0.5, 0, 148.5), abs=0.01)
    assert texts(made.pdf, (0, 210)) == [["p1p1"], ["p2p2"]]


# What of a page is taken


def changed(pdf: bytes, **entries: object) -> bytes:
    with Pdf.open(io.BytesIO(pdf)) as read:
        for page in read.pages:
            for key, value in entries.items():
                page.obj[f"/{key}"] = value
        return saved(read)


def test_a_page_ends_at_its_trim_box() -> None:
    with_bleed = changed(
        numbered(1, (154, 216)), TrimBox=Array([round(v * PT, 4) for v in (3, 3, 151, 213)])
    )
    made = impose(with_bleed, Wish(), HERE)
    assert made.document.size == pytest.approx((148, 210), abs=0.001)
    assert made.plan.scheme is Scheme.TWO_UP
    with Pdf.open(io.BytesIO(made.pdf)) as pdf:
        (form,) = pdf.pages[0].Resources.XObject.as_dict().values()
        box = [float(v) / PT for v in form.BBox]
        assert box == pytest.approx([3, 3, 151, 213], abs=0.001)
        first = next(numbers for name, numbers in drawn(pdf.pages[0]) if name == "cm")
        assert first[4] / PT == pytest.approx(0.5 - 3, abs=0.001)


def test_a_turned_page_is_put_down_as_it_is_shown() -> None:
    turned = changed(numbered(1, (210, 148)), Rotate=90)
    made = impose(turned, Wish(marks=False), HERE)
    assert made.document.size == pytest.approx((148, 210), abs=0.001)
    (page,), (sheet,) = pictures(turned), pictures(made.pdf)
    here = sheet.crop((5, 0, 1485, 2100))
    assert (
        max(ImageStat.Stat(ImageChops.difference(here, page.crop((0, 0, 1480, 2100)))).mean) < 0.5
    )


# Still text and lines, and hardly larger


@pytest.mark.slow
def test_text_can_be_read_on_every_copy(sheets: Sheets) -> None:
    copies = sum(len(side.places) for side in sheets.imposed.plan.sides)
    copies //= sheets.imposed.document.page_count

    def characters(pdf: bytes) -> Counter[str]:
        found = Counter("".join(text for (text,) in texts(pdf, (0, 400))))
        return Counter({c: n for c, n in found.items() if c.isalnum()})

    once = characters(sheets.source)
    assert sum(once.values()) > 500
    assert characters(sheets.pdf) == Counter({c: copies * n for c, n in once.items()})


@pytest.mark.slow
def test_fonts_and_pictures_are_shared_and_each_page_is_there_once(sheets: Sheets) -> None:
    def parts(pdf: bytes) -> Counter[str]:
        found: Counter[str] = Counter()
        with Pdf.open(io.BytesIO(pdf)) as read:
            for item in read.objects:
                if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
                    found["font"] += 1
                if isinstance(item, pikepdf.Stream):
                    found[str(item.get("/Subtype"))] += 1
        return found

    before, after = parts(sheets.source), parts(sheets.pdf)
    assert before["font"] > 0
    assert after["font"] == before["font"]
    assert after["/Image"] == before["/Image"]
    assert after["/Form"] == before["/Form"] + sheets.imposed.document.page_count
    assert len(sheets.pdf) < len(sheets.source)


@pytest.mark.slow
def test_it_keeps_title_and_language_and_is_for_the_printer_alone(sheets: Sheets) -> None:
    with (
        Pdf.open(io.BytesIO(sheets.source)) as before,
        Pdf.open(io.BytesIO(sheets.pdf)) as after,
    ):
        assert after.docinfo["/Title"] == before.docinfo["/Title"]
        assert after.Root.Lang == before.Root.Lang
        assert set(after.docinfo.keys()) <= {
            "/Title",
            "/Author",
            "/Subject",
            "/Keywords",
            "/Creator",
        }
        assert set(after.Root.keys()) == {"/Type", "/Pages", "/Lang", "/ViewerPreferences"}
        assert not any(
            "/Annots" in page.obj or "/StructParents" in page.obj for page in after.pages
        )
        assert after.check_pdf_syntax() == []


def test_the_print_dialogue_is_preset() -> None:
    for pdf, duplex in [
        (numbered(1), "/Simplex"),
        (numbered(2), "/DuplexFlipShortEdge"),
        (numbered(2, (210, 148)), "/DuplexFlipLongEdge"),
        (numbered(8), "/DuplexFlipShortEdge"),
    ]:
        with Pdf.open(io.BytesIO(impose(pdf, Wish(), HERE).pdf)) as made:
            preferences = made.Root.ViewerPreferences
            assert str(preferences.PrintScaling) == "/None"
            assert str(preferences.Duplex) == duplex


@pytest.mark.slow
def test_the_same_pdf_makes_the_same_bytes(sheets: Sheets) -> None:
    assert impose(sheets.source, Wish(), HERE).pdf == sheets.pdf


# Marks and gutters


@pytest.mark.slow
def test_cuts_are_marked_at_the_edges_of_the_sheet(editions: Callable[[str], bytes]) -> None:
    # 8 mm long: an office printer leaves the outer 3 to 5 blank.
    two = impose(editions("flyer-a5-de"), Wish(), HERE).pdf
    assert marks(two) == {(148.5, 0, 148.5, 8), (148.5, 210, 148.5, 202)}
    three = impose(editions("flyer-din-lang-ar"), Wish(), HERE).pdf
    assert marks(three) == {
        (x, y, x, inner) for x in (99.0, 198.0) for y, inner in ((0, 8), (210, 202))
    }
    assert marks(impose(editions("flyer-a5-de"), Wish(marks=False), HERE).pdf) == set()


@pytest.mark.slow
def test_marks_can_be_seen_where_they_are(editions: Callable[[str], bytes]) -> None:
    source = editions("flyer-a5-de")
    with_marks, without = (
        pictures(impose(source, Wish(marks=on), HERE).pdf)[0] for on in (True, False)
    )
    left, top, right, bottom = ImageChops.difference(with_marks, without).getbbox() or (0, 0, 0, 0)
    assert (left, top) == pytest.approx((1485, 0), abs=3)
    assert (right, bottom) == pytest.approx((1485, 2100), abs=3)
    column = [with_marks.getpixel((1484, y)) != without.getpixel((1484, y)) for y in range(2100)]
    assert all(column[:79])
    assert not any(column[81:2019])
    assert all(column[2021:])


@pytest.mark.slow
def test_the_fold_is_marked_inside_only(editions: Callable[[str], bytes]) -> None:
    made = impose(editions("brochure-de"), Wish(), HERE)
    fold = {(148.5, 0, 148.5, 8), (148.5, 210, 148.5, 202)}
    assert [marks(made.pdf, page) for page in range(4)] == [set(), fold, set(), fold]
    assert not any(mark.is_cut for side in made.plan.sides for mark in side.marks)


def test_a_gutter_is_kept_between_pages_and_cut_on_both_sides() -> None:
    (side,) = planned((148, 210), gutter=1).sides
    assert [place.x for place in side.places] == [0, 149]
    assert {mark.start[0] for mark in side.marks} == {148, 149}
    (side,) = planned((90, 200), scheme=Scheme.THREE_UP, gutter=5).sides
    assert [place.x for place in side.places] == [8.5, 103.5, 198.5]


def test_pages_are_made_smaller_for_a_gutter_only_where_that_is_wished() -> None:
    assert refusals(lambda: planned((148, 210), gutter=1.5)) == [
        "here.pdf: error: A gutter of 1.5 mm does not fit between pages of 148 × 210 mm. "
        "Give at most 1 mm, or --fit, which makes the pages smaller."
    ]
    plan = planned((148, 210), gutter=10, fit=True)
    assert plan.scale == pytest.approx(287 / 296)
    (side,) = plan.sides
    assert [place.x for place in side.places] == pytest.approx([0, 153.5])
    assert planned((148, 210), fit=True).scale == 1


def test_in_a_wide_margin_marks_stand_off_the_page() -> None:
    (side,) = planned((105, 148), scheme=Scheme.TWO_UP).sides
    assert [(place.x, place.y) for place in side.places] == [(43.5, 31), (148.5, 31)]
    upright = {(m.start, m.end) for m in side.marks if m.start[0] == m.end[0]}
    assert upright == {
        ((x, y), (x, inner)) for x in (43.5, 148.5, 253.5) for y, inner in ((21, 29), (189, 181))
    }
    level = {(m.start, m.end) for m in side.marks if m.start[1] == m.end[1]}
    assert level == {
        ((x, y), (inner, y)) for y in (31, 179) for x, inner in ((33.5, 41.5), (263.5, 255.5))
    }


# What cannot be used


def encrypted() -> bytes:
    with Pdf.open(io.BytesIO(numbered(1))) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="user"))


def restricted() -> bytes:
    with Pdf.open(io.BytesIO(numbered(1))) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="owner", user=""))


def of_two_sizes() -> bytes:
    pdf = Pdf.open(io.BytesIO(numbered(1)))
    pdf.pages.extend(Pdf.open(io.BytesIO(numbered(1, (99, 210)))).pages)
    return saved(pdf)


def with_broken_text() -> bytes:
    pdf = Pdf.open(io.BytesIO(numbered(1)))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT ET " * 99)
    whole = saved(pdf)
    start = whole.index(b"stream\n", whole.index(b"/FlateDecode")) + 7
    return whole[: start + 2] + b"\xff" * 6 + whole[start + 8 :]


@pytest.mark.parametrize(
    ("pdf", "wish", "said"),
    [
        (b"", Wish(), "This is not a PDF. Give the path of a PDF file."),
        (b"PK\x03\x04 a spreadsheet", Wish(), "This is not a PDF. Give the path of a PDF file."),
        (numbered(4)[:-40], Wish(), "This PDF is damaged or not whole. Print it again, or save it again in the program that it comes from."),
        (numbered(4)[:300], Wish(), "This PDF is damaged or not whole. Print it again, or save it again in the program that it comes from."),
        (with_broken_text(), Wish(), "This PDF is damaged: its object 4 cannot be read. Print it again, or save it again in the program that it comes from."),
        (changed(numbered(1), MediaBox=Array([0, 0, 0, 0])), Wish(), "This PDF is damaged or not whole. Print it again, or save it again in the program that it comes from."),
        (changed(numbered(1), MediaBox=Array([Name.A, 0, 0])), Wish(), "This PDF is damaged: its object 3 cannot be read. Print it again, or save it again in the program that it comes from."),
        (encrypted(), Wish(), "This PDF is protected. Ask who made it for one without a password and restrictions."),
        (restricted(), Wish(), "This PDF is protected. Ask who made it for one without a password and restrictions."),
        (numbered(0), Wish(), "This PDF has no pages. Check that it is the right file."),
        (of_two_sizes(), Wish(), "Page 2 has 99 × 210 mm, page 1 has 148 × 210 mm. Only pages of one size can be put together. Divide the PDF by size."),
        (numbered(1, (210, 297)), Wish(), "The pages are A4 already: there is nothing to put together. Print it as it is, or take the edition in a smaller format (--format a5)."),
        (numbered(1, (105, 148)), Wish(), "For pages of 105 × 148 mm there is no usual way to put them on A4. A5 and DIN lang have one; for other sizes give --scheme: 2up, 3up or booklet."),
        (numbered(1), Wish(scheme=Scheme.THREE_UP), "Pages of 148 × 210 mm do not fit on A4 3 to a side. Choose another --scheme, or give --fit, which makes the pages smaller."),
        (numbered(1), Wish(scheme=Scheme.BOOKLET), "A single page makes no booklet. Leave --scheme out, or give 2up."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(pdf: bytes, wish: Wish, said: str) -> None:
    assert refusals(lambda: impose(pdf, wish, HERE)) == [f"here.pdf: error: {said}"]


def annotated(shown: str | None, **said: object) -> bytes:
    """Return a page with an annotation that looks like a text, or does not say how it looks."""
    with Pdf.open(io.BytesIO(numbered(1))) as pdf:
        annotation = Dictionary(Type=Name.Annot, Rect=Array([50, 50, 150, 70]), F=4, **said)  # type: ignore[arg-type]
        if shown:
            look = pdf.make_stream(f"BT /F 12 Tf 2 4 Td ({shown}) Tj ET".encode())
            look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 20])
            look.Resources = pdf.pages[0].obj.Resources
            annotation.AP = Dictionary(N=look)
        annotation = pdf.make_indirect(annotation)
        pdf.pages[0].obj.Annots = Array([None, annotation])
        if annotation.Subtype == Name.Widget:
            pdf.Root.AcroForm = Dictionary(Fields=Array([annotation]))
        return saved(pdf)


def test_what_was_written_onto_a_page_is_printed_with_it() -> None:
    sheet = impose(annotated("Halle 2", Subtype=Name.FreeText), Wish(), HERE).pdf
    with pypdfium2.PdfDocument(sheet) as made:
        assert made[0].get_textpage().get_text_bounded().count("Halle 2") == 2


def test_what_does_not_say_how_it_looks_is_refused_by_its_kind_and_name() -> None:
    stamp = annotated(None, Subtype=Name.Stamp)
    field = annotated(None, Subtype=Name.Widget, T=String("Stand"), FT=Name.Tx, V=String("B 14"))
    said = [refusals(lambda pdf=pdf: impose(pdf, Wish(), HERE))[0] for pdf in (stamp, field)]  # type: ignore[misc]
    assert "have no appearance to print: Stamp." in said[0]
    assert "have no appearance to print: Widget “Stand”." in said[1]


def test_links_and_null_annotations_are_left_out() -> None:
    assert impose(annotated(None, Subtype=Name.Link), Wish(), HERE).pdf


# The command


@pytest.fixture
def folder(tmp_path: Path) -> Workspace:
    """A folder that is no workspace, with some PDFs."""
    (tmp_path / "leaf.pdf").write_bytes(numbered(1))
    (tmp_path / "heft.pdf").write_bytes(numbered(6, Lang="ar"))
    return Workspace(tmp_path)


def test_sheets_go_beside_the_pdf_which_stays_as_it_is(folder: Workspace) -> None:
    done = folder.run("impose", "leaf.pdf", "heft.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "on A4: leaf-2up.pdf (2 to a sheet; print at 100 %, one-sided; cut at the marks)",
        "on A4: heft-booklet.pdf (booklet of 8 pages; blank pages before the last: 2; bound on the right; "
        "print at 100 %, two-sided, flipped on the short edge; fold in the middle)",
    ]
    assert (folder.root / "leaf.pdf").read_bytes() == numbered(1)
    assert sorted(f.name for f in folder.root.iterdir()) == [
        "heft-booklet.pdf", "heft.pdf", "leaf-2up.pdf", "leaf.pdf"
    ]  # fmt: skip


def test_options(folder: Workspace) -> None:
    done = folder.run(
        *("impose", "heft.pdf", "--scheme", "2up", "--gutter", "2,5", "--fit", "--no-marks"),
        *("--out", "drucken"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "on A4: drucken/heft-2up.pdf (2 to a sheet; pages made smaller, to 99 %; "
        "print at 100 %, two-sided, flipped on the short edge)\n"
    )
    made = (folder.root / "drucken" / "heft-2up.pdf").read_bytes()
    assert len(sizes_in_mm(made)) == 6
    assert marks(made) == set()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--scheme", "4up"), "--scheme: error: “4up” is not a way to put pages together. Give one of these: 2up, 3up, booklet."),
        (("--gutter", "-1"), "--gutter: error: “-1” is not a width of a gutter in millimetres. Give a number from 0 to 50, 2.5 for example."),
        (("--gutter", "51"), "--gutter: error: “51” is not a width of a gutter in millimetres. Give a number from 0 to 50, 2.5 for example."),
    ],
)  # fmt: skip
def test_wrong_options_are_refused(folder: Workspace, options: tuple[str, ...], said: str) -> None:
    done = folder.run("impose", "leaf.pdf", *options)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{said}\n")


def test_what_is_wrong_with_one_pdf_does_not_stop_the_others(folder: Workspace) -> None:
    (folder.root / "unter").mkdir()
    (folder.root / "text.pdf").write_text("kein PDF", "utf-8")
    done = folder.run("--lang", "de", "impose", "fehlt.pdf", "unter", "text.pdf", "leaf.pdf")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "fehlt.pdf: Fehler: Diese Datei gibt es nicht. Prüfen Sie den Pfad. Die PDFs dieses Arbeitsordners liegen in out/, sobald sie gedruckt sind.",
        "unter: Fehler: Das ist ein Ordner. Geben Sie den Pfad einer PDF-Datei an, oder mehrere.",
        "text.pdf: Fehler: Das ist keine PDF-Datei. Geben Sie den Pfad einer PDF-Datei an.",
    ]
    assert done.stdout == (
        "auf A4: leaf-2up.pdf (2 auf einem Blatt; mit 100 % drucken, einseitig; an den Marken schneiden)\n"
    )


def test_what_cannot_be_written_is_told(folder: Workspace) -> None:
    (folder.root / "leaf-2up.pdf").mkdir()
    (folder.root / "datei").write_text("", "utf-8")
    for options, place in [
        ((), "leaf-2up.pdf"),
        (("--out", "datei/unter"), "datei/unter/leaf-2up.pdf"),
    ]:
        done = folder.run("impose", "leaf.pdf", *options)
        assert done.returncode == 1
        assert done.stderr.startswith(f"{place}: error: This cannot be written (")
    assert sorted(f.name for f in folder.root.iterdir()) == [
        "datei", "heft.pdf", "leaf-2up.pdf", "leaf.pdf"
    ]  # fmt: skip


def test_nothing_that_is_read_or_just_made_is_written_over(folder: Workspace) -> None:
    (folder.root / "unter").mkdir()
    (folder.root / "unter" / "leaf.pdf").write_bytes(numbered(1))
    (folder.root / "leaf-2up.pdf").write_bytes(numbered(2))
    done = folder.run("impose", "leaf.pdf", "leaf-2up.pdf")
    assert done.returncode == 1
    assert done.stderr == (
        "leaf.pdf: error: Its sheets would take the place of leaf-2up.pdf, which this call reads or has made. "
        "Impose the PDFs one by one, each into its own folder (--out).\n"
    )
    assert (folder.root / "leaf-2up.pdf").read_bytes() == numbered(2)
    done = folder.run("impose", "leaf.pdf", "unter/leaf.pdf", "--out", "drucken")
    assert done.returncode == 1
    assert (
        "unter/leaf.pdf: error: Its sheets would take the place of drucken/leaf-2up.pdf"
        in done.stderr
    )
