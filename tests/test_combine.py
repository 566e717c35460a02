"""The file for the office printer: every copy in order, whatever they share in it once."""

import hashlib
import io
import re
import subprocess
import sys
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from careerprint.output.combine import CombinedPart, combined

from .conftest import Workspace, refusals

LOCALES = ("de", "en", "tr", "ar")

pytestmark = pytest.mark.slow  # for they take printed flyers


@pytest.fixture(scope="module")
def flyers(printed: Workspace) -> dict[str, bytes]:
    """The PDFs of the flyer by locale."""
    return {tag: printed.pdf("flyer", tag).read_bytes() for tag in LOCALES}


def changed(pdf: bytes, change: Callable[[Pdf], object], **options: pikepdf.Encryption) -> bytes:
    """Return a PDF with what `change` does to it."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def empty_pdf() -> bytes:
    out = io.BytesIO()
    Pdf.new().save(out)
    return out.getvalue()


def pictures(pdf: bytes, *numbers: int) -> list[str]:
    """Return what pages look like, by digest; all of them where no numbers are given."""
    document = pypdfium2.PdfDocument(pdf)
    found = [
        hashlib.sha256(document[n].render(scale=1).to_pil().tobytes()).hexdigest()
        for n in numbers or range(len(document))
    ]
    document.close()
    return found


def streams(pdf: bytes) -> list[bytes]:
    """Return the content of each stream, but for those that hold objects."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        return [
            item.read_raw_bytes()
            for item in document.objects
            if isinstance(item, Stream) and item.get("/Type") not in {"/ObjStm", "/XRef"}
        ]


def test_every_copy_is_there_in_order(flyers: dict[str, bytes]) -> None:
    copies = {"de": 3, "en": 1, "tr": 2, "ar": 2}
    made = combined([CombinedPart(flyers[tag], tag, count) for tag, count in copies.items()])
    singles = {tag: pictures(pdf)[0] for tag, pdf in flyers.items()}
    assert len(set(singles.values())) == 4
    wanted = [singles[tag] for tag, count in copies.items() for _ in range(count)]
    assert pictures(made) == wanted


def test_the_pages_of_a_copy_stay_together(printed: Workspace) -> None:
    brochure = printed.pdf("brochure", "de").read_bytes()
    assert pictures(combined([CombinedPart(brochure, "Deutsch, 2", 2)])) == 2 * pictures(brochure)


def test_bookmarks_lead_to_the_first_page_of_each_part(flyers: dict[str, bytes]) -> None:
    titles = {"de": "Deutsch, 250", "ar": "Arabisch (العربية), 3", "tr": "Türkisch, 1"}
    parts = [
        CombinedPart(flyers[tag], title, n) for n, (tag, title) in enumerate(titles.items(), 2)
    ]
    with Pdf.open(io.BytesIO(combined(parts))) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == list(titles.values())
        pages = [page.obj.objgen for page in document.pages]
        found = [pages.index(item.destination[0].objgen) for item in outline.root]  # type: ignore[index]
        assert found == [0, 2, 5]


def test_five_hundred_copies_take_little_more_room_than_one(flyers: dict[str, bytes]) -> None:
    one, many = (combined([CombinedPart(flyers["de"], "Deutsch", n)]) for n in (1, 500))
    assert len(one) < len(flyers["de"])
    assert len(many) - len(one) < 500 * 20
    assert sorted(streams(many)) == sorted(streams(one))
    with Pdf.open(io.BytesIO(many)) as document:
        assert len(document.pages) == 500
        assert len({page.obj.Contents.objgen for page in document.pages}) == 1
        assert len({page.obj.Resources.objgen for page in document.pages}) == 1
        assert len({page.obj.objgen for page in document.pages}) == 500


