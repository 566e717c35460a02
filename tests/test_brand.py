"""An issuer's own logo and colours: printed wherever they belong, and refused where they do harm."""

import io
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pytest
import tinycss2
from PIL import Image, ImageDraw

from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Location
from careerprint.core.edition import Edition
from careerprint.core.geometry import PT_PER_MM
from careerprint.core.reader import Reader
from careerprint.layouts.colours import (
    MOST_INK,
    READABLE,
    Colour,
    Tokens,
    contrast,
    mix,
    nearest_shade,
    painted,
    read_tokens,
    relative_luminance,
)
from careerprint.layouts.logo import PLATE_HEIGHT, PLATE_MARGIN, Logo
from careerprint.layouts.pictures import examine_drawing
from careerprint.rules.checking import examine_pdf
from careerprint.typesetting.typeset import Typesetter

from .cards import card_workspace
from .conftest import ROOT, SLUG, Workspace

LOGO = {"de": "Logo: ", "ar": "شعار: ", "fr": "Logo\u00a0: "}
BURGUNDY, GOLD = "#7A1F3D", "#F2B01E"
TOML, TOKENS = "careerprint.toml", "layouts/base/tokens.toml"
ART = "layouts/base/art"
LOGO_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60">'
    '<path d="M5 50L30 10L55 50Z" fill="#00A86B"/><circle cx="85" cy="32" r="20"/></svg>'
)


def tokens() -> Tokens:
    """Return the tokens that come with careerprint."""
    return read_tokens(Reader(ROOT), TOKENS)


def with_colours(workspace: Workspace, *lines: str) -> None:
    """Give the workspace a brand's colours."""
    workspace.edit(TOML, f'# primary = "{BURGUNDY}"\n# accent = "{GOLD}"', "\n".join(lines))


def with_logo(workspace: Workspace, content: bytes | str, name: str = "content/logo.svg") -> None:
    """Give the workspace a logo."""
    data = content.encode() if isinstance(content, str) else content
    (workspace.root / name).write_bytes(data)
    workspace.edit(TOML, '# logo = "content/logo.svg"', f'logo = "{name}"')


def png(width: int, height: int, mode: str = "RGBA") -> bytes:
    """Return a PNG of a green bar on nothing."""
    picture = Image.new(mode, (width, height))
    ImageDraw.Draw(picture).rectangle((4, 4, width - 5, height - 5), fill="#00A86B")
    return encoded(picture, "PNG")


def encoded(picture: Image.Image, kind: str) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind)
    return stream.getvalue()


def composes(workspace: Workspace) -> None:
    """See that the flyer is composed: that nothing of logo and colours is refused."""
    compose(Edition(SLUG, "flyer", "de"), Reader(workspace.root))


@pytest.fixture
def card(tmp_path: Path) -> Workspace:
    """A workspace with a card in which a logo and some of the layouts' artwork stand."""
    made = card_workspace(tmp_path / "workspace", ["de"])
    shown = '{% from "base/contact.html.j2" import logo with context %}{{ logo(40) }}<ul><li>A</ul>'
    made.edit("layouts/card/card.html.j2", "</body>", f"{shown}</body>")
    more = """
        .logo { padding: 1.5mm; background: var(--paper); }
        h1 { color: var(--primary); border-bottom: 1mm solid var(--accent); }
        li { list-style: url("../base/art/check.svg"); margin-left: 9mm; }
    """
    style = made.root / "layouts/card/card.css"
    style.write_text(style.read_text("utf-8") + more, "utf-8")
    return made


def drawn_colours(pdf: Path) -> set[str]:
    """Return every colour of areas, lines and letters in a PDF as #RRGGBB; drawings within too."""
    found: set[str] = set()
    with pikepdf.open(pdf) as document:
        forms = [
            item
            for item in document.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
        ]
        for stream in (*document.pages, *forms):
            for step in pikepdf.parse_content_stream(stream):
                if str(step.operator) in {"rg", "RG", "scn", "SCN"} and len(step.operands) == 3:
                    parts = (round(float(part) * 255) for part in step.operands)
                    found.add("#" + "".join(f"{part:02X}" for part in parts))
    return found


