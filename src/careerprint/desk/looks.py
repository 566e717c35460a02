"""How documents look: issuer, colours, logo, and what is printed, as careerprint.toml says it.

Only what is changed is written; comments, order and the rest of the file stay.
"""

import codecs
import io
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import PurePath
from typing import Any, Literal

import tomlkit
from tomlkit.items import AbstractTable

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, refuse, writing
from careerprint.core.files import write_whole
from careerprint.core.reader import Reader
from careerprint.core.schema import from_toml
from careerprint.core.sources import digest
from careerprint.core.workspace import CONFIGURATION_FILE
from careerprint.desk.declaring import with_formats, without_unprinted
from careerprint.desk.desk import Desk, alone
from careerprint.desk.download import Download
from careerprint.desk.formwords import LOOK_NAMES
from careerprint.desk.shown import Shown, layout_name
from careerprint.fairs.contacts import email, phone, url
from careerprint.fairs.entries import Unsuitable
from careerprint.layouts.brand import colour_faults
from careerprint.layouts.colours import READABLE, contrast, read_tokens
from careerprint.layouts.configuration import Configuration, read_configuration
from careerprint.layouts.declaration import Layout, format_words, layout_names, read_layout
from careerprint.layouts.logo import MOST_PIXELS, read_logo
from careerprint.layouts.shops import SHOPS_FILE, Shops
from careerprint.planning.plan import printed_formats
from careerprint.profiles.catalogs import PROFILE_SOURCE, available_locales, locale_name
from careerprint.profiles.tags import direction_of

SHOP_NAMES: Mapping[str, str] = {
    "standard": N_("Flyers and brochures on coated paper, 3 mm of bleed"),
    "online": N_("A print shop on the web, 2 mm of bleed"),
    "uncoated": N_("Uncoated paper, recycled paper for example"),
    "newspaper": N_("Newspaper"),
    "office": N_("A copy shop or a printer of your own, no bleed"),
}
"""What the shipped print shops are called; others have the names that their file gives them."""

TOKENS = "layouts/base/tokens.toml"
Section = Literal[
    "issuer", "issuer.imprints", "brand.colours", "build", "build.formats", "press", "order"
]
_ISSUER = ("name", "url", "email", "phone", "street", "town", "imprint")
_ORDER = ("customer", "contact", "delivery")
_CONTACTS = {"email": email, "phone": phone, "url": url}  # as in the table of fairs
_LOGO = "content/logo"
# A day by which copies are to be there: 3.5., 3. Mai, KW 18, 2027-05-03.
_DAY = re.compile(
    r"\b\d{1,2}\.\s?(?:\d{1,2}\.|Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)"
    r"|\bKW\s?\d|\b\d{4}-\d\d-\d\d"
)
_MOST_LOGO = 6_000_000
_PIXELS = frozenset({".png", ".jpg", ".jpeg"})
_NEARLY_WHITE = 16  # of 255, and less: what JPEG leaves of white


