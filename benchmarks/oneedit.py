"""What one edited cell of a season's table costs, when all the flyers were printed before."""

from itertools import count
from pathlib import Path

from benchmarks.measuring import Ratio, careerprint, in_turn
from benchmarks.tables import TABLE, batch, edit_row, write_table
from benchmarks.workspaces import FLYER, SLUG, example

ROUNDS = 3
WORKERS = 2
BAR = 1.2
_BUILD = ("build", SLUG, "--layout", FLYER.layout, "--locale", FLYER.locale, "--force", "--jobs")


def measure(folder: Path, rows: int) -> list[Ratio]:
    """Return what printing a table again takes, of printing it at all and of printing one flyer."""
    root = example(folder / "one-edit")
    outs, numbers = count(1), count(1)

    def whole() -> float:
        write_table(root / TABLE, rows)
        return batch(root, f"out-{next(outs)}", WORKERS, (rows, 0)).whole

    def edited() -> float:
        number = next(numbers)
        edit_row(root / TABLE, f"B{number}")
        return batch(root, f"out-{number}", WORKERS, (1, rows - 1)).whole

    def one() -> float:
        return careerprint(root, *_BUILD, "1", counts=(1, 0, 0))

    found = in_turn(ROUNDS, {"whole": whole, "edited": edited, "one": one})
    what = f"{rows} flyers, one cell edited: the next `batch` ÷ the whole one"
    one_flyer = "the same ÷ one cold `careerprint build` of one flyer"
    return [
        Ratio(what, found["edited"], found["whole"]),
        Ratio(one_flyer, found["edited"], found["one"], BAR),
    ]
