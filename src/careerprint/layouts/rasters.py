"""Makes pictures of pixels printable: upright, in sRGB, and silent about places and persons.

A camera writes into its pictures where and with what they were taken, and how they were held.
"""

import io
import warnings
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from careerprint.core.diagnostics import Location, Refused
from careerprint.core.reader import Reader
from careerprint.layouts.pictures import DRAWING, KINDS, bad_picture
from careerprint.layouts.shops import COATED

# What files say of themselves that shows on paper, or says nothing of how a picture came about.
_PLAIN = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "adobe", "adobe_transform"}
_PLAIN |= {"progressive", "progression", "transparency", "interlace", "background", "aspect"}
# How files end that hold nothing behind their picture: telephones put films and notes there.
_ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}
_JPEG_KINDS = {"JPEG", "MPO"}  # a JPEG with further pictures behind the first
_JPEG_QUALITY = 95
_SIXTEEN_BITS = 256  # times as many greys


def printable_pictures(
    places: Mapping[str, Location], names: Iterable[str], reader: Reader
) -> dict[str, bytes]:
    """Return a profile's pictures by their names, as they are printed; `places` names them too."""
    contents = {name: reader.read_bytes(name) for name in names}
    rasters = [name for name in contents if not name.lower().endswith(DRAWING)]
    inks = reader.read_bytes(COATED) if rasters else b""
    return contents | {name: printable(contents[name], inks, places[name]) for name in rasters}


def printable(content: bytes, cmyk_profile: bytes, location: Location) -> bytes:
    """Return a picture as it is printed; one that is so already stays, byte for byte.

    `cmyk_profile` says what inks look like where the file does not. Raises Refused, with the place
    where the picture is named, where it cannot be decoded to its end.
    """
    from PIL import Image

    try:
        return _printable(content, cmyk_profile)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as failure:
        raise Refused([bad_picture(location, failure)]) from None


@lru_cache(maxsize=8)  # all editions of a profile have the same
def _printable(content: bytes, cmyk_profile: bytes) -> bytes:
    from PIL import Image, ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it, and prints what there is
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is odd about a file, and is not printed
        opened = Image.open(io.BytesIO(content), formats=KINDS)
    with opened:
        opened.load()
        told = opened.info.keys() | {name for name, _ in getattr(opened, "applist", ())}
        is_plain = told <= _PLAIN | {"APP0", "APP14"} and opened.mode in {"RGB", "RGBA", "L", "P"}
        end = _ENDS.get(str(opened.format))
        if is_plain and end and content.endswith(end):
            return content
        picture = _in_srgb(ImageOps.exif_transpose(opened), opened.info, cmyk_profile)
        written = io.BytesIO()
        if opened.format in _JPEG_KINDS:
            picture.save(written, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
        else:
            picture.save(written, "PNG")
        return written.getvalue()


def _in_srgb(picture: Any, info: dict[Any, Any], cmyk_profile: bytes) -> Any:  # noqa: ANN401 - Pillow's
    """Return a picture in sRGB, transparent where it was; `info` is what its file says of it.

    A profile that is damaged, or is for other colours than the picture has, counts as none.
    """
    from PIL import Image, ImageCms

    if picture.mode.startswith("I"):
        picture = picture.point(lambda grey: grey / _SIXTEEN_BITS).convert("L")
    is_seen_through = picture.mode in {"LA", "PA", "RGBA"} or "transparency" in info
    if is_seen_through or picture.mode in {"P", "1", "YCbCr"}:
        picture = picture.convert("RGBA" if is_seen_through else "RGB")
    alpha = picture.getchannel("A") if is_seen_through else None
    colours = picture.convert("RGB") if is_seen_through else picture
    profile = info.get("icc_profile") or (cmyk_profile if colours.mode == "CMYK" else None)
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            colours = ImageCms.profileToProfile(colours, source, screen, outputMode="RGB")
        except ImageCms.PyCMSError:
            pass
    result = Image.new("RGB", colours.size)  # with nothing of what the file told
    result.paste(colours.convert("RGB"))
    if alpha is not None:
        result.putalpha(alpha)
    return result