def pixels(pdf: Path, page: int) -> set[tuple[int, ...]]:
    """Return the colours of the pixels of a page, as they are seen."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[page % len(document)].render(scale=2).to_pil().convert("RGB")
    document.close()
    return {colour for _, colour in picture.getcolors(1 << 24) or ()}


def rgb(written: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(written[1:]))


# --- tokens ---------------------------------------------------------------------------------------


def test_every_base_colour_is_ready_for_print_with_little_ink() -> None:
    known = tokens()
    for name, colour in known.palette.items():
        assert colour.cmyk is not None, name
        assert sum(colour.cmyk) <= MOST_INK, name
        assert sum(colour.cmyk) <= 260 or name == "shade", "shade is only ever mixed in"
    assert known.colours["ink"].cmyk == (0, 0, 0, 100), (
        "text is black ink alone, and so stays sharp"
    )
    assert known.colours["paper"].cmyk == (0, 0, 0, 0)


def test_shades_are_mixed_component_by_component() -> None:
    one, other = Colour(srgb="#0A1400", cmyk=(90, 50, 42, 40)), Colour(srgb="#FFFFFF")
    half = mix(one, other, 50)
    assert half.srgb == "#858A80"
    assert half.cmyk is None, "where one of the two has no CMYK"
    white = Colour(srgb="#FFFFFF", cmyk=(0, 0, 0, 0))
    assert mix(one, white, 25).cmyk == (23, 13, 11, 10)
    assert mix(one, white, 100) == one
    assert mix(one, white, 0) == white


def test_mixes_look_as_the_shades_that_were_drawn_by_hand() -> None:
    palette = tokens().palette
    for name, drawn in {"deep": "#0A3641", "mid": "#7FA3AC", "line": "#BFD0D2"}.items():
        assert math.dist(rgb(palette[name].srgb), rgb(drawn)) < 10, name


def test_luminance_and_contrast_are_those_of_wcag() -> None:
    assert relative_luminance("#000000") == 0
    assert relative_luminance("#FFFFFF") == pytest.approx(1)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.005)


def test_the_nearest_shade_is_darker_or_lighter_and_of_the_same_hue() -> None:
    def on(ground: str, srgb: str) -> str | None:
        return nearest_shade(srgb, lambda shade: contrast(shade, ground) >= READABLE)

    assert on("#FFFFFF", "#777777") == "#767676"
    assert on("#000000", "#707070") == "#757575"
    assert on("#FFFFFF", BURGUNDY) == BURGUNDY
    assert nearest_shade(BURGUNDY, lambda _: False) is None


@pytest.mark.parametrize("pair", tokens().pairs, ids=" on ".join)
def test_the_default_colours_can_be_read(pair: tuple[str, str]) -> None:
    palette = tokens().palette
    text, ground = (palette[name].srgb for name in pair)
    assert contrast(text, ground) >= READABLE


def rules(nodes: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rules of a style sheet as (selector or at-rule, property → the var() it uses)."""
    for node in nodes:
        if node.type in {"qualified-rule", "at-rule"} and node.content is not None:
            head = tinycss2.serialize(node.prelude).strip()
            content = tinycss2.parse_blocks_contents(node.content)
            uses = {}
            for part in content:
                if part.type == "declaration":
                    named = re.search(r"var\(--([\w-]+)\)", tinycss2.serialize(part.value))
                    uses[part.name] = named[1] if named else tinycss2.serialize(part.value).strip()
            if node.type == "at-rule":
                yield f"@{node.lower_at_keyword} {head}".strip(), uses
                yield from rules(p for p in content if p.type != "declaration")
            else:
                yield from ((selector.strip(), uses) for selector in head.split(","))


