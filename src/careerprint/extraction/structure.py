"""Finds what a manuscript is made of: title, subtitle, opening and sections.

Its own structure says so: headings where the file marks them, else short lines before long ones.
Every paragraph stands in the result once, and in order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from careerprint.core.diagnostics import N_
from careerprint.extraction.flyertexts import FlyerTexts
from careerprint.extraction.levels import LONGEST_HEADING, could_head, is_row, marked_headings
from careerprint.extraction.payfacts import AllPay
from careerprint.extraction.textfacts import FactFound
from careerprint.manuscripts.manuscript import Manuscript, Paragraph, Remark, literal, reads_as
from careerprint.profiles.roles import role_said

# Characters; what these places have room for in print.
LONGEST_TITLE = 80
_SHORT_ENOUGH = 60  # a line with a full stop, taken for a heading
_WORDS_OF_A_LABEL = 2
# The brochure's cover, in mm: its height below the first word, and what a line takes there, of so
# many characters at least. A subtitle has its distance.
_COVER = 70
_TITLE_LINE, _TITLE_WIDTH = 12.8, 18
_SUBTITLE_LINE, _SUBTITLE_WIDTH, _DISTANCE = 6.7, 34, 5
_ITEMS = {"bullet", "number"}
# Words that no title ends with.
_SMALL = re.compile("in|im|der|die|das|und|oder|für|mit|von|als|zu|zum|zur")
# "Das bringen Sie mit:", "Wir bieten:", "Das erwartet dich:"
_BRING = re.compile(r"\b(?:(?:mit)?bring|biet|erwart|brauch|lern|verdien)\w*\b", re.IGNORECASE)
# What a line below a title says of the text, and not of the occupation.
_IMPRINT = re.compile(
    r"\W*(?:stand|von|autor\w*|text|fotos?|bild|quelle|redaktion|herausgeber\w*|kapitel|teil)\b"
    r"|.*\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_TIMES_LONGER = 1.5  # what stands below a heading

_LEVELLED = N_(
    "These headings were formatted as if they stood below “{text}”; they stand beside it now: "
    "“{names}”. If one belongs below it, make it a subheading."
)

# Remarks on parts of the front matter have these for their place in it.
TITLE, SUBTITLE, TEASER, FLYER, FACTS, BODY = (
    *("title", "subtitle", "teaser", "flyer", "facts", "body"),
)


@dataclass(slots=True)
class Passage:
    """A section: its heading, the id behind it, and the positions of its paragraphs."""

    heading: Paragraph
    mark: str = ""
    inside: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """What a profile is written from. All texts are Markdown.

    `teaser` is the introduction, where it was taken out of the text; `rests` are what is left of
    paragraphs, by their positions. `subheadings` are the positions of paragraphs that are headings
    within a section. Remarks are by the part of the front matter that they belong to. `art` is what
    the front matter says of drawings: field and town, where the title tells them.
    """

    manuscript: Manuscript
    title: str = ""
    subtitle: str = ""
    teaser: str = ""
    flyer: FlyerTexts = field(default_factory=lambda: FlyerTexts("", ""))
    opening: list[int] = field(default_factory=list)
    rests: dict[int, str] = field(default_factory=dict)
    parts: list[Passage] = field(default_factory=list)
    subheadings: set[int] = field(default_factory=set)
    pay: AllPay = field(default_factory=AllPay)
    facts: list[FactFound] = field(default_factory=list)
    art: dict[str, str] = field(default_factory=dict)
    remarks: list[tuple[str, Remark]] = field(default_factory=list)

    def remark(self, place: str, message: str, at: int | None = None, **values: object) -> None:
        """Note what somebody should look at."""
        self.remarks.append((place, Remark(message, tuple(values.items()), at)))

    def remark_on(self, at: int, message: str) -> None:
        """Note what somebody should look at in the paragraph at a position, which it quotes."""
        self.remark(BODY, message, at, text=self.manuscript.paragraphs[at].text)


def find_structure(manuscript: Manuscript, name: str) -> Draft:
    """Return the draft of a profile; `name` serves as a title where the text has none."""
    draft = Draft(manuscript)
    draft.remarks += [(BODY, remark) for remark in manuscript.remarks]
    headings, beside = marked_headings(manuscript)
    if beside:
        above, *others = (manuscript.paragraphs[at].text for at in beside)
        draft.remark(BODY, _LEVELLED, beside[0], text=above, names="”, “".join(others))
    if not any(headings.values()):
        has_title = 0 in headings
        headings |= _headings_by_length(draft, 1 if has_title else None)
    if "title" in manuscript.head:
        first = _take_title_of_head(draft, headings)
    else:
        first = _take_title(draft, headings, name)
    _take_sections(draft, headings, first)
    return draft


def _headings_by_length(draft: Draft, start: int | None) -> dict[int, int]:
    """Return the headings that a text without marks has: short lines before long ones.

    They are looked for from `start` on; without one, behind the lines that the text begins with.
    """
    texts = draft.manuscript.paragraphs
    begin = len(list(_leading_lines(texts))) if start is None else start
    found = {i: 1 for i in range(begin, len(texts) - 1) if _is_heading(texts, i)}
    dotted = [i for i in range(begin, len(texts) - 1) if i not in found and _is_dotted(texts, i)]
    # A line with a full stop is one where all other long paragraphs have a heading of their own.
    bare = [
        i
        for i in range(begin + 1, len(texts))
        if _is_long(texts[i]) and i - 1 not in found and i - 1 not in dotted
    ]
    if found and not bare:
        for position in dotted:
            found[position] = 1
            told = N_("“{text}” was taken for a heading, though it ends with a full stop.")
            draft.remark_on(position, told)
    for position in sorted(found):
        above = position - 1
        behind = texts[above - 1]
        if above <= begin or above in found or above - 1 in found or could_head(behind):
            continue
        if (
            could_head(texts[above]) and ": " not in texts[above].text
        ):  # a short line behind running text, and before a heading
            found[above], found[position] = 1, 2
            draft.remark_on(above, N_("“{text}” was taken for a heading above another one."))
    return dict(sorted(found.items()))


def _leading_lines(texts: Sequence[Paragraph]) -> Iterator[int]:
    """Yield the positions of the short lines that a text begins with."""
    for position, paragraph in enumerate(texts):
        if not could_head(paragraph) or _is_long(paragraph):
            return
        yield position


def _is_long(paragraph: Paragraph) -> bool:
    return paragraph.kind == "text" and len(paragraph.text) > LONGEST_HEADING


def _is_heading(texts: Sequence[Paragraph], position: int) -> bool:
    """Tell whether a paragraph is a short line before a long one, or before a list."""
    this, following = texts[position], texts[position + 1]
    if this.kind == "text" and this.level:  # underlined
        return True
    if following.kind in {"bullet", "number"}:
        is_label = len(this.text.split()) <= _WORDS_OF_A_LABEL or _BRING.search(this.text)
        ends = this.text.endswith(":") and not is_label
        return this.kind == "text" and could_head(this) and not ends
    rows = [texts[at].text for at in range(position + 1, min(position + 3, len(texts)))]
    if this.text.isupper() and could_head(this) and not following.text.isupper():
        return this.kind == following.kind == "text"
    if ": " not in this.text and could_head(this) and len(rows) > 1 and all(map(is_row, rows)):
        return this.kind == "text"
    if could_head(this) and role_said(this.text) and this.text.count(" ") < _WORDS_OF_A_LABEL - 1:
        return this.kind == following.kind == "text"
    longer = len(following.text) >= _TIMES_LONGER * len(this.text)
    ends = following.text.endswith((".", "!", "?", "…", "“", "”", '"', "«", ")", ":"))
    return could_head(this) and following.kind == "text" and longer and ends


def _is_dotted(texts: Sequence[Paragraph], position: int) -> bool:
    this = texts[position]
    return (
        this.kind == "text"
        and len(this.text) <= _SHORT_ENOUGH
        and this.text.endswith(".")
        and _is_long(texts[position + 1])
    )


def _take_title(draft: Draft, headings: dict[int, int], name: str) -> int:
    """Set title and subtitle; return the position of the first paragraph that is neither."""
    texts = draft.manuscript.paragraphs
    marked = next((i for i, level in headings.items() if level == 0), None)
    if marked:  # a title below other paragraphs: quoted, and left where it stands
        draft.title = _beginning(texts[marked])
        headings[marked] = 1
        draft.remark(TITLE, N_("The title stands further down in the text, where it is a heading."))
        return 0
    if marked is None:
        leads = [i for i in _leading_lines(texts) if i not in headings]
    else:
        is_line = marked == 0 and _is_subtitle(texts, headings)
        leads = [0, 1] if is_line else [i for i in (0, 1) if headings.get(i) == 0]
    if not leads:
        draft.title = literal(name)
        draft.remark(TITLE, N_("The text has no title; this is the name of the profile."))
        return 0
    if not _has_room(texts[0].text):
        headings.pop(0, None)
        draft.title = _beginning(texts[0])
        draft.remark(TITLE, N_("The first line is too long for a title; this is its beginning."))
        if marked is None and 0 < leads[-1] < len(texts) - 1:
            headings[leads[-1]] = 1
        return 0
    draft.title = texts[0].markdown
    if marked is None:
        draft.remark(TITLE, N_("The title is the first line of the text."))
    first = _take_subtitle(draft, headings, leads)
    if first > 1 and texts[1].kind == "text":
        draft.remark(SUBTITLE, N_("The subtitle is the second line of the text."))
    if marked is None:
        last = leads[-1]
        if first <= last < len(texts) - 1:  # the last of the lines above the text heads it
            headings[last] = 1
            told = N_("“{text}” was taken for the first heading; it may be the title.")
            draft.remark_on(last, told)
    return first


def _take_subtitle(draft: Draft, headings: dict[int, int], leads: Sequence[int]) -> int:
    """Set the subtitle where the second line is one; return what `_take_title` does."""
    texts = draft.manuscript.paragraphs
    # A second line of few words, or above a list, is rather a section's heading than a subtitle.
    is_label = len(leads) == len((0, 1)) and _is_label(texts)
    is_heading = bool(headings) and is_label
    if len(leads) > 1 and not is_heading and _has_room(texts[0].text, texts[1].text):
        draft.subtitle = texts[1].markdown
        return 2
    return 1


def _is_subtitle(texts: Sequence[Paragraph], headings: dict[int, int]) -> bool:
    """Tell whether a line of its own below a marked title is no heading, and begins no text."""
    if 1 in headings or not any(at > 1 for at in headings):
        return False
    line, below = texts[1], texts[2]
    is_line = line.kind == "text" and could_head(line) and not re.search(r"[.!?] ", line.text)
    is_lead = line.text.endswith(":") or below.text[:1].islower()
    return is_line and not is_lead and not _IMPRINT.match(line.text)


def _is_label(texts: Sequence[Paragraph]) -> bool:
    """Tell whether the second line is rather a heading than a subtitle."""
    second, below = texts[1].text, texts[2:3]
    is_above_items = any(p.kind in _ITEMS for p in below)
    says = second.endswith("?") or second.isupper() or role_said(second) != ""
    is_marked = any(p.kind == "heading" for p in texts[2:])  # then all headings are
    is_short = len(second.split()) <= _WORDS_OF_A_LABEL and not is_marked
    return is_short or is_above_items or says or texts[1].level > 0


def _take_title_of_head(draft: Draft, headings: dict[int, int]) -> int:
    """Set title and subtitle as the file's head says; return as `_take_title` does.

    A heading that is marked as the title, and says the same, is not repeated.
    """
    head = draft.manuscript.head
    draft.title, draft.subtitle = literal(head["title"]), literal(head.get("subtitle", ""))
    marked = next((i for i, level in headings.items() if level == 0), None)
    if marked == 0 and draft.manuscript.paragraphs[0].text == head["title"]:
        return 1
    if marked is not None:
        headings[marked] = 1
    return 0


def _has_room(title: str, subtitle: str = "") -> bool:
    """Tell whether title and subtitle have room on a brochure's cover, as far as can be guessed."""
    lines = len(wrap(title, _TITLE_WIDTH)) * _TITLE_LINE
    below = len(wrap(subtitle, _SUBTITLE_WIDTH)) * _SUBTITLE_LINE + _DISTANCE if subtitle else 2
    return lines + below <= _COVER


