"""Finds what a manuscript is made of: title, subtitle, opening, sections, and texts for the flyer.

Its own structure says so: headings where the file marks them, else short lines before long ones.
Every paragraph stands in the result once, and in order; what is quoted from it besides (teaser,
points) is there in its own words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from textwrap import wrap

from careerprint.core.diagnostics import N_
from careerprint.intake.manuscript import Manuscript, Paragraph, Remark, literal, reads_as
from careerprint.intake.textfacts import Found, find_facts, sentences
from careerprint.profiles.roles import role_said

MOST_POINTS, FEWEST_POINTS = 5, 3
MOST_PAY = 6
# Characters; what these places have room for in print.
LONGEST_TITLE = 80
LONGEST_TEASER = 260
LONGEST_POINT = 160
LONGEST_HEADING = 100
_SHORT_ENOUGH = 60  # a line with a full stop, taken for a heading
_WORDS_OF_A_LABEL = 2
_LEAST_POINT = 25  # less says little
_LEAST_SENTENCE = 40  # less is a label
# The brochure's cover, in mm: its height below the first word, and what a line takes there, of so
# many characters at least. A subtitle has its distance.
_COVER = 55
_TITLE_LINE, _TITLE_WIDTH = 12.8, 18
_SUBTITLE_LINE, _SUBTITLE_WIDTH, _DISTANCE = 6.7, 34, 5
# What a section tells that is no reason for a profession: whom to ask, and how to apply.
_OF_OFFICES = {"advice", "application"}
_ITEMS = {"bullet", "number"}
_TIMES_LONGER = 1.5  # what stands below a heading

# Remarks on parts of the front matter have these for their place in it.
TITLE, SUBTITLE, TEASER, FLYER, PAY, SECTORS, BODY = (
    *("title", "subtitle", "teaser", "flyer", "pay", "sectors", "body"),
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

    `subheadings` are the positions of paragraphs that are headings within a section. Remarks are
    by the part of the front matter that they belong to. `art` is what the front matter says of
    drawings: field and town, where the title tells them.
    """

    manuscript: Manuscript
    title: str = ""
    subtitle: str = ""
    teaser: str = ""
    headline: str = ""
    points: list[str] = field(default_factory=list)
    opening: list[int] = field(default_factory=list)
    parts: list[Passage] = field(default_factory=list)
    subheadings: set[int] = field(default_factory=set)
    found: Found = field(default_factory=Found)
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
    headings = _marked_headings(manuscript)
    if not any(headings.values()):
        has_title = 0 in headings
        headings |= _headings_by_length(draft, 1 if has_title else None)
    if "title" in manuscript.head:
        first = _take_title_of_head(draft, headings)
    else:
        first = _take_title(draft, headings, name)
    _take_sections(draft, headings, first)
    _quote(draft)
    _find(draft)
    return draft


def _marked_headings(manuscript: Manuscript) -> dict[int, int]:
    """Return the headings that the file marks: position → 0 for the title, 1, or 2 for one within.

    Their levels are counted from those that occur: the highest is the title's where it occurs once
    and others follow, or where the text begins with it.
    """
    levels = {i: p.level for i, p in enumerate(manuscript.paragraphs) if p.kind == "heading"}
    ranks = sorted(set(levels.values()))
    top = [position for position, level in levels.items() if level == ranks[0]]
    is_title = len(top) == 1 and (len(ranks) > 1 or top[0] == 0)
    lowest = 0 if is_title or 0 in ranks else 1
    return {i: min(ranks.index(level) + lowest, 2) for i, level in levels.items()}


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
        if above <= begin or above in found or above - 1 in found or _could_head(behind):
            continue
        if _could_head(texts[above]):  # a short line behind running text, and before a heading
            found[above], found[position] = 1, 2
            draft.remark_on(above, N_("“{text}” was taken for a heading above another one."))
    return dict(sorted(found.items()))


def _leading_lines(texts: Sequence[Paragraph]) -> Iterator[int]:
    """Yield the positions of the short lines that a text begins with."""
    for position, paragraph in enumerate(texts):
        if not _could_head(paragraph) or _is_long(paragraph):
            return
        yield position


def _could_head(paragraph: Paragraph) -> bool:
    return (
        paragraph.kind in {"text", "heading"}
        and len(paragraph.text) <= LONGEST_HEADING
        and not paragraph.text.endswith((".", ",", ";"))
        and not paragraph.text.startswith("(")
        and any(letter.isalpha() for letter in paragraph.text)
    )


def _is_long(paragraph: Paragraph) -> bool:
    return paragraph.kind == "text" and len(paragraph.text) > LONGEST_HEADING