def pairs_in_use(
    sheets: list[str], names: Mapping[str, Colour]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the text colours of a layout's style sheets, each with the grounds that it may be on.

    The ground is the background of the rule itself, or of the nearest ancestor that its selector
    names, or of the page that it is put on. Where none tells, it may be the paper, or what a page
    without a name is laid out with. Ink is the text's colour where a panel names no other.
    """
    every = [
        rule
        for sheet in sheets
        for rule in rules(
            tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        )
    ]
    grounds: dict[str, str] = {}
    put_on: dict[str, str] = {}
    for selector, uses in every:
        ground = uses.get("background-color", uses.get("background", ""))
        if ground in names:
            grounds[selector] = ground
        if "page" in uses:
            put_on[selector] = f"@page {uses['page']}"
    for selector, uses in every:
        if uses.get("color", "") in names:
            compounds = (selector, *reversed(selector.split()))
            told = [s for c in compounds for s in (c, put_on.get(c, "")) if s in grounds]
            ground = grounds[told[0]] if told else ""
            yield (
                uses["color"],
                frozenset({ground or "paper", ground or grounds.get("@page", "paper")}),
            )
    coloured = {selector for selector, uses in every if "color" in uses}
    with_text = {compound for selector, _ in every for compound in selector.split()[:-1]}
    yield from (("ink", frozenset({grounds[s]})) for s in grounds.keys() & with_text - coloured)


@pytest.mark.parametrize("layout", ["brochure", "flyer"])
def test_the_table_of_contrasts_has_every_pair_that_the_layouts_use(layout: str) -> None:
    known = tokens()
    files = [f for name in ("base", layout) for f in (ROOT / "layouts" / name).glob("*.css")]
    used = set(pairs_in_use([f.read_text("utf-8") for f in sorted(files)], known.palette))
    assert {("primary", frozenset({"panel"})), ("ink", frozenset({"panel"}))} <= used, (
        "it finds them"
    )
    assert len(used) >= 6
    for text, grounds in used:
        assert {(text, ground) for ground in grounds} & set(known.pairs), (text, sorted(grounds))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('of = "primary", percent = 71', 'of = "primar", percent = 71', "There is no colour “primar”. Available: accent, ink,"),
        ('with = "shade"', 'with = "mid"', "There is no colour “mid”. Available: accent, ink, panel,"),
        ('accent = ["primary", "deep"]', 'accent = ["primary", "depp"]', "There is no colour “depp”. Available: accent, deep,"),
        ("mid = { of", "signal = { of", "The colour “signal” is declared twice. Delete one"),
        ("[90, 50, 42, 40]", "[90, 50, 42]", "“colours.primary.cmyk” is not a colour of cyan, magenta, yellow and black ink. Write four"),
        ("[90, 50, 42, 40]", "[90, 50, 42, 101]", "“colours.primary.cmyk” is not a colour of cyan"),
        ("[90, 50, 42, 40]", "[90, 80, 72, 60]", "“colours.primary.cmyk” adds up to 302 % of ink; more than 300 % does not dry. Ask"),
        ("percent = 71", "percent = 171", "“mixes.deep.percent” is 171, more than 100."),
    ],
)  # fmt: skip
def test_faults_in_the_tokens(workspace: Workspace, old: str, new: str, found: str) -> None:
    workspace.edit(TOKENS, old, new)
    (said,) = workspace.complaints("flyer")
    assert said.startswith(f"{TOKENS}:{workspace.line(TOKENS, new)}: error: {found}")


# --- drawings -------------------------------------------------------------------------------------


def test_a_drawing_takes_the_colours_by_name() -> None:
    drawing = b'<svg><g fill="var(--primary)"/><g style="stroke: var( --mid )"/></svg>'
    palette = tokens().palette
    other = {"a.png": b"var(--primary)", "b.svg": b"<svg fill='#123456'/>"}
    made = painted({"c.svg": drawing, **other}, palette)
    assert (
        made["c.svg"]
        == (
            f'<svg><g fill="{palette["primary"].srgb}"/>'
            f'<g style="stroke: {palette["mid"].srgb}"/></svg>'
        ).encode()
    )
    assert {name: made[name] for name in other} == other, "what names no colour stays as it is"


def test_a_drawing_with_an_unknown_colour_is_refused_with_its_line(workspace: Workspace) -> None:
    name = f"{ART}/check.svg"
    text = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<g fill="var(--primar)"/>\n</svg>'
    (workspace.root / name).write_text(text, "utf-8")
    (found,) = workspace.complaints("flyer")
    assert found.startswith(
        f"{name}:2: error: There is no colour “primar”. Available: accent, deep"
    )


# --- colours --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_brands_colours_are_printed_everywhere_and_the_layouts_nowhere(
    workspace: Workspace,
) -> None:
    with_colours(workspace, f'primary = "{BURGUNDY}"', 'accent = "#ffd23f"')
    for drawing in (workspace.root / ART).glob("*.svg"):  # whichever way they name their colours
        text = re.sub(r'"#[0-9A-Fa-f]{6}"', '"var(--primary)"', drawing.read_text("utf-8"))
        drawing.write_text(text, "utf-8")
    defaults, palette = tokens(), tokens().replaced({"primary": Colour(srgb=BURGUNDY)}).palette
    outcomes = workspace.build(locale="de")
    assert [d.sentence(str) for o in outcomes for d in o.diagnostics] == []
    for layout in ("brochure", "flyer"):
        pdf = workspace.pdf(layout, "de")
        colours = drawn_colours(pdf)
        assert {BURGUNDY, "#FFD23F", palette["mid"].srgb, palette["line"].srgb} <= colours
        replaced = {"primary", "accent", "deep", "mid", "line"}
        assert not colours & {defaults.palette[name].srgb for name in replaced}
        assert rgb(BURGUNDY) in pixels(pdf, 0)
        assert rgb(defaults.palette["primary"].srgb) not in pixels(pdf, 0) | pixels(pdf, -1)


def test_artwork_is_painted_in_the_brands_colours(card: Workspace) -> None:
    with_colours(card, f'primary = "{BURGUNDY}"')
    (card.root / ART / "check.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">'
        '<circle cx="10" cy="10" r="10" fill="var(--deep)"/></svg>',
        "utf-8",
    )
    card.build()
    deep = tokens().replaced({"primary": Colour(srgb=BURGUNDY)}).palette["deep"].srgb
    assert deep in drawn_colours(card.pdf("card", "de"))


def test_new_colours_are_printed_at_the_next_build_and_the_old_ones_when_they_go(
    card: Workspace,
) -> None:
    card.build()
    before = card.pdf("card", "de").read_bytes()
    with_colours(card, f'primary = {{ srgb = "{BURGUNDY.lower()}", cmyk = [30, 100, 60, 30] }}')
    (outcome,) = card.build()
    assert (outcome.state.value, outcome.diagnostics) == ("printed", ())
    assert BURGUNDY in drawn_colours(card.pdf("card", "de"))
    card.edit(TOML, f'primary = {{ srgb = "{BURGUNDY.lower()}"', '# primary = { srgb = "x"')
    card.build()
    assert card.pdf("card", "de").read_bytes() == before


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('primary = "#ABC"', "“brand.colours.primary” is “#ABC”, not a colour. Write # and six digits or letters A–F, in quotation marks: \"#0F4C5C\"."),
        ('primary = "burgundy"', "“brand.colours.primary” is “burgundy”, not a colour. Write #"),
        ('primary = "#7A1F3D80"', "“brand.colours.primary” is “#7A1F3D80”, not a colour. Write #"),
        ("primary = 7", "“brand.colours.primary” is “7”, not a colour. Write #"),
        ('primary = { srgb = "7A1F3D" }', "“brand.colours.primary.srgb” is “7A1F3D”, not a colour. Write #"),
        ("primary = { cmyk = [30, 100, 60, 30] }", "The entry “brand.colours.primary.srgb” is missing. Add it."),
        ('primary = { srgb = "#7A1F3D", cmyk = [0.3, 1, 0.6, 0.3] }', "“brand.colours.primary.cmyk” is not a colour of cyan, magenta"),
        ('primary = { srgb = "#7A1F3D", pantone = "x" }', "The entry “brand.colours.primary.pantone” is unknown."),
        ("primary = #7A1F3D", "This line is not valid TOML (Invalid value). Write texts in quotation marks"),
    ],
)  # fmt: skip
def test_a_colour_that_cannot_be_read(workspace: Workspace, line: str, found: str) -> None:
    with_colours(workspace, line)
    done = workspace.run("build", "--layout", "flyer", "--locale", "de")
    assert done.returncode == 2
    assert done.stderr.startswith(f"{TOML}:{workspace.line(TOML, line)}: error: {found}"), (
        done.stderr
    )
    assert done.stderr.count("\n") == 1


def test_colours_that_are_not_there_are_named_with_those_that_are(workspace: Workspace) -> None:
    with_colours(workspace, 'akzent = "#112233"', 'deep = "#112233"')
    found = workspace.complaints("flyer")
    at = [workspace.line(TOML, f"\n{n} =".strip()) for n in ("akzent", "deep")]
    assert found == [
        f"{TOML}:{at[0]}: error: There is no colour “akzent”. Available: accent, ink, panel, paper, primary, shade, signal.",
        f"{TOML}:{at[1]}: error: The colour “deep” is mixed from “primary” and “shade”. Replace one of those instead.",
    ]


def suggestion(sentence: str) -> tuple[str, str]:
    found = re.search(r'everywhere: (\w+) = "(#[0-9A-F]{6})"\.$', sentence)
    assert found, sentence
    return found[1], found[2]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('primary = "#C2556E"', "“accent” on “primary” has a contrast of 2.2 : 1; text needs 4.5 : 1."),
        ('accent = "#8A2B0E"', "“accent” on “primary” has a contrast of 1.1 : 1; text needs 4.5 : 1."),
        ('panel = "#5B6770"', "“primary” on “panel” has a contrast of 1.6 : 1; text needs 4.5 : 1."),
        ('ink = "#8C9A9F"', "“ink” on “accent” has a contrast of 1.5 : 1; text needs 4.5 : 1."),
        ('paper = "#555555"', "“primary” on “paper” has a contrast of 1.2 : 1; text needs 4.5 : 1."),
        ('shade = "#FFFFFF"', "“accent” on “deep” has a contrast of 2.2 : 1; text needs 4.5 : 1."),
    ],
)  # fmt: skip
def test_text_that_could_not_be_read_is_refused_with_a_shade_that_can(
    workspace: Workspace, line: str, found: str
) -> None:
    with_colours(workspace, line)
    (said,) = workspace.complaints("flyer")
    assert said.startswith(f"{TOML}:{workspace.line(TOML, line)}: error: {found} "), said
    name, shade = suggestion(said)
    workspace.edit(TOML, line, f'{name} = "{shade}"')
    composes(workspace)


def test_just_too_little_contrast_is_not_rounded_up(workspace: Workspace) -> None:
    with_colours(
        workspace, 'ink = "#777777"', 'panel = "#FFFFFF"', 'accent = "#FFFFFF"'
    )  # 4.48 : 1
    (said,) = workspace.complaints("flyer")
    assert "“ink” on “paper” has a contrast of 4.4 : 1" in said
    assert suggestion(said) == ("ink", "#767676")


def test_where_no_shade_will_do_the_other_colour_is_named(workspace: Workspace) -> None:
    with_colours(workspace, 'paper = "#111111"', 'ink = "#EEEEEE"', 'primary = "#F2B01E"')
    found = workspace.complaints("flyer")
    line = workspace.line(TOML, 'ink = "#EEEEEE"')
    assert (
        f"{TOML}:{line}: error: “ink” on “panel” has a contrast of 1.0 : 1; text needs 4.5 : 1. "
        "No shade of “ink” will do: change “panel” too."
    ) in found


def test_contrast_in_german(workspace: Workspace) -> None:
    with_colours(workspace, 'accent = "#8A2B0E"')
    line = workspace.line(TOML, "accent = ")
    done = workspace.run("--lang", "de", "build")
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"{TOML}:{line}: Fehler: „accent“ auf „primary“ hat einen Kontrast von 1,1 : 1; "
        "Text braucht 4,5 : 1. Der nächste Ton, der überall lesbar ist: accent ="
    )
    assert done.stderr.count("\n") == 1, "once, not for each edition"


# --- logo -----------------------------------------------------------------------------------------


def figures(pdf: Path) -> list[str]:
    """Return the descriptions of a PDF's figures."""
    with pikepdf.open(pdf) as document:
        return [
            str(item.get("/Alt"))
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (LOGO_SVG, "content/logo.svg"),
        (png(700, 150), "content/logo.png"),
        (png(400, 700, "RGB"), "content/Logo mit Rand.png"),
        (png(600, 600), "content/falsch-benannt.svg"),
        (LOGO_SVG, "content/falsch-benannt.png"),
    ],
    ids=["svg", "wide png", "tall png", "png named svg", "svg named png"],
)
def test_a_logo_is_printed_with_its_description(
    card: Workspace, content: bytes | str, name: str
) -> None:
    with_logo(card, content, name)
    (outcome,) = card.build()
    assert [d.sentence(str) for d in outcome.diagnostics] == []
    shows_the_logo(card.pdf("card", "de"), "Logo: Unsere Beratungsstelle")


