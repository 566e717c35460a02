"""Readiness rule: plain language keeps to those rules of Leichte Sprache that can be told.

Sources: BITV 2.0, Anlage 2, Teil 2; Netzwerk Leichte Sprache, Regeln (2013); Inclusion Europe,
Information for all (2009); Bredel and Maaß, Leichte Sprache (2016). Whether a text is understood,
only its readers can say.
"""

import re
from collections.abc import Iterable, Iterator

from careerprint.core.diagnostics import N_, Diagnostic, Severity, error, warning
from careerprint.core.schema import Text
from careerprint.profiles.address import FAMILIAR, FORMAL
from careerprint.profiles.content import own_blocks
from careerprint.profiles.plainsentences import RULES
from careerprint.profiles.plainwords import ALIKE, HARD
from careerprint.profiles.sentences import sentences
from careerprint.profiles.tags import is_plain
from careerprint.readiness.case import Case, Judged, Reads, rule

MOST_SENTENCES = 6  # of a paragraph
MOST_TOLD = 40  # breaches: who writes a first draft mends these first


@rule("plain-language", reads={Reads.PROFILE, Reads.TEXTS}, severity=Severity.WARNING)
def plain_language(case: Case) -> Judged:
    """Yield `plain-language`: what breaks a rule of Leichte Sprache, of all that is printed.

    And that nobody of its readers has tested the text.
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


def breaches(blocks: Iterable[tuple[str, Text]]) -> Iterator[Diagnostic]:
    """Yield what breaks the rules in a text, given in blocks with notes of what they are."""
    known = list(blocks)
    for note, text in known:
        told = [plain for plain in map(_bare, sentences(text)) if plain]
        if note.endswith("paragraph") and len(told) > MOST_SENTENCES:
            yield warning(
                text.location,
                N_("This paragraph has {count} sentences; “{words}…” is the first."),
                N_("Begin another paragraph after {most} at most."),
                count=len(told),
                words=_short(told[0]),
                most=MOST_SENTENCES,
            )
        for sentence in told:
            for breach in RULES:
                for message, hint, values in breach(sentence):
                    said = {"words": _short(sentence), **values}
                    yield warning(text.location, message, hint, **said)
    yield from _of_all(known)


def _bare(sentence: str) -> str:
    """Return a sentence without links and facts; what is bold stays marked, for negations are."""
    sentence = re.sub(r"\]\([^)]*\)|(?<!\*)\*(?!\*)|[\[\]]", "", sentence)
    return re.sub(r"\{[^{}]*\}", "0", sentence).strip()


def _short(sentence: str) -> str:
    plain = sentence.replace("**", "")
    return plain if len(plain) <= 60 else plain[:59].rstrip() + "…"  # noqa: PLR2004 - as said


_EXPLAINS = re.compile(
    r"\b(?:heißt|heißen|spricht|bedeutet|Wort)\b|\b(?:ist|sind) (?:ein|eine|der|die|das)\b"
    r"|\bDas (?:ist|sind)\b|\bkurze? Wort\b"
)


def _of_all(blocks: Iterable[tuple[str, Text]]) -> Iterator[Diagnostic]:
    """Yield what can be said of the text as a whole: hard words, words alike, how it addresses."""
    told = [(text, plain) for _, text in blocks for plain in map(_bare, sentences(text))]
    for hard, proposal in HARD.items():
        pattern = re.compile(rf"\b{hard}\b")
        places = [n for n, (_, sentence) in enumerate(told) if pattern.search(sentence)]
        around = [told[n][1] for place in places for n in range(place, min(place + 3, len(told)))]
        if places and not any(_EXPLAINS.search(sentence) for sentence in around):
            text, sentence = told[places[0]]
            word = pattern.search(sentence)
            yield warning(
                text.location,
                N_("“{word}” is a hard word, and is not explained."),
                N_("Write “{proposal}”, or say behind it what it means: “Das heißt: …”"),
                word=word[0] if word else "",
                proposal=proposal,
            )
    for pattern in ALIKE:
        found: dict[str, Text] = {}
        for text, sentence in told:
            for word in pattern.findall(sentence):
                found.setdefault(word[:4], text)
        if len(found) > 1:
            yield warning(
                [*found.values()][1].location,
                N_("Here the same thing has another word: {alike}."),
                N_("Use one word for one thing, all the way through."),
                alike=", ".join(f"{word}…" for word in found),
            )
    whole = " ".join(sentence for _, sentence in told)
    familiar = FAMILIAR.search(whole)
    if told and familiar and FORMAL.search(whole):
        text = next(t for t, sentence in told if re.search(rf"\b{familiar[0]}\b", sentence))
        yield warning(
            text.location,
            N_("The text says “Sie” to its readers, and here “{word}”."),
            N_("Address them in one way, all the way through."),
            word=familiar[0],
        )