def _take_sections(draft: Draft, headings: dict[int, int], first: int) -> None:
    """Put every paragraph from `first` on into the opening or a section."""
    texts = draft.manuscript.paragraphs
    for position in range(first, len(texts)):
        level = headings.get(position)
        # Whether there is text before the next heading that is no lower than this one.
        below = range(position + 1, len(texts))
        ends = (p for p in below if p not in headings or headings[p] <= (level or 0))
        has_text = next(ends, None) not in {None, *headings}
        if has_text and (level == 1 or (level and not draft.parts)):
            draft.parts.append(Passage(texts[position], _mark_of_its_own(draft, position)))
            continue
        if level is not None and not has_text:
            told = N_("Nothing stands below the heading “{text}”; it is a paragraph now.")
            draft.remark_on(position, told)
        elif level is not None:
            draft.subheadings.add(position)
        (draft.parts[-1].inside if draft.parts else draft.opening).append(position)
    if not draft.parts:
        _make_one_section(draft, first)


def _mark_of_its_own(draft: Draft, position: int) -> str:
    """Return the mark behind a heading, unless one above has the same."""
    heading = draft.manuscript.paragraphs[position]
    if heading.mark and heading.mark in {part.mark for part in draft.parts}:
        draft.remark(
            BODY,
            N_("Two headings were marked {{#{mark}}}; “{text}” is without a mark now."),
            position,
            mark=heading.mark,
            text=heading.text,
        )
        return ""
    return heading.mark


def _make_one_section(draft: Draft, first: int) -> None:
    """Make a text without headings one section, below its second line, or its title."""
    texts = draft.manuscript.paragraphs
    if first == len(texts):  # lines of a title, and nothing else
        draft.opening = list(range(first))
        draft.subtitle = ""
    if draft.subtitle:
        heading, draft.subtitle = texts[1], ""
        draft.remark(BODY, N_("The second line was taken for the only heading of the text."), 1)
    else:
        heading = Paragraph("heading", reads_as(draft.title), draft.title)
        draft.remark(BODY, N_("The text has no headings. Its only section has that of the title."))
    draft.remarks = [(place, remark) for place, remark in draft.remarks if place != SUBTITLE]
    draft.parts.append(Passage(heading, inside=draft.opening))
    draft.opening = []


def _beginning(paragraph: Paragraph) -> str:
    """Return a paragraph's first words, as many as have room in a title."""
    if _has_room(paragraph.text):
        return paragraph.markdown
    words = paragraph.text[:LONGEST_TITLE]
    while not _has_room(words) and " " in words:
        words = words.rpartition(" ")[0]
    while _SMALL.fullmatch(words.rpartition(" ")[2]):
        words = words.rpartition(" ")[0]
    return literal(words)
