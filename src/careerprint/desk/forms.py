"""The head, the facts and the flyer of a profile as forms, made from what the models declare.

A form is plain data: `declared_forms` says which fields there are, `filled_forms` what stands in
them, where, and what is off; `written_forms` writes what somebody entered into the profile.
"""

import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from careerprint.core.diagnostics import N_, Diagnostic, Refused
from careerprint.core.reader import Reader
from careerprint.core.schema import Steps, Text, checked
from careerprint.core.slugs import free_name, proposed_slug
from careerprint.desk.formwords import CHOICES, FOLLOWING, HINTS, NAMES, UNSAID
from careerprint.desk.marktexts import in_words
from careerprint.desk.proposals import (
    UNSEEN,
    Proposal,
    about,
    asked_for,
    dated,
    is_of_text,
    is_to_confirm,
    number_in,
    proposals_in,
)
from careerprint.desk.richblocks import split_profile
from careerprint.desk.splicing import spliced
from careerprint.desk.yamllines import Typed, Value, held_text
from careerprint.layouts.art import named_fields
from careerprint.profiles.content import FrontMatter
from careerprint.profiles.facts import Facts
from careerprint.profiles.frontmatter import front_values

Field = dict[str, Any]  # as JSON has it
Translate = Callable[[str], str]

_HEAD = ("title", "subtitle", "teaser", "updated", "art")
_LONG = {"teaser", "text", "points"}  # fields whose texts take several lines
_MARK_OF_UNIONS = (Union, types.UnionType)


def declared_forms(translate: Translate, reader: Reader) -> dict[str, list[Field]]:
    """Return the fields of the forms "head", "facts" and "flyer" in the user's language."""
    fields = {field["name"]: field for field in _fields(FrontMatter, translate)}
    drawings = {f["name"]: f for f in fields["art"]["fields"]}
    drawings["field"] |= {"options": named_fields(reader, translate), "kind": "choice"}
    fields["art"]["title"] = translate(NAMES["FrontMatter.art"])
    return {
        "head": [fields[name] for name in _HEAD],
        "facts": fields["facts"]["fields"],
        "flyer": fields["flyer"]["fields"],
    }


def filled_forms(text: str, path: str, translate: Translate) -> dict[str, Any]:
    """Return what stands in a profile's forms: values, lines, faults and check marks by place.

    A place is the way to a value, "facts.pay.ranges.0.max". Where the head cannot be read, `broken`
    is what is off, and there is nothing else.
    """
    front, _ = split_profile(text)
    written = inner_head(front)
    if written is None:
        return {"broken": {"line": 1, "message": "", "hint": ""}}
    try:
        data, line = front_values(written, path, 2)
        node = yaml.compose(written, Loader=yaml.SafeLoader)
    except Refused as refused:
        return {"broken": _told(refused.diagnostics[0], translate)}
    lines = {_name(steps): line(steps) for steps in _all_steps(data, ())}
    return {
        "broken": None,
        "values": _held(node),
        "lines": lines,
        "faults": [
            {"place": _name(steps), **_told(fault, translate)}
            for steps, fault in _faults(data, path, translate)
        ],
        "marks": [
            {"place": place_of(proposal, lines), **_mark(proposal, translate)}
            for proposal in proposals_in(text, path)
        ],
    }


def place_in(forms: Mapping[str, Any], line: int) -> str:
    """Return the place that a line of a head is about, "" for none.

    `forms` are filled ones. It is the place of a check mark in the line, or of the nearest value;
    a name that only files have stands for what it names.
    """
    marked = next((mark["place"] for mark in forms["marks"] if mark["line"] == line), "")
    above = [(n, len(name), name) for name, n in forms["lines"].items() if n <= line]
    found = marked or max(above, default=(0, 0, ""))[2]
    outer, _, last = found.rpartition(".")
    return outer if last in UNSEEN else found


def written_forms(text: str, entered: Mapping[str, Any]) -> str:
    """Return a profile's text with what somebody entered, by name of the front matter's entries.

    Raises ValueError where its head cannot be read.
    """
    front, body = split_profile(text)
    written = inner_head(front)
    if written is None:
        raise ValueError("no front matter")
    values = _as_declared(FrontMatter, entered)
    begin = front.index("\n") + 1
    return f"{front[:begin]}{spliced(written, values)}{front[begin + len(written) :]}{body}"


def inner_head(front: str) -> str | None:
    """Return the YAML between the lines of a profile's head; None where it has no such lines."""
    match = re.fullmatch(r"---[ \t]*\n((?:.*\n)?)---[ \t]*\n?", front, re.DOTALL)
    return match[1] if match else None


