"""Inline Markdown of one block into HTML: what `markup` reads, with `{facts}` as their phrases.

The text is set by the typography of its language. What is escaped stays as it is written, and so
does an amount of a fact, which its locale's format has set already.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from itertools import accumulate
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.token import Token
from markupsafe import Markup

from careerprint.core.characters import CONTROLS, REORDERING
from careerprint.core.diagnostics import N_, Location, refuse, shortened
from careerprint.profiles.languages import NO_BREAK
from careerprint.profiles.markup import COMMENT, inline_parser, source_of
from careerprint.profiles.phrases import Phrase
from careerprint.profiles.signs import with_printed_signs
from careerprint.profiles.tags import direction_of
from careerprint.profiles.typography import (
    LONGEST_END,
    SHORT_END,
    TELEPHONE,
    held_end,
    hold_end,
    hold_short_words,
    quotation_marks,
    set_dashes_and_spaces,
    set_signs,
)

LINK_SCHEMES = ("https", "http", "mailto", "tel")
# An amount in a phrase: an element of its own.
_AMOUNT = re.compile(r"(<[^>]*>[^<]*</[^>]*>)")
# 8.30–12.00, 12.–14. März, Mo–Fr: no line ends behind the dash.
_IN_RANGE = re.compile(r"(?<![\w–])([\w.,:]{1,10}–)(?=[\w.,:]{1,10}(?![\w–]))")
# E-Mail, U-Bahn, по-прежнему, Dipl.-Ing.: a line does not end in so short a part of a word.
_SHORT_PART = re.compile(r"\W*(?:\w{1,2}|\w{1,4}\.)-\w")
# A web or mail address that may be longer than its line, and where it is divided without a hyphen:
# not behind “www”, nor before an ending such as “.de”.
_ADDRESS = re.compile(
    r"(?=\S{20})(?:https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|[\w.-]+\.\w+/\S+)"
)
_SPACE = "[ \u00a0\u202f]"
_SIGNED = r"(?<![\w)–-])[+−±-]\d[\d.,]*(?<![.,])(?![\d–-])|\d+\+(?!\w)"  # -5, 16+
# 3½, 3 1/2, 3 ²⁄₇
_MIXED = (
    rf"(?<![\d.,/])\d+(?:{_SPACE}?(?:[¼½¾⅐-⅞]|[⁰¹²³⁴-⁹]+\u2044[₀-₉]+)"
    rf"|{_SPACE}[1-9]/[1-9]\d?(?![\d/.]))"
)
_DEGREES = rf"(?:(?<![\w)–-])[+−±-])?(?:\d[\d.,]*{_SPACE}?)?°{_SPACE}?[CF]\b"
_LATIN = r"(?<![\w+#])(?:[A-Za-z][A-Za-z0-9]*(?:\+{1,2}|#)(?!\w)|[.#@][A-Za-z]\w+)"  # C++, .NET
_LEFT_TO_RIGHT = re.compile(
    rf"(?:https?://|www\.)[^\s،؛؟]*[^\s،؛؟.,:;!?)]|[\w.+-]+@[\w-]+\.[\w.-]*\w|{TELEPHONE.pattern}"
    rf"|{_DEGREES}|{_MIXED}|{_SIGNED}|{_LATIN}"
)
_BREAK_IN_ADDRESS = re.compile(r"(?<=[/@?&-])(?<!//)(?=[^/\s])|(?<=\w)(?<!\bwww)(?=\.\w{4})")
_ZERO_WIDTH_SPACE = "\u200b"
# Where no line ends: (m/w/d), Mechaniker/-in, Mechaniker/innen, Angestellte/r, C++, Nr.5, ceux-ci.
_WITHIN = re.compile(
    r"(?<=\([a-zä]/)(?=[a-zä][/)])|(?<=/[a-zä]/)(?=[a-zä][/)])|(?<=\w/-)(?=\w)|(?<=[^\W\d_]/)(?=-?(?:in|innen|r|e|n|en|er|s)\b)"
    r"|(?<=\+)(?=\+)|(?<=[^\W\d_][.:])(?=\d)"
    r"|(?<=[^\W\d_]-)(?=[^\W\d_]{1,3}(?:-[^\W\d_]{1,3})?(?![\w-]))"
)
_WORD_JOINER = "\u2060"
# These are not in a file, but an escape such as &#8238; may stand for one.
_CONTROL = re.compile(f"[{CONTROLS}{REORDERING}]")
# Setting a text takes a time that grows with the square of its length: some seconds at this one.
MOST_CHARACTERS = 10_000


@lru_cache(maxsize=16)
def _parser(tag: str) -> MarkdownIt:
    """Return a parser for the inline Markdown that profiles use, in a language."""
    parser = inline_parser(quotation_marks(tag))
    # Before escaped characters become text like any other.
    parser.core.ruler.before("text_join", "facts", _facts_rule)
    parser.core.ruler.before("text_join", "typography", _typography_rule)
    parser.add_render_rule("amount", lambda _, tokens, at, *__: str(tokens[at].meta["html"]))
    return parser


def set_inline(
    written: str,
    tag: str,
    location: Location,
    phrases: Mapping[str, Phrase],
    *,
    is_title: bool = False,
) -> tuple[Markup, str]:
    """Return a text in the language `tag` as (HTML, plain text), each `{fact}` as its phrase.

    No line of a title ends with a short word; of another text, the last line is not short.
    Raises Refused for an unknown fact and for a link that is not to be printed.
    """
    if len(written) > MOST_CHARACTERS:
        raise refuse(
            location,
            N_("This text, or its translation, has more than {most} characters."),
            N_("Make several paragraphs of it."),
            most=MOST_CHARACTERS,
        )
    parser = _parser(tag)
    written = with_printed_signs(COMMENT.sub("", written))
    env = {"phrases": phrases, "tag": tag, "is_title": is_title}
    tokens = parser.parseInline(written, env)
    children = [child for token in tokens for child in token.children or []]
    for child in children:
        if child.type == "fact":
            raise refuse(
                location,
                N_("There is no fact “{name}”."),
                N_("Known facts: {known}."),
                name=child.content,
                known=", ".join(sorted(phrases)),
            )
        if child.type == "image":
            raise refuse(
                location,
                N_("A picture stands inside a text."),
                N_("Put it on a line of its own, with empty lines around it."),
            )
        if child.type == "link_open" and "title" in child.attrs:
            raise refuse(
                location,
                N_("The title of a link is not printed: “{title}”."),
                N_("Write it into the text, or delete it."),
                title=child.attrs["title"],
            )
        if (
            child.type == "link_open"
            and urlsplit(str(child.attrs["href"])).scheme not in LINK_SCHEMES
        ):
            raise refuse(
                location,
                N_(
                    "The link “{target}” leads neither to a web page nor to an e-mail address or a "
                    "telephone."
                ),
                N_("Write it in full, for example https://www.example.org/page."),
                target=child.attrs["href"],
            )
    if env["source"] != written:
        raise refuse(
            location,
            N_("Not every character of this text is printed: “{text}”."),
            N_("Put a backslash before its marks."),
            text=shortened(written),
        )
    plain = "".join(child.content for child in children).replace("\n", " ")
    plain = plain.replace(_ZERO_WIDTH_SPACE, "").replace(_WORD_JOINER, "")
    if control := _CONTROL.search(plain):
        raise refuse(
            location,
            N_("The text holds the invisible control character U+{code}."),
            N_("Delete it, or type the line again."),
            code=f"{ord(control[0]):04X}",
        )
    html = Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - the parser escapes all text
    return html, plain


def _facts_rule(state: StateCore) -> None:
    """Put the phrases of facts in their place; note from which source the tokens were read."""
    for token in state.tokens:
        state.env["source"] = source_of(token.children or [])
        found: list[Token] = []
        for child in token.children or []:
            phrase = state.env["phrases"].get(child.content) if child.type == "fact" else None
            for piece in [child] if phrase is None else _said(phrase, child.level):
                if piece.type == "text" and found and found[-1].type == "text":
                    found[-1].content += piece.content
                else:
                    found.append(piece)
        token.children = found


def _said(phrase: Phrase, level: int) -> Iterator[Token]:
    """Yield a fact's phrase: its words are text like what stands around them, its amounts are set.

    An unknown fact stays a token, which `set_inline` refuses.
    """
    for piece in _AMOUNT.split(phrase.html):
        if _AMOUNT.fullmatch(piece):
            said = Phrase(Markup(piece)).text  # noqa: S704 - a piece of HTML is HTML
            yield Token("amount", "", 0, content=said, meta={"html": piece}, level=level)
        elif piece:
            yield Token("text", "", 0, content=unescape(piece), level=level)


def _typography_rule(state: StateCore) -> None:
    for token in state.tokens:
        children = token.children or []
        process_inlines(children, state)
        is_title = state.env["is_title"]
        _set_texts(children, state.env["tag"], hold_short_words if is_title else hold_end)
        if direction_of(state.env["tag"]) == "rtl":
            children = _with_directions(children)
        end = "" if is_title else held_end(_as_one(children))
        segments = _segments(children)
        set_ = [t for s in segments[:-1] for t in _with_unbreakable(s, "")]
        set_ += _with_unbreakable(segments[-1], end) if segments else []
        token.children = _with_spaces_inside(set_)
        for child in token.children:
            if child.type == "text":
                child.content = _ADDRESS.sub(_breakable, child.content)
                child.content = _WITHIN.sub(_WORD_JOINER, child.content)
                child.content = _IN_RANGE.sub(rf"\1{_WORD_JOINER}", child.content)


def _with_directions(tokens: list[Token]) -> list[Token]:
    """Return the tokens of a right-to-left text with elements for what runs from left to right.

    That are addresses, telephone numbers, and numbers and words with a sign that belongs to them:
    no bidirectional algorithm knows their parts. Source: UAX #9, 3.3.4 and 3.3.5.
    """
    found: list[Token] = []
    for token in tokens:
        text, end = token.content if token.type == "text" else "", 0
        for piece in _LEFT_TO_RIGHT.finditer(text):
            opening = Token("direction_open", "span", 1, attrs={"dir": "ltr"})
            inner = Token("text", "", 0, content=piece[0], level=token.level)
            before = Token("text", "", 0, content=text[end : piece.start()], level=token.level)
            found += [before, opening, inner, Token("direction_close", "span", -1)]
            end = piece.end()
        found.append(token.copy(content=text[end:]) if end else token)
    return found


def _breakable(address: re.Match[str]) -> str:
    return _BREAK_IN_ADDRESS.sub(_ZERO_WIDTH_SPACE, address[0])


def _set_texts(tokens: list[Token], tag: str, hold: Callable[[str], str]) -> None:
    """Set the tokens' texts as one, since what a space needs may stand in the token beside it."""
    for token in tokens:
        if token.type == "text":
            token.content = set_signs(token.content, tag)
    whole = hold(set_dashes_and_spaces(_as_one(tokens), tag))
    for token, start in zip(tokens, _starts(tokens), strict=True):
        if token.type == "text":
            token.content = whole[start : start + len(token.content)]


