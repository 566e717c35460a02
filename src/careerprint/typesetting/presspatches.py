"""What PDF/X and print shops ask for and WeasyPrint 70 does not write: inks, and overprint.

Each patch names the gap that it closes. A stream of a press file knows its inks by the press's
profile (variants.press_profile); all others stay as WeasyPrint writes them.
"""

from typing import Any

_BLACK = (0.0, 0.0, 0.0, 1.0)  # cyan, magenta, yellow, black


def apply(stream: Any) -> None:  # noqa: ANN401 - WeasyPrint is untyped
    """Patch WeasyPrint's class of streams; `patches` does so once for the process."""
    stream.set_color_rgb = _with_inks(stream.set_color_rgb)
    stream.set_color_special = _with_overprint(stream.set_color_special)
    stream.begin_text = _with_text(stream.begin_text, begins=True)
    stream.end_text = _with_text(stream.end_text, begins=False)


def _with_inks(set_color_rgb: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: nothing is converted to the colour space of the output intent, not even black text.

    ISO 15930-7: what is in DeviceRGB has no meaning beside an output intent for CMYK. The
    inks come with the press's profile (variants.press_profile).
    """

    def set_rgb(stream: Any, red: float, green: float, blue: float, stroke: bool = False) -> None:  # noqa: ANN401 - WeasyPrint's signature
        if (inks := _inks(stream)) is None:
            set_color_rgb(stream, red, green, blue, stroke)
        else:
            stream.set_color_space("DeviceCMYK", stroke)
            stream.set_color_special(None, stroke, *inks.of((red, green, blue)))

    return set_rgb


def _inks(stream: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Return the inks that a stream's colours turn into, None where it is not for a press."""
    return getattr(stream._color_profiles.get("device-cmyk"), "inks", None)


def _with_overprint(set_color_special: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Gap: black text and lines knock out what lies below, and the paper shows at their edges.

    ISO 32000-1, 8.6.7. Text in black ink alone overprints, and lines that are stroked in it. What
    is white, and all areas, knock out.
    """

    def set_special(stream: Any, name: Any, is_stroke: bool = False, *operands: float) -> None:  # noqa: ANN401 - WeasyPrint's signature
        set_color_special(stream, name, is_stroke, *operands)
        if _inks(stream) is not None:
            is_black = operands == _BLACK
            if is_stroke:
                _set_overprint(stream, "OP", is_on=is_black)
            else:
                stream._is_black = is_black
                if getattr(stream, "_is_in_text", False):
                    _set_overprint(stream, "op", is_on=is_black)

    return set_special


def _with_text(change: Any, *, begins: bool) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Let a text overprint where it is black, and what follows it knock out."""

    def changed(stream: Any) -> None:  # noqa: ANN401 - as above
        if begins:
            change(stream)
        stream._is_in_text = begins
        if getattr(stream, "_is_black", False):
            _set_overprint(stream, "op", is_on=begins)
        if not begins:
            change(stream)

    return changed


def _set_overprint(stream: Any, key: str, *, is_on: bool) -> None:  # noqa: ANN401 - as above
    """Set whether what is filled (op) or stroked (OP) overprints, zero inks leaving what is there.

    OP alone would be for both (ISO 32000-1, table 58).
    """
    import pydyf

    name = f"{key}{int(is_on)}"
    state = {"op": "false", key: str(is_on).lower(), "OPM": 1}
    stream._resources["ExtGState"].setdefault(name, pydyf.Dictionary(state))
    pydyf.Stream.set_state(stream, name)
