"""Reads what print shops ask for: bleed, marks, the ICC profile of the inks, how much of them."""

import io
import posixpath
from typing import Annotated

from pydantic import Field

from careerprint.core.diagnostics import N_, Location, refuse
from careerprint.core.reader import Reader
from careerprint.core.schema import Id, Model, from_toml, toml_line
from careerprint.core.workspace import CONFIGURATION_FILE
from careerprint.layouts.colours import MOST_INK
from careerprint.layouts.configuration import Press, Written
from careerprint.layouts.declaration import FOLDER, Layout, layout_file
from careerprint.layouts.inks import Inks, PressConditions

SHOPS_FILE = f"{FOLDER}/press/shops.toml"
COATED = f"{FOLDER}/press/FOGRA39L-coated.icc"  # inks on coated paper, as most pictures in CMYK are
# In an ICC profile's header: the signatures of an output device, and of the inks of a press.
# Source: ICC.1:2022, 7.2.5 and 7.2.6
_OUTPUT, _CMYK = "prtr", "CMYK"


class Shop(Model):
    """A print shop: bleed in mm, whether it wants crop marks, its profile relative to layouts/.

    `most_ink` is how many per cent all four inks make together at most.
    """

    bleed: Annotated[float, Field(ge=0, le=10)]
    marks: bool = False
    profile: Written
    most_ink: Annotated[float, Field(ge=100, le=400)] = MOST_INK


class Shops(Model):
    """The shops of shops.toml by their names."""

    shops: dict[Id, Shop]


def bleed_of(reader: Reader, press: Press) -> float:
    """Return the bleed of press files in mm; raises Refused for a shop that is not known."""
    return _shop(reader, press).bleed if press.bleed is None else press.bleed


def _shop(reader: Reader, press: Press) -> Shop:
    shops = from_toml(Shops, reader.read_text(SHOPS_FILE), SHOPS_FILE).shops
    if press.shop not in shops:
        configuration = reader.read_text(CONFIGURATION_FILE)
        raise refuse(
            Location(CONFIGURATION_FILE, toml_line(("press", "shop"), configuration)),
            N_("There is no print shop “{name}”."),
            N_("Available: {available}. More can be described in {file}."),
            name=press.shop,
            available=", ".join(shops),
            file=SHOPS_FILE,
        )
    return shops[press.shop]


def read_conditions(reader: Reader, press: Press, layout: Layout, name: str) -> PressConditions:
    """Return what the shop of careerprint.toml asks of the layout `name`, without inks.

    Raises Refused for a shop that is not known, for a profile that is damaged or not of a press,
    and where the layout's artwork does not run as far past the edge.
    """
    shop, bleed = _shop(reader, press), bleed_of(reader, press)
    if bleed > layout.bleed:
        raise refuse(
            layout_file(name),
            N_("The print shop wants {wanted} mm of bleed; this layout has {has} mm."),
            N_("Draw its artwork further past the edge, and raise “bleed” in this file."),
            wanted=f"{bleed:g}",
            has=f"{layout.bleed:g}",
        )
    if press.profile is None:
        profile, named_at = f"{FOLDER}/{shop.profile}", Location(SHOPS_FILE)
    else:
        line = toml_line(("press", "profile"), reader.read_text(CONFIGURATION_FILE))
        profile, named_at = press.profile, Location(CONFIGURATION_FILE, line)
    profile = posixpath.normpath(profile)
    _check_profile(reader.read_bytes(profile, named_at), profile)
    marks = shop.marks if press.marks is None else press.marks
    fold_marks = bleed > 0 if press.marks is None else press.marks
    return PressConditions(bleed, marks, fold_marks, profile, {}, shop.most_ink)


def _check_profile(content: bytes, name: str) -> None:
    """Raise Refused for a file that is not the ICC profile of a press with four inks."""
    from PIL.ImageCms import ImageCmsProfile, PyCMSError

    try:
        profile = ImageCmsProfile(io.BytesIO(content)).profile
        space, device = profile.xcolor_space.strip(), profile.device_class.strip()
        if (space, device) == (_CMYK, _OUTPUT):
            Inks(content, {}).of((0.5, 0.4, 0.3))  # one that is cut short fails here
            return
    except (OSError, PyCMSError, ValueError) as failure:
        raise refuse(
            name,
            N_("This is not an ICC profile, or it is damaged ({reason})."),
            N_("Download it from the print shop again, or use the one of careerprint."),
            reason=failure,
        ) from None
    raise refuse(
        name,
        N_("This profile is for {space}, not for printing with four inks (CMYK)."),
        N_("Ask the print shop for the CMYK output profile of its paper."),
        space=space if space != _CMYK else f"{space}, {device}",
    )