def shows_the_logo(pdf: Path, description: str) -> None:
    assert rgb("#00A86B") in pixels(pdf, -1)
    assert description in figures(pdf)
    report = page_validation.validate_pdf(str(pdf), profile="ua1")
    assert report.is_compliant, report.failures


@pytest.mark.slow
@pytest.mark.parametrize(
    ("layout", "locale"), [("brochure", "fr"), *(("flyer", tag) for tag in ("de", "ar", "fr"))]
)
def test_logo_and_colours_with_every_detail_of_the_issuer_have_room(
    workspace: Workspace, typesetter: Typesetter, layout: str, locale: str, tmp_path: Path
) -> None:
    with_logo(workspace, png(840, 320), "content/logo.png")
    with_colours(workspace, f'primary = "{BURGUNDY}"', f'accent = "{GOLD}"')
    details = {"phone": "0000 000000", "street": "Straße und Hausnummer", "town": "00000 Ort"}
    for key, value in details.items():
        workspace.edit(TOML, f'# {key} = "…"', f'{key} = "{value}"')
    job = compose(Edition(SLUG, layout, locale), Reader(workspace.root))
    made = typesetter.typeset(job)
    found = examine_pdf(made.pdf, job.name, job, made.left_out).findings
    assert [d.sentence(str) for d in (*made.diagnostics, *(f.diagnostic for f in found))] == []
    pdf = tmp_path / "made.pdf"
    pdf.write_bytes(made.pdf)
    shows_the_logo(pdf, LOGO[locale] + "Unsere Beratungsstelle")
    with pikepdf.open(pdf) as document:
        assert len(document.pages) == {"flyer": 1, "brochure": 8}[layout], "as without a logo"


