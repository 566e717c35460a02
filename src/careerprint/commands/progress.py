"""Shows how a build goes: a bar with the time left, lines, or JSON for scripts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from careerprint.building.events import Begun, Done, Ended, Event, Waiting
from careerprint.commands.console import complain, on_terminal, print_table, say
from careerprint.core.diagnostics import N_, Diagnostic, native
from careerprint.core.edition import Edition, Outcome, State
from careerprint.core.files import shown_path
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


@dataclass(slots=True)
class Shown:
    """Shows how a build to the folder `out` goes and what came of it: call it with each event.

    `explain` shows the reasons why editions are printed, `timings` how long that took; `as_json`
    shows events as lines of JSON and nothing else; `complains` says that what was found is told. On
    a terminal, a bar is drawn, unless reasons are shown, which need a line each.
    """

    translate: Translate
    out: Path
    dry_run: bool = False
    explain: bool = False
    timings: bool = False
    as_json: bool = False
    complains: bool = True
    _expected: Mapping[Edition, float] = field(default_factory=dict, init=False)
    _bar: "ProgressBar[str] | None" = field(default=None, init=False)
    _done: int = field(default=0, init=False)
    _lines: list[str] = field(default_factory=list, init=False)

    def __call__(self, event: Event) -> None:
        """Show an event."""
        if self.as_json:
            _emit_event(event, self.translate)
            return
        if isinstance(event, Done):
            self._tell(event.outcome)
            return
        self._tell_lines()
        match event:
            case Waiting():
                told = self.translate(N_("Another build is at work here; waiting for it."))
                click.echo(told, err=True)
            case Begun(expected):
                if expected and on_terminal() and not self.explain:
                    self._begin(expected)
            case Ended(outcomes):
                if self._bar:
                    self._bar.render_finish()
                    self._bar = None
                if outcomes is not None:
                    self._sum_up(outcomes)

    def _tell(self, outcome: Outcome) -> None:
        """Tell of an edition; lines of unchanged ones wait, as each by itself takes its time."""
        if self._bar:
            self._lengthen(self._bar, outcome.edition)
        elif not on_terminal() or self.explain:
            self._lines.append(self._line(outcome))
            if outcome.state is not State.FRESH:
                self._tell_lines()

    def _tell_lines(self) -> None:
        if self._lines:
            click.echo("\n".join(self._lines))
            self._lines.clear()

    def _begin(self, expected: Mapping[Edition, float]) -> None:
        """Draw a bar that is as long as printing is expected to take, with the time left."""
        self._expected, self._done = expected, 0
        length = sum(map(_milliseconds, expected.values()))
        self._bar = click.progressbar(length=length, item_show_func=lambda shown: shown or "")
        self._bar.render_progress()

    def _lengthen(self, bar: "ProgressBar[str]", edition: Edition) -> None:
        if edition in self._expected:
            self._done += 1
            shown = f"{self._done}/{len(self._expected)} {native(edition.output)}"
            bar.update(_milliseconds(self._expected[edition]), shown)

    def _line(self, outcome: Outcome) -> str:
        line = f"{self.translate(STATE_WORDS[outcome.state])}: {native(outcome.edition.output)}"
        notes = []
        if outcome.fallen_back:
            blocks = self.translate(N_("blocks in German: {count}"))
            notes.append(blocks.format(count=outcome.fallen_back))
        if outcome.left_out:
            left_out = self.translate(N_("left out: {names}"))
            notes.append(left_out.format(names=", ".join(outcome.left_out)))
        if self.explain:
            notes += [reason.sentence(self.translate) for reason in outcome.reasons]
        return f"{line} ({'; '.join(notes)})" if notes else line

    def _sum_up(self, outcomes: Sequence[Outcome]) -> None:
        if self.complains:
            complain((d for outcome in outcomes for d in outcome.diagnostics), self.translate)
        if self.timings:
            heads = (N_("edition"), N_("layout"), N_("composing (s)"), N_("printing (s)"))
            printed = (o for o in outcomes if o.state is State.PRINTED)
            rows = [
                [
                    native(o.edition.output),
                    o.edition.product,
                    f"{o.composing:.2f}",
                    f"{o.printing:.2f}",
                ]
                for o in printed
            ]
            print_table([[self.translate(head) for head in heads], *rows])
        summary = (
            N_("{stale} to print, {fresh} unchanged, {failed} failed. {folder}")
            if self.dry_run
            else N_("{printed} printed, {fresh} unchanged, {failed} failed. {folder}")
        )
        count = _counts(outcomes)
        count["stale"] += count.pop("missing")
        say(self.translate, summary, **count, folder=shown_path(self.out))


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))


def _counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """Return how many editions came to which state, by the name of the state."""
    return {state.value: sum(o.state is state for o in outcomes) for state in State}


def _emit_event(event: Event, translate: Translate) -> None:
    """Print an event as a line of JSON; diagnostics are in the user's language."""
    match event:
        case Waiting():
            _emit("waiting")
        case Begun(expected):
            _emit("begun", editions=len(expected), seconds=round(sum(expected.values()), 3))
        case Done(outcome):
            _emit(
                "edition",
                **asdict(outcome.edition),
                output=outcome.edition.output,
                state=outcome.state.value,
                composing=round(outcome.composing, 3),
                printing=round(outcome.printing, 3),
                fallen_back=outcome.fallen_back,
                left_out=outcome.left_out,
                reasons=[reason.sentence(translate) for reason in outcome.reasons],
                diagnostics=[_as_data(d, translate) for d in outcome.diagnostics],
            )
        case Ended(outcomes) if outcomes is not None:
            _emit("finished", **_counts(outcomes))


def _as_data(diagnostic: Diagnostic, translate: Translate) -> dict[str, Any]:
    return {
        "severity": diagnostic.severity.value,
        "rule": diagnostic.rule,
        **asdict(diagnostic.location),
        "sentence": diagnostic.sentence(translate),
    }


def _emit(event: str, **values: Any) -> None:  # noqa: ANN401 - what JSON can hold
    click.echo(json.dumps({"event": event, **values}, ensure_ascii=False))
