"""Rules of finished PDFs: each good one passes, and each spoiled one is caught by its own rule."""

import io
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from inspect import getsource
from typing import cast

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageCms

from careerprint.composing.compose import compose
from careerprint.composing.job import Bundle, Job
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.core.targets import PRESS, SCREEN
from careerprint.finished.codes import codes_of
from careerprint.finished.document import Finished, read_finished
from careerprint.finished.findings import Finding
from careerprint.rules.case import Aspect, Case, Rule
from careerprint.rules.checking import RULES, examine_pdf
from careerprint.rules.fonts import postscript_name
from careerprint.typesetting.typeset import Typesetter

from .conftest import ROOT, SLUG

MM = 72 / 25.4
NAME = "flyer.pdf"
Change = Callable[[Pdf], None]

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Good:
    """A flyer as it is printed, and the job that it was printed from."""

    pdf: bytes
    job: Job
    left_out: tuple[str, ...]

    def found(self, pdf: bytes, job: Job | None = None) -> list[Finding]:
        return list(examine_pdf(pdf, NAME, job or self.job, self.left_out).findings)

    def spoiled(self, change: Change) -> list[Finding]:
        """Return what is found in the flyer after a change."""
        return self.found(changed(self.pdf, change))


def checked(pdf: bytes) -> list[Finding]:
    """Return what is found in a PDF of which nothing is known."""
    return list(examine_pdf(pdf, NAME).findings)


def changed(pdf: bytes, change: Change) -> bytes:
    written = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(written)
    return written.getvalue()


def good(typesetter: Typesetter, target: str, layout: str = "flyer") -> Good:
    job = compose(Edition(SLUG, layout, "de", target=target), Reader(ROOT))
    printed = typesetter.typeset(job)
    assert printed.diagnostics == ()
    return Good(printed.pdf, job, printed.left_out)


@pytest.fixture(scope="module")
def press(typesetter: Typesetter) -> Good:
    return good(typesetter, PRESS.name)


@pytest.fixture(scope="module")
def screen(typesetter: Typesetter) -> Good:
    return good(typesetter, SCREEN.name)


def rules(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(f.rule, f.diagnostic.severity.value) for f in findings}


def sentences(findings: list[Finding]) -> list[str]:
    return [finding.diagnostic.sentence(str) for finding in findings]


def test_what_is_printed_is_as_it_should_be(press: Good, screen: Good) -> None:
    for each in (press, screen):
        assert each.found(each.pdf) == []
        assert each.spoiled(lambda _: None) == []  # nor does saving it again spoil it


# What of a finished PDF belongs to which aspect. Of the file itself, both read what they need.
ASPECTS = {
    "pages": {Aspect.PAGES},
    "pieces": {Aspect.TEXT},
    "filled": {Aspect.TEXT},
    "codes": {Aspect.CODES},
    "links": {Aspect.LINKS},
    "notes": {Aspect.LINKS},
    "title": {Aspect.TITLE},
    "shows_title": {Aspect.TITLE},
    "language": {Aspect.LANGUAGE},
    "painted": {Aspect.PAINTS},
    "intents": {Aspect.INTENTS},
    "standards": {Aspect.CLAIMS},
    "trapped": {Aspect.CLAIMS},
    "has_id": {Aspect.CLAIMS},
    "active": {Aspect.ACTIVE},
    "faults": {Aspect.STRUCTURE},
    "pdf": {Aspect.TEXT, Aspect.STRUCTURE},
}


class Watched:
    """A case or what was found in it, and the aspects that are read of it."""

    def __init__(self, of: object, aspects: list[set[Aspect]]) -> None:
        self.of, self.aspects = of, aspects

    def __getattr__(self, name: str) -> object:
        if name == "found":
            return Watched(getattr(self.of, name), self.aspects)
        if name in ASPECTS:
            self.aspects.append(ASPECTS[name])
        return getattr(self.of, name)


