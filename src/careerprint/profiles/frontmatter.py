"""Reads front matter: the YAML that profiles need, every value with its line.

Of YAML it takes mappings, lists and plain values. Whole numbers, true and false, dates and empty
values are what they look like; everything else is text. So 2.300, 02300 or "no" never turn into
numbers and truth values that nobody meant.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

import yaml

from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, error, refuse
from careerprint.core.schema import Lines, ModelT, Steps, checked
from careerprint.profiles.markup import block_text

_TRUTH = {"true": True, "false": False}
_EMPTY = {"", "~", "null"}


def read_front_matter(
    model: type[ModelT], text: str, path: str, first_line: int
) -> tuple[ModelT, Lines]:
    """Return the YAML mapping `text` as a `model`, and what tells the line of a value.

    The text starts on line `first_line` of `path`. Raises Refused with every fault found.
    """
    data, line = front_values(text, path, first_line)
    return checked(model, data, path, line), line


def front_values(text: str, path: str, first_line: int) -> tuple[dict[str, object], Lines]:
    """Return the YAML mapping `text` as plain data, whatever it says, and what tells its lines.

    Raises Refused where it cannot be read.
    """
    start = Location(path, first_line)
    _refuse_special_yaml(text, start)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = _Values(start)
        data = values.plain(node, ())
    except yaml.MarkedYAMLError as failure:
        raise _broken(failure, text, start) from None
    except (yaml.YAMLError, ValueError, OverflowError) as failure:
        # A character that YAML does not allow, written out or as an escape.
        position = getattr(failure, "position", 0)
        raise refuse(
            Location(path, first_line + text[:position].count("\n")),
            N_("The front matter holds a character that it must not hold."),
            N_("Type this line again."),
        ) from None
    except RecursionError:
        raise refuse(
            start,
            N_("The front matter is nested too deeply."),
            N_("Delete the superfluous brackets."),
        ) from None
    if values.faults:
        raise Refused(values.faults)
    if not isinstance(data, dict):
        raise refuse(
            start,
            N_("The front matter is not a list of ⟨“key: value” lines|entries⟩."),
            N_(
                "⟨Write each entry on a line of its own, for example “title: …”|Undo the last "
                "change, or bring an earlier version back⟩."
            ),
        )
    return data, values.line


@dataclass(slots=True)
class _Values:
    """Turns nodes into plain data, notes the line of each value and collects faults."""

    start: Location
    lines: dict[Steps, int] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)

    def line(self, steps: Steps) -> int:
        """Return the line of the value at `steps`, or of the nearest one around it."""
        while steps not in self.lines and steps:
            steps = steps[:-1]
        return self.lines.get(steps, self.start.line)

    def plain(self, node: yaml.Node | None, steps: Steps) -> object:
        """Return a node as dict, tuple, Text, int, bool, date or None."""
        if node is None:
            return None
        location = self._location(node)
        self.lines[steps] = location.line
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, steps)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.plain(child, (*steps, i)) for i, child in enumerate(node.value))
        return _scalar(str(node.value), getattr(node, "style", None), location)

    def _mapping(self, node: yaml.MappingNode, steps: Steps) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault(
                    key_node, N_("A list or a mapping cannot be a key."), N_("Write a word.")
                )
                continue
            key = str(key_node.value)
            if key in mapping:
                message = N_("The key “{key}” stands here a second time.")
                self._fault(key_node, message, N_("Delete one of the two."), key=key)
            mapping[key] = self.plain(value_node, (*steps, key))
            self.lines[*steps, key] = self._location(key_node).line
        return mapping

    def _location(self, node: yaml.Node) -> Location:
        return Location(self.start.path, self.start.line + node.start_mark.line)

    def _fault(self, node: yaml.Node, message: str, hint: str, **parameters: object) -> None:
        self.faults.append(error(self._location(node), message, hint, **parameters))


def _scalar(written: str, style: str | None, location: Location) -> object:
    """Return a value as what it looks like; `style` is None for one without quotation marks."""
    written.encode("utf-8")  # a lone surrogate, written as an escape, is no character: ValueError
    if "\0" in written:
        raise ValueError("NUL")
    if style is not None:  # in quotation marks, or a block of text
        return block_text(written, location)
    if re.fullmatch(r"-?(0|[1-9]\d{0,17})", written):
        return int(written)
    if written in _TRUTH:
        return _TRUTH[written]
    if written in _EMPTY:
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        with suppress(ValueError):  # a day that does not exist is text, which the model refuses
            return date.fromisoformat(written)
    return block_text(written, location)


def _refuse_special_yaml(text: str, start: Location) -> None:
    """Refuse anchors, aliases and tags: no profile needs them, and they can blow up or loop."""
    with suppress(yaml.YAMLError, ValueError, OverflowError):  # reading it says where and why
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                raise refuse(
                    Location(start.path, start.line + token.start_mark.line),
                    N_("A text that begins with &, * or ! means something else in front matter."),
                    N_("Put it in quotation marks."),
                )


def _broken(failure: yaml.MarkedYAMLError, text: str, start: Location) -> Refused:
    mark = failure.problem_mark or failure.context_mark
    location = Location(start.path, start.line + (mark.line if mark else 0))
    problem = failure.problem or ""
    if "mapping values are not allowed" in problem:
        return refuse(
            location,
            N_("A colon followed by a space splits this line in two."),
            N_('Put the text after the first colon in quotation marks: key: "text: more text".'),
        )
    if "found character '\\t'" in problem:
        return refuse(
            location, N_("A tab stands at the start of this line."), N_("Indent with spaces.")
        )
    if (line := _line_of_open_quote(text)) is not None:
        return refuse(
            Location(start.path, start.line + line),
            N_("A quotation mark opens here, and the next one stands lines below."),
            N_("Close it at the end of its text, or leave out both."),
        )
    return refuse(
        location,
        N_("The front matter breaks off here ({reason})."),
        N_("Check indentation, colons and closing quotation marks in this line and the one above."),
        reason=problem or failure.context,
    )


def _line_of_open_quote(text: str) -> int | None:
    """Return the line, from 0, of the last quoted text that runs over several lines, if any.

    A mark that is not closed swallows what follows, so YAML complains far below it.
    """
    found = None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in {"'", '"'}:
                start, end = token.start_mark.line, token.end_mark.line
                found = start if end > start else found
    except yaml.MarkedYAMLError as failure:
        unfinished = failure.context_mark
        if unfinished is not None and "quoted scalar" in (failure.context or ""):
            found = unfinished.line
    except (yaml.YAMLError, ValueError, OverflowError):  # an escape that stands for no character
        pass
    return found
