"""Draws the pictures of the README and of docs/design.md, from what careerprint prints."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from careerprint.building.build import build
from careerprint.building.record import open_record
from careerprint.core.edition import Edition, Selection
from careerprint.core.reader import Reader
from careerprint.intake.starter import make_workspace
from careerprint.layouts.colours import contrast, read_tokens
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.declaration import Format, read_layout
from careerprint.output.proof import draw_pages
from careerprint.output.proofing import draw_proofs
from careerprint.planning.plan import plan_editions
from careerprint.planning.season import by_id, fair_editions, read_season
from careerprint.typesetting.copyfit import Setting, measures_of

ROOT = Path(__file__).parents[1]
SLUG = "customer-service-dortmund"
EXAMPLES = ROOT / "docs" / "examples"
PICTURES = ROOT / "docs" / "images"
PROFILE = f"content/{SLUG}/profile.md"
GAP = 16  # px around each page
TABLE, HAIRLINE = "#EEF1F2", "#ABABAB"
SHEET_WIDTH = 1500  # px of a contact sheet in the documents
GRID, SAFE, MARGINS = "#E4572E", "#1E88E5", "#7B1FA2"
MM_PER_PT = 25.4 / 72


def main() -> None:
    """Draw all pictures into docs/images."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    all_formats = Selection(formats=("a4", "a5", "din-lang"))
    editions = plan_editions(Reader(ROOT), read_configuration(Reader(ROOT)), all_formats)
    outcomes = build(editions, Reader(ROOT), ROOT / "out")
    brochure = pages(ROOT, Edition(SLUG, "brochure", "de"), 90)
    save("brochure", in_rows([brochure[:4], brochure[4:]]))
    flyers = [pages(ROOT, Edition(SLUG, "flyer", tag), 72)[0] for tag in ("de", "ar", "uk", "tr")]
    save("flyer", in_rows([flyers]))
    formats = ("", "a5", "din-lang")
    save(
        "formats", in_rows([[pages(ROOT, Edition(SLUG, "flyer", "de", f), 72)[0] for f in formats]])
    )
    save("fair", in_rows([list(fair_flyers(72))]))
    sheets = [Edition(SLUG, layout, "de") for layout in ("leaflet", "poster")]
    build(sheets, Reader(ROOT), ROOT / "out")
    leaflet, poster = (pages(ROOT, edition, 32) for edition in sheets)
    professions, leaflets, posters = other_professions(56, 32)
    save("professions", in_rows(professions))
    save("leaflets", in_rows([[*leaflet, *leaflets[0]], [*leaflets[1], *leaflets[2]]]))
    save("posters", in_rows([[*poster, *posters]]))
    save("openers", in_rows([[page.crop((0, 0, page.width, 230)) for page in brochure[3:7]]]))
    save("grid", in_rows([grid_spread((4, 5), 150)]))
    save("copyfit", in_rows([list(fitted_texts(60))]))
    save("hard", in_rows([list(hard_cases(60))]))
    save("palette", palette())
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        shutil.copytree(ROOT / "out" / SLUG, out / SLUG)
        for number, sheet in enumerate(draw_proofs(outcomes, out, 36, "en").sheets, 1):
            with Image.open(sheet) as picture:
                height = round(picture.height * SHEET_WIDTH / picture.width)
                save(
                    f"sheet-{number}",
                    picture.resize((SHEET_WIDTH, height), Image.Resampling.LANCZOS),
                )


def save(name: str, picture: Image.Image) -> None:
    """Write a picture in few colours, so that it is small."""
    file = PICTURES / f"{name}.png"
    method, dither = Image.Quantize.MAXCOVERAGE, Image.Dither.NONE
    # Without k-means, large areas would be tinted.
    few = picture.quantize(256, method, kmeans=4, dither=dither)
    few.save(file, optimize=True)
    print(file.relative_to(ROOT))


def pages(root: Path, edition: Edition, resolution: int) -> list[Image.Image]:
    """Return the pages of a printed edition, at `resolution` dpi."""
    pdf = (root / "out" / edition.output).read_bytes()
    return list(draw_pages(pdf, resolution, small=True))