def test_aspects_are_all_that_is_read_of_a_pdf() -> None:
    assert ASPECTS.keys() >= {field.name for field in fields(Finished)}
    assert set().union(*ASPECTS.values()) == set(Aspect)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.ids[0])
def test_a_rule_declares_what_it_reads_and_what_it_tells(
    rule: Rule, press: Good, screen: Good
) -> None:
    for each in (press, screen):
        found = read_finished(each.pdf)
        codes = codes_of(each.pdf, [page.trim for page in found.pages])
        case = Case(NAME, each.pdf, found, each.job, each.left_out, codes)
        aspects: list[set[Aspect]] = []
        assert [*rule.findings(cast("Case", Watched(case, aspects)))] == []
        assert all(aspect & rule.reads for aspect in aspects)
        assert len(aspects) == 0 or rule.is_for(case.target)
    told = re.findall(r"(?:fault|doubt|tell|of_rule)\(\s*\"([a-z-]+)\"", getsource(rule.judge))
    assert set(told or rule.ids) == set(rule.ids)


# What changes a press file does, each caught by one rule.


def paint(content: str) -> Change:
    """Paint something on top of the first page, as an artifact."""

    def change(pdf: Pdf) -> None:
        page = pdf.pages[0]
        whole = b"".join(c.read_bytes() for c in contents(page))
        added = f"\n/Artifact BMC q {content} Q EMC".encode()
        page.obj.Contents = pdf.make_stream(b"q " + whole + b" Q" + added)

    return change


def contents(page: pikepdf.Page) -> list[pikepdf.Object]:
    found = page.obj.Contents
    return list(found) if isinstance(found, Array) else [found]


def plex(pdf: Pdf) -> str:
    """Return the name of the font of the running text."""
    fonts = pdf.pages[0].Resources.Font
    return next(key for key, font in fonts.items() if str(font.BaseFont).endswith("-Sans"))


def glyphs(written: str) -> str:
    """Return a text as numbers of glyphs, as that font has them."""
    with TTFont(ROOT / "fonts" / "IBMPlexSans_400Regular.ttf") as font:
        names = font.getBestCmap()
        return "".join(f"{font.getGlyphID(names[ord(c)]):04x}" for c in written)


def text(x: float, size: float, colour: str = "0 0 0 1 k", *, blank: bool = False) -> Change:
    """Write “nenne”, `x` mm from the left edge and 150 mm from the lower one."""

    def change(pdf: Pdf) -> None:
        place = f"1 0 0 1 {x * MM} {150 * MM} Tm"
        codes = glyphs("nenne") + ("0000" if blank else "")
        paint(f"BT {colour} {plex(pdf)} {size} Tf {place} <{codes}> Tj ET")(pdf)

    return change


