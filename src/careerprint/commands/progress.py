"""Shows how a build goes: a bar with the time left, lines, or JSON for scripts."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from careerprint.building.build import Listener
from careerprint.commands.console import Unheard, on_terminal
from careerprint.core.diagnostics import N_, Diagnostic
from careerprint.core.edition import Edition, Outcome, State
from careerprint.core.messages import Translate

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

STATE_WORDS = {
    State.PRINTED: N_("printed"),
    State.FRESH: N_("unchanged"),
    State.FAILED: N_("failed"),
    State.STALE: N_("to print"),
    State.MISSING: N_("missing"),
}


def progress(translate: Translate, *, explain: bool) -> Listener:
    """Return what suits where the output goes; reasons, to `explain`, need a line each."""
    return Bar(translate) if on_terminal() and not explain else Lines(translate, explain=explain)


class Heard(Listener):
    """Tells another listener what it is told; Unheard where that cannot write what it says.

    Else a build would take it for a fault of the folder that it writes to.
    """

    def __init__(self, listener: Listener) -> None:
        self._listener = listener

    def waiting(self) -> None:
        """Pass it on."""
        with _heard():
            self._listener.waiting()

    def begun(self, expected: Mapping[Edition, float]) -> None:
        """Pass it on."""
        with _heard():
            self._listener.begun(expected)

    def done(self, outcome: Outcome) -> None:
        """Pass it on."""
        with _heard():
            self._listener.done(outcome)

    def ended(self) -> None:
        """Pass it on."""
        with _heard():
            self._listener.ended()


@contextmanager
def _heard() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise Unheard(failure) from None


class Waits(Listener):
    """Says that another build is waited for."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate

    def waiting(self) -> None:
        """Say so once."""
        told = self._translate(N_("Another build is at work here; waiting for it."))
        click.echo(told, err=True)


class Lines(Waits):
    """Prints a line for each edition; where it is to `explain`, with the reasons."""

    def __init__(self, translate: Translate, *, explain: bool = False) -> None:
        super().__init__(translate)
        self._explain = explain

    def done(self, outcome: Outcome) -> None:
        """Print the edition's line."""
        line = f"{self._translate(STATE_WORDS[outcome.state])}: {outcome.edition.output}"
        notes = []
        if outcome.fallen_back:
            blocks = self._translate(N_("blocks in German: {count}"))
            notes.append(blocks.format(count=outcome.fallen_back))
        if outcome.left_out:
            left_out = self._translate(N_("left out: {names}"))
            notes.append(left_out.format(names=", ".join(outcome.left_out)))
        if self._explain:
            notes += [reason.sentence(self._translate) for reason in outcome.reasons]
        click.echo(f"{line} ({'; '.join(notes)})" if notes else line)


class Bar(Waits):
    """Draws a bar that is as long as printing is expected to take, with the time left."""

    def __init__(self, translate: Translate) -> None:
        super().__init__(translate)
        self._bar: ProgressBar[str] | None = None
        self._expected: Mapping[Edition, float] = {}
        self._done = 0

    def begun(self, expected: Mapping[Edition, float]) -> None:
        """Draw the empty bar, where there is something to print."""
        self._expected = expected
        if expected:
            length = sum(map(_milliseconds, expected.values()))
            self._bar = click.progressbar(length=length, item_show_func=lambda shown: shown or "")
            self._bar.render_progress()

    def done(self, outcome: Outcome) -> None:
        """Draw the bar longer by what was expected of the edition."""
        seconds = self._expected.get(outcome.edition)
        if self._bar is None or seconds is None:
            return
        self._done += 1
        shown = f"{self._done}/{len(self._expected)} {outcome.edition.output}"
        self._bar.update(_milliseconds(seconds), shown)

    def ended(self) -> None:
        """Leave the bar as it is, and go on below it."""
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))


class Events(Listener):
    """Prints each event as a line of JSON; diagnostics come in the user's language too."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate

    def waiting(self) -> None:
        """Print the event."""
        _emit("waiting")

    def begun(self, expected: Mapping[Edition, float]) -> None:
        """Print how many editions may be printed, and the seconds that may take one processor."""
        _emit("begun", editions=len(expected), seconds=round(sum(expected.values()), 3))

    def done(self, outcome: Outcome) -> None:
        """Print what became of an edition."""
        _emit(
            "edition",
            **asdict(outcome.edition),
            output=outcome.edition.output,
            state=outcome.state.value,
            composing=round(outcome.composing, 3),
            printing=round(outcome.printing, 3),
            fallen_back=outcome.fallen_back,
            left_out=outcome.left_out,
            reasons=[reason.sentence(self._translate) for reason in outcome.reasons],
            diagnostics=[self._diagnostic(d) for d in outcome.diagnostics],
        )

    def _diagnostic(self, diagnostic: Diagnostic) -> dict[str, Any]:
        return {
            "severity": diagnostic.severity.value,
            "rule": diagnostic.rule,
            **asdict(diagnostic.location),
            "sentence": diagnostic.sentence(self._translate),
        }


def emit_finished(counts: Mapping[State, int]) -> None:
    """Print, as the last event, how many editions came to which state."""
    _emit("finished", **{state.value: count for state, count in counts.items()})


def _emit(event: str, **values: Any) -> None:  # noqa: ANN401 - what JSON can hold
    click.echo(json.dumps({"event": event, **values}, ensure_ascii=False))