def test_without_a_logo_there_is_no_figure_for_it(card: Workspace) -> None:
    card.build()
    assert not [f for f in figures(card.pdf("card", "de")) if f.startswith("Logo")]


@pytest.mark.parametrize(
    ("proportion", "plate", "sides"),
    [
        (2, 40, (22, 11)),
        (6, 40, (37, 6.17)),
        (1, 28, (11, 11)),
        (0.5, 40, (5.5, 11)),
        (5, 28, (25, 5)),
    ],
)
def test_a_logo_fits_its_plate_and_keeps_its_proportions(
    proportion: float, plate: float, sides: tuple[float, float]
) -> None:
    logo = Logo("x.svg", b"", proportion, Location(TOML), ())
    assert logo.printed_on(plate) == sides
    assert max(sides) + 2 * PLATE_MARGIN <= plate
    assert sides[1] + 2 * PLATE_MARGIN <= PLATE_HEIGHT
    css = (ROOT / "layouts/base/base.css").read_text("utf-8")
    assert re.search(rf"^\.logo {{.*padding: {PLATE_MARGIN}mm", css, re.MULTILINE)


def test_sizes_that_drawings_have() -> None:
    def proportion(attributes: str) -> float:
        drawing = examine_drawing(
            f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode(), "x.svg"
        )
        assert drawing.faults == ()
        return drawing.width / drawing.height

    assert proportion('width="50" height="25"') == 2
    assert proportion('width="1in" height="12.7mm"') == pytest.approx(2)
    assert proportion('width="100%" viewBox="-5,0 30 10"') == 3
    assert proportion('width="4em" height="1em" viewBox="0 0 20 10"') == 2


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 20 10">\n{}\n</svg>'
)
NOT_SVG_OR_PNG = "The logo is neither SVG nor PNG (found: {}). Ask whoever designed it for the SVG file, or save it as PNG."
OUTSIDE = "The drawing refers to something outside its file: “{}”. Save it again as plain SVG, with everything in the one file."
NO_SIZE = "The drawing has no size. Save it again with a width and a height, or with a viewBox."
FLAT = Image.new("RGB", (400, 400), "#00A86B")


