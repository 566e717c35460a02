"""How fast a command starts: `careerprint --help` against `import weasyprint`, in one run.

Prints the medians in seconds and their ratio, which is to stay below a third.
"""

import statistics
import subprocess
import sys
import time

ROUNDS = 11


def seconds(*arguments: str) -> float:
    """Return how long one run of Python with these arguments takes."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    """Measure both, in turn."""
    helps, imports = [], []
    for _ in range(ROUNDS):
        helps.append(seconds("-m", "careerprint", "--help"))
        imports.append(seconds("-c", "import weasyprint"))
    started, imported = statistics.median(helps), statistics.median(imports)
    print(f"careerprint --help  {started:.3f} s")
    print(f"import weasyprint   {imported:.3f} s")
    print(f"ratio               {started / imported:.2f}")


if __name__ == "__main__":
    main()