def in_rows(rows: Sequence[Sequence[Image.Image]]) -> Image.Image:
    """Return pictures in rows, standing on a common line, each with a hairline around it."""
    width = max(sum(page.width + GAP for page in row) for row in rows) + GAP
    heights = [max(page.height for page in row) for row in rows]
    whole = Image.new("RGB", (width, sum(heights) + GAP * (len(rows) + 1)), TABLE)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        left = GAP
        for page in row:
            place = left, top + height - page.height
            frame = (place[0] - 1, place[1] - 1, left + page.width, top + height)
            ImageDraw.Draw(whole).rectangle(frame, outline=HAIRLINE)
            whole.paste(page, place)
            left += page.width + GAP
        top += height + GAP
    return whole


def fair_flyers(resolution: int) -> Iterator[Image.Image]:
    """Yield flyers of the example season, one of each format."""
    season = read_season(ROOT / "content" / "fairs.csv", Reader(ROOT), date(2026, 11, 22))
    shown = [
        ("beispielstadt-maerz", "de"),
        ("beispielstadt-herbst", "ar"),
        ("neustadt-bildung", "tr"),
    ]
    editions = [e for e in fair_editions(season.fairs) if (e.fair, e.locale) in shown]
    build(editions, Reader(ROOT), ROOT / "out", fairs=by_id(season.fairs))
    for edition in sorted(editions, key=lambda e: shown.index((e.fair, e.locale))):
        yield pages(ROOT, edition, resolution)[0]


def other_professions(
    resolution: int, of_sheets: int
) -> tuple[list[list[Image.Image]], list[list[Image.Image]], list[Image.Image]]:
    """Return of each profile in docs/examples pages, the sides of the leaflet, and the poster.

    The pages are the cover, two of the text, the back cover and a flyer.
    """
    booklets, leaflets, posters = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        shutil.copytree(EXAMPLES, root, ignore=shutil.ignore_patterns("out"))
        reader = Reader(root)
        sheets = Selection(locales=("de",), layouts=("leaflet", "poster"))
        booklets_and_flyers = Selection(locales=("de",), formats=("a5",))
        configured = read_configuration(reader)
        editions = [
            edition
            for chosen in (booklets_and_flyers, sheets)
            for edition in plan_editions(reader, configured, chosen)
        ]
        build(editions, reader, root / "out")
        for profile in dict.fromkeys(edition.profile for edition in editions):
            brochure = pages(root, Edition(profile, "brochure", "de"), resolution)
            flyer = pages(root, Edition(profile, "flyer", "de", "a5"), resolution)
            booklets.append([brochure[0], *brochure[2:4], brochure[-1], *flyer])
            leaflets.append(pages(root, Edition(profile, "leaflet", "de"), of_sheets))
            posters += pages(root, Edition(profile, "poster", "de"), of_sheets)
    return booklets, leaflets, posters


def grid_spread(numbers: Iterable[int], resolution: int) -> list[Image.Image]:
    """Return pages of the German brochure with its grid of lines, margins and safe area drawn."""
    edition = Edition(SLUG, "brochure", "de")
    chosen = read_layout(Reader(ROOT), "brochure").formats["a5"]
    with open_record(ROOT / "out") as record:
        entry = record.entries().get(edition.output)
    if entry is None:
        raise LookupError(edition.output)
    measures = measures_of(Setting(entry.look.step), chosen.fit)
    line = measures.type_size * measures.leading * MM_PER_PT
    drawn = pages(ROOT, edition, resolution)
    return [with_grid(drawn[number - 1], chosen, line, resolution / 25.4) for number in numbers]


def with_grid(page: Image.Image, chosen: Format, line: float, scale: float) -> Image.Image:
    """Return a page with its grid drawn over it; `scale` is in px a mm."""
    margins = (15, 16, 15, 20)  # mm, as layouts/brochure/brochure.css has them
    picture = page.copy()
    draw = ImageDraw.Draw(picture, "RGBA")
    left, top = margins[0], margins[1]
    right, bottom = chosen.width - margins[2], chosen.height - margins[3]
    y = float(top)
    while y <= bottom:
        draw.line((left * scale, y * scale, right * scale, y * scale), fill=f"{GRID}90", width=1)
        y += line
    draw.rectangle([v * scale for v in (left, top, right, bottom)], outline=MARGINS, width=2)
    safe = (chosen.safe, chosen.safe, chosen.width - chosen.safe, chosen.height - chosen.safe)
    draw.rectangle([v * scale for v in safe], outline=SAFE, width=2)
    return picture


