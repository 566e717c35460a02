"""What the preview shows, as plain data and words in the user's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal

from careerprint.core.diagnostics import N_, Diagnostic, Severity
from careerprint.core.edition import Edition, Outcome, State
from careerprint.core.messages import Translate
from careerprint.desk.offering import Offering
from careerprint.desk.pagepictures import BlockPlace
from careerprint.layouts.declaration import LAYOUT_WORDS, Format, format_words
from careerprint.profiles.catalogs import locale_name
from careerprint.profiles.tags import direction_of
from careerprint.typesetting.copyfit import Setting, measures_of, tightness

WORDS: Mapping[str, str] = {
    # the page
    "title": N_("Preview"),
    "skip_to_text": N_("Skip to the text"),
    "skip_to_page": N_("Skip to the page"),
    "profile": N_("Profile"),
    "download": N_("Download PDF"),
    "print_all": N_("Print all"),
    "stop": N_("Stop"),
    "panes": N_("Parts of this page"),
    "no_script": N_("This page needs JavaScript, which your browser does not run."),
    # the text
    "text": N_("Text"),
    "german_text": N_("German text"),
    "line": N_("Line {line}"),
    "problems": N_("Findings"),
    "no_problems": N_("Nothing to mend."),
    "typing": N_("Not saved yet…"),
    "saving": N_("Saving…"),
    "saved": N_("Saved"),
    "taken_over": N_("The file was changed elsewhere; this is its text now."),
    "not_saved": N_("Not saved"),
    "error": N_("Error"),
    "warning": N_("Warning"),
    "untranslated": N_("Not translated"),
    "untranslated_blocks": N_("Without a translation, and therefore in German: {count}"),
    "on_page": N_("on page {page}"),
    # the page of the edition
    "page": N_("Page"),
    "layout": N_("Layout"),
    "format": N_("Format"),
    "locale": N_("Language"),
    "fair": N_("Job fair"),
    "no_fair": N_("None"),
    "whole_page": N_("Whole page"),
    "page_width": N_("Width"),
    "zoom": N_("Size of the page"),
    "earlier_page": N_("Page before"),
    "next_page": N_("Next page"),
    "page_of": N_("Page {page} of {pages}"),
    "picture_of": N_("{edition}, page {page} of {pages}"),
    "printing": N_("Printing…"),
    "page_current": N_("The page shows your text."),
    "page_failed": N_("The page cannot be printed like this."),
    "page_last_good": N_("Shown is the last page that could be printed."),
    "page_trial": N_("Shown is what will not be printed before this is mended."),
    "page_none": N_("There is no page yet."),
    "fullness": N_("How full the page is"),
    "left_out": N_("Left out, because there is no room: {names}"),
    # the editions
    "editions": N_("Editions"),
    "blocks_in_german": N_("blocks in German: {count}"),
    "errors": N_("errors: {count}"),
    "warnings": N_("warnings: {count}"),
    "unknown": N_("not looked at yet"),
    "printing_all": N_("{done} of {total} done, {failed} failed"),
    "printed_all": N_("All done: {total}. Failed: {failed}."),
    "other_build": N_("Another build is at work here; waiting for it."),
    # what may happen
    "conflict": N_("The file was changed elsewhere"),
    "conflict_told": N_(
        "While you were writing, somebody else saved this text, in another window or program. "
        "Nothing is lost yet: which of the two is to stay?"
    ),
    "conflict_mine": N_("Yours, line {line}"),
    "conflict_file": N_("The file's, line {line}"),
    "conflict_empty": N_("(no such line)"),
    "keep_mine": N_("Keep mine"),
    "take_files": N_("Take the file's"),
    "decide_later": N_("Decide later"),
    "decide": N_("Decide…"),
    "undecided": N_("Not saved: the file was changed elsewhere."),
    "mine_kept": N_("Your version is kept as long as this page is open."),
    "bring_back": N_("Bring mine back"),
    "gone": N_(
        "The workspace is not there any more. Your text is kept on this page, and saved as soon as "
        "the folder is back."
    ),
    "unreachable": N_(
        "The preview cannot be reached. Your text is kept on this page, and saved as soon as it "
        "can. If the preview was ended, copy your text before you close this page."
    ),
    "refused": N_("This address is not valid any more. Open the one that the terminal shows."),
}

STATES = {
    State.PRINTED: N_("up to date"),
    State.FRESH: N_("up to date"),
    State.FAILED: N_("failed"),
    State.STALE: N_("to print"),
    State.MISSING: N_("missing"),
}

METER = {
    "loose": N_("{percent} % full: type of {size} pt, from {least} to {most}"),
    "over": N_("Too full"),
    "cut": N_("Too full: cut about {words} words"),
}


def words(translate: Translate) -> dict[str, str]:
    """Return the words of the page in the user's language."""
    return {key: translate(word) for key, word in WORDS.items()}