def picture(mode: str, colour: object, dots: int, width: float = 20) -> Change:
    """Show a square picture of `dots` × `dots`, `width` mm wide."""

    def change(pdf: Pdf) -> None:
        pixels = Image.new(mode, (dots, dots), colour)  # type: ignore[arg-type]  # any colour
        space = {"RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK, "L": Name.DeviceGray}[mode]
        pdf.pages[0].Resources.XObject["/Spoil"] = pdf.make_stream(
            pixels.tobytes(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=dots,
            Height=dots,
            ColorSpace=space,
            BitsPerComponent=8,
        )
        side = width * MM
        paint(f"{side} 0 0 {side} {50 * MM} {100 * MM} cm /Spoil Do")(pdf)

    return change


def boxes(change_boxes: Callable[[pikepdf.Page], None]) -> Change:
    return lambda pdf: change_boxes(pdf.pages[0])


def resized(page: pikepdf.Page) -> None:
    for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
        left, bottom, right, top = map(float, page.obj[key])
        page.obj[key] = Array([left, bottom, right - MM, top])


def cropped(page: pikepdf.Page) -> None:
    left, bottom, right, top = map(float, page.obj.MediaBox)
    page.obj.MediaBox = Array([left + MM, bottom, right, top])


def untrimmed(page: pikepdf.Page) -> None:
    del page.obj.TrimBox


def less_bleed(page: pikepdf.Page) -> None:
    left, bottom, right, top = map(float, page.obj.TrimBox)
    page.obj.BleedBox = Array([left - MM, bottom - MM, right + MM, top + MM])


def font_descriptors(pdf: Pdf) -> list[pikepdf.Dictionary]:
    return [
        found
        for found in pdf.objects
        if isinstance(found, Dictionary) and found.get(Name.Type) == Name.FontDescriptor
    ]


def not_embedded(pdf: Pdf) -> None:
    del font_descriptors(pdf)[0].FontFile2


def from_elsewhere(pdf: Pdf) -> None:
    descriptor = font_descriptors(pdf)[0]
    written = io.BytesIO()
    with TTFont(io.BytesIO(descriptor.FontFile2.read_bytes())) as font:
        font["name"].setName("Elsewhere-Regular", 6, 3, 1, 0x409)
        font.save(written)
    descriptor.FontFile2.write(written.getvalue())


def without_a_text(pdf: Pdf) -> None:
    page = pdf.pages[0]
    steps = pikepdf.parse_content_stream(page)
    shown = [at for at, step in enumerate(steps) if str(step.operator) == "TJ"]
    del steps[shown[3]]
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(steps))


def form_in_rgb(pdf: Pdf) -> None:
    form = pdf.make_stream(
        b"1 0 0 rg 0 0 50 50 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 50, 50]
    )
    outer = pdf.make_stream(
        b"/Inner Do",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 50, 50],
        Resources=Dictionary(XObject=Dictionary(Inner=form)),
    )
    pdf.pages[0].Resources.XObject["/Spoil"] = outer
    paint("/Spoil Do")(pdf)


def group_in_rgb(pdf: Pdf) -> None:
    pdf.pages[0].Resources.XObject["/Spoil"] = pdf.make_stream(
        b"",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 50, 50],
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB),
    )
    paint("/Spoil Do")(pdf)


def mask_in_rgb(pdf: Pdf) -> None:
    form = pdf.make_stream(
        b"1 0 0 rg 0 0 50 50 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 50, 50]
    )
    mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=form)
    pdf.pages[0].Resources.ExtGState["/Spoil"] = Dictionary(SMask=mask)
    paint("/Spoil gs 0 0 0 0.1 k 0 0 50 50 re f")(pdf)


def pattern_in_rgb(pdf: Pdf) -> None:
    pdf.pages[0].Resources.Pattern["/Spoil"] = pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=[0, 0, 5, 5],
        XStep=5,
        YStep=5,
        Resources=Dictionary(),
    )
    paint("/Pattern cs /Spoil scn 0 0 50 50 re f")(pdf)


def gradient(space: Name, start: list[float], end: list[float]) -> Change:
    def change(pdf: Pdf) -> None:
        function = Dictionary(FunctionType=2, Domain=[0, 1], C0=start, C1=end, N=1)
        pdf.pages[0].Resources["/Shading"] = Dictionary(
            Spoil=Dictionary(
                ShadingType=2, ColorSpace=space, Coords=[0, 0, 100, 100], Function=function
            )
        )
        paint("100 100 50 50 re W n /Spoil sh")(pdf)

    return change


def stamp_in_rgb(pdf: Pdf) -> None:
    shown = pdf.make_stream(
        b"1 0 0 rg 0 0 50 50 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 50, 50]
    )
    stamp = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=[50, 50, 100, 100], AP=Dictionary(N=shown)
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp)])


def lab(pdf: Pdf) -> None:
    space = Array([Name.Lab, Dictionary(WhitePoint=[0.95, 1, 1.09])])
    pdf.pages[0].Resources.ColorSpace["/Spoil"] = space
    paint("/Spoil cs 50 20 20 scn 0 0 50 50 re f")(pdf)


