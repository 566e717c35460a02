"""What a line says: the space behind it, a hyphen that nobody has typed, the order of its words.

WeasyPrint 70 writes what is seen. A space at the end of a line leaves no mark, so there is none; a
hyphen that divides a word looks like one that was typed; and what runs from right to left stands as
it is seen, from left to right. Readers that follow the structure tree get what was typed, as the
ActualText of an element (ISO 32000-1, 14.9.4).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from careerprint.profiles.languages import MEDIOPOINT

SOFT_HYPHEN = "\u00ad"
_RIGHT_TO_LEFT = {"R", "AL"}
# The blocks in which characters from right to left stand (UAX #9, table 4 and what defaults to R).
_IN_TURNED_BLOCKS = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_GERMAN = "de"


def with_ends(get_next_linebox: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Note on the last text of a line whether a space stands between it and the next line's."""

    def get(context: Any, linebox: Any, *arguments: Any) -> Any:  # noqa: ANN401 - as above
        line, resume_at = get_next_linebox(context, linebox, *arguments)
        if line is not None and resume_at is not None and _is_space_at(linebox, resume_at):
            last = _last_text(line)
            if last is not None:
                last.goes_on = True
        return line, resume_at

    return get


def with_set_hyphens(split_text_box: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Note on a text whether its last character is a hyphen that nobody has typed."""

    def split(context: Any, box: Any, width: Any, skip: int, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as above
        new, resume_at, is_kept = split_text_box(context, box, width, skip, *arguments, **named)
        if new is not None and resume_at is not None:
            new.is_divided = len(new.text) > len(box.text.encode()[skip:resume_at].decode())
        return new, resume_at, is_kept

    return split


def with_told_texts(build_box_tree: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Tell in the structure what texts are whose glyphs do not stand in order.

    Not the element of a marked content tells it, but one around it, and around those that follow:
    MuPDF would take the text of the former to stand as it is seen.
    """

    def build(box: Any, parent: Any, pdf: Any, page: int, nums: Any, *rest: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
        *_, tags = rest
        _note_neighbours(box)
        marked = {tags[text]["mcid"]: text for text in _own_texts(box) if text in tags}
        told = {mark: heard_text(text) for mark, text in marked.items() if is_told(text)}
        for built in build_box_tree(box, parent, pdf, page, nums, *rest):
            yield built
            if told:
                _tell(built, told, pdf, page, nums)

    return build


def is_told(box: Any) -> bool:  # noqa: ANN401 - WeasyPrint is untyped
    """Tell whether the structure has to say what a text is, since readers may put it in disorder.

    That is what runs from right to left, all that stands within it, and all that stands in one
    line with it. And a line with words whose points show their parts: a voice would say the points.
    """
    if not box.text or is_turned(box.text) or getattr(box, "is_beside_told", False):
        return bool(box.text)
    style = box.style
    while style is not None:
        if style["direction"] == "rtl":
            return True
        style = style.parent_style
    return False


def heard_text(box: Any) -> str:  # noqa: ANN401 - WeasyPrint is untyped
    """Return the text of a box as it was typed, with the space behind it."""
    text: str = box.text
    if getattr(box, "is_divided", False):
        text = text.removesuffix(box.style["hyphenate_character"]) + SOFT_HYPHEN
    if _has_points(box):
        text = MEDIOPOINT.sub("", text)
    return f"{text} " if getattr(box, "goes_on", False) else text


def _has_points(box: Any) -> bool:  # noqa: ANN401 - WeasyPrint is untyped
    """Tell whether a German text has words with such points; in Catalan they are letters' own."""
    if "·" not in box.text or not MEDIOPOINT.search(box.text):
        return False
    return str(box.style["lang"] or _GERMAN).partition("-")[0] == _GERMAN


def is_turned(text: str) -> bool:
    """Tell whether some of a text runs from right to left (UAX #9: R and AL)."""
    return any(
        unicodedata.bidirectional(character) in _RIGHT_TO_LEFT
        for character in _IN_TURNED_BLOCKS.findall(text)
    )


def _tell(built: Any, told: Mapping[int, str], pdf: Any, page: int, nums: Any) -> None:  # noqa: ANN401 - WeasyPrint is untyped
    """Put spans with these texts, by their marks, around kids of a structure element."""
    from pydyf import Array, Dictionary, String

    def span(kids: Sequence[Any], **said: Any) -> Any:  # noqa: ANN401 - as above
        base = {"Type": "/StructElem", "S": "/Span", "P": built.reference, "K": Array(kids)}
        made = Dictionary({**base, "Pg": pdf.page_references[page], **said})
        pdf.add_object(made)
        return made.reference

    if built["S"] == "/Link":  # whose marked contents have no elements of their own
        for index, kid in enumerate(built["K"]):
            if kid in told:
                built["K"][index] = nums[kid] = span([kid])
    texts = {nums[mark]: text for mark, text in told.items() if mark in nums}
    if all(kid in texts for kid in built["K"]):
        if built["K"]:
            built["ActualText"] = String("".join(texts[kid] for kid in built["K"]))
        return
    kids: list[Any] = []
    for is_known, group in groupby(built["K"], texts.__contains__):
        found = list(group)
        if is_known:
            around = span(found, ActualText=String("".join(texts[kid] for kid in found)))
            for kid in found:
                pdf.objects[int(kid.split()[0])]["P"] = around
            found = [around]
        kids += found
    built["K"][:] = kids


def _note_neighbours(box: Any) -> None:  # noqa: ANN401 - WeasyPrint is untyped
    """Note on the texts of each line of a box whether the structure has to say one of them."""
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    for line in getattr(box, "children", ()):
        if isinstance(line, boxes.LineBox):
            texts = [text for text in line.descendants() if isinstance(text, boxes.TextBox)]
            if any(is_turned(text.text) or _has_points(text) for text in texts):
                for text in texts:
                    text.is_beside_told = True


def _own_texts(box: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint is untyped
    """Yield the texts that are a box's children, in its lines or without one."""
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)  # a placeholder stands where a placed box would be
    for child in getattr(box, "children", ()):
        within = child.children if isinstance(child, boxes.LineBox) else [child]
        yield from (text for text in within if isinstance(text, boxes.TextBox))


def _last_text(box: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Return the last text within a box, None if there is none."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        return box if box.text else None
    for child in reversed(getattr(box, "children", ())):
        if child.is_in_normal_flow() and (found := _last_text(child)) is not None:
            return found
    return None


def _is_space_at(box: Any, at: Any) -> bool:  # noqa: ANN401 - WeasyPrint is untyped
    """Tell whether a line that ends `at` a place within a box ends with white space."""
    from weasyprint.formatting_structure import boxes

    before = after = ""
    while at is not None:
        ((index, at),) = at.items()
        if isinstance(box, boxes.TextBox):
            utf8 = box.text.encode()
            before = utf8[:index].decode()[-1:] or before
            after = utf8[index:].decode()[:1]
        else:
            before = _edge(reversed(box.children[:index]), -1) or before
            if at is None:
                after = _edge(box.children[index:], 0)
            else:
                box = box.children[index]
    return before.isspace() or after.isspace()


def _edge(found: Iterable[Any], at: int) -> str:
    """Return the first (0) or last (-1) character of boxes in a line; "" where they are empty."""
    from weasyprint.formatting_structure import boxes

    for box in found:
        character = ""
        if isinstance(box, boxes.TextBox):
            character = box.text[at:][:1]
        elif isinstance(box, boxes.InlineBox):
            character = _edge(box.children if at == 0 else reversed(box.children), at)
        elif box.is_in_normal_flow():
            character = "\ufffc"
        if character:
            return character
    return ""
