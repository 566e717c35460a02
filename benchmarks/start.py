"""How soon a command answers: `careerprint --help` against `import weasyprint`."""

from benchmarks.measuring import WEASYPRINT_IMPORT, Ratio, in_turn, run

ROUNDS = 9
BAR = 0.33


def measure() -> list[Ratio]:
    """Return the ratio of the two."""
    found = in_turn(
        ROUNDS,
        {
            "help": lambda: run("-m", "careerprint", "--help")[0],
            "import": lambda: run(*WEASYPRINT_IMPORT)[0],
        },
    )
    return [
        Ratio("`careerprint --help` ÷ `import weasyprint`", found["help"], found["import"], BAR)
    ]
