"""Declares the pictures of a profile's own: files, with what is said of each and who made it."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from careerprint.core.diagnostics import N_
from careerprint.core.schema import Given, Id, Model, Text, invalid


def _focus(written: str) -> str:
    if not re.fullmatch(r"(100|\d?\d)% (100|\d?\d)%", written):
        raise invalid(
            N_("“{key}” is “{value}”, not a point of the picture."),
            N_("Write how far it is from the left and from the top: 40% 30%."),
        )
    return written


class Picture(Model):
    """A picture: `file` beside the profile, `alt` for those who do not see it.

    It is cut to its frame around the point `focus`. `credit` says who made it and `licence` how it
    may be used; both are printed in the imprint.
    """

    file: Text
    alt: Text
    focus: Annotated[str, AfterValidator(_focus)] = "50% 50%"
    caption: Annotated[Text | None, Given] = None
    credit: Annotated[Text | None, Given] = None
    licence: Annotated[Text | None, Given] = None


class TextPicture(Model):
    """Who made a picture of the running text, named there by its `file`, as for `Picture`."""

    file: Text
    credit: Annotated[Text | None, Given] = None
    licence: Annotated[Text | None, Given] = None


class Pictures(Model):
    """Pictures in place of drawings: on the cover, the flyer, over sections by their id or role.

    `portrait` stands beside the quotation. `text` says who made those of the running text.
    """

    cover: Annotated[Picture | None, Given] = None
    flyer: Annotated[Picture | None, Given] = None
    portrait: Annotated[Picture | None, Given] = None
    sections: Annotated[dict[Id, Picture], Field(default_factory=dict)]
    text: tuple[TextPicture, ...] = ()

    @property
    def by_use(self) -> dict[str, Picture]:
        """All of them, by what they are for."""
        single = {"cover": self.cover, "flyer": self.flyer, "portrait": self.portrait}
        return {name: found for name, found in single.items() if found} | self.sections