@pytest.mark.parametrize(
    ("content", "line", "found"),
    [
        (b"", 0, "The logo is an empty file. Copy it again from where you got it."),
        (encoded(FLAT, "JPEG"), 0, NOT_SVG_OR_PNG.format("JPEG")),
        (encoded(FLAT, "GIF"), 0, NOT_SVG_OR_PNG.format("GIF")),
        (encoded(FLAT, "TIFF"), 0, NOT_SVG_OR_PNG.format("TIFF")),
        (encoded(FLAT, "WEBP"), 0, NOT_SVG_OR_PNG.format("WebP")),
        (b"%PDF-1.7\n", 0, NOT_SVG_OR_PNG.format("PDF")),
        (b"PK\x03\x04\x14\0\x06\0word/document.xml", 0, NOT_SVG_OR_PNG.format("Word/ZIP")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, NOT_SVG_OR_PNG.format("Word/Office")),
        ("Unser Logo", 0, NOT_SVG_OR_PNG.format("?")),
        (png(400, 400)[:300], 0, "The logo is damaged (image file is truncated"),
        (png(400, 400)[:12], 0, "The logo is damaged (IHDR). Copy it again from where you got it."),
        (encoded(Image.new("RGB", (400, 200), "#F8F8F8"), "PNG"), 0, "The logo is white, or nearly so: on its white plate it cannot be seen. Use its version for white paper."),
        (encoded(Image.new("LA", (400, 200)), "PNG"), 0, "The logo is white, or nearly so"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="1e999" height="1e999"/>', 0, NO_SIZE),
        (png(176, 80), 0, "The logo has 176 × 80 pixels and would be printed coarse. Use an SVG, or a PNG with at least 354 pixels on its longer side (30 mm at 300 dpi)."),
        (png(4001, 1000), 0, "The logo has 4001 × 1000 pixels; 4000 a side are the most. Save it smaller: 1000 pixels on the longer side are enough."),
        (png(700, 100), 0, "The logo is wider than 6 : 1 (700 × 100). Cut off empty margins, or use a version of the logo that is more compact."),
        (png(180, 400), 0, "The logo is taller than 1 : 2 (180 × 400). Cut off empty margins"),
        (SVG.replace("20 10", "70 10"), 0, "The logo is wider than 6 : 1 (70 × 10). Cut off empty margins"),
        (b"<svg>" + b" " * 5_000_000, 0, "The logo has 6 MB; 5 MB are the most. Save it as plain SVG, or as PNG with at most 4000 pixels a side."),
        (SVG.replace("</svg>", "<g>"), 3, "The drawing is damaged (no element found). Copy it again from where you got it."),
        (SVG.format("<g"), 3, "The drawing is damaged (not well-formed (invalid token))."),
        ("<html>\n<body/></html>", 1, "This is not an SVG drawing: its outermost element is “html”. Ask for the file itself, saved as SVG or PNG."),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', 0, NO_SIZE),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="20"/>', 0, NO_SIZE),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>', 0, NO_SIZE),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20" width="2" height="1"/>', 0, NO_SIZE),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"/>', 0, NO_SIZE),
        (SVG.format("<script>1</script>"), 2, "The drawing holds a script. Save it again as plain SVG"),
        (SVG.format('<g onload="x()"/>'), 2, "The drawing holds a script."),
        (SVG.format('<image href="bild.png"/>'), 2, OUTSIDE.format("bild.png")),
        (SVG.format('<use xlink:href="https://example.org/x.svg#a"/>'), 2, OUTSIDE.format("https://example.org/x.svg#a")),
        (SVG.format('<g style="fill: url( \'x.svg#a\' )"/>'), 2, OUTSIDE.format("x.svg#a")),
        (SVG.format("<style>@import 'x.css';</style>"), 2, OUTSIDE.format("x.css")),
        (SVG.format("<style><![CDATA[g { fill: url(file:///etc/hostname) }]]></style>"), 2, OUTSIDE.format("file:///etc/hostname")),
        ('<?xml-stylesheet href="x.css"?>' + LOGO_SVG, 1, OUTSIDE.format('href="x.css"')),
        (SVG.format("<foreignObject><p>Rat</p></foreignObject>"), 2, "The drawing holds a piece of a web page, which is not printed. Save the whole as PNG instead."),
        (SVG.format('<image href="data:image/png;base64,AAAA"/>'), 2, "The drawing holds a picture made of pixels, which is not printed. Save the whole as PNG instead."),
    ],
)  # fmt: skip
def test_a_logo_that_cannot_be_printed_well(
    workspace: Workspace, content: bytes | str, line: int, found: str
) -> None:
    with_logo(workspace, content)
    place = f"content/logo.svg:{line}" if line else "content/logo.svg"
    (said,) = workspace.complaints("flyer")
    assert said.startswith(f"{place}: error: {found}"), said
    assert not workspace.pdf("flyer", "de").exists()


