"""What the preview shows, as plain data and words in the user's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from careerprint.core.concerns import keeps
from careerprint.core.diagnostics import N_, Diagnostic, Severity, for_page
from careerprint.core.edition import Edition, Look, Outcome, State
from careerprint.core.messages import Translate
from careerprint.core.reader import Reader
from careerprint.desk.formwords import NAMES
from careerprint.desk.offering import Offering
from careerprint.desk.pagepictures import BlockPlace
from careerprint.desk.whereabouts import Whereabouts
from careerprint.layouts.declaration import LAYOUT_WORDS, Format, format_words
from careerprint.profiles.catalogs import locale_name
from careerprint.profiles.tags import direction_of
from careerprint.typesetting.copyfit import Setting, measures_of

STATES = {
    State.PRINTED: N_("up to date"),
    State.FRESH: N_("up to date"),
    State.FAILED: N_("failed"),
    State.STALE: N_("to print"),
    State.MISSING: N_("missing"),
}

METER = {
    "room": N_("Room for about {words} more words in this size"),
    "no_room": N_("The page is well filled"),
    "size": N_("type of {size} pt (from {least} to {most} pt)"),
    "smallest": N_("smallest type: {size} pt"),
    "over": N_("Too full"),
    "cut": N_("Too full: cut about {words} words"),
}


def layout_name(name: str, translate: Translate) -> str:
    """Return a layout's name for users: a word for ours, its own name for others."""
    return translate(LAYOUT_WORDS.get(name, name))


LEFT_OUT = {
    "second-contact": N_("Second contact"),
    "talk": N_("Talk at the fair"),
    "way": N_("How to get there"),
    "photograph": N_("Picture"),
    "pay-bars": N_("Drawing of the pay"),
}
"""What blocks without room are called that are no facts."""

_ONLY_SMALLER = N_("{name} (room only with type smaller than {size} pt)")

Shown = dict[str, Any]  # what JSON can hold


