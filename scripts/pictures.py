"""Draws the README's pictures from the PDFs in out/: a brochure's pages and a flyer."""

from pathlib import Path

from PIL import Image

from careerprint.proof import draw_small_pages, page_sizes, put_page
from careerprint.sheets import Box, pixels

ROOT = Path(__file__).parents[1]
OUT = ROOT / "out" / "customer-service-dortmund"
PICTURES = ROOT / "docs" / "images"
COLUMNS = 4
GAP = 16  # px around each page
TABLE = "#EEF1F2"


def side_by_side(files: list[Path], resolution: int) -> Image.Image:
    """Return a picture of the pages of some PDFs, all of one size, at `resolution` dpi."""
    pages = [
        page
        for pdf in (file.read_bytes() for file in files)
        for page in draw_small_pages(pdf, [pixels(size, resolution) for size in page_sizes(pdf)])
    ]
    width, height = pages[0].size
    across, down = width + GAP, height + GAP
    rows = -(-len(pages) // COLUMNS)
    whole = Image.new("RGB", (COLUMNS * across + GAP, rows * down + GAP), TABLE)
    for number, page in enumerate(pages):
        row, column = divmod(number, COLUMNS)
        put_page(whole, page, Box(GAP + column * across, GAP + row * down, width, height))
    return whole


def main() -> None:
    """Write docs/images/brochure.png and docs/images/flyer.png."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, tags, resolution in (
        ("brochure", ["de"], 90),
        ("flyer", ["de", "ar", "uk", "tr"], 72),
    ):
        files = [OUT / f"{OUT.name}-{name}-{tag}.pdf" for tag in tags]
        picture = side_by_side(files, resolution).quantize(128, dither=Image.Dither.NONE)
        picture.save(PICTURES / f"{name}.png", optimize=True)
        print(PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
