"""Checks data that people write (front matter, TOML) against a pydantic model.

Every fault is reported at once, each with its line and in words that help a non-programmer.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    StringConstraints,
    ValidationError,
)
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, error, refuse, shortened

# The way to a value: keys of mappings and positions in lists, from the outside in.
Steps = tuple[str | int, ...]
Lines = Callable[[Steps], int]
ModelT = TypeVar("ModelT", bound="Model")
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]


class Model(BaseModel):
    """The base of all models of written data: unknown keys and converted types are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Text(str):
    """A text from a profile, as it was written, that knows where it stands.

    It is the unit of translation and of the check that all text arrives.
    """

    __slots__ = ("location",)
    location: Location

    def __new__(cls, written: str, location: Location) -> Self:
        """Return `written` with line breaks and runs of spaces folded; special spaces stay."""
        text = super().__new__(cls, re.sub(r"[ \t\n]+", " ", written).strip(" \t\n"))
        text.location = location
        return text

    def __getnewargs__(self) -> tuple[str, Location]:  # type: ignore[override]  # str has one
        """Return what `__new__` takes, so that a text can go to another process."""
        return str(self), self.location

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Accept a Text that is not empty."""
        return core_schema.no_info_after_validator_function(
            _not_empty, core_schema.is_instance_schema(cls)
        )


def _not_empty(text: Text) -> Text:
    if not text:
        raise invalid(*_EMPTY)
    return text


def invalid(message: str, hint: str, **parameters: object) -> PydanticCustomError:
    """Return the fault of a value for a validator to raise; the templates are told as they are.

    They may name `{key}` and `{value}`, which are known of every fault, and the parameters.
    """
    return PydanticCustomError(
        "invalid", "invalid", {"message": message, "hint": hint, **parameters}
    )


def _given(value: object) -> object:
    if value is None:
        raise invalid(*_EMPTY)
    return value


def _web_address(written: str) -> str:
    if _HOST.match(written):
        written = f"https://{written}"
    if not re.fullmatch(r"https?://[^\s/]+\S*", written, re.IGNORECASE):
        raise invalid(
            N_("“{key}” is “{value}”, not a web address."),
            N_("Write it in full: https://www.example.org/"),
        )
    return written


_HOST = re.compile(r"(?:[\w-]+\.)+[a-z][\w-]+(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
WebAddress = Annotated[str, StringConstraints(max_length=300), AfterValidator(_web_address)]
"""A web address in full: with the “https://” that is meant where it begins with its host."""
Given = BeforeValidator(_given)
"""Refuses an entry that is there and empty: what is not known is left out, key and all."""


def from_toml(model: type[ModelT], text: str, path: str) -> ModelT:
    """Return the TOML document `text` as a `model`; raises Refused with every fault found."""
    try:
        data = _with_tuples(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as failure:
        found = re.search(r"line (\d+)", str(failure))
        raise refuse(
            Location(path, int(found[1]) if found else text.count("\n") + 1),
            N_("This line is not valid TOML ({reason})."),
            N_('Write texts in quotation marks: key = "value".'),
            reason=re.sub(r" \(at .*\)$", "", str(failure)),
        ) from None
    return checked(model, data, path, lambda steps: toml_line(steps, text))


def _with_tuples(data: Any) -> Any:  # noqa: ANN401 - TOML holds any type; the model decides
    if isinstance(data, dict):
        return {key: _with_tuples(value) for key, value in data.items()}
    return tuple(_with_tuples(value) for value in data) if isinstance(data, list) else data


def toml_line(steps: Steps, text: str) -> int:
    """Return the line of a TOML text that holds the value at `steps`, or the nearest one above it.

    tomllib keeps no positions. Looking for table headers and keys in the text finds every value
    of the flat files that careerprint reads.
    """
    names = [s for s in steps if isinstance(s, str)]
    table, best = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*\[+([^\]]+)\]", line):
            table = header[1].strip()
            if table == ".".join(names[: table.count(".") + 1]):
                best = number
        elif key := re.match(r"\s*\"?([\w.-]+)\"?\s*=", line):
            full = f"{table}.{key[1]}" if table else key[1]
            if full == ".".join(names[: full.count(".") + 1]):
                return number
    return best or 1


def toml_key(number: int, text: str) -> str:
    """Return the dotted key of a line of a TOML text, or of the table that it is in.

    It is "" above all tables.
    """
    table = ""
    for line in text.split("\n")[:number]:
        if header := re.match(r"\s*\[+([^\]]+)\]", line):
            table = header[1].strip()
    found = re.match(r"\s*\"?([\w.-]+)\"?\s*=", text.split("\n")[number - 1]) if number else None
    return ".".join(filter(None, (table, found and found[1])))


def checked(model: type[ModelT], data: Any, path: str, lines: Lines) -> ModelT:  # noqa: ANN401 - as above
    """Return plain data from the file `path` as a `model`; `lines` gives the line of a value.

    Raises Refused with every fault found.
    """
    try:
        return model.model_validate(data)
    except ValidationError as failure:
        told = _of_their_own(failure.errors(include_url=False)[:_MOST_FAULTS])
        faults = [_explained(e, data, path, lines) for e in told]
        raise Refused(sorted(faults, key=lambda d: d.location)) from None


