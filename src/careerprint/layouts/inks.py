"""Turns colours and pictures for the screen (sRGB) into the inks of a press (CMYK).

A colour that the layouts give inks gets those inks. Greys become black ink alone, so that text is
not printed with four plates. Everything else is converted with the press's ICC profile.
"""

import io
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from careerprint.layouts.colours import Cmyk, components, srgb_of
from careerprint.layouts.pictures import KINDS

Channels = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""

_JPEG_QUALITY = 100  # the loss of a lower one could be more ink than the profile allows


@dataclass(frozen=True, slots=True)
class PressConditions:
    """What a print shop asks of a job.

    `bleed` is how far, in mm, artwork at the edge runs past it; `marks` asks for crop marks,
    `fold_marks` for those of the folds that the format has: wherever pages are trimmed, since a
    folded sheet says nowhere else where; and not where careerprint.toml asks for no marks.
    `profile` is the file of the CMYK profile; `inks` are those of the layouts' colours, in per
    cent, by `#RRGGBB`; all four together are `most_ink` per cent at most.
    """

    bleed: float
    marks: bool
    fold_marks: bool
    profile: str
    inks: Mapping[str, Cmyk]
    most_ink: float


class Inks:
    """Converts colours and pictures with a CMYK `profile`; `known` are inks by `#RRGGBB`."""

    def __init__(self, profile: bytes, known: Mapping[str, Cmyk]) -> None:
        self._profile = profile
        self._known = known
        self._found: dict[str, Channels] = {}
        self._transform: Any = None

    def of(self, rgb: tuple[float, float, float]) -> Channels:
        """Return the inks of a colour in sRGB (0 to 1); raises PyCMSError for a damaged profile."""
        srgb = srgb_of(*(round(min(max(part, 0), 1) * 255) for part in rgb))
        if srgb not in self._found:
            self._found[srgb] = self._inks(srgb)
        return self._found[srgb]

    def _inks(self, srgb: str) -> Channels:
        if srgb in self._known:
            c, m, y, k = (part / 100 for part in self._known[srgb])
            return c, m, y, k
        red, green, blue = components(srgb)
        if red == green == blue:
            return 0.0, 0.0, 0.0, round(1 - red / 255, 3)
        from PIL import Image

        pixel = self._applied(Image.new("RGB", (1, 1), (red, green, blue)))
        c, m, y, k = (round(part / 255, 3) for part in pixel.getpixel((0, 0)))
        return c, m, y, k

    def picture(self, content: bytes) -> bytes:
        """Return a raster picture as a JPEG in CMYK; one that is grey or in CMYK already stays so.

        Transparent parts become paper. Raises OSError where it cannot be decoded, PIL's PyCMSError
        for a damaged profile.
        """
        from PIL import Image

        with Image.open(io.BytesIO(content), formats=KINDS) as picture:
            if picture.mode in {"CMYK", "L"}:
                return content
            own = picture.info.get("icc_profile")
            if picture.mode in {"LA", "1", "I", "F"}:
                flat = _on_paper(picture).convert("L")
            else:
                flat = self._applied(_on_paper(picture), own)
        written = io.BytesIO()
        flat.save(written, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
        return written.getvalue()

    def _applied(self, picture: Any, own: bytes | None = None) -> Any:  # noqa: ANN401 - Pillow's transforms are untyped
        """Return an RGB picture converted to CMYK; `own` is the profile embedded in it."""
        from PIL import ImageCms

        if own:
            # One that is damaged, as many are, does not count: then the picture is in sRGB.
            with suppress(ImageCms.PyCMSError, OSError):
                return ImageCms.applyTransform(picture, self._built(io.BytesIO(own)))
        if self._transform is None:
            self._transform = self._built(ImageCms.createProfile("sRGB"))
        return ImageCms.applyTransform(picture, self._transform)

    def _built(self, source: Any) -> Any:  # noqa: ANN401 - as above
        from PIL import ImageCms

        return ImageCms.buildTransform(
            source,
            io.BytesIO(self._profile),
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )


def _on_paper(picture: Any) -> Any:  # noqa: ANN401 - as above
    """Return a picture in RGB, its transparent parts white."""
    from PIL import Image

    if picture.mode not in {"RGBA", "LA", "PA"} and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, seen).convert("RGB")
