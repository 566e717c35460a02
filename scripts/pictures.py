"""Draws the README's pictures from the PDFs in out/: a brochure's pages and a flyer."""

from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).parents[1]
OUT = ROOT / "out" / "customer-service-dortmund"
PICTURES = ROOT / "docs" / "images"
RESOLUTIONS = {"brochure": 90, "flyer": 72}  # dpi
GAP = 14  # px around each page
PAPER, TABLE = "#D9DEE0", "#EEF1F2"


def pages(pdf: Path, resolution: int) -> list[Image.Image]:
    """Return the pages of a PDF as pictures of `resolution` dpi, each with a hairline around it."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = [page.render(scale=resolution / 72).to_pil() for page in document]
    document.close()
    return [ImageOps.expand(page, border=1, fill=PAPER) for page in drawn]


def sheet(pictures: list[Image.Image], columns: int) -> Image.Image:
    """Return pictures of one size side by side, `columns` to a row."""
    width, height = (side + GAP for side in pictures[0].size)
    rows = -(-len(pictures) // columns)
    whole = Image.new("RGB", (columns * width + GAP, rows * height + GAP), TABLE)
    for number, picture in enumerate(pictures):
        whole.paste(picture, (number % columns * width + GAP, number // columns * height + GAP))
    return whole


def main() -> None:
    """Write docs/images/brochure.png and docs/images/flyer.png."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, columns in (("brochure", 4), ("flyer", 4)):
        wanted = ["de"] if name == "brochure" else ["de", "ar", "uk", "tr"]
        files = [OUT / f"{OUT.name}-{name}-{tag}.pdf" for tag in wanted]
        drawn = [page for file in files for page in pages(file, RESOLUTIONS[name])]
        picture = sheet(drawn, columns).quantize(128, dither=Image.Dither.NONE)
        picture.save(PICTURES / f"{name}.png", optimize=True)
        print(PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
