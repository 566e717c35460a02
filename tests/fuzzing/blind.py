"""Runs one target without atheris: `python -m tests.fuzzing.blind TARGET FOLDER RUNS SECONDS`.

It sees no branches, so it goes by what readers say: an input that is refused in words that none
was refused in before is changed further. That makes several times as many inputs as with atheris,
and runs where atheris does not.
"""

import faulthandler
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from .documents import by_bytes
from .findings import keep
from .mutators import MUTATORS, text
from .seeds import seeds
from .targets import LONGEST, TARGETS, Ground

_HANG = 60  # seconds for a hundred inputs, after which the process ends
_MOST = 4096  # bytes by which an input may be longer than the longest seed


def main(target: str, found: Path, wanted: int, seconds: float) -> None:
    """Make so many inputs (0: any number), for so many seconds (0: until they are made)."""
    read, mutate = TARGETS[target], MUTATORS.get(target, text)
    memory = Path("/dev/shm")  # a file system in memory, where there is one
    folder = Path(
        tempfile.mkdtemp(prefix="careerprint-fuzz-", dir=memory if memory.is_dir() else None)
    )
    ground = Ground(folder, LONGEST)
    pool = [*seeds(target), *(f.read_bytes() for f in (found / "corpus").iterdir())]
    for seed in pool:
        ground.run(read, seed)
    most = max(map(len, seeds(target))) + _MOST
    chance = Random(time.time_ns())
    end, said, made = time.monotonic() + seconds, set[frozenset[str]](), 0
    while (not wanted or made < wanted) and (not seconds or time.monotonic() < end):
        if made % 100 == 0:
            faulthandler.dump_traceback_later(_HANG, exit=True)
            print(f"#{made} ", flush=True)
        content = mutate(chance.choice(pool), chance, lambda piece: by_bytes(piece, chance))[:most]
        (folder / "last").write_bytes(content)  # what a hang or a crash is due to
        finding = ground.run(read, content)
        made += 1
        if finding is not None:
            keep(found, finding, content)
        elif ground.said not in said:
            said.add(ground.said)
            pool.append(content)
    print(f"#{made} ", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