def _segments(tokens: list[Token]) -> list[list[Token]]:
    """Return tokens in groups, each with whole words and whole markup.

    Each is set by itself: what looks at all words of a text for each of them takes minutes for a
    text of some pages.
    """
    segments: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += token.nesting
        is_text = token.type == "text" and depth == 0
        texts = re.findall(r"[^ ]* +|[^ ]+$", token.content) if is_text else []
        for text in texts:
            segments[-1].append(Token("text", "", 0, content=text, level=token.level))
            if text.endswith(" "):
                segments.append([])
        if not texts:
            segments[-1].append(token)
        if token.type == "hardbreak" and depth == 0:
            segments.append([])
    return [segment for segment in segments if segment]


def _with_unbreakable(tokens: list[Token], end: str) -> list[Token]:
    """Return the tokens with what must stay on one line as one element, where that takes one.

    That is the `end` of a block, whose last word is not divided; a word whose first part is one or
    two letters and a hyphen; and a word or an amount that goes on in another token, if only with a
    comma: before such a one, WeasyPrint breaks the line too early.
    """
    whole = _as_one(tokens)
    for piece in re.finditer("[^ \\n]+", whole):
        divided = _divided(_divided(tokens, piece.start()), piece.end())
        first, last = _extent(divided, piece)
        within = divided[first:last]
        style = _style(within, piece[0], is_end=bool(end) and piece.end() == len(whole))
        if style is not None:
            tokens = [*divided[:first], *_element(within, style), *divided[last:]]
    return tokens


