"""Pictures of one's own: turned upright, in the right colours, silent, credited, cut to their frame."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageCms

from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Location, Refused
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.intake.domains import domains
from careerprint.layouts.rasters import printable
from careerprint.layouts.shops import COATED

from .cards import card_workspace, with_picture
from .conftest import PROFILE, ROOT, SLUG, Workspace

INKS = (ROOT / COATED).read_bytes()
HERE = Location("profile.md", 3)
TEAL = (15, 76, 92)


def picture(mode: str = "RGB", kind: str = "JPEG", **said: Any) -> bytes:
    """Return a picture of 300 × 200 pixels, teal on the left, white on the right."""
    made: Any = Image.new("RGB", (300, 200), "white")
    made.paste(TEAL, (0, 0, 150, 200))
    if mode == "CMYK":
        made = ImageCms.profileToProfile(
            made, ImageCms.createProfile("sRGB"), io.BytesIO(INKS), outputMode="CMYK"
        )
    written = io.BytesIO()
    made.convert(mode).save(written, kind, **said)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(printable(content, INKS, HERE)))


def near(found: object, wanted: tuple[int, int, int], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))  # type: ignore[call-overload]


def test_a_camera_that_was_held_upright_makes_an_upright_picture() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kamera von M. Mustermann"  # turned right by a quarter
    shown = opened(picture(exif=exif))
    assert shown.size == (200, 300)
    assert near(shown.getpixel((100, 20)), TEAL)
    assert b"Mustermann" not in printable(picture(exif=exif), INKS, HERE)
    assert not shown.getexif()


@pytest.mark.parametrize("said", [{}, {"icc_profile": INKS}])
def test_inks_become_the_colours_that_they_print(said: dict[str, Any]) -> None:
    shown = opened(picture("CMYK", **said))
    assert shown.mode == "RGB"
    assert near(shown.getpixel((20, 20)), TEAL)
    assert near(shown.getpixel((280, 20)), (255, 255, 255))


def test_greys_and_transparent_parts_stay_what_they_are() -> None:
    grey = opened(picture("L", "TIFF"))
    assert near(grey.convert("RGB").getpixel((280, 20)), (255, 255, 255))
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    written = io.BytesIO()
    clear.save(
        written,
        "PNG",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )
    assert opened(written.getvalue()).getpixel((3, 3))[3] == 0  # type: ignore[index]


def test_what_says_nothing_of_itself_stays_byte_for_byte() -> None:
    for content in (picture(), picture(kind="PNG")):
        assert printable(content, INKS, HERE) == content


def test_a_damaged_picture_is_told_with_its_place() -> None:
    with pytest.raises(Refused, match=r"profile.md:3: error: The picture cannot be printed"):
        printable(picture()[:800], INKS, HERE)


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    """Return cards with a picture of the profile's own, credited at their foot."""
    workspace = card_workspace(tmp_path)
    exif = Image.Exif()
    exif[0x010F] = "Kamera von M. Mustermann"
    with_picture(workspace, picture(exif=exif))
    return workspace


def test_a_picture_is_described_credited_and_says_nothing_else(cards: Workspace) -> None:
    (outcome,) = cards.build("card", "de")
    assert outcome.diagnostics == ()
    content = cards.pdf("card", "de").read_bytes()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        figures = [
            str(item["/Alt"])
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        files = [item.read_raw_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    assert "Ein Platz\N{NO-BREAK SPACE}im\N{NO-BREAK SPACE}Büro" in figures
    assert not any(b"Mustermann" in file for file in files)
    job = compose(Edition(SLUG, "card", "de"), Reader(cards.root))
    assert "Musterfoto, CC BY 4.0" in job.html
    assert "object-position: 40% 30%" in job.html


def test_on_press_each_picture_says_who_made_it(cards: Workspace) -> None:
    cards.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')
    press = Edition(SLUG, "card", "de", target="press")
    assert "credit" not in {c.told.rule for c in compose(press, Reader(cards.root)).concerns}
    cards.edit(PROFILE, "    credit: Musterfoto\n", "")
    (concern,) = (c for c in compose(press, Reader(cards.root)).concerns if c.told.rule == "credit")
    assert "Nobody is named who made this picture" in concern.told.sentence(str)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    alt: Ein Platz im Büro\n", "", "The entry “pictures.cover.alt” is missing."),
        ("40% 30%", "Mitte", "“pictures.cover.focus” is “Mitte”, not a point of the picture."),
        ("  cover:\n", "  sections:\n   nowhere:\n", "There is no section “nowhere”"),
    ],
)
def test_what_is_wrong_with_a_picture_is_told(
    cards: Workspace, old: str, new: str, told: str
) -> None:
    cards.edit(PROFILE, old, new)
    with pytest.raises(Refused) as refused:
        compose(Edition(SLUG, "card", "de"), Reader(cards.root))
    assert told in str(refused.value)


def test_descriptions_are_translated(cards: Workspace) -> None:
    (texts,) = [d for d in domains(Reader(cards.root)) if d.name == SLUG]
    assert texts.template.get("Ein Platz im Büro") is not None
