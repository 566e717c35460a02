"""Finds facts in a German text besides pay: ways in, what is asked for, where and when one works.

A fact is taken in the words of the text, and never one that it does not state. What is not sure is
marked so: it is proposed, and not printed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from careerprint.extraction import factterms as terms
from careerprint.manuscripts.manuscript import Paragraph
from careerprint.profiles.german import (
    as_called,
    may_be_one,
    places_listed,
    sentences,
    sentences_to_search,
    things_listed,
)
from careerprint.profiles.roles import role_said
from careerprint.readiness.apprenticeships import official_name, short_for

_FEWEST, _MOST, _LONGEST = 2, 8, 60  # items of a list, and characters of one
_FEWEST_SURE = 3  # items of a list within a sentence
_LONGEST_ASKED = 100  # characters of what a list asks for; beyond _LONGEST it is only proposed
_MOST_STEPS, _LONGEST_STEP = 6, 120


@dataclass(frozen=True, slots=True)
class FactFound:
    """A fact that a text states: its name among `profiles.facts`, and its value as in a profile.

    Where the value is None, the text tells only that there is one. `is_sure` is not set where
    somebody has to decide. `words` are those of the text, `at` is the paragraph's position.
    """

    name: str
    value: object
    words: str
    at: int
    is_sure: bool = True


def find_facts(
    paragraphs: Sequence[Paragraph], headings: Sequence[str], title: str
) -> list[FactFound]:
    """Return the facts in paragraphs, in the order in which they stand, at most one of a name.

    `headings` has, for each paragraph, the heading that it stands under.
    """
    found = list(_listed_below(paragraphs, headings))
    for at, paragraph in enumerate(paragraphs):
        if paragraph.kind in {"heading", "picture"} or paragraph.cells:
            continue
        for sentence in sentences_to_search(paragraph.text):
            in_list = paragraph.kind == "bullet"
            found += _in_sentence(sentence, at, headings[at], title, in_list=in_list)
        found += _quotation(paragraph.text, at)
    if any(terms.NO_SCHOOL.search(p.text) for p in paragraphs):
        found = [
            replace(f, is_sure=False)
            if f.name == "requirements" and "school" in _as_dict(f.value)
            else f
            for f in found
        ]
    return _chosen(found)


def _quotation(text: str, at: int) -> Iterator[FactFound]:
    """Yield what somebody says who is named: it may be printed only with their consent."""
    for pattern in terms.QUOTATIONS:
        if said := pattern.search(text):
            value = {key: said[key].strip() for key in ("text", "name", "role") if said[key]}
            yield FactFound("quotation", value, said[0].strip(), at, is_sure=False)


def _in_sentence(
    sentence: str, at: int, heading: str, title: str, *, in_list: bool
) -> Iterator[FactFound]:
    if way := _way(sentence, at, title):
        yield way
    # What a list asks for is read from all of it, but lines such as "Abschluss: Hauptschule".
    if not in_list or (": " in sentence and role_said(heading) != "requirements"):
        yield from _requirements(sentence, at, heading)
    yield from _hours(sentence, at)
    is_of_one = terms.IN_A_BRANCH.search(sentence)
    if (
        not is_of_one
        and terms.BRANCH.search(sentence)
        and (named := terms.ENUMERATION.search(sentence))
    ):
        items = [i for i in things_listed(named[0]) if not terms.BRANCH.search(i)]
        if len(items) >= _FEWEST_SURE and all(len(i) <= _LONGEST for i in items):
            yield FactFound("sectors", items, sentence, at)
            return
    if terms.NEGATED.search(sentence):
        return
    for name, pattern in terms.LISTS:
        read = places_listed if name == "places" else things_listed
        if (listed := pattern.search(sentence)) and (items := _items(listed, read)):
            is_sure = len(items) >= _FEWEST_SURE and not may_be_one(_listed_in(listed))
            if name == "employers":
                yield FactFound(name, _employers(items), sentence, at, is_sure)
            else:
                yield FactFound(name, items, sentence, at, is_sure)
            return


def _items(listed: re.Match[str], read: Callable[[str], list[str]]) -> list[str]:
    items = read(_listed_in(listed))
    fits = _FEWEST <= len(items) <= _MOST and all(len(item) <= _LONGEST for item in items)
    is_school = any(terms.SCHOOL.search(item) for item in items)
    return items if fits and not is_school else []


def _listed_in(listed: re.Match[str]) -> str:
    """Return the words that list something in a sentence."""
    words = listed["items"] or (listed["more"] if "more" in listed.re.groupindex else "") or ""
    words = words.strip()
    if answer := terms.ANSWER.match(words):
        words = words[answer.end() :]
    return terms.TRAIL.sub("", words)


def _employers(items: Sequence[str]) -> dict[str, object]:
    return {"rows": [{"name": item} for item in items]}


def _chosen(found: Sequence[FactFound]) -> list[FactFound]:
    """Return one fact of each name: the first that is sure; requirements are put together."""
    chosen: dict[str, FactFound] = {}
    for each in sorted(found, key=lambda each: not each.is_sure):
        before = chosen.get(each.name)
        if before is None:
            chosen[each.name] = each
        elif each.is_sure and each.name == "requirements":
            merged = {**_as_dict(each.value), **_as_dict(before.value)}
            words = before.words if before.words == each.words else f"{before.words} {each.words}"
            chosen[each.name] = FactFound(each.name, merged, words, before.at)
        elif each.is_sure and each.name == "working_hours":
            both = list(dict.fromkeys([*_as_list(before.value), *_as_list(each.value)]))
            words = before.words if before.words == each.words else f"{before.words} {each.words}"
            chosen[each.name] = FactFound(each.name, both, words, before.at)
    return sorted(chosen.values(), key=lambda each: each.at)


def _as_dict(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _way(sentence: str, at: int, title: str) -> FactFound | None:
    """Return the way into the profession that a sentence tells.

    It is sure where the text states its years and the training has this official name and length.
    """
    if terms.CHANGE.search(sentence) and not terms.NOT_ONE.search(sentence):
        return FactFound("ways_in", None, sentence, at, is_sure=False)
    if terms.SCHOOL.search(sentence):  # "mit einer zweijährigen Ausbildung" is asked for, no way in
        return None
    durations = [*terms.TOTAL.finditer(sentence)] or [
        *terms.LASTING.finditer(sentence),
        *terms.DURATION.finditer(sentence),
    ]
    years = {years_said(next(filter(None, found.groups()))) for found in durations}
    kinds = [kind for kind, words in terms.KINDS if words.search(sentence)]
    is_unsure = any(words.search(sentence) for words in (terms.EITHER, terms.NOT_ONE))
    if len(years) != 1 or not kinds or is_unsure:
        return None
    (length,) = years
    if kinds[0] not in {"Ausbildung", "schulische Ausbildung"}:
        return FactFound("ways_in", None, sentence, at, is_sure=False)
    named = terms.OF_TRAINING.search(sentence)
    name, months = official_training(named[1] if named else title)
    is_sure = bool(name) and months in {None, length * 12}
    way = {
        "id": "training",
        "kind": "apprenticeship",
        "name": name or "[Amtlicher Name der Ausbildung]",
        "years": int(length) if length % 1 == 0 else length,
    }
    if kinds[0] == "schulische Ausbildung":
        way["form"] = "school"
    return FactFound("ways_in", [way], sentence, at, is_sure)


def official_training(title: str) -> tuple[str, int | None]:
    """Return the official name of the training that a title is, and its months; "" for none."""
    for bare in (title, terms.TOWN.sub("", title), terms.BEHIND.sub("", title)):
        official, is_exact = official_name(bare)
        if official and is_exact and not official.now:
            forms = {official.masculine, official.feminine}
            return (bare if set(bare.split("/")) == forms else official.name), official.months
    short = short_for(terms.TOWN.sub("", title))
    return (short[0].name, short[0].months) if len(short) == 1 else ("", None)


def years_said(written: str) -> float:
    """Return the years that a number in figures or words is."""
    bare = written.lower().replace(" ", "").replace("½", ",5").replace(",", ".")
    return terms.NUMBERS[bare] if bare in terms.NUMBERS else float(bare)


def _requirements(sentence: str, at: int, heading: str) -> Iterator[FactFound]:
    asks = terms.ASKS.search(sentence) or role_said(heading) == "requirements"
    if not asks or "%" in sentence:  # who is taken on, not what is asked for
        return
    if (school := terms.SCHOOL.search(sentence)) and not terms.NEGATED.search(sentence):
        is_sure = not terms.NOT_ASKED.search(sentence)
        yield FactFound(
            "requirements", {"school": _school(sentence, school)}, sentence, at, is_sure
        )
    if language := terms.LANGUAGE.search(sentence):
        level = next(filter(None, language.groups()))
        is_sure = not re.search(r"\b(?:kein\w*|nicht)\b", sentence)
        yield FactFound("requirements", {"language": f"Deutsch {level}"}, sentence, at, is_sure)


def _school(sentence: str, found: re.Match[str]) -> str:
    """Return the certificates that a sentence asks for, up to where its clause ends."""
    words = found["words"]
    behind = sentence[found.end() :]
    more = re.match(
        rf"\s+(?:oder|bzw\.|/)\s+(?:(?:einen?|die|das|der)\s+)?(?:\w+\s)?(?:{terms.SCHOOL_NAMES})"
        r"(?: mit (?:einer )?\w+en? (?:Berufs)?[Aa]usbildung)?",
        behind,
    )
    parts = [words, *([more[0]] if more else [])]
    text = re.sub(r"\s+", " ", " ".join(part.strip() for part in parts))
    text = text.replace("mittleren Reife", "mittlere Reife")
    return re.sub(
        r"\b(?<!\bder )(gut|mittler(?!en Reife)|erst|erfolgreich|qualifizierend|einfach)e[nm]\b",
        r"\1er",
        re.sub(r"\b(?:einen|ein|eine|die|das|der)\s", "", text),
    )


def _hours(sentence: str, at: int) -> Iterator[FactFound]:
    is_negated = terms.NEGATED.search(sentence) is not None
    found = [
        m[0].strip(" ,")
        for pattern in ((terms.WEEK,) if is_negated else (terms.WEEK, terms.SHIFTS))
        for m in pattern.finditer(sentence)
    ]
    found = [text[0].upper() + text[1:] for text in found if text]
    if found and not terms.NO_WEEK.search(sentence):
        is_sure = not is_negated and not terms.UNSURE_HOURS.search(sentence)
        yield FactFound("working_hours", list(dict.fromkeys(found)), sentence, at, is_sure)


def _listed_below(paragraphs: Sequence[Paragraph], headings: Sequence[str]) -> Iterator[FactFound]:
    """Yield what short lists state by the heading, or by the line, that they stand below."""
    at = 0
    while at < len(paragraphs):
        begin = at
        kind = paragraphs[begin].kind
        while at < len(paragraphs) and paragraphs[at].kind == kind in {"bullet", "number"}:
            at += 1
        if begin == at:
            at += 1
            continue
        items = [p.text.rstrip(" .,;") for p in paragraphs[begin:at]]
        above = paragraphs[begin - 1].text if begin else ""
        heading = above if above.endswith(":") else headings[begin]
        if terms.STEPS.search(heading):
            yield from _steps(items, heading, begin)
        elif kind == "bullet":
            yield from _of_list(items, heading, begin)


def _steps(items: Sequence[str], heading: str, at: int) -> Iterator[FactFound]:
    if len(items) <= _MOST_STEPS and all(len(item) <= _LONGEST_STEP for item in items):
        yield FactFound("next_steps", [{"what": i} for i in items], heading.rstrip(":"), at)


def _of_list(items: Sequence[str], heading: str, at: int) -> Iterator[FactFound]:
    name = _listed_name(heading)
    words = heading.rstrip(":")
    if name == "skills":
        school = [m for item in items if (m := terms.SCHOOL.search(item))]
        if len(school) == 1:
            asked = {"school": as_called(school[0].string)}
            yield FactFound("requirements", asked, words, at)
        levels = [m for item in items if (m := terms.LANGUAGE.search(item))]
        if len(levels) == 1:
            level = next(filter(None, levels[0].groups()))
            yield FactFound("requirements", {"language": f"Deutsch {level}"}, words, at)
        items = [i for i in items if not terms.SCHOOL.search(i) and not terms.LANGUAGE.search(i)]
    longest = max(map(len, items), default=0)
    most = _LONGEST_ASKED if name == "skills" else _LONGEST
    is_short = longest <= most and all(len(sentences(item)) == 1 for item in items)
    if not name or not is_short or not _FEWEST <= len(items) <= _MOST:
        return
    value: object = _employers(items) if name == "employers" else list(items)
    yield FactFound(name, value, words, at, is_sure=longest <= _LONGEST)


def _listed_name(heading: str) -> str:
    """Return the fact that items below a heading state; "" for none."""
    if terms.HOURS.search(heading):
        return "working_hours"
    if terms.PLACES.search(heading):
        return "places"
    if terms.BRANCHES.search(heading):
        return "sectors"
    if terms.FURTHER.search(heading):
        return "training"
    return {"requirements": "skills", "employers": "employers"}.get(role_said(heading), "")
