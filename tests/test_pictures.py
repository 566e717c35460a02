"""Pictures of one's own: turned upright, in the right colours, silent, credited, cut to their frame."""

import io
import struct
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageCms

from careerprint.building.build import Options, build
from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Location, Refused, Severity
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.finished.readback import read_back
from careerprint.layouts.rasters import printable
from careerprint.layouts.shops import COATED
from careerprint.translation.domains import domains
from careerprint.typesetting.typeset import Typesetter

from .cards import card_workspace, with_picture
from .conftest import PROFILE, ROOT, SLUG, Workspace
from .workspaces import make_ready_workspace

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


def adobe_rgb() -> bytes:
    """Return the profile of Adobe RGB (1998): its primaries, white point and gamma, as published."""

    def tag(values: tuple[float, ...]) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65536)) for v in values)

    gamma = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(563 / 256 * 256)) + b"\0\0"
    title = b"desc\0\0\0\0" + struct.pack(">I", 6) + b"Adobe\0" + bytes(78)
    # Adapted to D50: https://www.adobe.com/digitalimag/pdfs/AdobeRGB1998.pdf, annex
    tags = {
        b"desc": title,
        b"cprt": b"text\0\0\0\0-\0\0\0",
        b"wtpt": tag((0.9505, 1.0, 1.0891)),
        b"rXYZ": tag((0.60974, 0.31111, 0.01947)),
        b"gXYZ": tag((0.20528, 0.62567, 0.06087)),
        b"bXYZ": tag((0.14919, 0.06322, 0.74457)),
        b"rTRC": gamma,
        b"gTRC": gamma,
        b"bTRC": gamma,
    }
    at, table, content = 132 + 12 * len(tags), b"", b""
    for name, told in tags.items():
        value = told + bytes(-len(told) % 4)
        table += name + struct.pack(">II", at + len(content), len(value))
        content += value
    white = struct.pack(">iii", *(round(v * 65536) for v in (0.9642, 1.0, 0.8249)))
    head = struct.pack(">I4xI4s4s4s", at + len(content), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + white
    return head + bytes(128 - len(head)) + struct.pack(">I", len(tags)) + table + content


def test_what_a_camera_wrote_in_adobe_rgb_looks_as_it_did() -> None:
    """A green of Adobe RGB has other numbers in sRGB, further apart; a grey nearly the same."""
    made = Image.new("RGB", (300, 200), (140, 170, 100))
    made.paste((128, 128, 128), (150, 0, 300, 200))
    written = io.BytesIO()
    made.save(written, "JPEG", quality=95, icc_profile=adobe_rgb())
    shown = opened(written.getvalue())
    assert near(shown.getpixel((20, 20)), (127, 172, 95), 3)
    assert near(shown.getpixel((280, 20)), (128, 128, 128), 4)
    assert "icc_profile" not in shown.info


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_greys_stay_grey(kind: str) -> None:
    grey = opened(picture("L", kind, dpi=(300, 300))).convert("RGB")
    red, green, blue = grey.getpixel((20, 20))  # type: ignore[misc]
    assert red == green == blue
    assert near((red, green, blue), (60, 60, 60))  # the luma of teal


PLACE = "N 51 30 50, E 7 27 57"
NAME = "Mustermann"


def told_everywhere() -> bytes:
    """Return a picture whose file says in five ways where it was taken, and by whom."""
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = f"Artist {NAME}", f"Copyright {NAME}"
    gps = exif.get_ifd(0x8825)
    gps[0x001B] = PLACE.encode()
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><p>{NAME} {PLACE}</p></x:xmpmeta>".encode()
    content = picture(exif=exif, xmp=xmp, comment=f"{NAME} {PLACE}".encode())
    record = f"{NAME} {PLACE}".encode()
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(record) + 5)
    iptc += b"\x1c\x02\x50" + struct.pack(">H", len(record)) + record + b"\0"
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    thumbnail = b"\xff\xe2" + struct.pack(">H", len(record) + 6) + b"MPF\0" + record
    return content[:2] + segment + thumbnail + content[2:] + record  # and behind the picture


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


