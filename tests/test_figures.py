"""Figures: pay charts measured in finished PDFs, their axes, and a figure that a layout brings."""

import re
from collections import defaultdict
from collections.abc import Iterator
from ctypes import c_uint
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from pypdfium2 import raw

from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Location
from careerprint.core.edition import Edition
from careerprint.core.geometry import MM_PER_PT, Rectangle
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.layouts.colours import read_tokens
from careerprint.layouts.declaration import read_layout
from careerprint.layouts.figures import nice_step
from careerprint.layouts.templates import render
from careerprint.profiles.catalogs import Catalogs
from careerprint.profiles.facts import PayRange

from .cards import card_workspace
from .conftest import PROFILE, ROOT, SLUG, Workspace

PAY = "        min: 2300\n        max: 2800\n", "        max: 3400\n        open_top: true\n"
CHART = 60.0, 4.0  # mm: the chart of the card, and how high its bars are
CARD_STYLE = """
@font-face { font-family: "Arabic"; src: url("../../fonts/IBMPlexSansArabic_400Regular.ttf"); }
@page { margin: 0 }
html { font-family: "Card", "Arabic"; }
.pay-chart { width: 60mm; }
.pay-chart svg { display: block; width: 100%; }
"""
EXACT = 0.05  # mm: what rounding in the PDF makes

# What is written for two stages, the ends of the axis, and of the two bars, all in euros.
CHARTS = {
    "as it is": (PAY, (2000, 4000), ((2300, 2800), (2800, 3400))),
    "a later stage is paid less": (
        ("        min: 3000\n        max: 3400\n", "        min: 2500\n        max: 2800\n"),
        (2000, 3500),
        ((3000, 3400), (2500, 2800)),
    ),
    "a later stage ends lower, its start unknown": (
        ("        min: 3000\n        max: 3400\n", "        max: 2800\n        open_top: true\n"),
        (2600, 3600),
        ((3000, 3400), (2600, 2800)),
    ),
    "a later stage ends where the one before does": (
        ("        min: 2300\n        max: 2800\n", "        max: 2800\n"),
        (2200, 3000),
        ((2300, 2800), (2200, 2800)),
    ),
    "the later stage has a lower end alone": (
        ("        min: 2300\n        max: 2800\n", "        min: 3400\n"),
        (2000, 4000),
        ((2300, 2800), (3400, 4000)),
    ),
    "the first start is unknown": (
        ("        max: 2800\n", "        min: 2600\n        max: 3400\n"),
        (2400, 3600),
        ((2400, 2800), (2600, 3400)),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["de", "ar"])
@pytest.mark.parametrize("case", CHARTS)
def test_bars_lie_where_their_amounts_are(card: Workspace, locale: str, case: str) -> None:
    written, axis, expected = CHARTS[case]
    lies_where_its_amounts_are(printed_card(card, written, locale), CHART, axis, expected, locale)


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["brochure", "flyer"])
@pytest.mark.parametrize("locale", ["de", "ar"])
def test_charts_of_the_layouts_are_as_wide_as_they_are_drawn(
    printed: Workspace, layout: str, locale: str
) -> None:
    _, axis, expected = CHARTS["as it is"]
    declared = read_layout(Reader(ROOT), layout)
    measures = declared.formats[declared.default_format].measures
    size = measures["chart"], measures["bar"]
    lies_where_its_amounts_are(printed.pdf(layout, locale), size, axis, expected, locale)


@pytest.mark.parametrize("locale", ["de", "ar"])
def test_a_single_amount_is_a_bar_around_its_place(card: Workspace, locale: str) -> None:
    single = "        min: 2300\n        max: 2300\n"
    tracks, bars, ticks = chart(printed_card(card, (single, PAY[1]), locale), *CHART)
    place = on_axis(2300, (2000, 4000), tracks[0], ticks, locale)
    start, end = ends(tracks[0], bars[0], locale)
    height = bars[0][0].bottom - bars[0][0].top
    assert end - start == pytest.approx(0.3 * height, abs=EXACT)
    assert (start + end) / 2 == pytest.approx(place, abs=EXACT)
    assert ends(tracks[1], bars[1], locale)[0] == pytest.approx(place, abs=EXACT)


def lies_where_its_amounts_are(
    pdf: Path,
    size: tuple[float, float],
    axis: tuple[int, int],
    expected: tuple[tuple[int, int], ...],
    locale: str,
) -> None:
    """See that the bars of the chart lie on its axis where their amounts are, in euros."""
    tracks, bars, ticks = chart(pdf, *size)
    for track, parts, euros in zip(tracks, bars, expected, strict=True):
        places = [on_axis(amount, axis, track, ticks, locale) for amount in euros]
        assert ends(track, parts, locale) == pytest.approx(places, abs=EXACT)