def fitted_texts(resolution: int) -> Iterable[Image.Image]:
    """Yield the German A4 flyer with a short text, its own, and a long one."""
    text = (ROOT / PROFILE).read_text("utf-8")
    points = [line for line in text.split("\n") if line.startswith('    - "')]
    more = " Fragen Sie am Stand nach, wie das in Ihrem Fall ist und was Sie dafür mitbringen."
    versions = [
        text.replace("\n".join(points), '    - "Viele Wege hinein."\n' * 2 + '    - "Gutes Geld."'),
        text,
        text.replace("\n".join(points), "\n".join(f'{point[:-1]}{more * 2}"' for point in points)),
    ]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        make_workspace(root)
        edition = Edition(SLUG, "flyer", "de")
        for version in versions:
            (root / PROFILE).write_text(version, "utf-8")
            build([edition], Reader(root), root / "out")
            yield pages(root, edition, resolution)[0]


def hard_cases(resolution: int) -> Iterator[Image.Image]:
    """Yield a narrow flyer with the longest names, and a page with lists, a table and addresses."""
    text = (ROOT / PROFILE).read_text("utf-8")
    front = text.split("---")[1]
    front = front.replace("Kundendienst in Dortmund", "Sozialversicherungsfachangestellte*r")
    front = front.replace("Fragen klären, Lösungen finden", "Binnenschifffahrtskapitän/-in")
    section = (
        "\n\nEin Beruf.\n\n## Was zu tun ist: von Montag bis Freitag\n\n"
        "Für Kund*innen und Schüler*innen, z.B. Mo-Fr, 8.30-12.00 Uhr, auch am 12. März 2027:\n\n"
        "98. Unterlagen prüfen\n    - Zeugnis (§ 5 Abs. 2)\n    - CO₂ und 1⁄2 Liter\n"
        "99. Termine machen\n100. Mehr unter https://www.beispiel.example.org/"
        "berufsorientierungsveranstaltungen/ausbildungsplatzangebote\n\n"
        "| Jahr | Im Monat |\n|------|---------:|\n| 1. | 1.050 € |\n| 2. | 1.120 € |\n\n"
        "## Ende\n\nFertig.\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        make_workspace(root)
        (root / PROFILE).write_text(f"---{front}---{section}", "utf-8")
        for layout, form, number in (("flyer", "din-lang", 0), ("brochure", "", 2)):
            edition = Edition(SLUG, layout, "de", form)
            build([edition], Reader(root), root / "out")
            yield pages(root, edition, resolution)[number]


def palette() -> Image.Image:
    """Return the colours with their names and values, and each text colour on its grounds."""
    tokens = read_tokens(Reader(ROOT), "layouts/base/tokens.toml")
    colours = tokens.palette
    regular = ImageFont.truetype(ROOT / "fonts" / "IBMPlexSans_400Regular.ttf", 19)
    bold = ImageFont.truetype(ROOT / "fonts" / "IBMPlexSans_700Bold.ttf", 24)
    width, height, columns = 260, 210, 5
    pairs = [(text, ground) for text, grounds in tokens.contrast.items() for ground in grounds]
    rows = -(-len(colours) // columns)
    whole = Image.new("RGB", (columns * width + GAP, rows * height + 2 * 110 + GAP), "#FFFFFF")
    draw = ImageDraw.Draw(whole)
    for number, (name, colour) in enumerate(colours.items()):
        x, y = GAP + number % columns * width, GAP + number // columns * height
        draw.rectangle((x, y, x + width - GAP, y + 110), fill=colour.srgb, outline="#BBBBBB")
        draw.text((x, y + 118), name, "#111111", bold)
        draw.text((x, y + 148), colour.srgb, "#333333", regular)
        draw.text((x + 90, y + 148), " / ".join(map(str, colour.cmyk or ())), "#333333", regular)
    for number, (text, ground) in enumerate(pairs):
        x = GAP + number % columns * width
        y = GAP + rows * height + number // columns * 100
        ink, paper = colours[text].srgb, colours[ground].srgb
        draw.rectangle((x, y, x + width - GAP, y + 84), fill=paper, outline="#BBBBBB")
        draw.text((x + 14, y + 12), f"{text} on {ground}", ink, bold)
        draw.text((x + 14, y + 46), f"{contrast(ink, paper):.1f} : 1", ink, regular)
    return whole


if __name__ == "__main__":
    main()
