"""A text that somebody brings in: paragraphs of a few kinds, and what is to be said of them.

Each paragraph is there twice: as the plain text that readers see, and as the Markdown that
careerprint prints as that text, character for character.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from careerprint.profiles.body import BULLET
from careerprint.profiles.markup import inline_parser
from careerprint.profiles.typography import single_spaced

Kind = Literal["text", "heading", "bullet", "number", "quote", "table", "picture"]
# A star within a word is text. The last line has what would be warned of.
_INLINE = re.compile(
    r"(?<!\w)[*_]|[*_](?!\w)|(?<=_)_|[\\\[\]<{]|&(?=#?\w+;)"
    r"|~(?=~|\w+~)|=(?==)|\^(?=\w+\^)|`(?=[^`]+`)"
)
_PARSER = inline_parser()
# What begins a block of another kind. Source: CommonMark 0.31.2, 4 and 5.
_BLOCK = re.compile(r"(?:#|>|[-+](?=[\s-]|$)|~{3}|`{3}|={2}|\|)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
# Bullets that people type, those of symbol fonts included (U+F0xx: Wingdings, Symbol).
TYPED_BULLET = re.compile(
    r"([•·▪●◦‣∙*–—+-]|[►▸▶➤➢➔✓✔✗☐☑☒❖◆◇■□→⇒»›]|[\uf000-\uf0ff]|o(?=\s+[A-ZÄÖÜ]))\s+(?=\S)"
)
_TIGHT_DASH = re.compile(r"([–—-])(?=[A-ZÄÖÜ][a-zäöüß])")
# Numbers that people type before steps; none of a year of training, or of a day.
_TYPED_NUMBER = re.compile(
    r"(?:(?P<number>[1-9]\d?)[.)]|\((?P<bracketed>[1-9]\d?)\)"
    r"|Schritt (?P<step>[1-9]\d?)(?:[:.)]| [-–—]))\s+"
    r"(?!\w*(?:[Jj]ahr|[Mm]onat|[Hh]albjahr|[Ss]emester)\w*\b|(?:Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep"
    r"|Okt|Nov|Dez)\w*\b)(?=\S)"
)
_ROW = re.compile(
    r"(?![„\"»])[^:.!?]{2,40}: \S[^!?]{0,70}[^.!?:,;]|.{2,40}\.{4,}.{1,40}"
    r"|[1-4]\. \w{0,12}jahr\b.{1,60}\d ?(?:€|EUR|Euro)",
    re.IGNORECASE,
)
_FEWEST_ROWS = 3
_EMPTY_ITEM = re.compile(r"[•·▪●◦‣∙►▸▶➤➢✓✔❖◆◇■□]|[\uf000-\uf0ff]")
_LINE = 100  # characters; a longer one is no line of a title
_CLOSING = re.compile(r"(?<=\s)(#+)$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, white space folded; a table is one, too, with a line for each row.

    `level` is that of a heading, 0 for a document's title.

    `number` is the one that an item of a numbered list has, `mark` the id behind a heading, `cells`
    are the rows of a table. The text of a picture is its description, `file` its name.
    """

    kind: Kind
    text: str
    markdown: str
    level: int = 0
    number: int = 0
    mark: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody should look at, as a template; `at` is a paragraph's position, None for all."""

    message: str
    values: tuple[tuple[str, object], ...] = ()
    at: int | None = None