def spot_colour(pdf: Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    space = Array([Name.Separation, Name("/House Red"), Name.DeviceCMYK, tint])
    pdf.pages[0].Resources.ColorSpace["/Spoil"] = space
    paint("/Spoil cs 1 scn 0 0 50 50 re f")(pdf)


def white_that_overprints(pdf: Pdf) -> None:
    pdf.pages[0].Resources.ExtGState["/Spoil"] = Dictionary(op=True, OPM=1)
    paint("/Spoil gs 0 0 0 0 k 100 100 50 50 re f")(pdf)


def without_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def other_profile(pdf: Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes().replace(b"FOGRA39L coated", b"Something else "))


def another_version(pdf: Pdf) -> None:
    metadata = pdf.Root.Metadata
    metadata.write(metadata.read_bytes().replace(b"PDF/X-4", b"PDF/X-3"))


def not_trapped(pdf: Pdf) -> None:
    del pdf.docinfo["/Trapped"]


def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('x')")


def attachment(pdf: Pdf) -> None:
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(
        pdf, b"x", filename="notes.txt", description="", mime_type="", creation_date="", mod_date=""
    )


def link(pdf: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI="https://example.org/")
    rectangle = [100, 100, 200, 120]
    made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rectangle, A=action)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(made)])


def test_a_font_without_a_name_hides_no_foreign_one(press: Good) -> None:
    nameless = io.BytesIO()
    with TTFont(ROOT / "fonts" / "IBMPlexSans_400Regular.ttf") as font:
        font["name"].names = []
        font.save(nameless)
    bundle = Bundle({**press.job.bundle, "fonts/nameless.ttf": nameless.getvalue()})
    job = replace(press.job, bundle=bundle)
    assert press.found(press.pdf, job) == []
    found = press.found(changed(press.pdf, from_elsewhere), job)
    assert rules(found) == {("font-foreign", "error")}


@pytest.mark.parametrize("content", [b"", b"\0\1\0\0\0\1", b"\0\1\0\0\0\1" + b"\xff" * 40])
def test_a_damaged_font_has_no_name(content: bytes) -> None:
    assert postscript_name(content) is None


@pytest.mark.parametrize(
    ("change", "rule", "severity"),
    [
        (lambda pdf: pdf.pages.append(pdf.pages[0]), "page-count", "error"),
        (boxes(resized), "page-format", "error"),
        (boxes(cropped), "page-boxes", "error"),
        (boxes(untrimmed), "page-boxes", "error"),
        (boxes(less_bleed), "page-bleed", "error"),
        (not_embedded, "font-embedded", "error"),
        (from_elsewhere, "font-foreign", "error"),
        (text(100, 10, blank=True), "glyph-missing", "error"),
        (without_a_text, "text-complete", "error"),
        (text(-2, 10), "text-bleed", "error"),
        (text(5, 10), "text-safe", "error"),
        (text(100, 4), "type-size", "error"),
        (text(100, 5.5), "type-size", "warning"),
        (paint("1 0 0 rg 100 100 50 50 re f"), "colour-space", "error"),
        (form_in_rgb, "colour-space", "error"),
        (group_in_rgb, "colour-space", "error"),
        (mask_in_rgb, "colour-space", "error"),
        (pattern_in_rgb, "colour-space", "error"),
        (gradient(Name.DeviceRGB, [1, 0, 0], [0, 1, 0]), "colour-space", "error"),
        (picture("RGB", "#f00", 300), "colour-space", "error"),
        (stamp_in_rgb, "colour-space", "error"),
        (lab, "colour-space", "error"),
        (spot_colour, "colour-space", "error"),
        (paint("1 1 1 0.5 k 100 100 50 50 re f"), "ink-coverage", "error"),
        (
            gradient(Name.DeviceCMYK, [0, 0, 0, 0], [1, 0.9, 0.9, 0.9]),
            "ink-coverage",
            "error",
        ),
        (picture("CMYK", (255, 255, 200, 200), 300), "ink-coverage", "error"),
        (text(100, 10, "0.6 0.4 0.4 1 k"), "black-text", "error"),
        (white_that_overprints, "white-overprint", "error"),
        (text(100, 10, "0.7 0.7 0.7 0.7 k"), "black-text", "warning"),
        (picture("CMYK", (0, 80, 80, 0), 80), "picture-resolution", "error"),
        (picture("L", 128, 160), "picture-resolution", "warning"),
        (without_intent, "output-intent", "error"),
        (other_profile, "output-intent", "error"),
        (another_version, "pdfx-marks", "error"),
        (not_trapped, "pdfx-marks", "error"),
        (script, "active-content", "error"),
        (attachment, "active-content", "error"),
        (link, "press-links", "error"),
    ],
)
def test_a_spoiled_press_file_is_caught_by_one_rule(
    press: Good, change: Change, rule: str, severity: str
) -> None:
    # A stamp is a comment on the page as well, and its appearance in colours of the screen.
    besides = {("press-links", "error")} if change is stamp_in_rgb else set()
    assert rules(press.spoiled(change)) == {(rule, severity)} | besides


