"""The pictures of a profile: brought into its folder, shown, and put in place of its drawings."""

import io
import re
from pathlib import PurePath
from urllib.parse import unquote

import yaml
from PIL import Image

from careerprint.core.concerns import PICTURE_COARSE, PICTURE_SOFT
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, refuse, writing
from careerprint.core.files import write_whole
from careerprint.core.geometry import MM_PER_INCH
from careerprint.core.reader import Reader
from careerprint.core.slugs import proposed_slug
from careerprint.core.targets import PRESS
from careerprint.desk.desk import Desk
from careerprint.desk.download import PICTURES, Download
from careerprint.desk.looks import TOKENS
from careerprint.desk.marktexts import values_in
from careerprint.desk.proposals import accepted, proposals_in
from careerprint.desk.richblocks import split_profile
from careerprint.desk.shown import Shown
from careerprint.desk.splicing import spliced
from careerprint.desk.yamllines import Value
from careerprint.layouts.art import NEUTRAL, fields_of, motif_of
from careerprint.layouts.brand import read_branding
from careerprint.layouts.colours import read_tokens
from careerprint.layouts.configuration import read_configuration
from careerprint.layouts.pictures import check_picture
from careerprint.manuscripts.picturefiles import ASKS_CREDIT
from careerprint.profiles.content import (
    Profile,
    parse_profile,
    profile_file,
    profile_slugs,
    read_profile,
)
from careerprint.profiles.pictures import Picture

_SINGLE = ("cover", "flyer", "portrait")
_ENTRIES = ("file", "alt", "focus", "caption", "credit", "licence")


def picture_file(desk: Desk, slug: str, file: str) -> Download | None:
    """Return a picture of a profile, named as in its text; None where there is none."""
    reader = Reader(desk.root)
    if PurePath(file).suffix.lower() not in PICTURES or slug not in profile_slugs(reader):
        return None
    try:
        content = reader.find(f"content/{slug}/{unquote(file)}")
    except Refused:
        return None
    return Download(PurePath(file).name, content) if content else None


def drawing_file(desk: Desk, field: str) -> Download | None:
    """Return the drawing of an occupational field, in the workspace's colours; None for no field.

    It is named by its field alone; "" stands for the neutral one.
    """
    reader = Reader(desk.root)
    name = field or NEUTRAL
    if name not in fields_of(reader):
        return None
    tokens = read_tokens(reader, TOKENS)
    palette = read_branding(reader, read_configuration(reader).brand, tokens).colours
    colours = {f"var(--{each})": colour.srgb for each, colour in palette.items()}
    drawing = reader.read_text(motif_of(name))
    return Download(
        f"{name}.svg", re.sub(r"var\(--\w+\)", lambda v: colours[v[0]], drawing).encode()
    )


def bring_picture(desk: Desk, content: bytes, slug: str, name: str) -> Shown:
    """Put a picture beside a profile's text, and return its name there.

    Raises Refused for one that cannot be printed, and where it cannot be written.
    """
    reader = Reader(desk.root)
    suffix = PurePath(name).suffix.lower()
    if suffix not in PICTURES or slug not in profile_slugs(reader):
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
    return {"file": file, "sharp": _sharp(desk, slug, file)}


def pictures(desk: Desk, slug: str) -> Shown:
    """Return the pictures in place of a profile's drawings, and the places that could have one.

    `sharp` says up to which size one is sharp in print, `told` what the last prints say of it.
    Raises Refused where the profile has faults.
    """
    profile = read_profile(Reader(desk.root), slug)
    by_use = profile.front.pictures.by_use
    told = _told(desk, slug)
    return {
        "digest": desk.texts.read(slug).digest,
        "places": [
            {
                "use": use,
                "heading": heading,
                **(entries := _entries(by_use.get(use))),
                "sharp": _sharp(desk, slug, entries["file"]),
                "told": told.get(by_use[use].file.location, "") if use in by_use else "",
            }
            for use, heading in _uses(profile)
        ],
        "texts": _in_text(profile),
    }


def _told(desk: Desk, slug: str) -> dict[Location, str]:
    """Return what the last prints say of pictures by where these are named: of the largest size."""
    found: dict[Location, Diagnostic] = {}
    for edition in desk.offering.declared:
        outcome, _ = desk.room.standing(edition)
        for each in outcome.diagnostics if outcome and edition.profile == slug else ():
            if each.rule in {PICTURE_COARSE, PICTURE_SOFT}:
                found[each.location] = max(found.get(each.location, each), each, key=_wanted)
    return {place: " ".join(told.words(desk.shower.translate)) for place, told in found.items()}


def _wanted(told: Diagnostic) -> int:
    """Return how wide a picture should be, in dots."""
    return int(dict(told.parameters)["wanted"].partition(" ")[0])


def _sharp(desk: Desk, slug: str, file: str) -> str:
    """Return up to which size a picture of pixels is sharp in print: "10,2 × 6,8"; else ""."""
    found = picture_file(desk, slug, file)
    try:
        with Image.open(io.BytesIO(found.content if found else b"")) as picture:
            sides = picture.size
    except OSError:  # a drawing has no such size
        return ""
    inch = MM_PER_INCH / 10 / PRESS.good_dpi
    return " × ".join(desk.shower.number(round(side * inch, 1)) for side in sides)


