"""The Python API: a workspace, for scripts, notebooks and other programs.

The commands are thin layers over it. A method loads what it needs when it is called, so that
importing this costs little.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from careerprint.building.events import Listener, unnoticed
from careerprint.core.diagnostics import N_, Diagnostic, Refused, refuse, writing
from careerprint.core.edition import Edition, Outcome, Selection
from careerprint.core.files import read_given, shown_path, write_whole
from careerprint.core.reader import Reader
from careerprint.core.targets import PRESS, SCREEN, TARGETS
from careerprint.core.workspace import find_workspace
from careerprint.results import BatchResult, BuildResult, CheckResult

if TYPE_CHECKING:
    from threading import Event

    from careerprint.building.build import Options
    from careerprint.building.freshness import Freshness
    from careerprint.building.inspection import Checked
    from careerprint.building.outbox import Leftover
    from careerprint.building.workers import Printers
    from careerprint.composing.job import Job
    from careerprint.fairs.fair import Fair
    from careerprint.intake.importing import Imported, Trial
    from careerprint.output.releasing import Released
    from careerprint.output.report import Told

NO_COLUMNS: Mapping[str, str] = {}
Names = str | Iterable[str]
"""A name, or several."""


class Workspace:
    """A workspace: a folder with careerprint.toml, content/, layouts/ and fonts/.

    `path` is that folder, or one within it. PDFs go to the folder `out`, by default out/ in the
    workspace. `language`, "de" or "en", is that of the order for the print shop, of rejected rows
    and of reports. Raises Refused where there is no workspace.
    """

    def __init__(
        self, path: Path | str = ".", *, out: Path | str | None = None, language: str = "en"
    ) -> None:
        self.root = find_workspace(Path(path).absolute())
        self.out = self.root / "out" if out is None else Path(out)
        self.language = language
        if out is None:
            _refuse_link(self.root, self.out)

    def editions(self, selection: Selection, *, to_write: bool = True) -> list[Edition]:
        """Return the editions that are selected; raises Refused for what cannot be planned.

        `to_write` says whether the build record may keep them for the next time.
        """
        from careerprint.building.freshness import planned_editions

        return planned_editions(selection, Reader(self.root), self.out, to_write=to_write)[0]

    def build(  # noqa: PLR0913 - all by name
        self,
        *,
        profiles: Names = (),
        layouts: Names = (),
        locales: Names = (),
        formats: Names = (),
        targets: Names = (),
        force: bool = False,
        strict: bool = False,
        dry_run: bool = False,
        jobs: int | None = 1,
        executor: str = "",
        progress: Listener = unnoticed,
        printers: "Printers | None" = None,
        edited: Sequence[str] = (),
        but_not: Sequence[str] = (),
    ) -> BuildResult:
        """Print the editions that are selected and not fresh, and return what became of all.

        Nothing named selects what the workspace declares. Editions whose outputs for the screen are
        in `but_not` are left out. `force` prints fresh editions again; `strict` fails editions with
        warnings; `dry_run` prints and writes nothing. `jobs` is the number of processes that print,
        1 for this one, None for as many as there are processors; `executor`, dask://HOST:PORT, is a
        cluster that prints instead. `progress` is called with each event. `printers`, of
        `building.printers.printers_by`, stay warm between builds; they replace `jobs` and
        `executor`. Editions made from what was `edited`, by the names of sources, come first.

        Raises Refused for what cannot be planned, and NotWritten for an output folder that cannot
        be written. An edition that fails raises nothing: its outcome has the diagnostics.
        """
        from careerprint.building.build import Options
        from careerprint.building.freshness import planned_editions
        from careerprint.building.record import open_record
        from careerprint.building.watching import edited_first

        names = map(_names, (profiles, layouts, locales, formats, targets))
        reader, to_write = Reader(self.root), not dry_run
        editions, freshness = planned_editions(
            Selection(*names), reader, self.out, to_write=to_write
        )
        editions = [e for e in editions if replace(e, target=SCREEN.name).output not in but_not]
        if edited:
            with open_record(self.out, to_write=False) as record:
                editions = edited_first(editions, record.entries(), edited)
        options = Options(force, strict, jobs, dry_run, executor)
        return self._built(editions, options, progress, printers, {}, freshness)

    def status(self, *, progress: Listener = unnoticed, **selected: Any) -> BuildResult:  # noqa: ANN401 - as `build` has them
        """Return of editions, selected as by `build`, whether they are fresh, and if not, why.

        Prints and writes nothing. Raises Refused for what cannot be planned.
        """
        return self.build(**selected, dry_run=True, progress=progress)

    def status_of(
        self, editions: Iterable[Edition], fairs: "Mapping[str, Fair]"
    ) -> tuple[Outcome, ...]:
        """Return of these editions, some for `fairs` by their ids, whether they are fresh."""
        from careerprint.building.build import Options

        return self._built(editions, Options(dry_run=True), unnoticed, None, fairs).outcomes

    def batch(  # noqa: PLR0913 - all by name
        self,
        table: Path | str,
        *,
        ids: Names = (),
        first: date | None = None,
        last: date | None = None,
        locales: Names = (),
        targets: Names = (),
        combined: bool = False,
        one_file: bool = False,
        apart: bool = False,
        columns: Mapping[str, str] = NO_COLUMNS,
        sheets: Names = (),
        content: bytes | None = None,
        force: bool = False,
        strict: bool = False,
        dry_run: bool = False,
        jobs: int | None = 1,
        executor: str = "",
        progress: Listener = unnoticed,
    ) -> BatchResult:
        """Print the flyers for the job fairs in a table, and what goes with them.

        `ids` selects fairs, `first` and `last` those that begin between these days; `combined`
        also puts all copies for a fair into one file, `one_file` those for all fairs; `apart` gives
        such files and the order names of their own, beside those of all fairs; `columns` says of
        headings which column they stand for, `{"Tag": "start"}`; `sheets` are those to read, by
        default what careerprint.toml says, or all with fairs; `content` is that of a table that is
        no file; `strict` rejects rows with warnings. All else is as `build` has it. Raises Refused
        where the table cannot be read, and where what goes with the flyers cannot be made; the
        flyers have been printed by then.
        """
        from careerprint.building.build import Options
        from careerprint.building.outbox import is_as_last_printed
        from careerprint.building.printers import printers_by
        from careerprint.building.workers import Beside, PrintersLost

        options = Options(force, strict, jobs, dry_run, executor)
        path, today, delivered = Path(table), date.today(), None
        with printers_by(executor, jobs) as printers:
            is_idle = dry_run or executor or content is not None
            if not is_idle and not is_as_last_printed(self.out, path):
                with suppress(PrintersLost):  # which is told when there is something to print
                    printers.warm_up()  # while the table is read
            from careerprint.planning.season import by_id, chosen_fairs, fair_editions, read_season

            reader = Reader(self.root)
            given = dict[str, Any](sheets=_names(sheets) or None, content=content)
            season = read_season(path, reader, today, strict=strict, columns=columns, **given)
            fairs = chosen_fairs(season, _names(ids), first, last)
            editions = fair_editions(fairs, _names(locales), _names(targets) or season.targets)

            def order(first: "Job") -> "Job | None":
                from careerprint.output.ordering import Ordering

                ordering = Ordering(season, reader, self.language)
                return ordering.foreseen(editions, first, today, self.out)

            beside = Beside(printers, order)
            # With one process there is nobody who could print it beside the flyers.
            by = printers if jobs == 1 and not executor else beside
            flyers = self._built(editions, options, progress, by, by_id(fairs))
            if not dry_run:
                from careerprint.output.deliveries import deliver

                delivered = deliver(
                    season,
                    flyers.outcomes,
                    self.out,
                    reader,
                    printers,
                    self.language,
                    by_fair=combined,
                    as_one=one_file,
                    apart=apart,
                    printed=beside.printed,
                )
        return BatchResult(flyers, season.diagnostics, len(season.rejected), delivered, season)

    def check(
        self,
        files: Iterable[Path | str] = (),
        *,
        report: Path | str | None = None,
        progress: "Callable[[Checked | Refused], object]" = lambda _: None,
    ) -> CheckResult:
        """Check finished PDFs, by default all editions that have been printed.

        `report` is a PDF to write, with pictures of the pages. `progress` is called with what was
        found in each file, or with why it cannot be read. Raises Refused where nothing has been
        printed, and NotWritten for the report.
        """
        from careerprint.building.inspection import Given, Inspector
        from careerprint.building.record import open_record
        from careerprint.output.report import refuse_to_replace, report_pdf

        if report:
            refuse_to_replace(Path(report))
        found: list[tuple[Given, Checked]] = []
        unreadable: list[Diagnostic] = []
        with open_record(self.out, to_write=False) as record:
            reader, today = Reader(self.root), date.today()
            inspector = Inspector(reader, self.out, record, today)
            paths = list(dict.fromkeys(map(Path, files))) or inspector.built()
            if not paths:
                raise refuse(
                    shown_path(self.out),
                    N_("Nothing has been printed yet."),
                    N_("Print first⟨: careerprint build⟩."),
                )
            for path in paths:
                try:
                    content = read_given(path)  # before more is asked of a path that may be none
                    given = Given(path, shown_path(path), content)
                except Refused as refused:
                    unreadable += refused.diagnostics
                    progress(refused)
                    continue
                found.append((given, inspector.check(given)))
                progress(found[-1][1])
        if report and found:
            pdf = report_pdf(found, today, self.language)
            with writing(report):
                write_whole(Path(report), pdf)
        return CheckResult(tuple(checked for _, checked in found), tuple(unreadable))

    def release(  # noqa: PLR0913 - all by name
        self,
        what: str,
        *,
        by: str,
        layouts: Names = (),
        locales: Names = (),
        ids: Names = (),
        but_not: Sequence[str] = (),
        zipped: bool = False,
        jobs: int | None = 1,
        progress: Listener = unnoticed,
        told: "Callable[[Diagnostic], Told] | None" = None,
    ) -> "Released":
        """Print and check a profile, or the flyers of a table of fairs, and put a release together.

        `what` is a profile's name or a table's path. All its editions, or those of some `layouts`
        and `locales`, are printed for screen and press, `but_not` those with these outputs; with
        `ids`, only those for these fairs, whatever is off in other rows. To out/releases/ go the
        PDFs and a manifest, in a folder or a zip; and, with `told`, which words a finding, a
        report. `by` is a short name or role. Raises Refused where anything must not go out.
        """
        from careerprint.building.inspection import inspected
        from careerprint.output import releasing
        from careerprint.output.deliveries import released_order
        from careerprint.profiles.approvals import checked_name

        name, season, targets = checked_name(by), None, (SCREEN.name, PRESS.name)
        how = dict[str, Any](locales=locales, jobs=jobs, progress=progress, targets=targets)
        if Path(what).suffix:
            releasing.release_name(Path(what), _names(layouts))  # refuses what nobody can mean
            batch = self.batch(what, ids=ids, apart=bool(ids or locales), **how)
            built, season = batch.flyers, batch.season
            if batch.rejected_rows and not ids:
                raise Refused(batch.row_diagnostics)
        else:
            releasing.refuse_rows(_names(ids))
            built = self.build(profiles=what, layouts=layouts, but_not=but_not, **how)
        releasing.refuse_unready(built.outcomes)
        reader, today = Reader(self.root), date.today()
        checked = inspected(built.pdfs, reader, self.out, today)
        releasing.refuse_errors([found for _, found in checked])
        others = released_order(season, built.outcomes, reader, self.out, self.language, jobs)
        made, to = releasing.release_of(what, season, name, today), (self.out, self.language)
        return releasing.write_release(made, checked, others, reader, *to, zipped=zipped, told=told)

    def import_text(
        self, file: Path | str, slug: str, *, locale: str = "de", given: bytes | None = None
    ) -> "Imported":
        """Make the profile content/SLUG of a German text in a file, or of the bytes `given`.

        Returns the profile's file and the places to check in it. Raises Refused where the text or
        the name cannot be used; then nothing has been written.
        """
        from careerprint.intake.importing import import_text

        return import_text(Path(file), slug, locale, self.root, date.today(), given)

    def try_texts(self, files: Iterable[Path | str]) -> "Iterator[Trial]":
        """Yield what would come of files, and of all in folders, if they were imported.

        Nothing is written. A file that would be refused is a trial that says why.
        """
        from careerprint.intake.importing import tried

        return tried(map(Path, files), self.root, date.today())

    def new_fairs(self, file: Path | str) -> None:
        """Write a table of fairs to fill in, an .xlsx file in the counselor's language.

        Raises Refused where something lies there already.
        """
        from careerprint.intake.fairtemplate import new_fairs

        new_fairs(Reader(self.root), Path(file), date.today(), self.language)

    def leftovers(self, fair: str = "") -> "list[Leftover]":
        """Return the PDFs that were printed and are no longer declared, nor in a table of fairs.

        With the id of a `fair`, all that was printed for it.
        """
        return self._leftovers(fair, to_remove=False)

    def clean(self, fair: str = "") -> "list[Leftover]":
        """Remove the leftovers that are as they were printed; return all. Raises NotWritten."""
        return self._leftovers(fair, to_remove=True)

    def edits(self, stop: "Event | None" = None) -> Iterator[list[str]]:
        """Yield, whenever something in the workspace changes, the names of what did.

        The first yield, of nothing, says that no change is missed from now on; `stop` ends it.
        """
        from careerprint.building.watching import edits

        return edits(self.root, self.out, stop)

    def _built(
        self,
        editions: Iterable[Edition],
        options: "Options",
        progress: Listener,
        printers: "Printers | None",
        fairs: "Mapping[str, Fair]",
        freshness: "Freshness | None" = None,
    ) -> BuildResult:
        from careerprint.building.build import build

        reader = Reader(self.root)
        outcomes = build(editions, reader, self.out, options, progress, printers, fairs, freshness)
        return BuildResult(self.out, tuple(outcomes))

    def _leftovers(self, fair: str, *, to_remove: bool) -> "list[Leftover]":
        from careerprint.building.lock import alone_in
        from careerprint.building.outbox import leftovers, remove
        from careerprint.building.record import open_record

        # Of what is declared, a file for the press that somebody asked for is wanted too.
        wanted = [] if fair else self.editions(Selection(targets=tuple(TARGETS)), to_write=False)
        with ExitStack() as stack:
            if to_remove:
                stack.enter_context(alone_in(self.out))
            record = stack.enter_context(open_record(self.out, to_write=to_remove))
            found = leftovers(self.out, record, wanted, fair)
            if to_remove:
                with writing(self.out, named=False):
                    remove(self.out, record, found)
        return found


def _names(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _refuse_link(root: Path, out: Path) -> None:
    """Refuse an output folder that is a link out of the workspace, or holds one for us to use."""
    proofs = out / "proofs"
    for folder in (out, out / ".careerprint", proofs, *proofs.glob("*")):
        if not folder.resolve().is_relative_to(root):
            raise refuse(
                f"{folder.relative_to(root).as_posix()}/",
                N_("This folder is a link that leads out of the workspace."),
                N_("Delete the link⟨, or say where the PDFs are to go: --out DIR⟩."),
            )
