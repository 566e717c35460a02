"""Finds ways into the profession that a text tells in sections, or as items of a list.

Name and kind stand in the heading, the years in sentences below. All of them are only proposed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careerprint.extraction import factterms as terms
from careerprint.extraction.textfacts import FactFound, official_training, years_said
from careerprint.manuscripts.manuscript import Paragraph
from careerprint.profiles.german import sentences

_LONGEST_NAME = 60
_IN_LIST = re.compile(
    r"(?P<name>[^:.;–()]{4,60}?(?: \([^()\d]{2,30}\))?)\s?(?:[:–]|(?=\(\w+ ))\s?(?P<told>.+)"
)
_NUMBERED = re.compile(
    r"^(?:(?:Weg|Variante|Möglichkeit) ?)?(?:\d|[A-D])[.):]\s*|^(?:Weg|Variante)\s\d:?\s"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A way that a text tells: what it is called, the sentences about it, and where it begins."""

    name: str
    sentences: tuple[str, ...]
    at: int

    @property
    def forms(self) -> list[str]:
        """The forms of training that its name says; several, or none, are no single training."""
        return [form for form, words in terms.FORMS if words.search(self.name)]

    @property
    def stated(self) -> tuple[float, str] | None:
        """How many years it takes, and the sentence that says so; None where that is not one."""
        for patterns in ((terms.TOTAL,), (terms.DURATION,), (terms.LASTING,)):
            found = {
                years_said(next(filter(None, words.groups()))): sentence
                for sentence in self.sentences
                for pattern in patterns
                for words in pattern.finditer(sentence)
            }
            if found:
                ((years, said), *others) = found.items()
                is_one = not (others or terms.AT_MOST.search(said) or terms.EITHER.search(said))
                return (years, said) if is_one else None
        return None

    @property
    def words(self) -> str:
        """What the text says of it: its name, and the sentence with its years or the first."""
        stated = self.stated
        lasting = (s for s in self.sentences if terms.DURATION.search(s))
        told = stated[1] if stated else next(lasting, next(iter(self.sentences), ""))
        return f"{self.name}: {told}".removesuffix(": ")


def with_ways(
    found: Sequence[FactFound], paragraphs: Sequence[Paragraph], headings: Sequence[str], title: str
) -> list[FactFound]:
    """Return facts with the ways in that sections and lists tell, as far as they are not there.

    Those whose kind and years are clear are one proposal; of each other it is told that there is
    one. A way that is surely one stays the only fact, and of all others it is told.
    """
    told = [way for way in _told(paragraphs, headings) if _is_way(way)]
    known = next((f for f in found if f.name == "ways_in"), None)
    if not told or (len(told) == 1 and known and known.value is not None):
        return list(found)
    others = [f for f in found if f is not known]
    if known and known.is_sure:
        return [*found, *(_told_only(way) for way in told if not _is_same(way, known))]
    clear = [way for way in told if _is_clear(way)]
    if clear:
        value = _written(clear, title)
        words = " … ".join(way.words for way in clear)
        others.append(FactFound("ways_in", value, words, clear[0].at, is_sure=False))
    return [*others, *(_told_only(way) for way in told if way not in clear)]


def _told_only(way: _Told) -> FactFound:
    return FactFound("ways_in", None, way.words, way.at, is_sure=False)


def _is_same(way: _Told, known: FactFound) -> bool:
    """Tell whether a way is the known one: it stands there, or is a dual training as long."""
    if way.at == known.at or known.words in " ".join(way.sentences):
        return True
    length = known.value[0]["years"] if isinstance(known.value, list) else 0
    return way.forms == [""] and way.stated is not None and way.stated[0] == length


def _is_way(way: _Told) -> bool:
    is_named = way.forms or terms.OTHER_WAY.search(way.name)
    return bool(is_named) and bool(way.stated or way.forms != [""])


def _is_clear(way: _Told) -> bool:
    """Tell whether all is known of a way that a profile states of one: it is a single training."""
    return len(way.forms) == 1 and way.stated is not None and not terms.OTHER_WAY.search(way.name)


def _written(ways: Sequence[_Told], title: str) -> list[dict[str, object]]:
    """Return ways as a profile has them; a dual training is called by its official name."""
    written: list[dict[str, object]] = []
    for number, way in enumerate(ways, 1):
        years, _ = way.stated or (0, "")
        (form,) = way.forms
        name = official_training(title)[0] if not form else ""
        one: dict[str, object] = {"id": f"way-{number}", "kind": "apprenticeship"}
        one |= {"name": name or way.name, "years": int(years) if years % 1 == 0 else years}
        written.append(one | ({"form": form} if form else {}))
    return written


def _told(paragraphs: Sequence[Paragraph], headings: Sequence[str]) -> Iterator[_Told]:
    """Yield what may be ways in: headings with the text below, and items that name something."""
    at = 0
    while at < len(paragraphs):
        begin, heading = at, paragraphs[at]
        at += 1
        if terms.AFTERWARDS.search(headings[begin]) or heading.kind in {"picture", "table"}:
            continue
        if heading.kind == "bullet" and (item := _IN_LIST.match(heading.text)):
            is_of_ways = terms.WAYS.search(headings[begin]) or terms.WAYS.search(
                _above(paragraphs, begin)
            )
            if is_of_ways:
                yield _Told(_bare(item["name"]), tuple(sentences(item["told"])), begin)
        if heading.kind != "heading" or len(heading.text) > _LONGEST_NAME:
            continue
        while at < len(paragraphs) and paragraphs[at].kind not in {"heading", "table", "bullet"}:
            at += 1
        below = [s for p in paragraphs[begin + 1 : at] for s in sentences(p.text)]
        if below and not terms.AFTERWARDS.search(heading.text):
            yield _Told(_bare(heading.text), tuple(below), begin)


def _above(paragraphs: Sequence[Paragraph], at: int) -> str:
    """Return the line that introduces the list that an item is of."""
    while at and paragraphs[at].kind == "bullet":
        at -= 1
    return paragraphs[at].text


def _bare(name: str) -> str:
    return _NUMBERED.sub("", name, count=1).strip(" :.")