def test_a_logo_that_the_engine_cannot_draw_is_told_where_it_is_named(card: Workspace) -> None:
    with_logo(card, SVG.format('<g transform="rotate(x)"><rect width="9" height="9"/></g>'))
    (said,) = card.complaints("card")
    assert said == (
        f"{TOML}:{card.line(TOML, 'logo = ')}: error: The picture cannot be printed (Failed to "
        "render SVG image content/logo.svg). Save it again as PNG."
    )


def test_what_drawing_programs_write_is_taken(card: Workspace) -> None:
    doctype = (
        '<?xml version="1.0" encoding="iso-8859-1"?>\n'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    own = (
        '<metadata><a xmlns="http://example.org/meta" resource="https://example.org/"/></metadata>'
        '<defs><linearGradient id="g"><stop stop-color="#00A86B"/></linearGradient></defs>'
        '<use xlink:href="#g"/><rect width="20" height="10" style="fill:url(#g)"/>'
    )
    with_logo(card, doctype + SVG.format(own))
    assert card.complaints("card") == []


def test_letters_and_few_pixels_are_a_warning(card: Workspace) -> None:
    with_logo(card, SVG.format('<text x="1" y="8" font-size="5">Rat</text>'))
    (said,) = card.complaints("card")
    assert said == (
        "content/logo.svg: warning: The logo holds letters, which are printed in the layout's "
        "typeface. Have them converted to outlines."
    )
    (card.root / "content/logo.svg").write_bytes(png(353, 100))
    (said,) = card.complaints("card")
    assert said.startswith(
        "content/logo.svg: warning: The logo has 353 × 100 pixels and may look coarse in print. "
        "Use an SVG, or a PNG with at least 354 pixels on its longer side (30 mm at 300 dpi)."
    )
    (card.root / "content/logo.svg").write_bytes(png(354, 100))
    assert card.complaints("card") == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("content/fehlt.svg", "The file “content/fehlt.svg” is not there. Check the spelling"),
        ("../logo.svg", "“../logo.svg” lies outside the workspace. Copy it into the workspace"),
        ("/etc/hostname", "“/etc/hostname” lies outside the workspace. Copy it"),
        ("content/link.svg", "“content/link.svg” lies outside the workspace. Copy it"),
        ("content", "The file “content” cannot be read (Is a directory). Check that it is a file"),
        ("https://example.org/logo.svg", "“https://example.org/logo.svg” is not a file of this workspace. Put the file into"),
        ("", "“brand.logo” is empty. Write a text."),
    ],
)  # fmt: skip
def test_a_logo_that_is_not_in_the_workspace(workspace: Workspace, name: str, found: str) -> None:
    (workspace.root.parent / "logo.svg").write_text(LOGO_SVG, "utf-8")
    (workspace.root / "content" / "link.svg").symlink_to(workspace.root.parent / "logo.svg")
    workspace.edit(TOML, '# logo = "content/logo.svg"', f'logo = "{name}"')
    done = workspace.run("build", "--locale", "de")
    line = workspace.line(TOML, "logo = ")
    assert done.stderr.startswith(f"{TOML}:{line}: error: {found}"), done.stderr
    assert done.stderr.count("\n") == 1