def _style(tokens: list[Token], piece: str, *, is_end: bool) -> str | None:
    """Return the style that holds a piece without a space together; None where none is needed."""
    if _ADDRESS.search(piece):
        return "hyphens:none"
    if len(_as_one(tokens)) == len(piece) <= LONGEST_END:
        rest = piece.rpartition("-")[2]  # behind a typed hyphen; may not be the last line alone
        if is_end and rest != piece and len(rest) <= SHORT_END:
            return "white-space:nowrap"
        if _SHORT_PART.match(piece):
            return "white-space:nowrap"
        if is_end:
            return "hyphens:manual"
    return "" if sum(token.content != "" for token in tokens) > 1 else None


def _with_spaces_inside(tokens: list[Token]) -> list[Token]:
    """Return the tokens with each element together with the space before it in an element.

    Where a line is full but for its last space, and an element follows, WeasyPrint breaks it
    early; not so where the space belongs to an element. Behind a colon the space stays where it
    is, for a layout may break a heading there.
    """
    found, index = list(tokens), 1
    while index < len(found):
        before, token = found[index - 1], found[index]
        if (
            (token.nesting > 0 or token.type == "amount")
            and before.type == "text"
            and before.content.endswith(" ")
            and not before.content.endswith(": ")
        ):
            end = next(i for i in range(index, len(found)) if _is_closed(found[index : i + 1])) + 1
            before.content = before.content[:-1]
            space = Token("text", "", 0, content=" ")
            found[index:end] = _element([space, *found[index:end]], "")
            index += 2  # past the space
        index += 1
    return found