def test_a_press_file_without_an_id(press: Good) -> None:
    written = io.BytesIO()
    with Pdf.open(io.BytesIO(press.pdf)) as document:
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    nameless = written.getvalue().replace(b"/ID [", b"/IX [")
    assert rules(press.found(nameless)) == {("pdfx-marks", "error")}


def test_text_near_the_edge_where_the_layout_lets_it(press: Good) -> None:
    lenient = replace(press.job, format=press.job.format.model_copy(update={"safe": 0}))
    near = changed(press.pdf, text(1, 10))
    assert rules(press.found(near, lenient)) == {("text-trim", "warning")}


def test_a_picture_of_a_camera_is_judged_by_its_pixels(press: Good) -> None:
    """As JPEG in CMYK, whose inks are stored inverted, with what compression adds."""
    dark, fine = io.BytesIO(), io.BytesIO()
    Image.new("CMYK", (300, 300), (255, 255, 255, 100)).save(dark, "JPEG")
    Image.new("CMYK", (300, 300), (200, 100, 100, 50)).save(fine, "JPEG")

    def shown(jpeg: bytes) -> Change:
        def change(pdf: Pdf) -> None:
            picture("CMYK", 0, 300)(pdf)
            found = pdf.pages[0].Resources.XObject["/Spoil"]
            found.write(jpeg, filter=Name.DCTDecode)
            found.Decode = Array([1, 0] * 4)

        return change

    assert rules(press.spoiled(shown(dark.getvalue()))) == {("ink-coverage", "error")}
    assert press.spoiled(shown(fine.getvalue())) == []


def test_a_finding_tells_page_place_rule_and_remedy(press: Good) -> None:
    (finding,) = press.spoiled(text(-2, 10))
    assert finding.page == 1
    assert finding.place is not None
    assert finding.place.left == pytest.approx(-2, abs=0.3)
    assert sentences([finding]) == [
        "flyer.pdf, page 1, -2 mm from the left, 145 mm from the top: error: “nenne” runs 1.7 mm past "
        "the edge of the page, and would be cut off. [text-bleed] Shorten it, or correct the layout."
    ]


def test_many_findings_of_a_rule_are_summed_up(press: Good) -> None:
    def many(pdf: Pdf) -> None:
        for height in range(20):
            place = f"5 {200 + 20 * height} Td"
            paint(f"BT {plex(pdf)} 10 Tf {place} <{glyphs('nenne')}> Tj ET")(pdf)

    found = sentences(press.spoiled(many))
    assert len(found) == 11
    assert "There are more of this kind: 10." in found[-1]


# What changes a screen file does.


