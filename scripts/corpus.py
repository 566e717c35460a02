"""Runs `check` and `impose` over a folder of PDFs: what is refused, seconds, memory.

Call it as `make corpus DIR=folder`. Each file has a process of its own, so that one that ends it,
or never ends, stops no other.
"""

import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

SECONDS = 120  # for one file
_JUDGE = """
import resource, sys
from pathlib import Path
from careerprint.core.diagnostics import Location, Refused
from careerprint.output.impose import impose
from careerprint.output.imposition import Scheme, Wish
from careerprint.rules.checking import examine_pdf
if __name__ == "__main__":
    pdf = Path(sys.argv[1]).read_bytes()
    if sys.argv[2] == "check":
        found = {finding.rule for finding in examine_pdf(pdf, "x.pdf").findings}
        print(*sorted(found & {"damaged", "protected", "not-judged"}) or ["judged"])
    else:
        try:
            impose(pdf, Wish(Scheme.TWO_UP, fit=True), Location("x.pdf"))
            print("imposed")
        except Refused as refused:
            print("refused:", refused.diagnostics[0].message)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def main() -> None:
    """Print a line for each file and command, and how often each outcome came."""
    outcomes: Counter[str] = Counter()
    for file in sorted(Path(sys.argv[1]).rglob("*.pdf")):
        for command in ("check", "impose"):
            outcome, seconds, memory = _tried(file, command)
            outcomes[f"{command}: {outcome}"] += 1
            print(f"{file.name}\t{command}\t{outcome}\t{seconds:.1f} s\t{memory} MB")
    for outcome, count in outcomes.most_common():
        print(f"{count:6} {outcome}")


def _tried(file: Path, command: str) -> tuple[str, float, str]:
    begun = time.perf_counter()
    call = [sys.executable, "-W", "error", "-c", _JUDGE, str(file), command]
    try:
        done = subprocess.run(call, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "no end", SECONDS, "–"
    seconds = time.perf_counter() - begun
    if done.returncode or done.stderr:
        return f"broke: {(done.stderr.strip().splitlines() or ['ended'])[-1]}", seconds, "–"
    outcome, memory = done.stdout.strip().rsplit("\n", 1)
    return outcome, seconds, memory


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