def _is_heading(texts: Sequence[Paragraph], position: int) -> bool:
    """Tell whether a paragraph is a short line before a long one, or before a list."""
    this, following = texts[position], texts[position + 1]
    if following.kind in {"bullet", "number"}:
        return this.kind == "text" and _could_head(this) and not this.text.endswith(":")
    longer = len(following.text) >= _TIMES_LONGER * len(this.text)
    ends = following.text.endswith((".", "!", "?", "…", "“", "”", '"', "«", ")", ":"))
    return _could_head(this) and following.kind == "text" and longer and ends


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
        leads = [i for i in (0, 1) if headings.get(i) == 0]
    if not leads:
        draft.title = literal(name)
        draft.remark(TITLE, N_("The text has no title; this is the name of the profile."))
        return 0
    if not _has_room(texts[0].text):
        headings.pop(0, None)
        draft.title = _beginning(texts[0])
        draft.remark(TITLE, N_("The first line is too long for a title; this is its beginning."))
        return 0
    draft.title = texts[0].markdown
    if marked is None:
        draft.remark(TITLE, N_("The title is the first line of the text."))
    first = 1
    # A second line of few words is rather a section's heading than a subtitle.
    is_label = len(leads) == len((0, 1)) and len(texts[1].text.split()) <= _WORDS_OF_A_LABEL
    is_heading = bool(headings) and is_label
    if len(leads) > 1 and not is_heading and _has_room(texts[0].text, texts[1].text):
        first = 2
        draft.subtitle = texts[1].markdown
    if marked is None:
        if first > 1:
            draft.remark(SUBTITLE, N_("The subtitle is the second line of the text."))
        last = leads[-1]
        if first <= last < len(texts) - 1:  # the last of the lines above the text heads it
            headings[last] = 1
            told = N_("“{text}” was taken for the first heading; it may be the title.")
            draft.remark_on(last, told)
    return first


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
    return literal(words)


def _quote(draft: Draft) -> None:
    """Take what teaser and flyer say from the text, in its own words."""
    texts = draft.manuscript.paragraphs
    told = [part for part in draft.parts if role_said(part.heading.text) not in _OF_OFFICES]
    told.sort(key=lambda part: role_said(part.heading.text) != "everyday")
    below = [texts[at] for at in (*draft.opening, *(at for part in told for at in part.inside))]
    running = [p for p in below if p.kind == "text" and p.markdown != draft.title]
    running = running or below or texts
    body = [p for p in running if _is_sentence(p.text)]
    items = [p.text for p in below if p.kind in _ITEMS and len(p.text) >= _LEAST_POINT]
    teaser = body[0].text if body else ", ".join(items[:2]) or running[0].text
    draft.teaser = literal(_teaser(teaser))
    draft.remark(TEASER, N_("The teaser is the beginning of the text. Write one of your own."))
    inside = [[texts[at].text for at in part.inside] for part in told]
    telling = [literal(s) for paragraphs in inside if (s := _telling(paragraphs, draft.teaser))]
    whole = [s for p in body for s in sentences(p.text) if _is_whole(s, LONGEST_POINT)]
    short = [literal(s) for s in whole if len(s) <= LONGEST_TITLE]
    clauses = [literal(item) for item in items if len(item) <= LONGEST_POINT]
    unsaid = (t for t in (draft.subtitle, *short) if t and t not in draft.teaser)
    draft.headline = next(unsaid, draft.title)
    quoted = dict.fromkeys([*telling, *map(literal, whole), *clauses])
    points = [p for p in quoted if p != draft.headline and p not in draft.teaser]
    draft.points = points[:MOST_POINTS] if len(points) >= FEWEST_POINTS else []
    draft.remark(
        FLYER,
        N_("Headline, teaser and points of the flyer are quoted from the text. Shorten them."),
    )


def _telling(paragraphs: Iterable[str], teaser: str) -> str:
    """Return a section's first whole sentence with room as a point, not of the teaser; or ""."""
    found = (s for text in paragraphs for s in sentences(text) if _is_whole(s, LONGEST_POINT))
    return next((s for s in found if literal(s) not in teaser), "")


def _is_whole(sentence: str, most: int) -> bool:
    return _LEAST_POINT <= len(sentence) <= most and sentence.endswith((".", "!", "?"))


def _is_sentence(text: str) -> bool:
    return len(text) > _LEAST_SENTENCE and sentences(text)[0].endswith((".", "!", "?", "…"))


def _teaser(text: str) -> str:
    """Return the first sentences of a text that have room in a teaser, or the first words."""
    lengths = accumulate(len(sentence) + 1 for sentence in sentences(text))
    count = sum(length <= LONGEST_TEASER for length in lengths)
    words = text[:LONGEST_TEASER]
    return " ".join(sentences(text)[:count]) or words.rpartition(" ")[0] or words


def _find(draft: Draft) -> None:
    """Find facts, and mark the section of each where no heading says that it belongs there."""
    texts = draft.manuscript.paragraphs
    above = {at: part for part in draft.parts for at in part.inside}
    headings = [above[i].heading.text if i in above else "" for i in range(len(texts))]
    draft.found = find_facts([p.text for p in texts], headings, MOST_PAY)
    found = draft.found
    said = {part.mark or role_said(part.heading.text) for part in draft.parts}
    if found.pay and "pay" not in said and (part := above.get(found.pay[0].at)) and not part.mark:
        part.mark = "pay"
    in_sectors = above.get(found.sectors_at) if found.sectors else None
    if in_sectors and not said & {"market", "employers"} and not in_sectors.mark:
        in_sectors.mark = in_sectors.mark if role_said(in_sectors.heading.text) else "market"
    for words, at in found.left:
        draft.remark(PAY, N_("{amount} was not taken for pay. If it is, add it."), at, amount=words)
