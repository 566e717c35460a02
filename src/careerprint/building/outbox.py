"""Puts files that are no editions into the output folder, and removes what is no longer wanted.

The build record knows them too, and keeps what tables of fairs asked for. So an unchanged file is
not written again, and only files that it knows are removed, and only as they were written.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from careerprint.building.entries import Entry, Origin, Plan
from careerprint.building.record import RECORD_FILE, Record, open_record
from careerprint.core.characters import is_unicode
from careerprint.core.diagnostics import writing
from careerprint.core.edition import FAIRS, Edition, Look
from careerprint.core.files import write_whole
from careerprint.core.slugs import proposed_slug
from careerprint.core.sources import Digests, digest
from careerprint.core.toolchain import toolchain

ORDER_CSV, ORDER_SHEET = f"{FAIRS}/order.csv", f"{FAIRS}/order.pdf"
REJECTED = f"{FAIRS}/rejected.csv"
ALL_COPIES = f"{FAIRS}/combined.pdf"
_LONGEST_PART = 40  # characters in a name
_REQUEST = "fairs "  # what the plan of a table is kept under begins with
_TABLE = "table"  # the source of such a plan


def combined_output(fair_id: str) -> str:
    """Return the path, below the output folder, of the file with all copies for a fair."""
    return f"{FAIRS}/{fair_id}/{fair_id}-combined.pdf"


def chosen_output(output: str) -> str:
    """Return the path of what goes with some of the flyers, where `output` is that of all."""
    path = PurePosixPath(output)
    return path.with_stem(f"{path.stem}-chosen").as_posix()


def of_part(name: str, part: str) -> str:
    """Return a name, or a path, with a part of a season in it; as it is where all is meant.

    What a name cannot hold of a part, many sheets or letters of another script, is in a digest.
    """
    path = PurePosixPath(name)
    called = proposed_slug(f"x {part}").removeprefix("x").removeprefix("-")
    if not called or len(part) > _LONGEST_PART:
        called = f"{called[:_LONGEST_PART]}-{digest(part.encode())[:8]}".lstrip("-")
    return path.with_stem(f"{path.stem}-{called}").as_posix() if part else name


def keep_plans(
    record: Record,
    table: Path,
    wanted: Mapping[str, Iterable[Edition]],
    sheets: Collection[str],
    unusable: Collection[str],
) -> None:
    """Keep which editions the sheets of a table ask for, "" is its only one.

    Of its further `sheets`, what they asked for before is kept, and of sheets that are gone it is
    not. So it is of `unusable` rows, which may have asked for them in another table: rows are
    corrected in a table of their own. Raises OSError where the record cannot be written.
    """
    plans = fair_plans(record)
    before = (e for _, _, plan in plans for e in plan.editions)
    kept = [edition for edition in before if edition.fair in unusable]
    origin = Origin({}, {_TABLE: Digests({}).of_file(str(table))})
    there = {*wanted} if "" in wanted else {*sheets, *wanted}
    gone = {sheet for at, sheet, _ in plans if at == table.resolve() and sheet not in there}
    for sheet, editions in (dict.fromkeys(["", *gone], ()) | dict(wanted)).items():
        asked = tuple(dict.fromkeys([*editions, *kept] if sheet in wanted else ()))
        record.put_plan(_request(table, sheet), Plan(asked, origin))


def is_as_last_printed(out: Path, table: Path) -> bool:
    """Tell whether a table of fairs has not changed since it was last printed into a folder."""
    request = _request(table)
    if not (out / RECORD_FILE).is_file():
        return False
    with open_record(out, to_write=False) as record:
        plan = record.plans(request).get(request)
    return plan is not None and plan.origin.sources.get(_TABLE) == Digests({}).of_file(str(table))


def _request(table: Path, sheet: str = "") -> str:
    """Return what the plan of a table, or of one of its sheets, is kept under."""
    path = str(table.resolve())
    if sheet:
        return _REQUEST + json.dumps([path, sheet])
    return _REQUEST + (path if is_unicode(path) else json.dumps(path))


def planned_for_fairs(record: Record) -> set[str]:
    """Return the output paths that tables which are there asked for, and what goes with them."""
    outputs: set[str] = set()
    of_all = tuple(
        PurePosixPath(path).with_suffix("").as_posix() for path in (ORDER_CSV, ALL_COPIES)
    )
    with_all = {output for output in record.outputs() if output.startswith(of_all)}
    for table, _, plan in fair_plans(record):
        if table.is_file():
            together = {combined_output(edition.fair) for edition in plan.editions}
            outputs |= {edition.output for edition in plan.editions} | with_all
            outputs |= {*together, *map(chosen_output, together), REJECTED}
    return outputs


def fair_plans(record: Record) -> list[tuple[Path, str, Plan]]:
    """Return tables of fairs and their sheets, with what each asked for when last printed from."""
    plans = record.plans().items()
    kept = ((r.removeprefix(_REQUEST), plan) for r, plan in plans if r.startswith(_REQUEST))
    return [(*_table_and_sheet(written), plan) for written, plan in kept]


def _table_and_sheet(written: str) -> tuple[Path, str]:
    # A path that is no text is kept in JSON; a list is none of a path, which is absolute.
    found = json.loads(written) if written.startswith(('"', "[")) else written
    table, sheet = found if isinstance(found, list) else (found, "")
    return Path(table), str(sheet)


@dataclass(frozen=True, slots=True)
class Outbox:
    """An output folder with its record, to put deliveries into."""

    out: Path
    record: Record
    _known: dict[str, Entry] = field(default_factory=dict)
    _origin: Origin = field(default_factory=lambda: Origin(toolchain(Digests({})), {}))

    def entry(self, output: str) -> Entry | None:
        """Return what is known of a file."""
        if output not in self._known:
            self._known.update(self.record.entries([output]))
        return self._known.get(output)

    def put(self, output: str, made_from: bytes, make: Callable[[], bytes]) -> bool:
        """Write what `make` returns to a path, and tell whether that was necessary.

        It was not where an unaltered file is there that the same toolchain made from the same
        `made_from`. Raises Refused where it cannot be written.
        """
        if self.has(output, made_from):
            return False
        content = make()
        entry = Entry(digest(made_from), digest(content), Look(), 0.0, 0, (), (), (), self._origin)
        with writing(self.out / output):
            write_whole(self.out / output, content, within=self.out)
            self.record.put(output, entry, {})
        self._known[output] = entry
        return True

    def has(self, output: str, made_from: bytes) -> bool:
        """Tell whether a file is there as the same toolchain made it from the same."""
        before, wanted = self.entry(output), digest(made_from)
        is_same = before and (before.job, before.origin) == (wanted, self._origin)
        return bool(before and is_same and self._as_written(output, before))

    def remove(self, output: str, but_not: Path | None = None) -> None:
        """Remove a file that is as it was written, and not `but_not`; raises Refused."""
        before = self.entry(output)
        is_kept = but_not is not None and (self.out / output).resolve() == but_not.resolve()
        if before and not is_kept and self._as_written(output, before):
            with writing(self.out / output):
                (self.out / output).unlink()
                self.record.forget(output)

    def free_name(self, output: str, but_not: Path) -> str:
        """Return a path for a file that may be replaced: absent, or as it was written.

        It is `output`, or the same with a number. The file `but_not` is not to be replaced.
        """
        stem, _, ending = output.rpartition(".")
        names = [output, *(f"{stem}-{number}.{ending}" for number in range(2, 1000))]
        for name in names:
            file, before = self.out / name, self.entry(name)
            is_ours = before is not None and self._as_written(name, before)
            if file.resolve() != but_not.resolve() and (is_ours or not file.exists()):
                return name
        return names[-1]

    def _as_written(self, output: str, entry: Entry) -> bool:
        return Digests({}).of_file(str(self.out / output)) == entry.pdf


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file that the record knows and that no declared edition is printed to.

    `is_there` says that there is such a file, `altered` that it is not as it was printed, so that
    somebody may want it.
    """

    output: str
    is_there: bool
    altered: bool


