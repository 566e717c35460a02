"""Right answers for facts that texts state, and how many of them an import finds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from careerprint.extraction import factterms as terms
from careerprint.extraction.payfacts import AllPay, find_pay
from careerprint.extraction.textfacts import FactFound, find_facts, years_said
from careerprint.intake.drafting import make_draft
from careerprint.manuscripts.manuscript import Manuscript, Paragraph, reads_as, take_typed_lists
from careerprint.manuscripts.plaintext import read_plain

CORPUS = Path(__file__).parent / "corpus"
LISTS = {
    "skills": "skills",
    "sectors": "sectors",
    "places": "places",
    "training": "training",
    "hours": "working_hours",
}


@dataclass
class Score:
    """How many facts are right, wrong and missing, and which."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """Return the share of what there is that was found."""
        return self.right / (self.right + len(self.missing))

    def count(self, where: str, found: set[str], expected: set[str]) -> None:
        """Compare what was found in a text with what is in it."""
        self.right += len(found & expected)
        self.wrong += [f"{where}: {fact}" for fact in sorted(found - expected)]
        self.missing += [f"{where}: {fact}" for fact in sorted(expected - found)]


def sentences(kind: str) -> list[dict[str, Any]]:
    """Return the cases of a part of the corpus."""
    read: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        (CORPUS / "sentences.yaml").read_text("utf-8")
    )
    return read[kind]


def facts_of(paragraphs: Sequence[Paragraph], headings: Sequence[str]) -> set[str]:
    """Return all facts in paragraphs that an import would write or propose, each as a line."""
    return lines_of(find_pay(paragraphs, headings, 6), find_facts(paragraphs, headings, ""))


def lines_of(pay: AllPay, facts: Sequence[FactFound]) -> set[str]:
    """Return facts as lines."""
    found = {
        f"pay {p.label}: {'' if p.low is None else p.low}-{p.high}{'+' if p.open_top else ''}"
        for p in pay.pay
    }
    found |= {f"period {pay.period}"} if pay.period and pay.pay else set()
    found |= {f"basis {pay.basis}"} if pay.basis and pay.pay else set()
    if pay.training:
        found.add(f"training pay {[p.high for p in pay.training]}")
    for fact in facts:
        found |= set(_lines(fact.name, fact.value, fact.words, is_sure=fact.is_sure))
    return found


def _lines(name: str, value: Any, words: str, *, is_sure: bool) -> Iterator[str]:
    if name == "ways_in":
        durations = [*terms.LASTING.finditer(words), *terms.DURATION.finditer(words)]
        kinds = [kind for kind, said in terms.KINDS if said.search(words)]
        years = [years_said(next(filter(None, found.groups()))) for found in durations]
        yield f"way {kinds[0]} {years[0]:g}" if years else "way Quereinstieg"
    elif not is_sure and name != "training":
        yield f"proposed {name}"
    elif name == "requirements":
        yield from (f"{key} {said}" for key, said in value.items())
    elif name == "employers":
        yield from (f"employers {row['name']}" for row in value["rows"])
    else:
        yield from (f"{name} {item}" for item in value)


def expected_of(case: Mapping[str, Any]) -> set[str]:
    """Return the facts of a case, each as a line."""
    found = {f"pay {each}" for each in case.get("pay", ())}
    found |= {f"training pay {case['training_pay']}"} if "training_pay" in case else set()
    found |= {
        f"{key} {case[key]}" for key in ("period", "basis", "school", "language") if key in case
    }
    for way in case.get("ways", [case["way"]] if "way" in case else []):
        found.add(f"way {way}")
    for key, name in {**LISTS, "employers": "employers"}.items():
        found |= {f"{name} {item}" for item in case.get(key, ())}
    return found | {f"proposed {name}" for name in case.get("proposed", ())}


def score_of(kind: str, heading: str) -> Score:
    """Return how well the facts in a part of the corpus are found."""
    score = Score()
    for case in sentences(kind):
        manuscript = Manuscript()
        manuscript.add("text", case["text"])
        found = facts_of(manuscript.paragraphs, [case.get("below", heading)])
        score.count(case["text"], found, expected_of(case))
    return score


def texts() -> list[dict[str, Any]]:
    """Return the whole texts of the corpus, with what is in them."""
    read: list[dict[str, Any]] = yaml.safe_load((CORPUS / "texts.yaml").read_text("utf-8"))
    return read


def facts_of_text(text: str) -> tuple[str, list[str], set[str]]:
    """Return title, headings and facts of a plain text, as an import takes them."""
    manuscript = read_plain(text.encode(), "text.txt")
    take_typed_lists(manuscript)
    draft = make_draft(manuscript, "probe")
    headings = [part.heading.text for part in draft.parts]
    return reads_as(draft.title), headings, lines_of(draft.pay, draft.facts)