def test_too_few_dots_for_print_are_told_when_the_page_is_made_where_the_picture_is_named(
    tmp_path: Path,
) -> None:
    """In a square of 15 mm, 100 dots are 169 an inch; 80 are 135, of which a press prints nothing."""
    cards = card_workspace(tmp_path)
    cards.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')
    with_picture(cards, picture())
    told = []
    for size in ((150, 100), (120, 80)):
        small = Image.open(io.BytesIO(picture())).resize(size)
        small.save(cards.root / "content" / SLUG / "bild.jpg")
        for target in ("screen", "press"):
            edition = Edition(SLUG, "card", "de", target=target)
            (made,) = build([edition], Reader(cards.root), cards.root / "out", Options(jobs=1))
            (found,) = (d for d in made.diagnostics if d.rule.startswith("picture"))
            assert found.location == Location(PROFILE, cards.line(PROFILE, "    file: bild.jpg"))
            told.append((found.rule, found.severity.value, made.state.value, made.is_ready))
            assert dict(found.parameters)["wanted"] == "266 × 178"
    assert told == [
        ("picture-soft", "warning", "printed", True),
        ("picture-soft", "warning", "printed", True),
        ("picture-coarse", "warning", "printed", False),
        ("picture-coarse", "error", "failed", True),
    ]


@pytest.mark.parametrize("target", ["screen", "press-draft"])
def test_no_place_and_no_person_reaches_the_pdf(tmp_path: Path, target: str) -> None:
    said = told_everywhere()
    assert said.count(NAME.encode()) >= 5
    cards = card_workspace(tmp_path)
    cards.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')
    with_picture(cards, said)
    with Typesetter() as typesetter:
        job = compose(Edition(SLUG, "card", "de", target=target), Reader(cards.root))
        pdf = typesetter.typeset(job).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = [item for item in document.objects if isinstance(item, pikepdf.Stream)]
        held = [s.read_raw_bytes() for s in streams]
        held += [s.read_bytes() for s in streams if "/DCTDecode" not in str(s.get("/Filter"))]
    for word in (NAME.encode(), PLACE.encode(), b"Exif", b"8BIM", b"MPF"):
        assert not [content for content in [pdf, *held] if word in content], word


def in_text(workspace: Workspace, credit: str = "") -> None:
    """Put a picture into the running text of the cards' profile, with what is said of it."""
    (workspace.root / "content" / SLUG / "mein hof.jpg").write_bytes(picture())
    workspace.edit(PROFILE, "facts:\n", f"{credit}facts:\n")
    text = (workspace.root / PROFILE).read_text("utf-8")
    (workspace.root / PROFILE).write_text(f"{text}\n![Ein Hof](<mein hof.jpg>)\n", "utf-8")
    template = workspace.root / "layouts/card/card.html.j2"
    foot = "{{ picture(profile.sections[-1].parts[-1]) }}<p>{{ credits()|join }}</p></body>"
    template.write_text(template.read_text("utf-8").replace("</body>", foot), "utf-8")


def test_a_picture_of_the_text_is_credited_too(tmp_path: Path) -> None:
    workspace = card_workspace(tmp_path)
    workspace.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')
    in_text(
        workspace, "pictures:\n  text: [{file: mein hof.jpg, credit: Musterfoto, licence: CC0}]\n"
    )
    job = compose(Edition(SLUG, "card", "de", target="press"), Reader(workspace.root))
    assert "<p>Musterfoto, CC0</p>" in job.html
    assert "credit" not in {concern.told.rule for concern in job.concerns}


