"""Writes the draft of a profile as the file profile.md, with what is to be checked in it.

Remarks stand in the front matter as comments, each above what it is about.
"""

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from careerprint.core.diagnostics import N_, filled
from careerprint.extraction.flyertexts import NO_HEADLINE, NO_TEASER
from careerprint.extraction.structure import BODY, FACTS, FLYER, SUBTITLE, TEASER, TITLE, Draft
from careerprint.intake.factlines import PAY, TRAINING_PAY, fact_lines, named, quoted
from careerprint.manuscripts.manuscript import Paragraph, Remark, in_heading, literal, reads_as
from careerprint.manuscripts.occupations import field_said
from careerprint.profiles.facts import Facts
from careerprint.profiles.marks import REVIEW, check_mark

_WIDTH = 88

# What YAML takes only as an escape (YAML 1.1, 5.1).
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

_TAKEN_OVER = N_(
    "Taken over from “{source}”. Where {word} stands, check what it says; then delete its line."
)
_ART_TOLD = N_(
    "The title tells whose drawings are printed: those of the occupational field, and of the town "
    "where there are any; else a neutral town is drawn."
)
FIELD_TOLD = N_(
    "The drawings show the occupational field that the title tells, and no town. A picture of your "
    "own is chosen ⟨under “pictures”; see the guide|in “Look”, under “Pictures in place of "
    "drawings”⟩."
)
_TOWN_ENTERED = N_(
    "The drawings show the occupational field that the title tells, and the town that you entered; "
    "where there is no drawing of it, a neutral town."
)
_TOWN_TOLD = N_(
    "The drawings show the town that the title tells; where there is no drawing of it, a neutral "
    "town."
)
_CHOSEN = N_(
    "The drawings show what was chosen for them; where there is no drawing of a town, a neutral "
    "one."
)
_NO_ART = N_(
    "The title tells no occupational field, so neutral drawings are printed. Others are chosen "
    "⟨by two lines, “art:” and “  field: health”; the guide lists the fields|under "
    "“Occupational field”⟩."
)
_CAN_BE_ADDED = N_("{names} can be added, as in the example profile.")


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of the profile, counted from 1, that somebody should look at, and why."""

    line: int
    remark: Remark


def sentence(remark: Remark, translate: Callable[[str], str]) -> str:
    """Return a remark as one line in the language that `translate` knows."""
    return " ".join(filled(remark.message, dict(remark.values), translate).split())


def write_profile(
    draft: Draft, source: str, today: date, german: Callable[[str], str]
) -> tuple[str, list[MarkedLine]]:
    """Return the content of profile.md, and the lines of it to be checked, in their order.

    `source` is the name of the file that the text comes from; `german` translates remarks.
    """
    front = _Front(draft, german)
    front.write(source, today)
    body, starts = _body(draft)
    checked = [
        MarkedLine(
            len(front.lines) + starts[remark.at] if remark.at in starts else line,
            remark,
        )
        for line, remark in front.checked
    ]
    content = "\n".join([*front.lines, *body]) + "\n"
    return content, sorted(checked, key=lambda place: place.line)


@dataclass(slots=True)
class _Front:
    """Writes the front matter by lines. `checked` are remarks, each with its line."""

    draft: Draft
    german: Callable[[str], str]
    lines: list[str] = field(default_factory=list)
    checked: list[tuple[int, Remark]] = field(default_factory=list)

    def write(self, source: str, today: date) -> None:
        """Write all of it, with the lines that begin and end it."""
        draft = self.draft
        self.lines.append("---")
        self._comment(_TAKEN_OVER, source=source, word=REVIEW)
        self._text(TITLE, draft.title)
        if draft.subtitle:
            self._text(SUBTITLE, draft.subtitle)
        self._text(TEASER, draft.teaser or _markdown(draft.flyer.teaser))
        self.lines += [f"updated: {today.isoformat()}", ""]
        self._art()
        self._facts()
        self._remarks(FLYER)
        self.lines.append("flyer:")
        flyer = draft.flyer
        self._text("headline", _markdown(flyer.headline), "  ")
        self._text("teaser", _markdown(flyer.teaser), "  ")
        if flyer.points:
            self._text("heading", literal(flyer.heading), "  ")
            self.lines.append("  points:")
            self.lines += [f"    - {quoted(literal(point))}" for point in flyer.points]
        if any(place == BODY for place, _ in draft.remarks):
            self.lines.append("")
            self._comment(N_("On the text below:"))
            self._remarks(BODY)
        self.lines += ["---", ""]

    def _art(self) -> None:
        if not self.draft.art:
            self._comment(_NO_ART)
            self.lines.append("")
            return
        told = _told_of_drawings(reads_as(self.draft.title), self.draft.art)
        self._remark(Remark(told), "")
        self.lines.append("art:")
        self.lines += [f"  {key}: {quoted(name)}" for key, name in self.draft.art.items()]
        self.lines.append("")

    def _facts(self) -> None:
        draft = self.draft
        self._comment(
            N_("Figures and lists. What is not known is left out, and so is its drawing:")
        )
        lines = list(fact_lines(draft.pay, draft.facts))
        known = {fact.name for fact in draft.facts}
        known |= {name for name in (PAY, TRAINING_PAY) if named(lines, name)}
        absent = [name for name in Facts.model_fields if name not in known]
        self._comment(_CAN_BE_ADDED, names=", ".join(absent))
        self._remarks(FACTS)
        for line in lines:
            if isinstance(line, str):
                self.lines.append(line)
            else:
                self._remark(line.remark, line.indent)
        self.lines.append("")

    def _text(self, key: str, text: str, indent: str = "") -> None:
        """Write an entry below what is to be checked of it, a long text in lines of its own."""
        if not indent:
            self._remarks(key)
        if len(text) <= _WIDTH or _UNPRINTABLE.search(text):
            self.lines.append(f"{indent}{key}: {quoted(text)}")
            return
        wrapped = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
        self.lines += [f"{indent}{key}: >-", *(f"{indent}  {line}" for line in wrapped)]

    def _comment(self, message: str, **values: object) -> None:
        self.lines.append(f"# {self._german(Remark(message, tuple(values.items())))}")

    def _remarks(self, place: str) -> None:
        for remark in (r for p, r in self.draft.remarks if p == place):
            self._remark(remark, "")

    def _remark(self, remark: Remark, indent: str) -> None:
        self.lines.append(check_mark(self._german(remark), indent))
        self.checked.append((len(self.lines), remark))

    def _german(self, remark: Remark) -> str:
        return _UNPRINTABLE.sub("?", sentence(remark, self.german))


def _told_of_drawings(title: str, art: Mapping[str, str]) -> str:
    """Return where field and town of the drawings come from: the title, or somebody's choice."""
    field, town = art.get("field", ""), art.get("town", "")
    has_town = town.lower() in title.lower()
    if field and field == field_said(title):
        return FIELD_TOLD if not town else _ART_TOLD if has_town else _TOWN_ENTERED
    return _TOWN_TOLD if town and has_town and not field else _CHOSEN