def _divided(tokens: list[Token], position: int) -> list[Token]:
    """Return the tokens with the text at a position of their whole text divided there."""
    for index, (token, start) in enumerate(zip(tokens, _starts(tokens), strict=True)):
        at = position - start
        if token.type == "text" and 0 < at < len(token.content):
            halves = (token.content[:at], token.content[at:])
            texts = [Token("text", "", 0, content=half, level=token.level) for half in halves]
            return [*tokens[:index], *texts, *tokens[index + 1 :]]
    return tokens


def _extent(tokens: list[Token], piece: re.Match[str]) -> tuple[int, int]:
    """Return which tokens hold a piece of the whole text, and the markup that it is part of."""
    starts = _starts(tokens)
    held = [i for i, t in enumerate(tokens) if t.content and _overlaps(starts[i], t, piece)]
    first, last = held[0], held[-1] + 1
    while not _is_closed(tokens[first:last]):
        if sum(token.nesting for token in tokens[first:last]) > 0:
            last += 1
        else:
            first -= 1
    return first, last


def _overlaps(start: int, token: Token, piece: re.Match[str]) -> bool:
    return start < piece.end() and piece.start() < start + len(token.content)


def _is_closed(tokens: list[Token]) -> bool:
    """Tell whether the tokens open and close their markup among themselves."""
    depths = list(accumulate(token.nesting for token in tokens))
    return min(depths) >= 0 and depths[-1] == 0


def _element(tokens: list[Token], style: str) -> list[Token]:
    attributes: dict[str, str | int | float] = {"style": style} if style else {}
    opening = Token("unbreakable_open", "span", 1, attrs=attributes)
    return [opening, *tokens, Token("unbreakable_close", "span", -1)]


def _as_one(tokens: list[Token]) -> str:
    """Return the whole text of tokens; in what is set already, no space breaks."""
    return "".join(
        t.content if t.type == "text" else t.content.replace(" ", NO_BREAK) for t in tokens
    )


def _starts(tokens: list[Token]) -> list[int]:
    return list(accumulate((len(token.content) for token in tokens), initial=0))[:-1]
