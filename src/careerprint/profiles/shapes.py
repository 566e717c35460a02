"""The shapes that facts are made of, and the walk over a profile's facts that needs no other list.

A shape is a type for a field of a model: it checks what is written, and `Said` tells how its value
reads in a text. Phrases, texts to translate and skeletons all follow from these types.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from careerprint.core.diagnostics import N_
from careerprint.core.schema import Id, Model, Text, invalid

MOST_EUROS = 1_000_000


class Said(Enum):
    """How a value is said in a text that names it in braces; a value without it has no name."""

    TEXT = auto()
    LIST = auto()
    EUROS = auto()
    PAY = auto()
    YEARS = auto()


@dataclass(frozen=True, slots=True)
class Note:
    """What translators are told of a text besides the fact that it belongs to."""

    text: str


@dataclass(frozen=True, slots=True)
class FactValue:
    """A value within a fact.

    `name` is what a text calls it in braces, `pay.entry.min` for example; `said` is None where it
    has no name. `note` tells translators where it stands.
    """

    name: str
    value: object
    said: Said | None
    note: str


def fact_values(facts: Model) -> Iterator[FactValue]:
    """Yield the values of all facts in the order of their declaration, outer values first.

    A name is made of the fact, the ids of the entries on the way, and the field.
    """
    for name, field in type(facts).model_fields.items():
        yield from _values(getattr(facts, name), name, field.metadata)


def _values(value: object, name: str, marks: Sequence[object]) -> Iterator[FactValue]:
    if rows := rows_of(value):
        for row in rows:
            yield from _values(row, f"{name}.{row.id}" if isinstance(row, Entry) else name, marks)
        return
    said = next((mark for mark in marks if isinstance(mark, Said)), None)
    notes = [mark.text for mark in marks if isinstance(mark, Note)]
    note = ": ".join([name.partition(".")[0].replace("_", " "), *notes])
    yield FactValue(name, value, said, note)
    if isinstance(value, Model):
        for key, field in type(value).model_fields.items():
            inner = getattr(value, key)
            yield from _values(inner, name if rows_of(inner) else f"{name}.{key}", field.metadata)


class Entry(Model):
    """One of several in a fact. Texts name it by its `id`."""

    id: Id


def entries_of(value: object) -> tuple[Entry, ...]:
    """Return a value that is a list of entries; () for any other."""
    return value if isinstance(value, tuple) and value and isinstance(value[0], Entry) else ()


def rows_of(value: object) -> tuple[Model, ...]:
    """Return a value that is a list of models, entries among them; () for any other.

    What has no `id` is not named in texts.
    """
    return value if isinstance(value, tuple) and value and isinstance(value[0], Model) else ()


class WithEntries(Model):
    """A model with lists of entries, none of which has two of the same id."""

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        for name in type(self).model_fields:
            counts = Counter(entry.id for entry in entries_of(getattr(self, name)))
            if any(count > 1 for count in counts.values()):
                raise invalid(
                    N_("Two entries of “{key}” have the same ⟨“id”|internal name⟩."),
                    N_("⟨Give each an “id” of its own|Remove one of them, and add it anew⟩."),
                )
        return self


def texts_of(values: Iterable[FactValue]) -> Iterator[tuple[str, Text]]:
    """Yield each text of facts, with the note of where it stands."""
    for found in values:
        texts = found.value if isinstance(found.value, tuple) else (found.value,)
        yield from ((found.note, text) for text in texts if isinstance(text, Text))


def _whole_euros(value: object) -> object:
    """Refuse 2.300 and "2.300 €", the ways in which Germans write 2300, with the right spelling."""
    if isinstance(value, str):
        bare = re.sub(r"\s*(,-|,–|,00)?\s*(€|EUR|Euro)?$", "", value.strip())
        if re.fullmatch(r"\d{1,3}(\.\d{3})+|[1-9]\d*", bare):
            meant = bare.replace(".", "")
            if value == bare and "." in bare:
                raise invalid(
                    N_("“{key}” reads as the decimal number {value}."),
                    N_("Write whole euros without a separator: {meant}."),
                    meant=meant,
                )
            raise invalid(
                N_("“{key}” is the text “{value}”, not a number."),
                N_(
                    "Write digits only, without separators, currency sign or quotation marks: "
                    "{meant}."
                ),
                meant=meant,
            )
    return value


def _euros_with_cents(value: object) -> object:
    """Return what an hour is paid as a number: 14,50; anything else as `_whole_euros` does."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,2}[.,]\d{1,2}", value.strip()):
        return float(value.replace(",", "."))
    if isinstance(whole := _whole_euros(value), str):
        raise invalid(
            N_("“{key}” is “{value}”, not a whole number."),
            N_("Write a whole number; below a hundred, there may be cents: 14,50."),
        )
    return whole


def _whole_if_it_is(value: float) -> float:
    return int(value) if value % 1 == 0 else value


def _decimal(value: object) -> object:
    """Return a number that is written with a comma, or a point, as one: 3,5."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,2}[.,]\d", value.strip()):
        return float(value.replace(",", "."))
    return value


def _in_half_years(years: float) -> float:
    if years % 0.5:
        raise invalid(
            N_("“{key}” is {value}: neither whole nor half years."),
            N_("Write 3 or 3,5, for example."),
        )
    return _whole_if_it_is(years)


Euros = Annotated[int, BeforeValidator(_whole_euros), Field(ge=1, le=MOST_EUROS)]
"""An amount in whole euros."""
EurosAndCents = Annotated[
    float,
    BeforeValidator(_euros_with_cents),
    Field(ge=1, le=MOST_EUROS),
    AfterValidator(_whole_if_it_is),
]
"""An amount in euros; one below a hundred may have cents."""
Years = Annotated[
    float, BeforeValidator(_decimal), Field(ge=1, le=10), AfterValidator(_in_half_years)
]
"""A length of time in whole or half years."""
Texts = Annotated[tuple[Text, ...], Field(min_length=1), Said.LIST]
"""A list of texts, each a block of its own."""