def pay(low: int | None, high: int, *, open_top: bool = False) -> PayRange:
    return PayRange(id="x", label=Text("x", Location("x")), min=low, max=high, open_top=open_top)


@pytest.fixture
def card(tmp_path: Path) -> Workspace:
    """A workspace with a card that has the layouts' pay chart."""
    made = card_workspace(tmp_path / "workspace", ["de", "ar"])
    imported = '{% from "base/figures.html.j2" import pay_chart with context %}'
    width, bar = CHART
    drawn = f"{imported}{{{{ pay_chart({width}, {bar}) }}}}</body>"
    made.edit("layouts/card/card.html.j2", "</body>", drawn)
    style = made.root / "layouts/card/card.css"
    style.write_text(style.read_text("utf-8") + CARD_STYLE, "utf-8")
    return made


def printed_card(workspace: Workspace, written: tuple[str, str], locale: str) -> Path:
    """Print the card with other pay, and return its PDF."""
    for old, new in zip(PAY, written, strict=True):
        workspace.edit(PROFILE, old, new)
    assert workspace.complaints("card", locale) == []
    return workspace.pdf("card", locale)


def on_axis(
    amount: int,
    axis: tuple[int, int],
    track: Rectangle,
    ticks: tuple[float, float],
    locale: str,
) -> float:
    """Return where an amount lies by the first and last tick, in mm from where reading starts."""
    (low, high), (first, last) = axis, ticks
    part = (amount - low) / (high - low)
    if locale == "ar":
        return track.right - (last - (last - first) * part)
    return first + (last - first) * part - track.left


def chart(
    pdf: Path, width: float, bar: float
) -> tuple[list[Rectangle], list[list[Rectangle]], tuple[float, float]]:
    """Return the tracks of the chart's rows, each row's bar in parts, and the outer ticks' places.

    The chart is `width` mm wide, and its bars are `bar` mm high.
    """
    colours = read_tokens(Reader(ROOT), "layouts/base/tokens.toml").palette
    line, primary = (colours[name].srgb for name in ("line", "primary"))
    (areas,) = [
        areas
        for areas in areas_by_page(pdf)
        if any(is_track(colour, area, line, width) for colour, area in areas)
    ]
    tracks = [area for colour, area in areas if is_track(colour, area, line, width)]
    bars = [
        [
            area
            for colour, area in areas
            if colour == primary
            and area.bottom - area.top == pytest.approx(bar, abs=EXACT)
            and area.top < track.top < track.bottom < area.bottom
        ]
        for track in tracks
    ]
    ticks = [
        (area.left + area.right) / 2
        for colour, area in areas
        if colour == primary
        and area.bottom - area.top == pytest.approx(1.4, abs=EXACT)
        and area.right - area.left == pytest.approx(0.2, abs=EXACT)
    ]
    gaps = [right - left for left, right in pairwise(sorted(ticks))]
    assert max(gaps) - min(gaps) < EXACT, "evenly spaced"
    return tracks, bars, (min(ticks), max(ticks))


def is_track(colour: str, area: Rectangle, line: str, width: float) -> bool:
    return colour == line and area.right - area.left == pytest.approx(width, abs=EXACT)


def ends(track: Rectangle, parts: list[Rectangle], locale: str) -> tuple[float, float]:
    """Return where a bar starts and ends on its track, in mm from the side where reading starts."""
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    if locale == "ar":
        return track.right - right, track.right - left
    return left - track.left, right - track.left


