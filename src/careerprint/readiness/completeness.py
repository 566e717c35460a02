"""Readiness rules: text that is whole, checked, in one language, approved and not out of date."""

from datetime import date, timedelta

from careerprint.core.concerns import Concern
from careerprint.core.diagnostics import N_, error, warning
from careerprint.core.workspace import CONFIGURATION_FILE
from careerprint.fairs.cells import as_text
from careerprint.layouts.declaration import FOLDER
from careerprint.readiness.case import Case, Judged, Reads, rule

OLDEST = 18  # months that the day of the last change of a text may lie back
_SHOWN = 120  # characters of a proposal


@rule("check-mark", reads={Reads.PROFILE})
def check_marks(case: Case) -> Judged:
    """Yield `check-mark`: what an import asks to check has been checked (our convention)."""
    for mark in case.profile.marks:
        proposal = mark.proposal
        yield error(
            mark.location,
            N_("To be checked: {proposal}"),
            N_("⟨Check what it says; then delete this line.⟩"),
            proposal=proposal if len(proposal) <= _SHOWN else f"{proposal[: _SHOWN - 1]}…",
        )


@rule("credit", reads={Reads.PICTURES})
def credits(case: Case) -> Judged:  # noqa: A001 - a rule is found by its module
    """Yield `credit`: each picture says who made it (German Copyright Act, section 13)."""
    for place in case.uncredited:
        yield error(
            place,
            N_("Nobody is named who made this picture."),
            N_(
                "Add who made it, and how it may be used⟨: credit: … and licence: …; for a "
                "picture of the text with its file, below “pictures:” and “text:”⟩."
            ),
        )


@rule("foreign-text", reads={Reads.TEXTS})
def foreign_texts(case: Case) -> Judged:
    """Yield `foreign-text`: all text but official names is in one language (our convention).

    So is what only a screen reader says.
    """
    printed = {each.original for each in case.texts}
    heard = dict.fromkeys(each for each in case.unseen if each.original not in printed)
    foreign = [each for each in (*case.texts, *heard) if each.is_foreign]
    if foreign:
        yield error(
            foreign[0].location,
            N_("Not translated ({locale}), so printed in German: {count}, first “{text}”."),
            N_("Translate them⟨: careerprint translations status says what is missing⟩."),
            locale=case.locale,
            count=len(foreign),
            text=foreign[0].text[:40],
        )


_UNAPPROVED = {
    CONFIGURATION_FILE: (
        N_(
            "Nobody has approved the imprint in this language ({locale}) beside the German one as "
            "it is now."
        ),
        N_("Compare the two, and approve it⟨: careerprint review|, under “Translations”⟩."),
    ),
    "": (
        N_("Nobody has approved these translations ({locale}): {count}."),
        N_("Let a speaker of the language read them⟨: careerprint review --locale {locale}⟩."),
    ),
    FOLDER: (
        N_(
            "Nobody has approved the words of the layouts ({locale}), which come with careerprint, "
            "“Contents” and “At a glance” for example: {count}."
        ),
        N_(
            "Let a speaker of the language read them once: that counts for all profiles"
            "⟨: careerprint review --locale {locale}⟩."
        ),
    ),
}
"""What is told of translations, by what their paths begin with: "" are those of a profile."""


@rule("approval", reads={Reads.TRANSLATIONS})
def approvals(case: Case) -> Judged:
    """Yield `approval`: somebody has approved each translation (our convention).

    An approval that is dated in the future counts from its day on.
    """
    known = case.translations
    for place, count in known.unapproved:
        first = place.path.partition("/")[0]
        message, hint = _UNAPPROVED[first if first in _UNAPPROVED else ""]
        yield error(place, message, hint, locale=case.locale, count=count)
    if known.latest:
        yield Concern(
            error(
                known.latest_at,
                N_("This approval is dated {day}, which is still to come."),
                N_("Approve the text again on the day on which it is read."),
                day=as_text(known.latest),
            ),
            until=known.latest - timedelta(days=1),
        )
    yield from known.faults


@rule("outdated", reads={Reads.PROFILE})
def outdated(case: Case) -> Judged:
    """Yield `outdated`: text and pay are of the last 18 months (our convention).

    And, as a warning, that a text as a whole is older than the German one.
    """
    front = case.profile.front
    days = [(front.updated, case.profile.updated_at)]
    if front.facts.pay and front.facts.pay.as_of:
        days.append((front.facts.pay.as_of, case.profile.fact_places["pay"]))
    for day, place in days:
        yield Concern(
            error(
                place,
                N_("What stands here is as of {day}, more than {months} months ago."),
                N_("Check text and figures; then write the day of that here."),
                day=as_text(day),
                months=OLDEST,
            ),
            since=_later(day, OLDEST) + timedelta(days=1),
        )
    whole = case.profile.whole
    if whole and front.updated < whole.original_updated:
        yield warning(
            case.profile.updated_at,
            N_("The German text was changed on {day}, after this one."),
            N_("Compare the two; then write the day of that here."),
            day=as_text(whole.original_updated),
        )


def _later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, date.max.year - 1)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


@rule("fair-past", reads={Reads.FAIR})
def fair_past(case: Case) -> Judged:
    """Yield `fair-past`: the fair that a flyer is for is not over (our convention)."""
    if case.fair and case.fair.end < date.max:
        yield Concern(
            error(
                case.fair.headings.place(case.fair.row, "start"),
                N_("The fair ended on {end}, which is past."),
                N_("Correct the date, or delete the row if its flyers are not wanted."),
                end=as_text(case.fair.end),
            ),
            since=case.fair.end + timedelta(days=1),
        )
