"""The Markdown that profiles are written in, and what becomes of marks that are none of it.

Inline it has emphasis, links, `<br>`, `<sub>` and `<sup>`; within a word, a star or an underscore
is text ("Kund*innen"). A comment is no text. What looks like other markup is printed as it is
typed, with a warning.
"""

import re
from collections.abc import Iterable, Iterator
from unicodedata import category

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, link
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from careerprint.core.diagnostics import N_, Diagnostic, Location, warning
from careerprint.core.schema import Text
from careerprint.profiles.signs import SUBSTITUTES

COMMENT = re.compile(r"(?<!\\)<!--.*?-->", re.DOTALL)
# Source: CommonMark 0.31.2, 6.7, hard line breaks.
HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)(?: {2,}|\\)\n\s*(?=\S)")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_RAISED = re.compile(r"<(su[bp])>([^<>]*)</\1>", re.IGNORECASE)
# What stands in braces is a fact; if it is none, it was meant as one.
_FACT = re.compile(r"\{([^{}]*)\}")
# Marks of other kinds of Markdown, of HTML, and of this one where they mark nothing.
_LOOKALIKE = re.compile(
    r"~~|(?<!=)==(?=[^\s=])|\[\^[^\]]*\]|\[[ xX]?\](?![(\w])|(?<=\w)~\w+~|\^\w+\^"
    r"|<[/!?A-Za-z][^<>]*>|<!--|-->|(?<!\*)\*\*(?!\*)|(?<=\w)__(?!_)|(?<!_)__(?=\w)"
    r"|\](?: \(https?:|\[)|`[^`]+`|^#{1,6}(?=[^\W\d])|^[*_]{1,2}(?=\w)"
)
# Before and behind emphasis in one mark: what may stand at the edge of a word. A slash or a hyphen
# before it may be within one: "Kund/*innen".
_NOT_BEFORE = "/:-.,;!?&@"


def inline_parser(quotes: Iterable[str] = ()) -> MarkdownIt:
    """Return a parser for inline Markdown, with the quotation marks of a language.

    Facts are tokens of the type `fact`. It takes any address: which ones are printed is for its
    callers, since Markdown would leave the source of others as text.
    """
    parser = MarkdownIt("zero", {"quotes": tuple(quotes)})
    parser.enable(["emphasis", "link", "image", "escape", "entity"])
    parser.validateLink = lambda url: url != ""  # type: ignore[method-assign]  # the documented way
    parser.inline.ruler.at("emphasis", _emphasis_rule)
    parser.inline.ruler.at("link", _link_rule)
    parser.inline.ruler.before("escape", "fact", _fact_rule)
    parser.inline.ruler.before("escape", "html", _html_rule)
    return parser


def block_text(written: str, location: Location) -> Text:
    """Return what is written as a block's text: without comments, typed line breaks as `<br>`."""
    return Text(HARD_BREAK.sub(r"\1<br>", COMMENT.sub("", written).strip()), location)


def source_of(tokens: Iterable[Token]) -> str:
    """Return the source that inline tokens were read from, put together again.

    Where it is not what was read, Markdown has swallowed something.
    """
    return "".join(
        token.content if token.type == "text" else token.meta.get("source", token.markup)
        for token in tokens
    )


def lookalikes(tokens: Iterable[Token]) -> list[str]:
    """Return what in the plain text of inline tokens looks like markup and is none.

    What is escaped was meant as text.
    """
    plain = "".join(
        t.content if t.type == "text" else "\ufffc" if t.type == "text_special" else ""
        for t in tokens
    )
    return [found[0] for found in _LOOKALIKE.finditer(plain)]


def markup_remarks(written: str, location: Location) -> Iterator[Diagnostic]:
    """Yield warnings: for what looks like markup and is none, for signs that others stand for."""
    for sign in dict.fromkeys(c for c in written if SUBSTITUTES.get(c)):
        yield warning(
            location,
            N_("“{sign}” is printed as “{printed}”, since our fonts lack it."),
            N_("Type “{printed}”, or a word."),
            sign=sign,
            printed=SUBSTITUTES[sign],
        )
    (inline,) = _PARSER.parseInline(COMMENT.sub("", written))
    for marks in dict.fromkeys(lookalikes(inline.children or [])):
        yield warning(
            location,
            N_("“{marks}” looks like markup, but is none here: it is printed as it is typed."),
            N_("Delete it, or put a backslash before it if it belongs to the text."),
            marks=marks,
        )


def _emphasis_rule(state: StateInline, silent: bool) -> bool:
    """Do as markdown-it's rule does, but emphasise only what begins and ends between words."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    length = state.scanDelims(state.pos, True).length
    before = state.src[state.pos - 1] if state.pos else " "
    behind = state.src[state.pos + length] if state.pos + length < state.posMax else " "
    can_open = not behind.isspace() and (
        not before.isalnum() if length > 1 else not _is_within(before)
    )
    can_close = not before.isspace() and not behind.isalnum()
    for _ in range(length):
        state.push("text", "", 0).content = marker
        token = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), length, token, -1, can_open, can_close))
    state.pos += length
    return True


def _is_within(before: str) -> bool:
    """Tell whether a mark behind this character may stand within a word."""
    return before.isalnum() or before in _NOT_BEFORE or category(before) in {"Pe", "Mn"}


def _link_rule(state: StateInline, silent: bool) -> bool:
    """Do as markdown-it's rule does, and keep the source of what it does not print."""
    start = state.pos
    if not link(state, silent):
        return False
    if not silent:
        # From where the rule looked for the label's end, it goes on behind the address.
        end, state.pos = state.pos, start
        label_end = state.md.helpers.parseLinkLabel(state, start, True)
        state.pos = end
        opening = next(t for t in reversed(state.tokens) if t.type == "link_open")
        opening.meta["source"] = "["
        state.tokens[-1].meta["source"] = state.src[label_end:end]
    return True


def _fact_rule(state: StateInline, silent: bool) -> bool:
    match = _FACT.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("fact", "", 0)
        token.content, token.markup = match[1], match[0]
    state.pos = match.end()
    return True


def _html_rule(state: StateInline, silent: bool) -> bool:
    """Read `<br>`, and `<sub>` and `<sup>` with plain text in them."""
    if match := _BREAK.match(state.src, state.pos, state.posMax):
        if not silent:
            token = state.push("hardbreak", "br", 0)
            token.content, token.markup = "\n", match[0]
    elif match := _RAISED.match(state.src, state.pos, state.posMax):
        if not silent:
            tag = match[1].lower()
            state.push(f"{tag}_open", tag, 1).markup = f"<{match[1]}>"
            state.push("text", "", 0).content = match[2]
            state.push(f"{tag}_close", tag, -1).markup = f"</{match[1]}>"
    else:
        return False
    state.pos = match.end()
    return True


_PARSER = inline_parser().disable("text_join")  # what is escaped stays a token of its own