def _fields(model: type[BaseModel], translate: Translate) -> list[Field]:
    return [
        _field(model.__name__, name, info, translate)
        for name, info in model.model_fields.items()
        if name not in {"kind", "id", "pictures"}
    ]


def _field(owner: str, name: str, info: FieldInfo, translate: Translate) -> Field:
    """Return what a form needs to know of a field."""
    word = f"{owner}.{name}"
    kind, more = _kind(info.annotation, translate)
    if kind == "text" and name in _LONG:
        kind = "long"
    limits = {limit: _limit(info.metadata, limit) for limit in ("min_length", "max_length")}
    return {
        "name": name,
        "kind": kind,
        "title": translate(NAMES[word]) if word in NAMES else info.title or name,
        "hint": translate(HINTS[word]) if word in HINTS else "",
        "unsaid": translate(UNSAID.get(word, N_("Not said"))),
        "required": info.is_required() and kind != "group" and word not in FOLLOWING,
        "isLong": name in _LONG,
        "least": limits["min_length"],
        "most": limits["max_length"],
        **more,
    }


def _limit(metadata: Sequence[object], name: str) -> int | None:
    return next((int(getattr(m, name)) for m in metadata if getattr(m, name, None)), None)


def _kind(annotation: Any, translate: Translate) -> tuple[str, Field]:  # noqa: ANN401, PLR0911 - a type; one a kind
    """Return which kind of field a type makes, and what else is to be known of it."""
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return "group", {"fields": _fields(bare, translate)}
    if bare is bool:
        return "truth", {}
    if bare in {int, float}:
        return "number", {}
    if bare is date:
        return "date", {}
    if get_origin(bare) is Literal:
        return "choice", {"options": [[c, translate(CHOICES.get(c, c))] for c in get_args(bare)]}
    if get_origin(bare) is tuple:
        item = _bare(get_args(bare)[0])
        models = _models(item)
        if not models:
            return "texts", {}
        return "rows", {
            "variants": [
                {
                    "kind": _kind_of(model),
                    "title": translate(CHOICES.get(_kind_of(model), "")),
                    "fields": _fields(model, translate),
                    "hasId": "id" in model.model_fields,
                }
                for model in models
            ]
        }
    return "text", {}


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - a type
    """Return a type without its marks, and without None beside it."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in _MARK_OF_UNIONS:
        others = [a for a in get_args(annotation) if a is not type(None)]
        return _bare(others[0]) if len(others) == 1 else annotation
    return annotation


def _models(item: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - a type
    kinds = get_args(item) if get_origin(item) in _MARK_OF_UNIONS else (item,)
    return [k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)]


def _kind_of(model: type[BaseModel]) -> str:
    kind = model.model_fields.get("kind")
    return str(get_args(kind.annotation)[0]) if kind else ""


def _held(node: yaml.Node | None) -> Any:  # noqa: ANN401 - as YAML has it
    """Return a node's values as they are shown: texts as they are written."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _held(below) for key, below in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_held(item) for item in node.value]
    return held_text(str(node.value)) if node else ""


def _as_declared(model: type[BaseModel], entered: Mapping[str, Any]) -> dict[str, Value]:
    """Return what was entered as what is written: in the order and the types of a model.

    What is empty is left out, and so is what the model does not know.
    """
    names = [name for name in model.model_fields if name in entered]
    return {name: _value(model.model_fields[name], entered[name]) for name in names}


def _value(info: FieldInfo, given: Any) -> Value:  # noqa: ANN401, PLR0911 - JSON; one a kind
    bare = _bare(info.annotation)
    if given is None:
        return None
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return _as_declared(bare, given) if isinstance(given, dict) else None
    if get_origin(bare) is tuple:
        item = _bare(get_args(bare)[0])
        models = {_kind_of(model): model for model in _models(item)}
        rows = given if isinstance(given, list) else []
        if not models:
            return [held_text(str(row)) for row in rows]
        told = [
            (models.get(str(row.get("kind", "")), next(iter(models.values()))), row) for row in rows
        ]
        return _with_ids([_as_declared(m, row) for m, row in told], [m for m, _ in told])
    if bare is bool:
        return True if given in (True, "true") else None
    text = held_text(str(given))
    if not text:
        return "" if info.is_required() and bare is Text else None
    if bare in {int, float}:
        number = number_in(text)
        return number if isinstance(number, int) else Typed(str(number))
    day = dated(text) if bare is date else text
    return day if isinstance(day, date) or bare is Text else Typed(text)