def another_language(pdf: Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("fr")


def another_title(pdf: Pdf) -> None:
    metadata = pdf.Root.Metadata
    title = b"Kundendienst in Dortmund"
    metadata.write(metadata.read_bytes().replace(title, b"x" * len(title)))
    pdf.docinfo.Title = "x" * len(title)


def to_nowhere(pdf: Pdf) -> None:
    annotation = pdf.pages[0].obj.Annots[0]
    annotation.A.URI = pikepdf.String("www.example.org")


def bookmark_to_nowhere(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest = Array([pdf.make_indirect(Dictionary()), Name.Fit])


def covered(pdf: Pdf) -> None:
    """Put white paper over the whole lower half, where the code is."""
    paint(f"1 1 1 rg 0 0 {210 * MM} {90 * MM} re f")(pdf)


def without_description(pdf: Pdf) -> None:
    for found in pdf.objects:
        if isinstance(found, Dictionary) and found.get(Name.S) == Name.Figure:
            found.Alt = pikepdf.String("")


def another_part(pdf: Pdf) -> None:
    metadata = pdf.Root.Metadata
    metadata.write(metadata.read_bytes().replace(b'pdfaid:part="2"', b'pdfaid:part="3"'))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (another_language, "language"),
        (another_title, "title"),
        (to_nowhere, "links"),
        (bookmark_to_nowhere, "links"),
        (covered, "qr-code"),
        (without_description, "pdf-ua"),
        (another_part, "pdf-a"),
        (picture("RGB", "#888", 60), "picture-resolution"),
    ],
)
def test_a_spoiled_screen_file_is_caught_by_one_rule(
    screen: Good, change: Change, rule: str
) -> None:
    assert rules(screen.spoiled(change)) == {(rule, "error")}


def test_a_code_that_leads_elsewhere(screen: Good) -> None:
    elsewhere = replace(screen.job, codes=("https://www.example.org/anderswo",))
    assert sentences(screen.found(screen.pdf, elsewhere)) == [
        "flyer.pdf, page 1, 163 mm from the left, 255 mm from the top: error: A QR code says "
        "“https://www.example.org/”, which is not what it should say. [qr-code] Print it again; the "
        "layout says what it leads to.",
        "flyer.pdf: error: The QR code for “https://www.example.org/anderswo” cannot be read from "
        "the page. [qr-code] Give it more room, a light ground and a white margin; nothing may "
        "cover it.",
    ]


def test_a_profile_of_another_screen(screen: Good) -> None:
    def change(pdf: Pdf) -> None:
        grey = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        profile = pdf.Root.OutputIntents[0].DestOutputProfile
        profile.write(grey)
        profile.N = 1

    found = rules(screen.spoiled(change))
    assert ("output-intent", "error") in found
    assert found <= {("output-intent", "error"), ("pdf-a", "error")}, "PDF/A asks for it too"


# What nobody has printed here, or is no PDF.


def saved(document: Pdf, **how: object) -> bytes:
    written = io.BytesIO()
    document.save(written, **how)  # type: ignore[arg-type]  # as pikepdf takes it
    return written.getvalue()


def of_another_program() -> bytes:
    """Return a page with type that is not embedded, as office programs write it."""
    document = Pdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F=font))
    page.obj.Contents = document.make_stream(b"BT /F 12 Tf 100 700 Td (Hello) Tj ET")
    return saved(document)


def test_a_pdf_from_elsewhere_is_checked_by_what_holds_for_all() -> None:
    found = checked(of_another_program())
    assert sentences(found) == [
        "flyer.pdf: error: The font Helvetica is not embedded. [font-embedded] Use a font file of "
        "the workspace."
    ]


def test_a_pdf_from_elsewhere_that_claims_to_be_for_the_press(press: Good) -> None:
    assert checked(press.pdf) == []
    red = changed(press.pdf, paint("1 0 0 rg 100 100 50 50 re f"))
    assert rules(checked(red)) == {("colour-space", "error")}


def encrypted(pdf: bytes) -> bytes:
    with Pdf.open(io.BytesIO(pdf)) as document:
        return saved(document, encryption=pikepdf.Encryption(owner="secret", user=""))


def locked(pdf: bytes) -> bytes:
    with Pdf.open(io.BytesIO(pdf)) as document:
        return saved(document, encryption=pikepdf.Encryption(owner="secret", user="secret"))


