"""What a build costs that finds nothing to print, among hundreds of editions."""

from pathlib import Path

from benchmarks.measuring import (
    ENGLISH,
    GERMAN,
    WEASYPRINT_IMPORT,
    Ratio,
    careerprint,
    in_turn,
    run,
    tell,
)
from benchmarks.workspaces import LOCALES, cards

PROFILES = 46
EDITIONS = PROFILES * len(LOCALES)
ROUNDS = 9
BAR = 0.3


def measure(folder: Path) -> list[Ratio]:
    """Return the ratio of such a build to `import weasyprint`, in both languages."""
    root = cards(folder / "cards", PROFILES)
    tell(f"  printing {EDITIONS} small editions first")
    careerprint(root, "build", counts=(EDITIONS, 0, 0))

    def build(language: str) -> float:
        return careerprint(root, "build", counts=(0, EDITIONS, 0), language=language)

    build(ENGLISH)  # takes the digests of the PDFs: from now on nothing is read twice
    found = in_turn(
        ROUNDS,
        {
            "english": lambda: build(ENGLISH),
            "import": lambda: run(*WEASYPRINT_IMPORT)[0],
            "german": lambda: build(GERMAN),
        },
    )
    what = f"nothing changed, {EDITIONS} editions: `careerprint build` ÷ `import weasyprint`"
    return [
        Ratio(what, found["english"], found["import"], BAR),
        Ratio("the same in German", found["german"], found["import"], BAR),
    ]
