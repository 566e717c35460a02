"""The pictures of a profile's text: shown in the editor, and brought into its folder."""

from pathlib import PurePath
from urllib.parse import unquote

from careerprint.core.diagnostics import N_, Location, Refused, refuse, writing
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader
from careerprint.core.slugs import proposed_slug
from careerprint.desk.desk import Desk
from careerprint.desk.download import Download
from careerprint.desk.shown import Shown
from careerprint.layouts.pictures import check_picture
from careerprint.profiles.content import profile_slugs

_KINDS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}


def picture_file(desk: Desk, slug: str, file: str) -> Download | None:
    """Return a picture of a profile, named as in its text; None where there is none."""
    reader = Reader(desk.root)
    kind = _KINDS.get(PurePath(file).suffix.lower())
    if kind is None or slug not in profile_slugs(reader):
        return None
    try:
        content = reader.find(f"content/{slug}/{unquote(file)}")
    except Refused:
        return None
    return Download(PurePath(file).name, content, kind) if content else None


def bring_picture(desk: Desk, content: bytes, slug: str, name: str) -> Shown:
    """Put a picture beside a profile's text, and return its name there.

    Raises Refused for one that cannot be printed, and where it cannot be written.
    """
    reader = Reader(desk.root)
    suffix = PurePath(name).suffix.lower()
    if suffix not in _KINDS or slug not in profile_slugs(reader):
        raise refuse(
            name,
            N_("This is no picture that can be printed."),
            N_("Choose one in PNG, JPEG or SVG."),
        )
    check_picture(content, name, Location(name), reader.bounds)
    stem = proposed_slug(PurePath(name).stem)
    number, file = 1, f"{stem}{suffix}"
    while (held := reader.find(f"content/{slug}/{file}")) is not None and held != content:
        number += 1
        file = f"{stem}-{number}{suffix}"
    with writing(f"content/{slug}/{file}"):
        write_whole(desk.root / "content" / slug / file, content)
    return {"file": file}