def put_picture(desk: Desk, slug: str, based_on: str, use: str, entries: dict[str, str]) -> Shown:
    """Put a picture in place of a drawing, and return all; without entries, take it away.

    Raises Refused for what the profile cannot hold; then nothing is saved. Where the text has
    changed since `based_on`, nothing is saved either.
    """
    written, profile = desk.texts.read(slug), read_profile(Reader(desk.root), slug)
    if written.digest == based_on and use in dict(_uses(profile)):
        others = profile.front.pictures.by_use.keys() - {use}
        kept: dict[str, Value] = {key: entries.get(key) or None for key in _ENTRIES}
        value: Value = kept if entries else None
        if use not in _SINGLE:
            value = {use: value} if value or others - {*_SINGLE} else None
        held: Value = {use if use in _SINGLE else "sections": value} if value or others else None
        _save(desk, slug, _with_pictures(written.text, held), based_on)
    return pictures(desk, slug)


def credit_picture(
    desk: Desk, slug: str, based_on: str, file: str, credit: str, licence: str
) -> Shown:
    """Say who made a picture of a profile's text, and return all pictures; raises Refused.

    Where the text has changed since `based_on`, nothing is saved.
    """
    written = desk.texts.read(slug)
    files = {each["file"] for each in _in_text(read_profile(Reader(desk.root), slug))}
    if written.digest == based_on and file in files:
        desk.save(slug, _credited(desk, slug, written.text, {file: (credit, licence)}), based_on)
    return pictures(desk, slug)


def _save(desk: Desk, slug: str, text: str, based_on: str) -> None:
    bounds = read_configuration(Reader(desk.root)).bounds.plain
    parse_profile(text, profile_file(slug), slug, bounds)
    desk.save(slug, text, based_on)


def credits_of(desk: Desk, slug: str, text: str) -> Shown:
    """Return the pictures of a text that is being written, by their files; raises Refused."""
    bounds = read_configuration(Reader(desk.root)).bounds.plain
    profile = parse_profile(text, profile_file(slug), slug, bounds)
    return {each["file"]: each for each in _in_text(profile)}


def with_credit(desk: Desk, slug: str, text: str, file: str, credit: str, licence: str) -> Shown:
    """Say in a text that is being written who made one of its pictures; raises Refused."""
    return {"text": _credited(desk, slug, text, {unquote(file): (credit, licence)})}


def _credited(desk: Desk, slug: str, text: str, said: dict[str, tuple[str, str]]) -> str:
    """Return a text that says who made its pictures: as it says, but for those in `said`."""
    texts = credits_of(desk, slug, text).values()
    held = [(t["file"], *said.get(t["file"], (t["credit"], t["licence"]))) for t in texts]
    value: list[Value] = [
        {"file": name, "credit": by or None, "licence": how or None}
        for name, by, how in held
        if by or how
    ]
    changed = _with_pictures(text, {"text": value or None})
    for mark in reversed(proposals_in(changed, profile_file(slug))):
        asked = values_in(mark.told, ASKS_CREDIT)
        if asked and any(said.get(asked.get("file", ""), ())):
            changed = accepted(changed, mark)
    credits_of(desk, slug, changed)
    return changed


def _in_text(profile: Profile) -> list[dict[str, str]]:
    """Return the pictures of the running text, each once, with who made them."""
    parts = (*profile.opening, *(part for section in profile.sections for part in section.parts))
    known = {str(picture.file): picture for picture in profile.front.pictures.text}
    files = {unquote(part.picture): str(part.blocks[0]) for part in parts if part.picture}
    return [
        {
            "file": file,
            "alt": alt,
            "credit": str(getattr(known.get(file), "credit", None) or ""),
            "licence": str(getattr(known.get(file), "licence", None) or ""),
        }
        for file, alt in files.items()
    ]


def _with_pictures(text: str, held: Value) -> str:
    front, body = split_profile(text)
    first, _, rest = front.partition("\n")
    inner = rest.rpartition("---")[0]
    head = yaml.safe_load(inner)
    # A new entry comes behind those that are named before it, as in the guide's example.
    above: dict[str, Value] = {key: head[key] for key in ("updated", "art") if key in head}
    return f"{first}\n{spliced(inner, {**above, 'pictures': held})}{rest[len(inner) :]}{body}"


def _uses(profile: Profile) -> list[tuple[str, str]]:
    """Return what pictures can be for, each with the heading of its section, if it is of one."""
    own = profile.front.pictures.by_use.keys() - {*_SINGLE}
    headings = {section.id: str(section.heading) for section in profile.sections}
    strange = [(use, use) for use in sorted(own - headings.keys())]  # named by what it tells of
    return [*((use, "") for use in _SINGLE), *strange, *headings.items()]


def _entries(picture: Picture | None) -> dict[str, str]:
    return {key: str(getattr(picture, key, None) or "") for key in _ENTRIES}
