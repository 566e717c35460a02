"""Inline Markdown of one block into HTML: emphasis, links and `{facts}`; all else is plain text."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from careerprint.diagnostics import N_, Location, refuse
from careerprint.facts import Phrase

LINK_SCHEMES = ("https", "http", "mailto", "tel")
# What stands in braces is a fact; if it is none, it was meant as one.
_FACT = re.compile(r"\{([^{}]*)\}")
# Bidirectional controls reorder what readers see; direction is the layout's (UAX #9, 2.1 to 2.4).
_BIDI_CONTROL = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def inline_parser() -> MarkdownIt:
    """Return a parser for the inline Markdown that profiles use."""
    parser = MarkdownIt("zero").enable(["emphasis", "link", "image", "escape", "entity"])
    parser.validateLink = lambda url: url != ""  # type: ignore[method-assign]  # set_inline checks links
    parser.inline.ruler.before("escape", "fact", _fact_rule)
    parser.add_render_rule("fact", _render_fact)
    return parser


def set_inline(
    parser: MarkdownIt, written: str, location: Location, phrases: Mapping[str, Phrase]
) -> tuple[Markup, str]:
    """Return the text as (HTML, plain text), each `{fact}` replaced by its phrase.

    Raises Refused for an unknown fact and for a link that is not to be printed.
    """
    tokens = parser.parseInline(written, {"phrases": phrases})
    children = [child for token in tokens for child in token.children or []]
    for child in children:
        if child.type == "fact" and child.content not in phrases:
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
    plain = "".join(_plain(child, phrases) for child in children)
    if control := _BIDI_CONTROL.search(plain):
        raise refuse(
            location,
            N_("The text holds the invisible control character U+{code}."),
            N_("Delete it, or type the line again."),
            code=f"{ord(control[0]):04X}",
        )
    html = Markup(parser.renderer.render(tokens, parser.options, {"phrases": phrases}))  # noqa: S704 - the parser escapes all text
    return html, plain


def _fact_rule(state: StateInline, silent: bool) -> bool:
    match = _FACT.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("fact", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _render_fact(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    position: int,
    _options: OptionsDict,
    env: EnvType,
) -> str:
    phrase: Phrase = env["phrases"][tokens[position].content]
    return phrase.html


def _plain(token: Token, phrases: Mapping[str, Phrase]) -> str:
    return phrases[token.content].text if token.type == "fact" else token.content
