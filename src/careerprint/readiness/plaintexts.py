"""Readiness rule: plain language keeps to those rules of Leichte Sprache that can be told."""

from careerprint.core.diagnostics import N_, Severity, error
from careerprint.profiles.content import own_blocks
from careerprint.profiles.plainlanguage import breaches
from careerprint.profiles.tags import is_plain
from careerprint.readiness.case import Case, Judged, Reads, rule

MOST_TOLD = 40  # breaches: who writes a first draft mends these first


@rule("plain-language", reads={Reads.PROFILE, Reads.TEXTS}, severity=Severity.WARNING)
def plain_language(case: Case) -> Judged:
    """Yield `plain-language`: what breaks a rule of Leichte Sprache, of all that is printed.

    And that nobody of its readers has tested the text. Sources: `profiles.plainlanguage`.
    """
    whole = case.profile.whole
    if whole is None or not is_plain(whole.tag):
        return
    printed = {text.location for text in case.texts}
    blocks = [each for each in own_blocks(case.profile) if each[1].location in printed]
    found = list(breaches(blocks))
    yield from found[:MOST_TOLD]
    if len(found) > MOST_TOLD:
        yield error(
            whole.file,
            N_("More breaks the rules of Leichte Sprache: {count}."),
            N_("Mend the first ones; the others are told then."),
            count=len(found) - MOST_TOLD,
        )
    if not whole.tested_by:
        yield error(
            case.profile.updated_at,
            N_("No reader of Leichte Sprache has tested this text."),
            N_("Have people with learning difficulties read it; then say so⟨: tested_by: …|.⟩"),
        )