def looks(desk: Desk) -> Shown:
    """Return what is said of look and issuer; raises Refused where careerprint.toml has faults."""
    reader = Reader(desk.root)
    content = reader.read_bytes(CONFIGURATION_FILE)
    configuration, tokens = read_configuration(reader), read_tokens(reader, TOKENS)
    shops = from_toml(Shops, reader.read_text(SHOPS_FILE), SHOPS_FILE)
    own = configuration.brand.colours
    now = tokens.replaced(own)
    lowest = {
        name: min(
            (
                contrast(now.palette[text].srgb, now.palette[ground].srgb)
                for text, ground in tokens.pairs
                if name in {*tokens.bases(text), *tokens.bases(ground)}
            ),
            default=None,
        )
        for name in tokens.colours
    }
    told = {n: desk.shower.number(int(ratio * 10) / 10) for n, ratio in lowest.items() if ratio}
    language = desk.shower.language
    printed = (tag for tag in configuration.build.locales if tag != PROFILE_SOURCE)
    return {
        "digest": digest(content),
        "names": {key: desk.shower.translate(name) for key, name in LOOK_NAMES.items()},
        "issuer": {key: getattr(configuration.issuer, key) or "" for key in _ISSUER},
        "imprints": sorted(
            (
                {
                    "name": tag,
                    "title": locale_name(tag, language),
                    "direction": direction_of(tag),
                    "text": configuration.issuer.imprints.get(tag, ""),
                }
                for tag in printed
            ),
            key=lambda locale: locale["title"],
        ),
        "order": {key: getattr(configuration.order, key) or "" for key in _ORDER},
        "colours": [
            {
                "name": name,
                "shipped": colour.srgb,
                "srgb": now.colours[name].srgb,
                "contrast": told.get(name, ""),  # none where no text has to do with it
                "least": desk.shower.number(READABLE),
            }
            for name, colour in tokens.colours.items()
        ],
        "logo": configuration.brand.logo or "",
        "layouts": [
            {
                "name": name,
                "title": layout_name(name, desk.shower.translate),
                "formats": [[each, format_words(each)] for each in layout.formats],
                "printed": printed_formats(configuration.build, name, layout),
            }
            for name, layout in _layouts(reader).items()
        ],
        "locales": sorted(
            (
                {"name": tag, "title": locale_name(tag, language)}
                for tag in available_locales(reader)
            ),
            key=lambda locale: locale["title"],
        ),
        "printed": {
            "layouts": configuration.build.layouts,
            "locales": configuration.build.locales,
        },
        "shops": [
            [name, desk.shower.translate(SHOP_NAMES.get(name, name))] for name in shops.shops
        ],
        "shop": configuration.press.shop,
    }


def order_gaps(desk: Desk) -> list[tuple[str, str]]:
    """Return what the order for the print shop does not say yet: entries, and what they lack."""
    said = read_configuration(Reader(desk.root)).order
    lacks = [("contact", N_("who answers questions"))] if not said.contact else []
    if not said.delivery:
        lacks.append(("delivery", N_("where the copies go, and until when")))
    elif not _DAY.search(said.delivery):
        lacks.append(("delivery", N_("until when they are to be there")))
    return [(key, desk.shower.translate(told)) for key, told in lacks]


@alone
def save(
    desk: Desk,
    based_on: str,
    section: Section,
    key: str,
    value: str | list[str],
) -> Shown:
    """Change one entry of careerprint.toml, and return what is said then; "" takes it out.

    In "build.formats" a key is a layout. Where the file has changed since `based_on`, nothing is
    written and the answer has `conflict`.
    What the file cannot say, and colours on which text cannot be read, are refused: the answer has
    `findings`, each with a `shade` where there is one that is readable.
    """
    reader = Reader(desk.root)
    text = reader.read_text(CONFIGURATION_FILE)
    if digest(reader.read_bytes(CONFIGURATION_FILE)) != based_on:
        return {**looks(desk), "conflict": True}
    try:
        if section == "issuer" and key in _CONTACTS and value:
            value = _contact(desk, key, str(value))
        if section == "build.formats":
            changed = _with_formats(reader, text, key, value)
        else:
            changed = _with_entry(text, section, key, value)
        configuration = from_toml(Configuration, changed, CONFIGURATION_FILE)
        if (section, key) == ("build", "layouts"):
            changed = without_unprinted(changed)
    except Refused as refused:
        return {**looks(desk), "findings": desk.shower.findings(refused.diagnostics)}
    faults = colour_faults(read_tokens(reader, TOKENS), configuration.brand, changed)
    if faults:
        return {**looks(desk), "findings": [_fault(desk, fault) for fault in faults]}
    _write(desk, changed)
    return looks(desk)


def _layouts(reader: Reader) -> Mapping[str, Layout]:
    return {name: read_layout(reader, name) for name in layout_names(reader)}


def _with_formats(reader: Reader, text: str, name: str, formats: str | list[str]) -> str:
    """Return careerprint.toml with other formats of a layout; raises Refused for none."""
    if not formats:
        raise refuse(
            CONFIGURATION_FILE,
            N_("A layout is printed in one format at least."),
            N_("Choose another format first. To print none of it, untick the layout."),
        )
    return with_formats(text, name, read_layout(reader, name), formats)


def _contact(desk: Desk, key: str, value: str) -> str:
    """Return an address as it is meant; raises Refused for one by which nobody is reached."""
    try:
        return _CONTACTS[key](value)
    except Unsuitable as off:
        name = desk.shower.translate(LOOK_NAMES[f"issuer.{key}"])
        raise refuse(
            Location(""),
            off.message,
            off.hint,
            **{"column": name, "value": value, **off.parameters},
        ) from None


