"""Press files: PDF/X-4 in the four inks of the profile, with bleed, the same bytes on every run."""

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from careerprint.building.build import build
from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.core.diagnostics import Diagnostic
from careerprint.core.edition import Edition, Outcome, Selection, State
from careerprint.core.reader import Reader
from careerprint.core.targets import PRESS
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.inks import Inks
from careerprint.planning.plan import plan_editions

from .cards import CSS, card_workspace, in_one_size
from .conftest import ROOT, SLUG, Workspace, refusals
from .workspaces import make_full_workspace

pytestmark = pytest.mark.slow

PRINTED = (("brochure", "ar"), ("flyer", "de"))  # two scripts and directions
PROFILE_FILE = "layouts/press/FOGRA39L-coated.icc"
MM = 72 / 25.4
RGB_OPERATORS = {"rg", "RG"}


def press(workspace: Workspace, **selected: tuple[str, ...]) -> list[Outcome]:
    """Print for the press."""
    reader = Reader(workspace.root)
    editions = plan_editions(
        reader, read_configuration(reader), Selection(**{"targets": (PRESS.name,), **selected})
    )
    return build(editions, reader, workspace.root / "out")


def printed(workspace: Workspace, layout: str = "card") -> tuple[Outcome, Path]:
    """Print a German edition for the press."""
    (outcome,) = press(workspace, layouts=(layout,), locales=("de",))
    return outcome, workspace.root / "out" / outcome.edition.output


def composed(workspace: Workspace) -> Job:
    """Compose the German flyer for the press."""
    return compose(Edition(SLUG, "flyer", "de", target=PRESS.name), Reader(workspace.root))


def refused(workspace: Workspace) -> list[str]:
    return refusals(lambda: composed(workspace))