@dataclass(slots=True)
class Manuscript:
    """The paragraphs of a text in order, and remarks on what became of it.

    `head` is what the file says above its text: title, subtitle and date, where it does. `pictures`
    are the contents of those that stand in the text, by their names. `notes` are what editors told
    each other in it, and is no part of it.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    head: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(
        self,
        kind: Kind,
        text: str,
        markdown: str | None = None,
        *,
        level: int = 0,
        number: int = 0,
        mark: str = "",
    ) -> None:
        """Append a paragraph, unless it is empty; without `markdown`, its text is plain."""
        text = folded(text)
        if not text:
            return
        marked = literal(text) if markdown is None else safe_start(folded(markdown))
        if reads_as(marked) != text:  # emphasis that would not be read as such
            marked = literal(text)
        self.paragraphs.append(Paragraph(kind, text, marked, level, number, mark))

    def add_table(self, rows: Sequence[Sequence[str]]) -> None:
        """Append a table of data, whose first row is its head, unless it is empty."""
        rows = [row for row in rows if any(row)]
        if rows:
            cells = [[inline_literal(cell).replace("|", "\\|") for cell in row] for row in rows]
            lines = [f"| {' | '.join(row)} |" for row in cells]
            rule = f"|{'---|' * len(rows[0])}"
            markdown = "\n".join([lines[0], rule, *lines[1:]])
            text, held = "\n".join(map(joined, rows)), tuple(map(tuple, rows))
            self.paragraphs.append(Paragraph("table", text, markdown, cells=held))

    def add_picture(self, content: bytes, file: str, description: str) -> None:
        """Append a picture, whose file has been called `file`."""
        name = f"{len(self.pictures)}-{file}"
        self.pictures[name] = content
        self.paragraphs.append(Paragraph("picture", folded(description), "", file=name))

    def keep(self, positions: Sequence[int]) -> None:
        """Keep the paragraphs at some positions alone; remarks stay with what follows them."""
        now = {before: after for after, before in enumerate(positions)}
        last = len(positions)
        self.remarks = [
            remark
            if remark.at is None
            else replace(remark, at=next((now[p] for p in now if p >= (remark.at or 0)), last))
            for remark in self.remarks
        ]
        self.paragraphs = [self.paragraphs[at] for at in positions]

    def remark_at(self, at: int, message: str, **values: object) -> None:
        """Say something of the paragraph at a position."""
        self.remarks.append(Remark(message, tuple(values.items()), at))

    def remark(self, message: str, **values: object) -> None:
        """Say something of the paragraph that comes next."""
        self.remarks.append(Remark(message, tuple(values.items()), len(self.paragraphs)))

    def remark_on_all(self, message: str, **values: object) -> None:
        """Say something of the whole text, once."""
        remark = Remark(message, tuple(values.items()))
        if remark not in self.remarks:
            self.remarks.append(remark)


def take_typed_lists(manuscript: Manuscript) -> None:
    """Make two and more paragraphs in a row that begin with the same typed bullet a list.

    A dash is one, however long, and with or without a space behind it. So are typed numbers.
    """
    texts = manuscript.paragraphs
    marks = [
        TYPED_BULLET.match(p.text) or _TIGHT_DASH.match(p.text) if p.kind == "text" else None
        for p in texts
    ]
    signs = [re.sub("[–—]", "-", mark[1]) if mark else "" for mark in marks]
    for at, mark in enumerate(marks):
        if mark and signs[at] in {signs[at - 1] if at else "", *signs[at + 1 : at + 2]}:
            text = texts[at].text[mark.end() :]
            texts[at] = replace(texts[at], kind="bullet", text=text, markdown=literal(text))
    _take_typed_numbers(texts)
    # A mark without an item stands in converted PDFs, and where an item was deleted.
    if any(_EMPTY_ITEM.fullmatch(p.text) for p in texts):
        manuscript.keep([at for at, p in enumerate(texts) if not _EMPTY_ITEM.fullmatch(p.text)])


def _take_typed_numbers(texts: list[Paragraph]) -> None:
    """Make two and more paragraphs in a row that begin with the numbers from 1 on a list."""
    marks = [_TYPED_NUMBER.match(p.text) if p.kind == "text" else None for p in texts]
    numbers = [int(next(filter(None, mark.groups()))) if mark else 0 for mark in marks]
    at = 0
    while at < len(texts):
        end = at
        while end < len(texts) and numbers[end] == end - at + 1:
            end += 1
        for n in range(at, end) if end - at > 1 else ():
            text = texts[n].text[marks[n].end() :]  # type: ignore[union-attr]  # it has a number
            texts[n] = replace(
                texts[n], kind="number", number=numbers[n], text=text, markdown=literal(text)
            )
        at = max(end, at + 1)


def list_rows(manuscript: Manuscript) -> None:
    """Make lines in a row that each say one thing of another a list: "Dauer: 3 Jahre"."""
    texts = manuscript.paragraphs
    is_row = [p.kind == "text" and _ROW.fullmatch(p.text) is not None for p in texts]
    at = 1  # the first line is the title
    while at < len(texts):
        end = next((n for n in range(at, len(texts)) if not is_row[n]), len(texts))
        if end - at >= _FEWEST_ROWS:
            texts[at:end] = [replace(p, kind="bullet") for p in texts[at:end]]
        at = end + 1


def put_pictures_below_the_title(manuscript: Manuscript) -> None:
    """Move pictures that stand among the lines of a title behind the first paragraph of text."""
    texts = manuscript.paragraphs
    body = (
        at
        for at, p in enumerate(texts)
        if p.kind not in {"picture", "heading"}
        and (p.kind != "text" or len(p.text) > _LINE or p.text.endswith((".", "!", "?")))
    )
    first = next(body, len(texts) - 1)
    early = [at for at in range(first) if texts[at].kind == "picture"]
    if early:
        order = [at for at in range(first + 1) if at not in early] + early
        moved = {at: texts[at] for at in range(first + 1)}
        texts[: first + 1] = [moved[at] for at in order]
        now = {before: after for after, before in enumerate(order)}
        manuscript.remarks = [
            replace(r, at=now.get(r.at, r.at)) if r.at is not None else r
            for r in manuscript.remarks
        ]


def folded(text: str) -> str:
    """Return a text with runs of spaces, tabs and line ends as one space; a special one stays."""
    return single_spaced(re.sub(r"[ \t\n]+", " ", text)).strip()


def literal(text: str) -> str:
    """Return the Markdown of a whole paragraph that is printed as `text`, whatever stands in it."""
    return safe_start(inline_literal(text))


def inline_literal(text: str) -> str:
    """Return the Markdown of a piece of a paragraph that is printed as `text`."""
    return _INLINE.sub(r"\\\g<0>", text)


def safe_start(markdown: str) -> str:
    """Return the Markdown of a paragraph so that it begins no list, heading or the like."""
    if BULLET.match(markdown):
        return f"&#{ord(markdown[0])};{markdown[1:]}"
    if _NUMBERED.match(markdown):
        return _NUMBERED.sub(r"\1\\\2", markdown, count=1)
    return f"\\{markdown}" if _BLOCK.match(markdown) else markdown


def in_heading(markdown: str) -> str:
    """Return the Markdown of a paragraph as that of a heading, where `{#` and a last `#` count."""
    return _CLOSING.sub(r"\\\1", markdown.replace("\\{#", "&#123;#"))


def reads_as(markdown: str) -> str:
    """Return the plain text that careerprint reads in the Markdown of a paragraph."""
    tokens = _PARSER.parseInline(markdown)
    return "".join(child.content for token in tokens for child in token.children or [])


def joined(texts: Iterable[str]) -> str:
    """Return texts as one, with spaces between."""
    return " ".join(filter(None, texts))
