"""Reads a plain text or a Markdown file: its encoding, and what makes a paragraph.

In a plain text, every character is text, marks such as “-” or “#” at the start of a line included.
In Markdown, what careerprint prints keeps its markup, and all else is kept as text.
"""

import re
import unicodedata
from itertools import pairwise

from careerprint.core.characters import REORDERING, decoded
from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.manuscripts.manuscript import TYPED_BULLET, Manuscript

# C0 and C1 controls but what parts lines: Unicode, category Cc, and UAX #14.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NO_TEXT = (
    N_("This is not a text file, or it is stored in an unknown way."),
    N_("Save the text as “plain text, UTF-8”, or as .docx, and import that file."),
)
_INVISIBLE = re.compile(f"[{REORDERING}]")
DRAWN = re.compile(r"([-=~_*#–—+.])(?: ?\1){2,}")
"""A line that is drawn with signs, below a heading or between sections."""
_WRAPPED = range(40, 101)  # how long the longest line is, where a program has broken the lines


def read_plain(content: bytes, place: str) -> Manuscript:
    """Return the paragraphs of a text file; raises Refused where it is none."""
    manuscript = Manuscript()
    text = decoded_text(content, place, manuscript)
    width = _width(text)
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text):
        found = _paragraphs(block.split("\n"), width)
        if len(found) > 1 and _is_underlined(*found[:2]):
            manuscript.add("text", found[0], level=1)
            found = found[2:]
        for paragraph in found:
            if DRAWN.fullmatch(paragraph.strip()):
                manuscript.remark_on_all(N_("Lines across the page are left out."))
            else:
                manuscript.add("text", paragraph)
    return manuscript


def _is_underlined(line: str, below: str) -> bool:
    """Tell whether the first line of a block is underlined with signs, about as long as it is."""
    drawn = below.strip()
    is_drawn = drawn[:1] in {"=", "-"} and DRAWN.fullmatch(drawn) is not None
    shares = (len(line.strip()) / 2 <= len(drawn) <= len(line.strip()) * 2) if is_drawn else False
    return shares and not DRAWN.fullmatch(line.strip()) and not line.rstrip().endswith((".", ","))


def decoded_text(content: bytes, place: str, manuscript: Manuscript) -> str:
    r"""Return the text in bytes, umlauts composed (NFC), line ends as \n; raises Refused.

    An encoding that was told by the text's letters is remarked on.
    """
    found = decoded(content)
    if found is None:
        raise refuse(place, *_NO_TEXT)
    if found.guessed:
        manuscript.remark_on_all(
            N_("The file is not stored as UTF-8; it was read as {encoding}. Check the umlauts."),
            encoding=found.guessed,
        )
    text = found.text
    text = _LINE_ENDS.sub("\n", text)
    if control := _CONTROL.search(text):
        raise refuse(Location(place, text[: control.start()].count("\n") + 1), *_NO_TEXT)
    if hidden := _INVISIBLE.search(text):
        manuscript.remark_on_all(
            N_(
                "Line {line} of the file holds the invisible control character U+{code}, with "
                "which it is not printed. Delete it."
            ),
            line=text[: hidden.start()].count("\n") + 1,
            code=f"{ord(hidden[0]):04X}",
        )
    return unicodedata.normalize("NFC", text)


def _width(text: str) -> int:
    """Return the width at which a program has broken the lines of a text; 0 where none has."""
    longest = max(map(len, text.split("\n")))
    return longest if longest in _WRAPPED else 0


def _paragraphs(lines: list[str], width: int) -> list[str]:
    """Return the paragraphs that lines without an empty one between them make.

    A line is one, unless the next word had no room behind it: then a program has broken it.
    """
    found = [lines[0]]
    for before, line in pairwise(lines):
        word = re.match(r"\S*", line.lstrip())
        room = len(before.rstrip()) + 1 + len(word[0] if word else "")
        is_drawn = any(DRAWN.fullmatch(each.strip()) for each in (before, line))
        if is_drawn or TYPED_BULLET.match(line.lstrip()):  # never joined to another line
            found.append(line)
        elif line[:1].isspace() and line.strip() and TYPED_BULLET.match(found[-1].lstrip()):
            found[-1] += f" {line}"  # what is set in below a bullet goes on with its item
        elif width and before.strip() and not before[:1].isspace() and room > width:
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found