def _of_their_own(faults: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Return the faults without lists that are too short only since an item of them is faulty."""
    within = {fault["loc"][:depth] for fault in faults for depth in range(len(fault["loc"]))}
    return [f for f in faults if f["type"] != "too_short" or f["loc"] not in within]


def _explained(fault: ErrorDetails, data: object, path: str, lines: Lines) -> Diagnostic:
    """Return pydantic's fault as a diagnostic in careerprint's words."""
    context = fault.get("ctx", {})
    steps = (*_steps_in_data(fault["loc"], data), *context.get("at", ()))
    message, hint = _FAULTS.get(fault["type"], _OTHER_FAULT)
    if fault["type"] == "invalid":
        message, hint = context["message"], context["hint"]
    if fault["input"] is None:
        message, hint = _EMPTY
    named = {
        **context,
        "key": ".".join(str(s + 1) if isinstance(s, int) else s for s in steps) or "–",
        "value": shortened(str(fault["input"])),
        "allowed": context.get("expected") or context.get("expected_tags") or "",
        "limit": next((_plain(context[c]) for c in _LIMITS if c in context), ""),
        "reason": fault["msg"],
    }
    named = {name: told for name, told in named.items() if f"{{{name}}}" in message + hint}
    return error(Location(path, lines(steps)), message, hint, **named)


def _steps_in_data(steps: Steps, data: Any) -> Steps:  # noqa: ANN401 - as above
    """Return pydantic's way to a value without the union tags that it mixes in."""
    found: list[str | int] = []
    for position, step in enumerate(steps):
        if _holds(data, step):
            data = data[step]
        elif step == "[key]" or position < len(steps) - 1:
            continue  # what stands for a key itself, or a union's tag; the last may be missing
        found.append(step)
    return tuple(found)


def _holds(data: object, step: str | int) -> bool:
    if isinstance(data, Mapping):
        return step in data
    return isinstance(data, tuple) and isinstance(step, int) and step < len(data)


def _plain(limit: float) -> float:
    """Return a limit without the decimal point that a whole number may have."""
    return int(limit) if limit == int(limit) else limit


_MOST_FAULTS = 100  # told at once; nobody reads more, and for each its line is looked for
_LIMITS = ("ge", "gt", "le", "min_length", "max_length")
_EMPTY = (N_("“{key}” is empty."), N_("Write a text."))
_OTHER_FAULT = (N_("“{key}” cannot be “{value}” ({reason})."), N_("Correct this entry."))
_LARGER = N_("Write a larger number.")
_NO_LIST = (
    N_("“{key}” is not a list."),
    N_("Write a list: each item on its own line after “- ”, or in square brackets in TOML."),
)
_NO_ENTRIES = (
    N_("“{key}” has no entries of its own."),
    N_("Write its entries below it, indented."),
)

# pydantic's error types → message and hint.
# Source: https://docs.pydantic.dev/latest/errors/validation_errors/
_FAULTS = {
    "missing": (N_("The entry “{key}” is missing."), N_("Add it.")),
    "extra_forbidden": (
        N_("The entry “{key}” is unknown."),
        N_("Check its spelling and indentation, or delete it."),
    ),
    "string_type": (
        N_("“{key}” is not a text."),
        N_("Write a text, in quotation marks if in doubt."),
    ),
    "list_type": _NO_LIST,
    "tuple_type": _NO_LIST,
    "model_type": _NO_ENTRIES,
    "dict_type": _NO_ENTRIES,
    "bool_type": (N_("“{key}” is “{value}”."), N_("Write true or false.")),
    "int_type": (N_("“{key}” is “{value}”, not a whole number."), N_("Write a whole number.")),
    "date_type": (
        N_("“{key}” is “{value}”, not a date."),
        N_("Write it as year-month-day: 2026-11-22."),
    ),
    "literal_error": (N_("“{key}” is “{value}”."), N_("Allowed is: {allowed}.")),
    "union_tag_invalid": (
        N_("The ⟨“kind”|kind⟩ of “{key}” is unknown."),
        N_("Allowed is: {allowed}."),
    ),
    "greater_than_equal": (N_("“{key}” is {value}, less than {limit}."), _LARGER),
    "greater_than": (N_("“{key}” is {value}, not more than {limit}."), _LARGER),
    "float_type": (
        N_("“{key}” is “{value}”, not a number."),
        N_("Write a number without a unit⟨ and without quotation marks⟩."),
    ),
    "less_than_equal": (
        N_("“{key}” is {value}, more than {limit}."),
        N_("Write a smaller number."),
    ),
    "string_too_long": (
        N_("“{key}” is longer than {limit} characters."),
        N_("Write a shorter text."),
    ),
    "string_too_short": _EMPTY,
    "too_short": (N_("“{key}” has too few items; it needs at least {limit}."), N_("Add some.")),
    "too_long": (N_("“{key}” has too many items; it takes at most {limit}."), N_("Delete some.")),
    "string_pattern_mismatch": (
        N_("“{key}” is “{value}”."),
        N_("Use only small letters a–z, digits, “-” and “_”, and start with a letter."),
    ),
    "is_instance_of": (
        N_("“{key}” is not a text."),
        N_("Put it in quotation marks if it is meant as text."),
    ),
}
