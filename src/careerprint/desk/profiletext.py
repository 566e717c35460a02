"""A profile's text in an editor: read as it is on the disk, saved only over what was read."""

from dataclasses import dataclass
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
    if before.startswith(_MARK.encode()):
        text = _MARK + text
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    try:
        content = text.encode()
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