def layout_name(name: str, translate: Translate) -> str:
    """Return a layout's name for users: a word for ours, its own name for others."""
    return translate(LAYOUT_WORDS.get(name, name))


def format_name(name: str) -> str:
    """Return a format's name for users: "A4" for a4."""
    return format_words(name)


Shown = dict[str, Any]  # what JSON can hold


@dataclass(frozen=True, slots=True)
class Shower:
    """Turns things into data in a language, "de" or "en"; `translate` has its words."""

    language: str
    translate: Translate

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
            "formatName": format_name(edition.format or layout.default_format),
            "hasFormats": len(layout.formats) > 1,
            "locale": edition.locale,
            "localeName": locale_name(edition.locale, self.language),
            "direction": direction_of(edition.locale),
            "fair": edition.fair,
            "fairName": fair.fair if fair else "",
            "declared": edition in offering.declared,
        }

    def standing(self, edition: Edition, outcome: Outcome | None, pdf: str | None) -> Shown:
        """Return an edition's outcome, and the digest of its PDF."""
        found = outcome.diagnostics if outcome else ()
        state = outcome.state if outcome else None
        return {
            "output": edition.output,
            "state": state.value if state else "unknown",
            "stateName": self.translate(STATES[state]) if state else "",
            "errors": sum(d.severity is Severity.ERROR for d in found),
            "warnings": sum(d.severity is Severity.WARNING for d in found),
            "fallenBack": outcome.fallen_back if outcome else 0,
            "pdf": pdf,
        }

    def findings(self, diagnostics: Iterable[Diagnostic]) -> list[Shown]:
        """Return findings, each once."""
        return [self._finding(d) for d in dict.fromkeys(diagnostics)]

    def _finding(self, diagnostic: Diagnostic) -> Shown:
        number = dict(diagnostic.parameters).get("number", "")
        message, hint = diagnostic.words(self.translate)
        return {
            "severity": diagnostic.severity.value,
            "path": diagnostic.location.path,
            "line": diagnostic.location.line,
            "place": str(diagnostic.location),
            "message": message,
            "hint": hint,
            "page": int(number) if number.isdigit() else 0,
        }

    def meter(self, setting: Setting | None, outcome: Outcome, chosen: Format) -> Shown | None:
        """Return how full a page is, in per cent and in words; None where that is not known."""
        if outcome.state is State.FAILED:
            over = [dict(d.parameters) for d in outcome.diagnostics]
            cut = next((values["words"] for values in over if values.get("words")), "")
            if not any("excess" in values for values in over):
                return None
            told = self.translate(METER["cut"] if cut else METER["over"]).format(words=cut)
            return {"percent": 100, "over": True, "told": told}
        if setting is None:
            return None
        least, most = chosen.fit.type_size
        percent = round(100 * tightness(setting, chosen))
        told = self.translate(METER["loose"]).format(
            percent=percent,
            size=self._number(round(measures_of(setting, chosen.fit).type_size, 1)),
            least=self._number(least),
            most=self._number(most),
        )
        return {"percent": percent, "over": False, "told": told}

    def _number(self, value: float) -> str:
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