def _with_ids(rows: list[dict[str, Value]], models: Sequence[type[BaseModel]]) -> list[Value]:
    """Return rows, new ones among them with a name that texts can call them by."""
    taken = {str(row["id"]) for row in rows if row.get("id")}
    made: list[Value] = []
    for row, model in zip(rows, models, strict=True):
        if "id" in model.model_fields and not row.get("id"):
            told = str(row.get("label") or row.get("name") or model.__name__)
            name = free_name(proposed_slug(told)[:30].strip("-_"), taken)
            taken.add(name)
            made.append({"id": name, **{k: v for k, v in row.items() if k != "id"}})
        else:
            made.append(row)
    return made


def _all_steps(data: object, steps: Steps) -> Iterator[Steps]:
    if steps:
        yield steps
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _all_steps(value, (*steps, key))
    elif isinstance(data, tuple):
        for at, value in enumerate(data):
            yield from _all_steps(value, (*steps, at))


def _name(steps: Steps) -> str:
    return ".".join(map(str, steps))


def _faults(
    data: dict[str, object], path: str, translate: Translate
) -> Iterator[tuple[Steps, Diagnostic]]:
    """Yield what is off in a head, with the way to it, in the forms' words."""
    found: list[Steps] = []

    def numbered(steps: Steps) -> int:
        found.append(steps)
        return len(found)

    try:
        checked(FrontMatter, data, path, numbered)
    except Refused as refused:
        for fault in refused.diagnostics:
            steps = found[fault.location.line - 1]
            *_, title = "–", *titles_of(steps, translate)
            told = tuple(
                (name, title if name == "key" else value) for name, value in fault.parameters
            )
            yield steps, replace(fault, parameters=told)


def named_key(key: str, translate: Translate) -> str:
    """Return the way to a value of a profile's head in the forms' words, another key as it is."""
    names = titles_of(key.split("."), translate)
    if key.partition(".")[0] not in FrontMatter.model_fields:
        return key
    return " › ".join(names[1:] if key.startswith(("facts.", "flyer.")) else names)


def steps_of(place: str) -> Steps:
    """Return the steps to a place: "facts.places.0" is the first of the places."""
    return tuple(int(step) if step.isdigit() else step for step in place.split("."))


def titles_of(steps: Iterable[str | int], translate: Translate) -> list[str]:
    """Return what the forms call the values on the way to one; numbers stand behind their list."""
    models: list[type[BaseModel]] = [FrontMatter]
    titles: list[str] = []
    for step in steps:
        if isinstance(step, int) or step.isdigit():
            number = step + 1 if isinstance(step, int) else step
            titles[-1:] = [f"{titles[-1]} {number}"] if titles else [str(number)]
            continue
        owner = next((m for m in models if step in m.model_fields), None)
        if owner is None:
            return [*titles, step]
        titles.append(translate(NAMES.get(f"{owner.__name__}.{step}", step)))
        bare = _bare(owner.model_fields[step].annotation)
        models = _models(_bare(get_args(bare)[0]) if get_origin(bare) is tuple else bare)
    return titles


def _told(fault: Diagnostic, translate: Translate) -> dict[str, Any]:
    message, hint = fault.words(translate)
    return {"line": fault.location.line, "message": message, "hint": hint}


def _mark(proposal: Proposal, translate: Translate) -> dict[str, Any]:
    told = in_words(proposal.told, translate)
    confirms = is_to_confirm(proposal)
    return {"line": proposal.line, "told": told, "kind": proposal.kind, "confirms": confirms}


def place_of(proposal: Proposal, lines: Mapping[str, int]) -> str:
    """Return what a check mark speaks of: what it proposes, the value below it, or that above.

    What is of none of these is of "text".

    `lines` are those of the values, by their places.
    """
    named = re.match(r"\s*#\s*([a-z_]+):", next(iter(proposal.lines), ""))
    if named and named[1] in Facts.model_fields:
        return f"facts.{named[1]}"
    if is_of_text(proposal):
        return "text"
    if (place := about(proposal)).startswith("facts."):
        return place
    below = sorted((len(name), name) for name, n in lines.items() if n == proposal.first)
    above = sorted((-n, len(name), name) for name, n in lines.items() if n < proposal.line)
    if (asked := asked_for(proposal)) and above:  # an entry of the fact above
        return ".".join((*above[0][2].split(".")[:2], asked[0]))
    return below[0][1] if below else above[0][2] if above else ""
