"""Writes the facts of a new profile as YAML to fill in, from their declarations."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from careerprint.core.diagnostics import Location
from careerprint.core.schema import Model, Text
from careerprint.intake.drafts import quoted
from careerprint.profiles.facts import Facts
from careerprint.profiles.shapes import entries_of, fact_values


def example_facts() -> Facts:
    """Return the examples of all declared facts."""
    examples = {name: next(iter(f.examples or ())) for name, f in Facts.model_fields.items()}
    return Facts.model_validate(_as_read(examples))


def facts_form(today: date) -> str:
    """Return the lines below `facts:`, each fact explained and with its example in place.

    One with a number is switched off: nobody would see that it is only an example. Days are today.
    """
    examples, lines = example_facts(), list[str]()
    off = {v.name.partition(".")[0] for v in fact_values(examples) if type(v.value) is int}
    for name in Facts.model_fields:
        explained, *written = _entry(examples, name, today)
        lines += [f"  {explained}", *(f"  # {w}" if name in off else f"  {w}" for w in written)]
    return "\n".join(lines)


def _as_read(value: Any) -> Any:  # noqa: ANN401 - whatever an example holds
    """Return an example as front matter is read: texts with a place, lists as tuples."""
    if isinstance(value, dict):
        return {key: _as_read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(map(_as_read, value))
    return Text(value, Location("")) if isinstance(value, str) else value


def _entries(model: Model, today: date) -> Iterator[str]:
    for name in type(model).model_fields:
        if name in model.model_fields_set:
            yield from _entry(model, name, today)


def _entry(model: Model, name: str, today: date) -> Iterator[str]:
    """Yield the lines of an entry: what explains it, its key, and below that what it holds."""
    value = getattr(model, name)
    if explained := type(model).model_fields[name].description:
        yield f"# {explained}"
    if isinstance(value, Model):
        yield f"{name}:"
        yield from (f"  {line}" for line in _entries(value, today))
    elif entries_of(value):
        yield f"{name}:"
        for entry in entries_of(value):
            first, *others = _entries(entry, today)
            yield f"  - {first}"
            yield from (f"    {line}" for line in others)
    elif isinstance(value, tuple):
        yield f"{name}:"
        yield from (f"  - {_scalar(item, today)}" for item in value)
    else:
        yield f"{name}: {_scalar(value, today)}"


def _scalar(value: object, today: date) -> str:
    if isinstance(value, date):
        return today.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else str(value)