def with_contents(contents: bytes) -> bytes:
    document = Pdf.new()
    document.add_blank_page().obj.Contents = document.make_stream(contents)
    return saved(document)


def form_in_itself() -> bytes:
    document = Pdf.new()
    page = document.add_blank_page()
    form = document.make_stream(b"/Me Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(Me=form))
    page.obj.Resources = Dictionary(XObject=Dictionary(Me=form))
    page.obj.Contents = document.make_stream(b"/Me Do")
    return saved(document)


def forms_that_multiply() -> bytes:
    """Return a page of forms, each of which shows the next one a hundred times."""
    document = Pdf.new()
    page = document.add_blank_page()
    inner = document.make_stream(b"0 g", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    for _ in range(12):
        below = Dictionary(XObject=Dictionary(Next=inner))
        inner = document.make_stream(
            b"/Next Do " * 100,
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 9, 9],
            Resources=below,
        )
    page.obj.Resources = Dictionary(XObject=Dictionary(Next=inner))
    page.obj.Contents = document.make_stream(b"/Next Do")
    return saved(document)


def bookmarks_in_a_circle() -> bytes:
    document = Pdf.new()
    document.add_blank_page()
    entry = document.make_indirect(Dictionary(Title="x"))
    entry.Next = entry
    document.Root.Outlines = Dictionary(First=entry)
    return saved(document)


def states_without_end() -> bytes:
    return with_contents(b"q " * 5000)


def bomb() -> bytes:
    """Return a page whose contents are two gigabytes of spaces, in two megabytes of file."""
    document = Pdf.new()
    page = document.add_blank_page()
    packing = zlib.compressobj(9)
    start = packing.compress(b" ") + packing.flush(zlib.Z_FULL_FLUSH)
    more = packing.compress(b" " * 2**20) + packing.flush(zlib.Z_FULL_FLUSH)
    page.obj.Contents = document.make_stream(b"")
    page.obj.Contents.write(start + 2048 * more, filter=Name.FlateDecode)
    return saved(document, compress_streams=False)


@pytest.mark.parametrize(
    ("spoil", "rule", "message"),
    [
        (lambda pdf: pdf[:0], "damaged", "This is not a PDF."),
        (lambda pdf: pdf[1000:], "damaged", "This is not a PDF."),
        (lambda pdf: pdf[: len(pdf) // 2], "damaged", "This PDF is damaged or not whole."),
        (lambda pdf: pdf[:-200], "damaged", "This PDF is damaged or not whole."),
        (encrypted, "protected", "This PDF is protected."),
        (locked, "protected", "This PDF is protected."),
    ],
)
def test_what_cannot_be_read_is_said_to_be_so(
    press: Good, spoil: Callable[[bytes], bytes], rule: str, message: str
) -> None:
    (finding,) = press.found(spoil(press.pdf))
    assert rules([finding]) == {(rule, "error")}
    assert sentences([finding])[0].startswith(f"flyer.pdf: error: {message} [{rule}] ")


@pytest.mark.parametrize("contents", [b"/Absent Do", b"1 0 0 cm", b"/F (x) Tf"])
def test_contents_that_make_no_sense(contents: bytes) -> None:
    (told,) = sentences(checked(with_contents(contents)))
    assert re.match(r"flyer.pdf, page 1: error: Object \d+ cannot be read .*\[damaged\] ", told)


@pytest.mark.parametrize(
    "make", [form_in_itself, forms_that_multiply, bookmarks_in_a_circle, bomb, states_without_end]
)
def test_a_small_file_that_never_ends(make: Callable[[], bytes]) -> None:
    """On a slow machine, following the page ends by its time."""
    (told,) = sentences(checked(make()))
    assert "There is more in this PDF than can be checked." in told or "too long" in told


def test_a_pdf_without_pages() -> None:
    (told,) = sentences(checked(saved(Pdf.new())))
    assert told.startswith("flyer.pdf: error: This PDF has no pages. [damaged] ")