def sentences(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [d.sentence(str) for d in diagnostics]


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with a brochure and a flyer printed for the press."""
    root = tmp_path_factory.mktemp("press") / "workspace"
    make_full_workspace(root)
    workspace = in_one_size(Workspace(root))
    editions = [Edition(SLUG, layout, locale, target=PRESS.name) for layout, locale in PRINTED]
    outcomes = build(editions, Reader(root), root / "out")
    assert [s for o in outcomes for s in sentences(o.diagnostics)] == []
    assert all(outcome.state is State.PRINTED for outcome in outcomes)
    return workspace


def files(workspace: Workspace) -> list[Path]:
    return sorted((workspace.root / "out").glob("*/*-press.pdf"))


def streams(found: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Object]:
    """Yield every page and form XObject, and each pattern, below an object with resources."""
    yield found
    resources = found.get("/Resources", pikepdf.Dictionary())
    for kind in ("/XObject", "/Pattern"):
        for each in resources.get(kind, pikepdf.Dictionary()).values():
            if each.objgen not in seen:
                seen.add(each.objgen)
                if each.get("/Subtype") == "/Image":
                    yield each
                elif isinstance(each, pikepdf.Stream):
                    yield from streams(each, seen)


def colour_spaces(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield the name of each colour space that something is painted in."""
    for page in pdf.pages:
        for found in streams(page.obj, set()):
            if found.get("/Subtype") == "/Image":
                yield str(found["/ColorSpace"])
                continue
            group = found.get("/Group", pikepdf.Dictionary()).get("/CS")
            if group is not None:
                yield str(group[0]) if isinstance(group, pikepdf.Array) else str(group)
            for instruction in pikepdf.parse_content_stream(found):
                operator, operands = str(instruction.operator), instruction.operands
                if operator in RGB_OPERATORS:
                    yield "/DeviceRGB"
                elif operator in {"cs", "CS"}:
                    yield str(operands[0])
                elif operator == "sh":
                    yield str(found.Resources.Shading[str(operands[0])].ColorSpace)


def separations(pdf: Path, folder: Path, page: int = 1) -> dict[str, Image.Image]:
    """Return the plates of a page, as Ghostscript separates it: name → grey picture."""
    subprocess.run(
        [
            *("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r60"),
            *(f"-dFirstPage={page}", f"-dLastPage={page}", "-dUseCropBox=false"),
            *(f"-sOutputFile={folder / 'plate'}.tif", str(pdf)),
        ],
        check=True,
        capture_output=True,
    )
    plates = {}
    for file in folder.glob("plate*(*).tif"):
        with Image.open(file) as plate:
            plates[re.sub(r".*\((.*)\)", r"\1", file.stem)] = plate.convert("L")
        file.unlink()
    return plates


def darkest(plate: Image.Image) -> int:
    """Return the darkest grey of a plate, 0 where it is fully inked."""
    return min(plate.tobytes())


def test_every_press_file_says_that_it_is_pdf_x_4(every: Workspace) -> None:
    assert len(files(every)) == len(PRINTED)
    for file in files(every):
        with pikepdf.open(file) as pdf:
            (intent,) = pdf.Root.OutputIntents
            assert intent.S == "/GTS_PDFX"
            assert intent.OutputConditionIdentifier == "FOGRA39"
            assert intent.DestOutputProfile.N == 4
            assert intent.DestOutputProfile.read_bytes() == (ROOT / PROFILE_FILE).read_bytes()
            with pdf.open_metadata() as xmp:
                assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
                assert xmp["pdf:Trapped"] == "False"
            assert pdf.docinfo.Trapped == "/False"
            assert pdf.pdf_version == "1.6"
            assert all("/Annots" not in page for page in pdf.pages)


def test_a_press_page_is_as_large_as_the_format_and_has_3_mm_of_bleed(every: Workspace) -> None:
    sizes = {"brochure": (148, 210), "flyer": (210, 297)}
    for file in files(every):
        width, height = next(size for name, size in sizes.items() if name in file.name)
        with pikepdf.open(file) as pdf:
            for page in pdf.pages:
                left, bottom, right, top = map(float, page.trimbox)
                assert (right - left, top - bottom) == pytest.approx((width * MM, height * MM))
                edges = (left - 3 * MM, bottom - 3 * MM, right + 3 * MM, top + 3 * MM)
                assert [float(side) for side in page.bleedbox] == pytest.approx(edges)
                assert [float(side) for side in page.mediabox] == pytest.approx(edges)


def test_nothing_is_painted_in_rgb(every: Workspace) -> None:
    for file in files(every):
        with pikepdf.open(file) as pdf:
            used = set(colour_spaces(pdf))
            assert "/DeviceCMYK" in used
            assert used <= {"/DeviceCMYK", "/DeviceGray", "/ICCBased", "/Pattern"}, file.name
            # That of a group is the profile of the inks.
            assert all(
                obj[1].N == 4
                for obj in pdf.objects
                if isinstance(obj, pikepdf.Array) and len(obj) > 1 and obj[0] == "/ICCBased"
            )


@pytest.mark.parametrize(("layout", "locale"), PRINTED)
def test_ghostscript_finds_no_ink_but_the_four(
    every: Workspace, tmp_path: Path, layout: str, locale: str
) -> None:
    file = every.root / "out" / Edition(SLUG, layout, locale, target=PRESS.name).output
    plates = separations(file, tmp_path)
    assert set(plates) == {"Cyan", "Magenta", "Yellow", "Black"}


def test_black_text_is_on_the_black_plate_alone(tmp_path: Path) -> None:
    workspace = card_workspace(tmp_path / "workspace", ["de"])
    workspace.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')
    (outcome,) = press(workspace)
    assert sentences(outcome.diagnostics) == []
    plates = separations(workspace.root / "out" / outcome.edition.output, tmp_path)
    assert darkest(plates.pop("Black")) < 60
    for plate in plates.values():
        assert plate.getextrema() == (255, 255)


def test_total_ink_is_300_per_cent_at_most(every: Workspace, tmp_path: Path) -> None:
    file = every.root / "out" / Edition(SLUG, "flyer", "de", target=PRESS.name).output
    inks = [plate.tobytes() for plate in separations(file, tmp_path).values()]
    assert max(sum(255 - part for part in pixel) for pixel in zip(*inks, strict=True)) <= 3 * 255


def test_the_same_sources_make_the_same_bytes(every: Workspace, tmp_path: Path) -> None:
    make_full_workspace(tmp_path / "again")
    again = Workspace(tmp_path / "again")
    _, file = printed(again, "flyer")
    assert file.read_bytes() == (every.root / file.relative_to(again.root)).read_bytes()


def test_black_and_grey_are_black_ink_alone_and_layout_colours_have_their_own() -> None:
    inks = Inks((ROOT / PROFILE_FILE).read_bytes(), {"#0F4C5C": (90, 50, 42, 40)})
    assert inks.of((0, 0, 0)) == (0, 0, 0, 1)
    assert inks.of((1, 1, 1)) == (0, 0, 0, 0)
    assert inks.of((0.5, 0.5, 0.5)) == pytest.approx((0, 0, 0, 0.5), abs=0.01)
    assert inks.of((15 / 255, 76 / 255, 92 / 255)) == (0.9, 0.5, 0.42, 0.4)
    red = inks.of((1, 0, 0))
    assert red[1] > 0.8
    assert red[2] > 0.8
    assert sum(red) <= 3


def test_a_picture_is_converted_with_the_profile() -> None:
    inks = Inks((ROOT / PROFILE_FILE).read_bytes(), {})
    photo = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(photo, "PNG")
    with Image.open(io.BytesIO(inks.picture(photo.getvalue()))) as picture:
        assert picture.mode == "CMYK"
    transparent = io.BytesIO()
    Image.new("RGBA", (4, 4), (200, 0, 0, 0)).save(transparent, "PNG")
    with Image.open(io.BytesIO(inks.picture(transparent.getvalue()))) as picture:
        assert picture.getextrema() == ((0, 0),) * 4  # paper


@pytest.fixture
def card(tmp_path: Path) -> Workspace:
    """A card for the press, with as much bleed as most print shops ask for."""
    workspace = card_workspace(tmp_path / "workspace", ["de"])
    workspace.edit("layouts/card/layout.toml", "[pages]", "bleed = 3\n\n[pages]")
    return workspace


def test_a_shop_of_ones_own_wishes(card: Workspace) -> None:
    card.edit("careerprint.toml", 'shop = "standard"', 'shop = "online"\nmarks = true')
    outcome, file = printed(card)
    assert sentences(outcome.diagnostics) == []
    with pikepdf.open(file) as pdf:
        page = pdf.pages[0]
        trim, bleed, media = (
            [float(side) for side in box] for box in (page.trimbox, page.bleedbox, page.mediabox)
        )
    assert trim[0] - bleed[0] == pytest.approx(2 * MM)
    assert bleed[0] - media[0] == pytest.approx(10 * MM)


def test_crop_marks_are_drawn_outside_the_bleed_in_black(card: Workspace, tmp_path: Path) -> None:
    card.edit("careerprint.toml", "# marks = true", "marks = true")
    _, file = printed(card)
    plates = separations(file, tmp_path)
    black = plates.pop("Black")
    dots = 60 / 25.4  # a mm
    room = round(9.5 * dots)
    left = black.crop((0, 0, room, black.height))
    marked = [y for y in range(left.height) if darkest(left.crop((0, y, room, y + 1))) < 200]
    assert len(marked) >= 2
    assert marked[0] == pytest.approx(13 * dots, abs=2)  # where the page is cut: 10 + 3 mm
    for plate in plates.values():
        assert plate.crop((0, 0, room, plate.height)).getextrema() == (255, 255)


def test_black_text_overprints_and_white_text_knocks_out(card: Workspace, tmp_path: Path) -> None:
    """Plates, dark where they are inked: below black text yellow is even, below white it is not."""
    ground = "margin: 0; padding: 2mm; width: 60mm"
    style = (card.root / CSS).read_text("utf-8")
    black = f"h1 {{ {ground}; background: var(--accent); color: var(--ink) }}"
    white = f"h1 + p {{ {ground}; background: var(--primary); color: var(--paper) }}"
    (card.root / CSS).write_text(f"{style}\n@page {{ margin: 0 }}\n{black}\n{white}\n", "utf-8")
    outcome, file = printed(card)
    assert sentences(outcome.diagnostics) == []
    plates = separations(file, tmp_path)
    inside = {"black": (13, 14, 50, 18), "white": (13, 22, 50, 26)}  # mm, with 3 mm of bleed
    boxes = {
        name: (left * 60 // 25.4, top * 60 // 25.4, right * 60 // 25.4, bottom * 60 // 25.4)
        for name, (left, top, right, bottom) in inside.items()
    }
    assert darkest(plates["Black"].crop(boxes["black"])) < 60, "there is text"
    assert len(set(plates["Yellow"].crop(boxes["black"]).tobytes())) == 1
    assert max(plates["Cyan"].crop(boxes["white"]).tobytes()) > 200, "white is paper"


def test_the_profile_is_in_the_file_as_its_output_intent_alone(card: Workspace) -> None:
    _, file = printed(card)
    with pikepdf.open(file) as pdf:
        assert all("/device-cmyk" not in page.Resources.ColorSpace for page in pdf.pages)
        profiles = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/N" in o]
        assert sum(o.get("/Type") != "/ObjStm" for o in profiles) == 1


@pytest.mark.parametrize(
    ("shop", "condition", "most"),
    [("uncoated", "FOGRA29", 280), ("newspaper", "CGATS TR 002", 240)],
)
def test_other_papers_have_a_profile_and_less_ink(
    card: Workspace, shop: str, condition: str, most: int
) -> None:
    card.edit("careerprint.toml", 'shop = "standard"', f'shop = "{shop}"')
    style = (card.root / CSS).read_text("utf-8")
    (card.root / CSS).write_text(f"{style}body {{ background: var(--deep) }}", "utf-8")
    outcome, file = printed(card)
    assert sentences(outcome.diagnostics) == []
    with pikepdf.open(file) as pdf:
        assert pdf.Root.OutputIntents[0].OutputConditionIdentifier == condition
    (card.root / CSS).write_text(f"{style}body {{ background: var(--shade) }}", "utf-8")
    outcome, _ = printed(card)
    (said,) = [s for s in sentences(outcome.diagnostics) if "dry" in s]
    assert f"285 % together; more than {most} %" in said


def test_a_shop_that_nobody_described_is_refused(workspace: Workspace) -> None:
    workspace.edit("careerprint.toml", 'shop = "standard"', 'shop = "nobody"')
    (told,) = refused(workspace)
    line = workspace.line("careerprint.toml", "nobody")
    assert told == (
        f"careerprint.toml:{line}: error: There is no print shop “nobody”. Available: standard, "
        "online, uncoated, newspaper, office. More can be described in layouts/press/shops.toml."
    )


def test_more_bleed_than_the_artwork_has_is_refused(workspace: Workspace) -> None:
    workspace.edit("careerprint.toml", "# marks = true", "bleed = 5")
    assert refused(workspace) == [
        "layouts/flyer/layout.toml: error: The print shop wants 5 mm of bleed; this layout has "
        "3 mm. Draw its artwork further past the edge, and raise “bleed” in this file."
    ]


def with_profile(workspace: Workspace, content: bytes) -> Workspace:
    """Give a workspace a profile of the shop's own."""
    (workspace.root / "content" / "shop.icc").write_bytes(content)
    workspace.edit(
        "careerprint.toml", '# profile = "content/shop.icc"', 'profile = "content/shop.icc"'
    )
    return workspace


def test_the_shops_own_profile_becomes_the_output_intent(card: Workspace) -> None:
    # A profile that is the same but for the name that it gives itself.
    other = (ROOT / PROFILE_FILE).read_bytes().replace(b"FOGRA39L coated", b"The shop's own.")
    outcome, file = printed(with_profile(card, other))
    assert outcome.diagnostics == ()
    with pikepdf.open(file) as pdf:
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes() == other


def test_a_profile_of_a_screen_is_refused(workspace: Workspace) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert refused(with_profile(workspace, srgb)) == [
        "content/shop.icc: error: This profile is for RGB, not for printing with four inks (CMYK). "
        "Ask the print shop for the CMYK output profile of its paper."
    ]


@pytest.mark.parametrize("content", [b"", b"no profile", (ROOT / PROFILE_FILE).read_bytes()[:9000]])
def test_a_damaged_profile_is_refused(workspace: Workspace, content: bytes) -> None:
    (told,) = refused(with_profile(workspace, content))
    assert told.startswith("content/shop.icc: error: This is not an ICC profile, or it is damaged")
    assert told.endswith("Download it from the print shop again, or use the one of careerprint.")


def test_a_logo_for_the_screen_is_printed_in_inks_with_a_warning(workspace: Workspace) -> None:
    (workspace.root / "content" / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        '<rect width="40" height="20" fill="#c00"/><circle cx="10" cy="10" r="5"/></svg>',
        "utf-8",
    )
    workspace.edit("careerprint.toml", '# logo = "content/logo.svg"', 'logo = "content/logo.svg"')
    outcome, file = printed(workspace, "flyer")
    line = workspace.line("careerprint.toml", "logo.svg")
    assert sentences(outcome.diagnostics) == [
        f"careerprint.toml:{line}: warning: The logo's colours are made for the screen; its inks "
        "are worked out. Ask the print shop for a proof, and compare it with your letterhead."
    ]
    with pikepdf.open(file) as pdf:
        assert "/DeviceRGB" not in set(colour_spaces(pdf))


def test_a_brands_colour_without_inks_is_worked_out_with_a_warning(workspace: Workspace) -> None:
    workspace.edit("careerprint.toml", '# primary = "#7A1F3D"', 'primary = "#7A1F3D"')
    line = workspace.line("careerprint.toml", "7A1F3D")
    assert sentences(composed(workspace).diagnostics) == [
        f"careerprint.toml:{line}: warning: “primary” has a value for the screen only; its inks "
        "are worked out. Write the inks of your brand: "
        'primary = { srgb = "#7A1F3D", cmyk = […] }.'
    ]


def test_a_press_file_is_asked_for_or_declared(workspace: Workspace) -> None:
    workspace.edit("careerprint.toml", '# targets = ["screen", "press"]', 'targets = ["press"]')
    reader = Reader(workspace.root)
    editions = plan_editions(reader, read_configuration(reader))
    assert {edition.target for edition in editions} == {PRESS.name}
    asked_for = workspace.run("status", "--target", "screen", "--layout", "flyer", "--locale", "de")
    assert "-flyer-de.pdf" in asked_for.stdout
    assert "press" not in asked_for.stdout