def _markdown(text: str) -> str:
    """Return the Markdown of a text of the flyer; a placeholder stays one."""
    return text if text in {NO_HEADLINE, NO_TEASER} else literal(text)


def _body(draft: Draft) -> tuple[list[str], dict[int | None, int]]:
    """Return the lines of the text, and where in them, from 1, each paragraph stands."""
    texts = draft.manuscript.paragraphs
    lines: list[str] = []
    starts: dict[int | None, int] = {}
    _write_parts(draft, draft.opening, lines, starts)
    for part in draft.parts:
        mark = f" {{#{part.mark}}}" if part.mark else ""
        lines.append(f"## {in_heading(part.heading.markdown)}{mark}")
        position = next((i for i, p in enumerate(texts) if p is part.heading), None)
        if position is not None:
            starts[position] = len(lines)
        lines.append("")
        _write_parts(draft, part.inside, lines, starts)
    return lines[:-1], starts


def _write_parts(
    draft: Draft, inside: Sequence[int], lines: list[str], starts: dict[int | None, int]
) -> None:
    texts = draft.manuscript.paragraphs
    delimiter = "."
    for position, following in pairwise([*inside, -1]):
        this = texts[position]
        after = texts[following] if following >= 0 else None
        if position in draft.subheadings:
            lines.append(f"### {in_heading(this.markdown)}")
        else:
            lines.append(draft.rests.get(position) or _marked(this, delimiter))
        starts[position] = len(lines)
        goes_on = _goes_on(this, after)
        if not goes_on or this.kind == "quote":
            lines.append(">" if goes_on else "")
        if this.kind == "number" and not goes_on:  # what follows is another list
            delimiter = ")" if delimiter == "." else "."


def _marked(paragraph: Paragraph, delimiter: str) -> str:
    marks = {"bullet": "- ", "number": f"{paragraph.number}{delimiter} ", "quote": "> "}
    return marks.get(paragraph.kind, "") + paragraph.markdown


def _goes_on(this: Paragraph, after: Paragraph | None) -> bool:
    """Tell whether the next paragraph belongs to the same list or quotation."""
    if (
        after is None
        or after.kind != this.kind
        or this.kind in {"text", "heading", "table", "picture"}
    ):
        return False
    return this.kind != "number" or after.number == this.number + 1