def test_faults_of_logo_and_colours_are_told_together_and_in_german(workspace: Workspace) -> None:
    with_logo(workspace, encoded(FLAT, "JPEG"))
    with_colours(workspace, 'akzent = "#112233"')
    done = workspace.run("--lang", "de", "build")
    line = workspace.line(TOML, "akzent")
    assert done.stderr.split("\n") == [
        f"{TOML}:{line}: Fehler: Die Farbe „akzent“ gibt es nicht. Vorhanden: accent, ink, panel, paper, primary, shade, signal.",
        "content/logo.svg: Fehler: Das Logo ist weder SVG noch PNG (gefunden: JPEG). Bitten Sie um die SVG-Datei, wo das Logo gestaltet wurde, oder speichern Sie es als PNG.",
        "",
    ]


def test_words_keep_away_from_a_wide_logo_that_they_have_no_room_beside(
    workspace: Workspace,
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (1200, 200), "red").save(picture, "PNG")
    with_logo(workspace, picture.getvalue(), "content/logo.png")
    workspace.edit(TOML, '# formats = ["a4", "a5"]', 'formats = ["din-lang"]')
    workspace.build("flyer", "de")
    pdf = pypdfium2.PdfDocument(workspace.pdf("flyer-din-lang", "de"))
    page = pdf[0]
    kinds = {pypdfium2.raw.FPDF_PAGEOBJ_IMAGE}
    bottom = min(each.get_bounds()[1] for each in page.get_objects(filter=kinds, max_depth=5))
    text = page.get_textpage()
    at, _ = text.search("Sprechen Sie").get_next() or (0, 0)
    heading = text.get_charbox(at)[3]
    plate = bottom - PLATE_MARGIN * PT_PER_MM
    assert heading < plate - 1.5 * PT_PER_MM


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["es", "tr"])
def test_the_longest_invitations_have_room_beside_a_logo(workspace: Workspace, locale: str) -> None:
    with_logo(workspace, png(900, 350), "content/logo.png")
    for layout in ("leaflet", "brochure"):
        assert not [told for told in workspace.complaints(layout, locale) if ": error: " in told]