def test_what_parts_share_is_stored_once(flyers: dict[str, bytes]) -> None:
    def add_words(document: Pdf) -> None:
        document.pages[0].contents_add(Stream(document, b"% for another fair"))

    other = changed(flyers["de"], add_words)
    one = combined([CombinedPart(flyers["de"], "A", 1)])
    both = combined([CombinedPart(flyers["de"], "A", 10), CombinedPart(other, "B", 10)])
    assert len(streams(both)) == len(set(streams(both)))
    assert set(streams(one)) < set(streams(both))
    assert len(both) - len(one) < 2000


def test_different_subsets_of_a_font_have_different_names(flyers: dict[str, bytes]) -> None:
    with Pdf.open(
        io.BytesIO(combined([CombinedPart(p, t, 1) for t, p in flyers.items()]))
    ) as document:
        fonts = [
            item
            for item in document.objects
            if isinstance(item, Dictionary) and item.get("/Subtype") == "/Type0"
        ]
        programs: dict[str, tuple[int, int]] = {}
        for font in fonts:
            inner = font.DescendantFonts[0]
            assert font.BaseFont == inner.BaseFont == inner.FontDescriptor.FontName
            assert re.fullmatch(r"/[A-Z]{6}\+Careerprint-Plex-Sans.*", str(font.BaseFont))
            program = inner.FontDescriptor.FontFile2.objgen
            assert programs.setdefault(str(font.BaseFont), program) == program
    assert len(programs) == len(set(programs.values())) > 9


def test_it_is_a_print_file_and_nothing_else(flyers: dict[str, bytes]) -> None:
    def decorate(document: Pdf) -> None:
        document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        document.Root.AA = Dictionary(WP=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))
        document.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))

    made = combined([CombinedPart(changed(flyers["de"], decorate), "Deutsch, 2", 2)])
    with Pdf.open(io.BytesIO(made)) as document:
        assert set(document.Root.keys()) == {
            *("/Type", "/Pages", "/Outlines", "/PageMode", "/ViewerPreferences"),
        }
        assert "/Info" not in document.trailer
        for page in document.pages:
            assert not {"/Annots", "/StructParents", "/AA", "/Metadata"} & set(page.obj.keys())
        for item in document.objects:
            if isinstance(item, Dictionary):
                assert not {"/JS", "/URI", "/StructParent", "/StructTreeRoot"} & set(item.keys())


def test_boxes_turns_and_units_stay(flyers: dict[str, bytes]) -> None:
    boxes: dict[str, list[float]] = {
        "/MediaBox": [0, 0, 612.25, 858.5],
        "/BleedBox": [0, 0, 612.25, 858.5],
        "/TrimBox": [8.5, 8.5, 603.75, 850],
        "/CropBox": [4, 4, 608, 854],
    }

    def set_boxes(document: Pdf) -> None:
        page = document.pages[0].obj
        for key, box in boxes.items():
            page[key] = Array(box)
        page.UserUnit = 2
        # What a page may inherit stands above it.
        document.Root.Pages.Rotate = 90
        for key in ("/MediaBox", "/CropBox"):
            document.Root.Pages[key] = page[key]
            del page[key]

    made = combined([CombinedPart(changed(flyers["de"], set_boxes), "Deutsch, 2", 2)])
    with Pdf.open(io.BytesIO(made)) as document:
        for page in document.pages:
            for key, box in boxes.items():
                assert [float(side) for side in page.obj[key]] == box
            assert [page.obj[key] for key in ("/Rotate", "/UserUnit")] == [90, 2]


def test_the_printer_is_asked_for_actual_size_and_never_for_two_flyers_on_a_sheet(
    flyers: dict[str, bytes], printed: Workspace
) -> None:
    brochure = printed.pdf("brochure", "de").read_bytes()
    for parts, duplex in (
        ([CombinedPart(flyers["de"], "Flyer", 2)], Name.Simplex),
        ([CombinedPart(brochure, "Broschüre", 2)], None),
        (
            [CombinedPart(brochure, "Broschüre", 2), CombinedPart(flyers["de"], "Flyer", 2)],
            Name.Simplex,
        ),
    ):
        with Pdf.open(io.BytesIO(combined(parts))) as document:
            wishes = document.Root.ViewerPreferences
            assert wishes.PrintScaling == "/None"
            assert wishes.get("/Duplex") == duplex


