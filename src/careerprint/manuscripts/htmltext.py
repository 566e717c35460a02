"""Reads a saved web page as the paragraphs of a manuscript.

Navigation, scripts and the like are no part of a text; what of them could be read is named.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import tinyhtml5

from careerprint.core.diagnostics import N_, shortened
from careerprint.manuscripts.htmlblocks import HEADS, UNSEEN, Blocks, all_of, words_of
from careerprint.manuscripts.manuscript import Manuscript, folded
from careerprint.manuscripts.onwardlinks import SIGNS, leads_on, stands_alone
from careerprint.manuscripts.picturefiles import Finds, nowhere
from careerprint.manuscripts.plaintext import decoded_text

_NO_TEXT = {"nav", "header", "footer", "aside", "form", "button", "select", "dialog"}
_NO_TEXT_NAMES = re.compile(
    r"\b(?:cookie|consent|breadcrumb|navigation|navbar|menu|sidebar|share|newsletter|skip)",
    re.IGNORECASE,
)
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_BOLD = re.compile(r"font-weight:(?:bold|[6-9]00)")
_LONGEST_SHEET = 200_000  # characters
_STYLED = {"span", "p", "div", "li", "font"}
_READING_TIME = re.compile(r"Lese(?:zeit|dauer)\b.{0,20}", re.IGNORECASE)


def read_html(content: bytes, place: str, finds: Finds = nowhere) -> Manuscript:
    """Return the paragraphs of a web page; raises Refused where it is no text.

    `finds` returns the picture of an address.
    """
    manuscript = Manuscript()
    text = decoded_text(content, place, manuscript)
    page = tinyhtml5.parse(text, namespace_html_elements=False)
    _write_out_styles(page)
    left_out = list(_without_frame(page))
    bodies = [e for tag in ("main", "article") for e in page.iter(tag) if folded(all_of(e))]
    title = page.find(".//h1")
    if bodies and title is not None and bodies[0].find(".//h1") is None:
        manuscript.add("heading", all_of(title), level=1)  # it stands above what holds the text
    blocks = Blocks(manuscript, finds)
    blocks.walk(bodies[0] if bodies else page)
    blocks.end()
    for words in dict.fromkeys(left_out):
        manuscript.remark_on_all(
            N_("Left out, because it frames the page and is no part of its text: “{text}”"),
            text=shortened(words),
        )
    return manuscript


def _write_out_styles(page: Element) -> None:
    """Make words what style sheets in the page say they are: struck out, hidden, bold or italic.

    Google Docs and Word write so what HTML has elements for.
    """
    sheet = "".join(all_of(style) for style in page.iter("style"))
    rules = dict(_RULE.findall(sheet[:_LONGEST_SHEET]))
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag not in _STYLED:
            continue
        named = [rules.get(name, "") for name in element.get("class", "").split()]
        said = ";".join([*named, element.get("style", "")]).replace(" ", "").lower()
        if "display:none" in said or "visibility:hidden" in said:
            element.set("hidden", "")
        elif "line-through" in said:
            element.tag = "s"
        elif element.tag == "span" and _BOLD.search(said):
            element.tag = "b"
        elif element.tag == "span" and "font-style:italic" in said:
            element.tag = "i"
        elif element.tag == "p" and element.get("class", "").split()[:1] == ["title"]:
            element.tag = "h1"


def _without_frame(element: Element) -> Iterator[str]:
    """Take out of a page what frames its text, and yield the words of that."""
    if element.tag in {"blockquote", "figure"}:  # their foot says whose words these are
        return
    for child in list(element):
        if not isinstance(child.tag, str):  # a comment
            child.text = ""
            continue
        named = f"{child.get('class', '')} {child.get('id', '')} {child.get('role', '')}"
        words = folded(words_of(child))
        is_frame = child.tag in _NO_TEXT or _NO_TEXT_NAMES.search(named)
        opens = child.tag == "button" and element.tag in HEADS  # the answer to a question
        if child.tag in UNSEEN or "hidden" in child.attrib:
            _empty(child)
        elif is_frame and not opens and child.find(".//h1") is None:
            _empty(child)
            if words:
                yield words
        elif _READING_TIME.fullmatch(words) or _leads_on(element, child, words):
            _empty(child)
            yield words
        else:
            yield from _without_frame(child)


def _leads_on(element: Element, child: Element, words: str) -> bool:
    """Tell whether a child is a link that leads on, the last thing in its block.

    A saved page has links without a whole address, of which nothing tells later that they are some.
    """
    if child.tag != "a" or element.tag in HEADS:
        return False
    at = list(element).index(child)
    before, behind = (
        "".join(words_of(e) + (e.tail or "") for e in part) for part in (element[:at], element[at:])
    )
    is_last = folded(behind).strip(SIGNS) == words.strip(SIGNS)
    is_alone = stands_alone(words, folded(f"{element.text or ''} {before}"))
    return is_last and is_alone and leads_on(words, is_link=True)


def _empty(element: Element) -> None:
    tail = element.tail
    element.clear()
    element.tail = tail
