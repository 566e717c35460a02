"""Does what takes long while the desk stays at hand: one thing at a time, to be cancelled."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread

from careerprint.building.events import Begun, Done, Event, Waiting
from careerprint.core.diagnostics import Diagnostic, Refused, unexpected
from careerprint.core.edition import Outcome, State
from careerprint.desk.shown import Shown


class Cancelled(Exception):  # noqa: N818 - it says what became of it
    """Raised in the work that the user has cancelled."""


@dataclass(slots=True)
class Progress:
    """How far the work is: so many editions of all, some failed; what is printed stays."""

    done: int = 0
    total: int = 0
    failed: int = 0


@dataclass(slots=True)
class Work:
    """One piece of work at a time, in a thread; `tell` is called with each event, from there.

    `settling` is called when it begins, and what that returns with what becomes of each edition.
    """

    tell: Callable[[Shown], None]
    findings: Callable[[tuple[Diagnostic, ...]], list[Shown]]
    settling: Callable[[], Callable[[Outcome], None]]
    _thread: Thread | None = None
    _is_cancelled: bool = False
    _alone: Lock = field(default_factory=Lock)

    def begin(self, what: str, task: Callable[[Callable[[Event], None]], Shown]) -> bool:
        """Begin a task, unless there is one at work; tell whether it has begun.

        `task` is called with a listener for the events of a build, and returns what to tell at the
        end, as `result`. What it raises is told as `findings`.
        """
        with self._alone:
            if self._thread and self._thread.is_alive():
                return False
            self._is_cancelled = False
            self._thread = Thread(target=self._run, args=(what, task), name="work", daemon=True)
            self._thread.start()
        return True

    def cancel(self) -> None:
        """Cancel the task at work, between two editions."""
        self._is_cancelled = True

    def end(self) -> None:
        """Cancel the task, and wait for its end."""
        self.cancel()
        if self._thread:
            self._thread.join()

    def _run(self, what: str, task: Callable[[Callable[[Event], None]], Shown]) -> None:
        progress, settle = Progress(), self.settling()

        def heard(event: Event) -> None:
            if self._is_cancelled:
                raise Cancelled
            match event:
                case Begun(expected):
                    progress.total += len(expected)
                case Done(outcome):
                    progress.done = min(progress.done + 1, max(progress.total, 1))
                    progress.failed += outcome.state is State.FAILED
                    settle(outcome)
                case Waiting():
                    self.tell({"kind": "waiting"})
            self._tell(what, "at", progress)

        self._tell(what, "at", progress)
        try:
            result = task(heard)
        except Cancelled:
            self._tell(what, "cancelled", progress)
        except Refused as refused:
            self._tell(what, "failed", progress, findings=self.findings(refused.diagnostics))
        except Exception as failure:  # told like any other fault
            told = (unexpected(what, failure),)
            self._tell(what, "failed", progress, findings=self.findings(told))
        else:
            self._tell(what, "done", progress, result=result)

    def _tell(self, what: str, state: str, progress: Progress, **more: object) -> None:
        counts = {"done": progress.done, "total": progress.total, "failed": progress.failed}
        with suppress(RuntimeError):  # nobody listens any more
            self.tell({"kind": "work", "what": what, "state": state, **counts, **more})