def leftovers(
    out: Path, record: Record, declared: Iterable[Edition], fair: str = ""
) -> list[Leftover]:
    """Return what the record of the folder `out` knows beside the declared editions, sorted.

    Declared is also what the tables of fairs asked for when they were last printed from, as long as
    they are there. With the id of a fair, it is all that is known of that.
    """
    wanted = {edition.output for edition in declared} | planned_for_fairs(record)
    known, digests = record.outputs() | record.failures().keys(), Digests(record.stamps())
    if fair:
        outputs = {output for output in known if output.startswith(f"{FAIRS}/{fair}/")}
    else:
        outputs = known - wanted
    found, entries = [], record.entries(outputs)
    for output in sorted(outputs):
        is_there = (out / output).exists()
        printed = entries[output].pdf if output in entries else None
        now = digests.of_file(str(out / output))
        found.append(Leftover(output, is_there, is_there and (now is None or now != printed)))
    return found


def remove(out: Path, record: Record, found: Iterable[Leftover]) -> None:
    """Remove leftovers but those that are altered, and forget all that goes; raises OSError."""
    for leftover in found:
        if leftover.altered:
            continue
        file = out / leftover.output
        file.unlink(missing_ok=True)
        record.forget(leftover.output)
        with suppress(OSError):  # there is something else in it
            file.parent.rmdir()
    record.tidy()