def test_on_press_a_picture_of_the_text_says_who_made_it(tmp_path: Path) -> None:
    workspace = card_workspace(tmp_path)
    workspace.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')
    in_text(workspace)
    job = compose(Edition(SLUG, "card", "de", target="press"), Reader(workspace.root))
    (concern,) = (c for c in job.concerns if c.told.rule == "credit")
    assert concern.told.severity is Severity.ERROR
    assert concern.told.location == Location(PROFILE, workspace.line(PROFILE, "![Ein Hof]"))


def test_a_credit_without_its_picture_is_told(tmp_path: Path) -> None:
    workspace = card_workspace(tmp_path)
    in_text(workspace, "pictures:\n  text: [{file: hof.jpg, credit: Musterfoto}]\n")
    with pytest.raises(Refused, match=r"has no picture “hof.jpg”.*There are: mein hof.jpg"):
        compose(Edition(SLUG, "card", "de"), Reader(workspace.root))


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


def test_what_stands_behind_a_picture_is_not_taken_along() -> None:
    for kind in ("JPEG", "PNG"):
        with_film = picture(kind=kind) + b"ftypmp42 " + PLACE.encode()
        assert PLACE.encode() not in printable(with_film, INKS, HERE), kind


def test_a_picture_with_further_ones_behind_it_stays_a_jpeg() -> None:
    written = io.BytesIO()
    first, second = Image.new("RGB", (60, 40), TEAL), Image.new("RGB", (60, 40), "white")
    first.save(written, "MPO", save_all=True, append_images=[second])
    shown = opened(written.getvalue())
    assert (shown.format, shown.size) == ("JPEG", (60, 40))
    assert near(shown.getpixel((5, 5)), TEAL)


def enlarged(content: bytes) -> bytes:
    """Return a picture with as many pixels as a page of a brochure asks for."""
    written = io.BytesIO()
    Image.open(io.BytesIO(content)).resize((2400, 1600)).save(written, "JPEG")
    return written.getvalue()


@pytest.fixture(scope="module")
def credited(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace whose documents may go out, with credited pictures of its own."""
    root = tmp_path_factory.mktemp("credited") / "workspace"
    make_ready_workspace(root)
    workspace = Workspace(root)
    (root / "content" / SLUG / "bild.jpg").write_bytes(large := enlarged(picture()))
    (root / "content" / SLUG / "hof.jpg").write_bytes(large)
    own = "{{file: bild.jpg, alt: Ein Büro, credit: {}, licence: CC BY 4.0}}"
    said = f"""pictures:
  cover: {own.format("Erste Musterfotografin")}
  flyer: {own.format("Zweiter Musterfotograf")}
  sections: {{market: {own.format("Dritte Musterfotografin")}}}
  text: [{{file: hof.jpg, credit: Vierter Musterfotograf, licence: CC0}}]
facts:
"""
    workspace.edit(PROFILE, "facts:\n", said)
    workspace.edit(PROFILE, "\n## Ausblick", "\n![Ein Hof](hof.jpg)\n\n## Ausblick")
    return workspace


@pytest.mark.slow
@pytest.mark.parametrize(
    ("layout", "target", "named"),
    [
        (
            "brochure",
            "screen",
            "Erste Musterfotografin, CC BY 4.0; Dritte Musterfotografin, CC BY 4.0; "
            "Vierter Musterfotograf, CC0",
        ),
        ("flyer", "press", "Zweiter Musterfotograf, CC BY 4.0"),
    ],
)
def test_the_imprint_names_who_made_the_pictures_and_the_month_of_the_text(
    credited: Workspace, layout: str, target: str, named: str
) -> None:
    edition = Edition(SLUG, layout, "de", target=target)
    (outcome,) = build([edition], Reader(credited.root), credited.root / "out", Options(jobs=1))
    assert not [d for d in outcome.diagnostics if d.severity is Severity.ERROR]
    pdf = (credited.root / "out" / edition.output).read_bytes()
    said = " ".join(read_back(pdf).text.split())
    assert f"Stand: November 2026. Bildnachweis: {named}." in said