@alone
def put_entry(desk: Desk, section: str, key: str, value: str | list[str]) -> None:
    """Put an entry into careerprint.toml; raises Refused for what it cannot say."""
    text = Reader(desk.root).read_text(CONFIGURATION_FILE)
    changed = _with_entry(text, section, key, value)
    from_toml(Configuration, changed, CONFIGURATION_FILE)
    _write(desk, changed)


@alone
def logo(desk: Desk, content: bytes, name: str) -> Shown:
    """Make a picture the logo; an empty one takes the logo away. Raises Refused.

    It lies in content/ as logo.svg or logo.png; a former one is replaced. Of pixels, it becomes a
    PNG, without the white around it: on its white plate, that would only make it smaller.
    """
    reader = Reader(desk.root)
    text = reader.read_text(CONFIGURATION_FILE)
    if not content:
        _write(desk, _with_entry(text, "brand", "logo", ""))
        return looks(desk)
    suffix = PurePath(name).suffix.lower()
    if suffix in _PIXELS and len(content) <= _MOST_LOGO:
        content, suffix = _trimmed(content), ".png"
    file = f"{_LOGO}{suffix}"
    if suffix not in {".svg", ".png"} or len(content) > _MOST_LOGO:
        raise refuse(
            name,
            N_("A logo is an SVG, PNG or JPEG file of at most 5 MB."),
            N_("Ask for it as SVG where your letterhead comes from."),
        )
    target = desk.root / file
    before = target.read_bytes() if target.is_file() else None
    with writing(file):
        write_whole(target, content)
    try:
        read_logo(Reader(desk.root), file, Location(name))
    except Refused:
        with writing(file):
            if before is None:
                target.unlink()
            else:
                write_whole(target, before)
        raise
    _write(desk, _with_entry(text, "brand", "logo", file))
    return looks(desk)


def _trimmed(content: bytes) -> bytes:
    """Return a picture as a PNG without the white around it; what is off in one stays as it is."""
    from PIL import Image, ImageChops, ImageOps

    with suppress(Exception), Image.open(io.BytesIO(content)) as picture:  # Pillow raises any kind
        if max(picture.size) > MOST_PIXELS:
            return content
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        inked = ImageChops.difference(Image.alpha_composite(paper, upright), paper)
        red, green, blue, _ = inked.split()
        strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        box = strongest.point(lambda level: 255 * (level > _NEARLY_WHITE)).getbbox()
        if picture.format != "PNG" or box not in (None, (0, 0, *upright.size)):
            made = io.BytesIO()
            upright.crop(box).save(made, "PNG")
            return made.getvalue()
    return content


def logo_file(desk: Desk, version: str = "") -> Download | None:  # noqa: ARG001
    """Return the logo as it is; `version` makes another address of it for browsers alone."""
    reader = Reader(desk.root)
    name = read_configuration(reader).brand.logo
    if not name:
        return None
    return Download(PurePath(name).name, reader.read_bytes(name))


def _with_entry(text: str, section: str, key: str, value: str | list[str]) -> str:
    """Return the text of careerprint.toml with an entry changed, added, or for "" taken out."""
    document = tomlkit.parse(text)
    table: Any = document
    for name in section.split("."):
        if name not in table:
            table[name] = tomlkit.table()
        table = table[name]
    if isinstance(table, AbstractTable) and value in ("", []):
        table.pop(key, None)
        if not table.as_string().strip() and section == "issuer.imprints":
            document["issuer"].pop("imprints")
    elif table.get(key) != value:
        table[key] = value
    return tomlkit.dumps(document)


def _write(desk: Desk, text: str) -> None:
    """Write careerprint.toml, with the line ends and the byte order mark that it has."""
    before = Reader(desk.root).read_bytes(CONFIGURATION_FILE)
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    with writing(CONFIGURATION_FILE):
        write_whole(desk.root / CONFIGURATION_FILE, mark + text.encode())
    desk.refresh()


def _fault(desk: Desk, fault: Diagnostic) -> Shown:
    (found,) = desk.shower.findings([fault])
    return {**found, "shade": dict(fault.parameters).get("shade", "")}
