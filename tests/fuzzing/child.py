"""Runs one target under atheris, in a process of its own: `python -m tests.fuzzing.child TARGET …`.

What is found is kept by its kind, the smallest input of each, and the run goes on. Only what ends
the process, a hang or a crash in C, ends the run; who started it starts it again.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["careerprint"]):
    from .findings import keep
    from .mutators import MUTATORS, text
    from .seeds import seeds
    from .targets import LONGEST, TARGETS, Ground

_MEMORY = Path("/dev/shm")  # a file system in memory, where there is one


def main(target: str, found: Path, options: Sequence[str]) -> None:
    """Fuzz a target; what is found goes into the folder `found`, `options` are libFuzzer's own."""
    read, mutate = TARGETS[target], MUTATORS.get(target, text)
    memory = _MEMORY if _MEMORY.is_dir() else None
    ground = Ground(Path(tempfile.mkdtemp(prefix="careerprint-fuzz-", dir=memory)), LONGEST)
    first = seeds(target)
    for number, seed in enumerate(first):  # what is loaded when first asked for is there from here
        (found / "corpus" / f"seed-{number}").write_bytes(seed)
        ground.run(read, seed)

    def one_input(content: bytes) -> None:
        finding = ground.run(read, content)
        if finding is not None:
            keep(found, finding, content)

    def mutated(content: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        changed = mutate(content, chance, lambda piece: atheris.Mutate(piece, len(piece) + 16))
        return changed[:most]

    atheris.Setup([sys.argv[0], *options, str(found / "corpus")], one_input, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