@dataclass(frozen=True, slots=True)
class Shower:
    """Turns things of the workspace `root` into data in a language, "de" or "en".

    `words` translates into it.
    """

    language: str
    words: Translate
    root: Path

    def translate(self, template: str) -> str:
        """Return a template in the user's language, without what only a terminal shows."""
        return for_page(self.words(template))

    def edition(self, edition: Edition, offering: Offering) -> Shown:
        """Return an edition's names, and whether a build prints it."""
        fair = offering.fairs.get(edition.fair)
        layout = offering.layouts[edition.layout]
        return {
            "output": edition.output,
            "profile": edition.profile,
            "layout": edition.layout,
            "layoutName": layout_name(edition.layout, self.translate),
            "format": edition.format or layout.default_format,
            "formatName": format_words(edition.format or layout.default_format),
            "hasFormats": len(layout.formats) > 1,
            "locale": edition.locale,
            "localeName": locale_name(edition.locale, self.language),
            "direction": direction_of(edition.locale),
            "fair": edition.fair,
            "fairName": fair.fair if fair else "",
            "declared": edition in offering.declared,
        }

    def product(self, edition: Edition, offering: Offering) -> str:
        """Return what an edition is a copy of: "Flyer A4"; a layout of one format has it alone."""
        shown = self.edition(edition, offering)
        names = (shown["layoutName"], shown["formatName"] if shown["hasFormats"] else "")
        return " ".join(filter(None, names))

    def standing(
        self, edition: Edition, outcome: Outcome | None, pdf: str | None, chosen: Format | None
    ) -> Shown:
        """Return an edition's outcome, and the digest of its PDF; `chosen` is its format."""
        found = outcome.diagnostics if outcome else ()
        state = outcome.state if outcome else None
        return {
            "output": edition.output,
            "state": state.value if state else "unknown",
            "stateName": self.translate(STATES[state]) if state else "",
            "errors": sum(map(keeps, found)),
            "warnings": sum(not keeps(d) for d in found),
            "fallenBack": outcome.fallen_back if outcome else 0,
            "leftOut": self.left_out(outcome.left_out if outcome else ()),
            "leftOutTold": self.left_out(outcome.left_out if outcome else (), chosen),
            "pdf": pdf,
        }

    def findings(self, diagnostics: Iterable[Diagnostic]) -> list[Shown]:
        """Return findings, each once: `where` it is mended, and what address `leads` there.

        What keeps an edition in the house is an error in all views; of a draft it `keeps` it there.
        """
        whereabouts = Whereabouts(Reader(self.root), self.language, self.translate)
        return [self._finding(d, whereabouts) for d in dict.fromkeys(diagnostics)]

    def told(self, diagnostic: Diagnostic) -> tuple[str, str, str]:
        """Return where something is, what is wrong with it, and what to do, for a report."""
        whereabouts = Whereabouts(Reader(self.root), self.language, self.translate)
        message, hint = whereabouts.named(diagnostic).words(self.translate)
        location = diagnostic.location
        on_page = location.sentence(self.translate) if location.page else ""
        return on_page or whereabouts.place_of(diagnostic).name, message, hint

    def _finding(self, diagnostic: Diagnostic, whereabouts: Whereabouts) -> Shown:
        number = dict(diagnostic.parameters).get("number", "")
        place, is_kept = whereabouts.place_of(diagnostic), keeps(diagnostic)
        message, hint = whereabouts.named(diagnostic).words(self.translate)
        return {
            "severity": (Severity.ERROR if is_kept else Severity.WARNING).value,
            "keeps": is_kept and diagnostic.severity is Severity.WARNING,
            "rule": diagnostic.rule,
            "path": diagnostic.location.path,
            "line": diagnostic.location.line,
            "where": place.name,
            "leads": place.address,
            "message": message,
            "hint": hint,
            "page": int(number) if number.isdigit() else 0,
        }

    def meter(self, look: Look | None, outcome: Outcome, chosen: Format) -> Shown | None:
        """Return how full a page is, in per cent and in words; None where that is not known.

        The words that it still holds are those that fit before its type becomes smaller.
        """
        if outcome.state is State.FAILED:
            over = [dict(d.parameters) for d in outcome.diagnostics]
            cut = next((values["words"] for values in over if values.get("words")), "")
            if not any("excess" in values for values in over):
                return None
            told = self.translate(METER["cut"] if cut else METER["over"]).format(words=cut)
            return {"percent": 100, "over": True, "tight": True, "told": told}
        if look is None:
            return None
        full, words_left = look.room
        least, most = chosen.fit.type_size
        size = measures_of(Setting(look.step, len(look.left_out)), chosen.fit).type_size
        room = METER["room" if words_left else "no_room"]
        parts = (room, METER["smallest" if look.step == 0 else "size"])
        values = {
            "words": words_left,
            "size": self.number(round(size, 1)),
            "least": self.number(least),
            "most": self.number(most),
        }
        percent = min(round(100 * full), 99 if words_left else 100)
        return {
            "percent": percent,
            "over": False,
            "tight": look.step == 0,
            "told": "; ".join(self.translate(each).format(**values) for each in parts),
        }

    def left_out(self, names: Iterable[str], chosen: Format | None = None) -> list[str]:
        """Return what blocks are called that are left out since there is no room.

        Of a format, also how large type must be beside them, where that is not its smallest.
        """
        known = ((name, name.replace("-", "_")) for name in names)
        least = {
            block.block: self.number(block.at_least)
            for block in (chosen.optional if chosen else ())
            if chosen and block.at_least > chosen.fit.type_size[0]
        }
        called = {
            name: self.translate(LEFT_OUT.get(name) or NAMES.get(f"Facts.{fact}") or name)
            for name, fact in known
        }
        return [
            self.translate(_ONLY_SMALLER).format(name=told, size=least[name])
            if name in least
            else told
            for name, told in called.items()
        ]

    def day(self, day: date) -> str:
        """Return a day as the user's language writes it: "7. Mai 2026"."""
        return format_date(day, "long", locale=self.language)

    def moment(self, day: date, written: datetime) -> str:
        """Return a day with the time at which a file of that day was written."""
        written = written.astimezone()
        if written.date() != day:  # a copy
            return self.day(day)
        return f"{self.day(day)}, {format_time(written, 'short', locale=self.language)}"

    def number(self, value: float) -> str:
        """Return a number as the user's language writes it."""
        return format_decimal(value, locale=self.language)


def shown_places(places: Sequence[BlockPlace], path: str) -> list[Shown]:
    """Return the places of the blocks of the file `path`, in parts of width and height."""
    return [
        {
            "line": place.location.line,
            "page": place.page,
            "left": round(place.area.left, 4),
            "top": round(place.area.top, 4),
            "width": round(place.area.right - place.area.left, 4),
            "height": round(place.area.bottom - place.area.top, 4),
            "untranslated": place.is_untranslated,
        }
        for place in places
        if place.location.path == path and place.location.line
    ]