def test_output_intents_stay_where_all_parts_have_the_same(flyers: dict[str, bytes]) -> None:
    def intend(profile: bytes) -> Callable[[Pdf], None]:
        def change(document: Pdf) -> None:
            intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX)
            intent.DestOutputProfile = document.make_indirect(Stream(document, profile))
            document.Root.OutputIntents = Array([intent])

        return change

    one, alike, other = (
        CombinedPart(changed(flyers[tag], intend(profile)), tag, 1)
        for tag, profile in (("de", b"coated"), ("en", b"coated"), ("tr", b"uncoated"))
    )
    with Pdf.open(io.BytesIO(combined([one, alike]))) as document:
        assert document.Root.OutputIntents[0].DestOutputProfile.read_bytes() == b"coated"
    with Pdf.open(io.BytesIO(combined([one, other]))) as document:
        assert "/OutputIntents" not in document.Root


def test_same_parts_same_bytes_in_another_process(printed: Workspace) -> None:
    script = (
        "import sys, hashlib, pathlib\n"
        "from careerprint.output.combine import CombinedPart, combined\n"
        "parts = [CombinedPart(pathlib.Path(p).read_bytes(), p[-6:-4], 9) for p in sys.argv[1:]]\n"
        "print(hashlib.sha256(combined(parts)).hexdigest())\n"
    )
    paths = [str(printed.pdf("flyer", tag)) for tag in LOCALES]
    found = [
        subprocess.run(
            [sys.executable, "-c", script, *paths],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1]
    reversed_ = [sys.executable, "-c", script, *reversed(paths)]
    env = {"PYTHONPATH": ":".join(sys.path)}
    other = subprocess.run(reversed_, env=env, capture_output=True, text=True, check=True).stdout
    assert other != found[0]


def test_twenty_parts_of_five_hundred_copies(flyers: dict[str, bytes]) -> None:
    parts = [CombinedPart(flyers[LOCALES[n % 4]], f"Teil {n}", 500) for n in range(20)]
    made = combined(parts)
    assert len(made) < sum(map(len, flyers.values())) + 10_000 * 20
    last = pictures(flyers["ar"])
    assert pictures(made, 0, 9_499, 9_500, 9_999) == [
        *pictures(flyers["de"]),
        *pictures(flyers["tr"]),
        *last,
        *last,
    ]


def test_a_part_with_a_blank_password_is_copied(flyers: dict[str, bytes]) -> None:
    locked = changed(
        flyers["de"], lambda _: None, encryption=pikepdf.Encryption(owner="x", user="")
    )
    assert pictures(combined([CombinedPart(locked, "Deutsch, 1", 1)])) == pictures(flyers["de"])


def test_what_is_no_whole_pdf_is_refused_by_its_title(flyers: dict[str, bytes]) -> None:
    def circle(document: Pdf) -> None:
        around = document.make_indirect(Dictionary())
        around.Self = around
        document.pages[0].obj.Resources.Properties = Dictionary(MC0=around)

    locked = pikepdf.Encryption(owner="x", user="y")
    broken = {
        "leer": b"",
        "Text": b"Kein PDF",
        "abgeschnitten": flyers["de"][:-900],
        "ohne Seiten": empty_pdf(),
        "im Kreis": changed(flyers["de"], circle),
        "verschlossen": changed(flyers["de"], lambda _: None, encryption=locked),
    }
    parts = [
        CombinedPart(flyers["de"], "heil", 2),
        *(CombinedPart(pdf, t, 2) for t, pdf in broken.items()),
    ]
    said = refusals(lambda: combined(parts))
    assert [line.split(":")[0] for line in said] == list(broken)
    for line in said:
        assert re.fullmatch(
            r"[\w ]+: error: This PDF cannot be copied \(.+\)\. Print the flyer again: .+\.", line
        )
        assert "0x" not in line
