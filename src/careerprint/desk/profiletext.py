"""A profile's text in an editor: read as it is on the disk, saved only over what was read."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from threading import Lock

from careerprint.core.diagnostics import N_, Location, refuse, writing
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader, utf8_text
from careerprint.core.sources import digest
from careerprint.profiles.content import profile_file, profile_slugs

MOST_BYTES = 5_000_000  # of a text; the longest profile has some twenty thousand
_MARK = "\ufeff"  # the byte order mark with which some editors begin a file


@dataclass(frozen=True, slots=True)
class Written:
    """A text on the disk, its line ends as line feeds, and the digest of its bytes."""

    text: str
    digest: str


class Changed(Exception):  # noqa: N818 - it reads as what happened: the file was changed
    """Raised where the file is not what the edit was based on; `now` is its present text."""

    def __init__(self, now: Written) -> None:
        self.now = now
        super().__init__(now.digest)


class ProfileTexts:
    """The texts of the profiles of a workspace, for an editor; they need not be valid."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._saving = Lock()

    def content(self, slug: str) -> bytes:
        """Return the bytes of a profile's text; raises Refused as `read` does."""
        return _content(self._root, slug)

    def read(self, slug: str) -> Written:
        """Return the text of a profile.

        Raises Refused where there is no such profile, where it lies elsewhere, or is not UTF-8.
        """
        content = _content(self._root, slug)
        return Written(utf8_text(content, profile_file(slug)), digest(content))

    def save(self, slug: str, text: str, based_on: str) -> Written:
        """Write the text of a profile, whole or not at all, and return what is on the disk now.

        `based_on` is the digest of what was edited. The file keeps its line ends and its byte order
        mark; no folder is made. Raises Changed, and writes nothing, where the file has become
        another text than the one edited or the new one. Raises Refused as `read` does, for a text
        that no file should hold, and where it cannot be written.
        """
        with self._saving:  # no other thread comes between reading the file and replacing it
            before = _content(self._root, slug)
            now = Written(utf8_text(before, profile_file(slug)), digest(before))
            if now.text == text:
                return now
            if now.digest != based_on:
                raise Changed(now)
            content = _encoded(text, before, slug)
            # A link stays a link; its target, within the workspace, is replaced.
            target = (self._root / profile_file(slug)).resolve()
            with writing(profile_file(slug)):
                write_whole(target, content)
            return Written(text, digest(content))


def _content(root: Path, slug: str) -> bytes:
    reader = Reader(root)
    # Looked up in the listing, so that no name leads elsewhere.
    if slug not in profile_slugs(reader):
        raise refuse(
            "content/",
            N_("There is no profile “{name}”."),
            N_("Check whether its folder was moved, renamed or deleted."),
            name=slug,
        )
    return reader.read_bytes(profile_file(slug))


def _encoded(text: str, before: bytes, slug: str) -> bytes:
    """Return a text as bytes, written as the file before was."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        content = _with_line_ends(text, before).encode()
        if before.startswith(_MARK.encode()):
            content = _MARK.encode() + content
    except UnicodeEncodeError as failure:  # half of a surrogate pair
        raise refuse(
            Location(profile_file(slug), text[: failure.start].count("\n") + 1),
            N_("Half of a character stands in this line."),
            N_("Type this line again."),
        ) from None
    if len(content) > MOST_BYTES:
        raise refuse(
            profile_file(slug),
            N_("The text is longer than any profile: {megabytes} MB."),
            N_("Keep what belongs into it, and put the rest into a file of its own."),
            megabytes=f"{len(content) / 1e6:.1f}",
        )
    return content


def _with_line_ends(text: str, before: bytes) -> str:
    """Return a text whose lines end as they did; new ones end as most did."""
    former = before.decode("utf-8-sig")
    ends = re.findall(r"\r\n|\r|\n", former)
    if not ends:
        return text
    usual = max(sorted(set(ends)), key=ends.count)
    if len(set(ends)) == 1:
        return text.replace("\n", usual)
    old, new = re.split(r"\r\n|\r|\n", former), text.split("\n")
    found = [usual] * (len(new) - 1)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for first, at, size in matcher.get_matching_blocks():
        for n in range(size):
            if first + n < len(ends) and at + n < len(found):
                found[at + n] = ends[first + n]
    return "".join(line + end for line, end in zip(new, [*found, ""], strict=True))