def areas_by_page(pdf: Path) -> Iterator[list[tuple[str, Rectangle]]]:
    """Yield, a page at a time, the areas that are filled, and their colours as #RRGGBB."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        height = page.get_height() * MM_PER_PT
        found = []
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
            parts = [c_uint() for _ in range(4)]
            raw.FPDFPageObj_GetFillColor(item, *parts)
            left, bottom, right, top = (side * MM_PER_PT for side in item.get_bounds())
            colour = "#" + "".join(f"{part.value:02X}" for part in parts[:3])
            found.append((colour, Rectangle(left, height - top, right, height - bottom)))
        yield found
    document.close()


@pytest.mark.parametrize(
    ("ranges", "scale"),
    [
        ((pay(2300, 2800), pay(None, 3400, open_top=True)), (2000, 4000, 500)),
        ((pay(14, 19),), (12, 20, 2)),
        ((pay(28000, 60000),), (20000, 70000, 10000)),
        ((pay(2300, 2300),), (2250, 2350, 50)),
        ((pay(14, 14),), (13, 15, 1)),
        ((pay(None, 2300, open_top=True),), (2250, 2350, 50)),
        ((pay(None, 2301),), (2250, 2350, 50)),
        ((pay(None, 3), pay(12, 40)), (0, 50, 10)),
    ],
)
def test_axis_of_a_pay_chart(ranges: tuple[PayRange, ...], scale: tuple[int, int, int]) -> None:
    low, high, step = scale
    words = Catalogs((), "en")
    context = {
        "facts": {"pay": {"ranges": ranges}},
        "colours": defaultdict(str),
        "dir": "ltr",
        "place": lambda *_, **__: "",
        "plain": str,
        "pay": lambda _: "",
        "amount": str,
        "nice_step": nice_step,
    }
    figures = (ROOT / "layouts/base/figures.html.j2").read_text("utf-8")
    called = f"{figures}{{{{ pay_chart(100, 5) }}}}"
    with TemporaryDirectory() as folder:
        (Path(folder) / "layouts").mkdir()
        (Path(folder) / "layouts/chart.j2").write_text(called, "utf-8")
        html = render("chart.j2", context, Reader(Path(folder)), words)
    amounts = [int(amount) for amount in re.findall(r">(\d+)</text>", html)]
    assert (amounts[0], amounts[-1]) == (low, high)
    assert html.count('height="1.4"') - 1 == (high - low) / step, "a tick a step"


FIGURE = """\
{% macro lengths(width) %}
{% set schools = facts.ways_in|selectattr("kind", "equalto", "apprenticeship") %}
{% set years = schools|map(attribute="years")|list %}
{% set step = nice_step(years|max / 3) %}
<svg viewBox="0 0 {{ width }} 9"><title>Years</title>
{% for value in years %}
<rect x="0" y="{{ 3 * loop.index0 }}" width="{{ (value / (step * 3) * width)|round(2) }}" height="2"/>
{% endfor %}
</svg>
{% endmacro %}
"""


def test_a_layout_brings_a_figure_of_its_own(tmp_path: Path) -> None:
    """Its folder has the figure as a template; nothing else knows it."""
    workspace = card_workspace(tmp_path)
    (workspace.root / "layouts/card/lengths.html.j2").write_text(FIGURE, "utf-8")
    template = "layouts/card/card.html.j2"
    placed = '{{ place(front.subtitle, "p") }}'
    imported = '{% from "card/lengths.html.j2" import lengths with context %}'
    workspace.edit(template, placed, f"{placed}{imported}{{{{ lengths(60) }}}}")
    job = compose(Edition(SLUG, "card", "de"), Reader(workspace.root))
    widths = [float(found) for found in re.findall(r'<rect[^>]* width="([^"]*)"', job.html)]
    assert widths == [60, 40], "three years, and two"
    (outcome,) = workspace.build("card", "de")
    assert outcome.diagnostics == ()


@pytest.mark.slow
def test_amounts_stand_in_the_middle_below_their_ticks(printed: Workspace) -> None:
    """The outermost ones too, so that all are as far from each other."""
    size = read_layout(Reader(ROOT), "brochure").formats["a5"].measures
    pdf = printed.pdf("brochure", "de")
    _, _, (first, last) = chart(pdf, size["chart"], size["bar"])
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        if not (found := text.search("4.000 €").get_next()):
            continue
        for label, tick in (("2.000 €", first), ("3.000 €", (first + last) / 2), ("4.000 €", last)):
            start, count = text.search(label).get_next() or found
            left = text.get_charbox(start)[0] * MM_PER_PT
            right = text.get_charbox(start + count - 1)[2] * MM_PER_PT
            assert (left + right) / 2 == pytest.approx(tick, abs=0.5)
        return
    pytest.fail("no page has the axis")


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_stations_stand_beside_each_other_however_many_they_are(
    workspace: Workspace, count: int
) -> None:
    """Widths that are all of the line together wrap: numbers of lengths are not exact."""
    file = workspace.root / PROFILE
    steps = "".join(f"        - {{id: s{n}, name: Station {n}}}\n" for n in range(count))
    text = re.sub(
        r"      steps:\n(        .*\n)+", f"      steps:\n{steps}", file.read_text("utf-8")
    )
    file.write_text(text.replace("{ways_in.change.retail.years}", "lange"), "utf-8")
    html = compose(Edition(SLUG, "brochure", "de"), Reader(workspace.root)).html
    widths = [float(width) for width in re.findall(r'<li style="width: ([\d.]+)%"', html)]
    assert len(widths) == count
    assert 99.9 < sum(widths) < 100
