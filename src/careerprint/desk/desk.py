"""The desk behind its page: texts, prints and pictures of one workspace, as JSON data.

It knows nothing of HTTP. Listeners are called when something happens.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from threading import Event, Lock, RLock, Thread
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from careerprint.building.events import Begun, Waiting
from careerprint.building.events import Event as BuildEvent
from careerprint.building.record import open_record
from careerprint.building.watching import edits
from careerprint.composing.compose import compose
from careerprint.core.diagnostics import Diagnostic, Refused
from careerprint.core.edition import Edition, Look, Outcome, State
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.core.sources import digest
from careerprint.core.workspace import CONFIGURATION_FILE
from careerprint.desk.history import keep_copy
from careerprint.desk.offering import Offering, read_offering, title_of
from careerprint.desk.pagepictures import Pictures
from careerprint.desk.printroom import PrintProgress, Printroom, Settled, Sight
from careerprint.desk.profiletext import Changed, ProfileTexts
from careerprint.desk.shown import Shower, Shown, shown_places
from careerprint.desk.work import Work
from careerprint.profiles.content import profile_file

if TYPE_CHECKING:
    from careerprint.composing.job import Job

P = ParamSpec("P")
T = TypeVar("T")

LOOKS_FOR_IT = 0.5  # seconds between two checks whether a workspace that is gone is back
MOST_SEEN = 12  # PDFs, with their jobs


@dataclass(slots=True)
class Desk:
    """Serves one workspace: `root` is its folder, `out` the output folder; a context manager.

    `shower` shows things in the user's language. The desk `follows` the browser's where nobody has
    asked for one.
    Methods may be called from any thread.
    """

    root: Path
    out: Path
    shower: Shower
    follows: bool = False
    texts: ProfileTexts = field(init=False)
    room: Printroom = field(init=False)
    work: Work = field(init=False)
    pictures: Pictures = field(default_factory=Pictures)
    offering: Offering = field(default_factory=Offering)
    alone: RLock = field(default_factory=RLock)  # held from reading a file to writing it anew
    _listeners: list[Callable[[Shown], None]] = field(default_factory=list)
    _seen: dict[str, tuple[bytes, "Job | None"]] = field(default_factory=dict)
    _ends: Event = field(default_factory=Event)
    _watcher: Thread = field(init=False)
    _alone: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.texts = ProfileTexts(self.root)
        self.room = Printroom(self.root, self.out, self._hear)
        self.work = Work(self._tell, self._findings, self.room.settling)

    def __enter__(self) -> "Desk":
        self.refresh()
        self.room.__enter__()
        self._watcher = Thread(target=self._watch, name="watch", daemon=True)
        self._watcher.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._ends.set()
        self.work.end()
        self.room.__exit__()
        self._watcher.join()

    @property
    def is_there(self) -> bool:
        """Whether the workspace still is one."""
        return (self.root / CONFIGURATION_FILE).is_file()

    def listen(self, listener: Callable[[Shown], None]) -> Callable[[], None]:
        """Call `listener` with what happens, from any thread; return a function that ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def speak(self, language: str) -> None:
        """Show things in another language from now on."""
        if language != self.shower.language:
            self.shower = Shower(language, translator(language), self.root)

    def refresh(self) -> None:
        """Read again what the workspace offers."""
        found = read_offering(Reader(self.root), date.today())
        if found.faults and self.offering.declared:  # the former editions can still be looked at
            found = replace(self.offering, profiles=found.profiles, faults=found.faults)
        self.offering = found
        self.room.offer(self.offering.declared, self.offering.fairs)

    def shown(self) -> Shown:
        """Return all that the page shows besides text and pages."""
        offering = self.offering
        editions = (*offering.declared, *offering.others)
        reader = Reader(self.root)
        return {
            "profiles": [{"slug": s, "title": title_of(reader, s)} for s in offering.profiles],
            "editions": [
                self.shower.edition(e, offering) | self.standing(e, *self.room.standing(e))
                for e in editions
            ],
            "faults": self.shower.findings(offering.faults),
            "progress": asdict(self.room.progress),
        }

    def standing(self, edition: Edition, outcome: Outcome | None, pdf: str | None) -> Shown:
        """Return how an edition stands; `former` is when its PDF was printed if that is not so now.

        `pdf` is the digest of its PDF, None where there is none.
        """
        layout = self.offering.layouts.get(edition.layout)
        name = edition.format or (layout.default_format if layout else "")
        chosen = layout.formats.get(name) if layout else None
        shown = self.shower.standing(edition, outcome, pdf, chosen)
        if pdf and outcome and outcome.state in {State.FAILED, State.STALE}:
            with suppress(OSError):  # it went away meanwhile
                at = datetime.fromtimestamp((self.out / edition.output).stat().st_mtime, UTC)
                at = at.astimezone()
                return {**shown, "former": self.shower.moment(at.date(), at)}
        return {**shown, "former": ""}

    def text(self, slug: str) -> Shown:
        """Return the text of a profile, to be edited; raises Refused as `ProfileTexts.read`."""
        written = self.texts.read(slug)
        return {"text": written.text, "digest": written.digest, "path": profile_file(slug)}

    def save(self, slug: str, text: str, based_on: str) -> Shown:
        """Save the text of a profile; return its present text where it was changed meanwhile.

        Raises Refused as `ProfileTexts.save`.
        """
        try:
            before = self.texts.content(slug)
            written = self.texts.save(slug, text, based_on)
        except Changed as changed:
            keep_copy(self.root, slug, before, datetime.now(UTC), at_once=True)
            return {"conflict": True, "text": changed.now.text, "digest": changed.now.digest}
        if written.digest != digest(before):
            keep_copy(self.root, slug, before, datetime.now(UTC))
        self.room.unsettle(slug)
        return {"conflict": False, "digest": written.digest}

    def seen(self, edition: Edition, sight: Sight) -> Shown:
        """Return what the page shows of an edition that was looked at."""
        outcome = sight.outcome
        is_trial = sight.typeset is not None and outcome.state is State.FAILED
        pdf = sight.typeset.pdf if is_trial and sight.typeset else self.pdf(edition)
        name = digest(pdf) if pdf else None
        if pdf and name:
            self._keep(name, pdf, sight.job)
        fair = self.offering.fair_findings if edition.fair else ()
        layout, look = self.offering.layouts[edition.layout], self._look_of(edition, sight)
        chosen = layout.formats[edition.format or layout.default_format]
        return {
            **self.standing(edition, outcome, digest(pdf) if pdf and not is_trial else None),
            "picture": name,
            "trial": is_trial,
            "pages": self.pictures.sizes(name, pdf) if pdf and name else [],
            # Blocks without a translation are listed by their places on the page.
            "findings": self.shower.findings(
                d for d in (*outcome.diagnostics, *fair) if d.rule != "foreign-text"
            ),
            "meter": self.shower.meter(look, outcome, chosen) if layout.pages.exactly else None,
        }

    def places(self, edition: Edition, name: str) -> list[Shown]:
        """Return where the text stands on the pages of an edition's PDF, given by its digest."""
        pdf = self._pdf(edition, name)
        if pdf is None:
            return []
        job = self._seen.get(name, (pdf, None))[1]
        if job is None:
            try:
                fair = self.offering.fairs.get(edition.fair)
                job = compose(edition, Reader(self.root), fair)
            except Refused:
                return []
        outcome, _ = self.room.standing(edition)
        left_out = outcome.left_out if outcome else ()
        found = self.pictures.places(name, pdf, job, left_out)
        return shown_places(found, profile_file(edition.profile))

    def picture(self, edition: Edition, name: str, page: int, width: int) -> bytes | None:
        """Return a PNG of a page of a PDF, given by its digest; None where there is none."""
        pdf = self._pdf(edition, name)
        return self.pictures.page(name, pdf, page, width) if pdf else None

    def pdf(self, edition: Edition) -> bytes | None:
        """Return the PDF of an edition as it lies in the output folder; None where none does."""
        try:
            return (self.out / edition.output).read_bytes()
        except OSError:
            return None

    def _findings(self, found: Iterable[Diagnostic]) -> list[Shown]:
        """Return findings in the language that is spoken by then."""
        return self.shower.findings(found)

    def _hear(self, event: "BuildEvent | Settled | PrintProgress") -> None:
        """Pass on what the print room tells, as far as it is to be shown."""
        match event:
            case Settled(outcome, pdf):
                shown = self.standing(outcome.edition, outcome, pdf)
                self._tell({"kind": "standing", **shown})
            case PrintProgress():
                self._tell({"kind": "progress", **asdict(event)})
            case Waiting():
                self._tell({"kind": "waiting"})
            case Begun():  # no other build is waited for
                self._tell({"kind": "working"})

    def _tell(self, event: Shown) -> None:
        for listener in tuple(self._listeners):
            listener(event)

    def _watch(self) -> None:
        """Tell listeners of changes on the disk, and when the workspace is gone or back."""
        was_there = True
        while not self._ends.is_set():
            if self.is_there:
                if not was_there:
                    self.refresh()
                    self._tell({"kind": "back"})
                was_there = True
                with suppress(OSError):  # the workspace went away meanwhile
                    self._follow()
            if was_there and not self.is_there:
                was_there = False
                self._tell({"kind": "gone"})
            self._ends.wait(LOOKS_FOR_IT)

    def _follow(self) -> None:
        """Tell listeners of edits until the workspace is gone."""
        for changed in edits(self.root, self.out, self._ends):
            if not self.is_there:
                return
            texts = {profile_file(slug): slug for slug in self.offering.profiles}
            for slug in {texts[name] for name in changed if name in texts}:
                self.room.unsettle(slug)
                with suppress(Refused):
                    self._tell(
                        {"kind": "text", "profile": slug, "digest": self.texts.read(slug).digest}
                    )
            if any(name not in texts for name in changed):
                self.refresh()
                self._tell({"kind": "sources"})

    def _pdf(self, edition: Edition, name: str) -> bytes | None:
        """Return a PDF by its digest: one seen lately, or the one in the output folder."""
        if name in self._seen:
            return self._seen[name][0]
        pdf = self.pdf(edition)
        return pdf if pdf and digest(pdf) == name else None

    def _keep(self, name: str, pdf: bytes, job: "Job | None") -> None:
        """Keep the PDF that was looked at last: it may change before its pages are drawn."""
        with self._alone:
            self._seen[name] = pdf, job or self._seen.pop(name, (pdf, None))[1]
            while len(self._seen) > MOST_SEEN:
                self._seen.pop(next(iter(self._seen)))

    def _look_of(self, edition: Edition, sight: Sight) -> Look | None:
        """Return how an edition was set: in the print just now, else as the record says."""
        if sight.typeset:
            return sight.typeset.look
        try:
            with open_record(self.out, to_write=False) as record:
                entry = record.entries().get(edition.output)
        except Refused:
            return None
        return entry.look if entry else None


def alone(action: Callable[Concatenate[Desk, P], T]) -> Callable[Concatenate[Desk, P], T]:
    """Have what reads a file and writes it anew done by one thread at a time: no edit is lost."""

    @wraps(action)
    def done_alone(desk: Desk, /, *given: P.args, **named: P.kwargs) -> T:
        with desk.alone:
            return action(desk, *given, **named)

    return done_alone
