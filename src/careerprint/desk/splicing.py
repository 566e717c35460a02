"""Writes values into the YAML of a profile's head as a careful person would.

Only the lines of what changed change: comments, order, quotation marks and indentation stay.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from careerprint.desk.yamllines import (
    INDENT,
    Typed,
    Value,
    entry_lines,
    escaped,
    flow,
    held_text,
    is_empty,
    is_list,
    item_lines,
    mapping_lines,
    plain,
    rewrapped,
)
from careerprint.intake.factlines import quoted

_COMMENT = re.compile(r"\s*#")


def spliced(written: str, values: Mapping[str, Value]) -> str:
    """Return the YAML of a head, which ends in a line feed, with values in their places.

    Raises yaml.YAMLError where it cannot be read.
    """
    node = yaml.compose(written, Loader=yaml.SafeLoader)
    if node is None:
        return written + "".join(f"{line}\n" for line in mapping_lines(values, 0))
    if not isinstance(node, yaml.MappingNode):
        raise yaml.YAMLError("no mapping")
    found = _Edits(written)
    found.mapping(node, values)
    return found.made()


@dataclass(slots=True)
class _Edits:
    """Collects what is put in place of what in a text; `begin` and `end` bound what is changed."""

    text: str
    found: list[tuple[int, int, str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts = [0, *(m.end() for m in re.finditer("\n", self.text))]

    def made(self, begin: int = 0, end: int | None = None) -> str:
        """Return the text from `begin` to `end` with all that was collected."""
        end = len(self.text) if end is None else end
        made, at = "", begin
        for first, last, put in sorted(self.found, key=lambda edit: edit[:2]):
            made += self.text[at:first] + put
            at = last
        return made + self.text[at:end]

    def value(self, node: yaml.Node, value: Value, indent: int) -> None:
        """Write a value in the place of a node; `indent` is that of what holds it."""
        if _same(node, value):
            return
        if node.flow_style if isinstance(node, yaml.CollectionNode) else False:
            self._put(node, self._flowed(node, value))
        elif isinstance(node, yaml.MappingNode) and isinstance(value, Mapping):
            self.mapping(node, value)
        elif isinstance(node, yaml.SequenceNode) and is_list(value):
            self._sequence(node, value)  # type: ignore[arg-type]  # a list, as just seen
        elif isinstance(node, yaml.ScalarNode) and not isinstance(value, Mapping | list | tuple):
            self._scalar(node, value, indent)
        else:
            self._put_lines(node, value, indent)

    def mapping(self, node: yaml.MappingNode, values: Mapping[str, Value]) -> None:
        """Write the values of a mapping in block style."""
        there = {str(key.value): (key, below) for key, below in node.value}
        column = node.start_mark.column
        before: tuple[yaml.Node, yaml.Node] | None = None
        for key, value in values.items():
            if key in there:
                key_node, below = there[key]
                if is_empty(value):
                    self._delete(key_node, below)
                else:
                    self.value(below, value, column)
                before = there[key]
            elif not is_empty(value):
                self._insert(node, before, entry_lines(key, value, column), column)

    def _insert(
        self,
        node: yaml.MappingNode,
        before: tuple[yaml.Node, yaml.Node] | None,
        lines: Sequence[str],
        column: int,
    ) -> None:
        if before:
            at = self._start(self._last(*before) + 1)
        elif node.start_mark.column and self._line(node.start_mark.line)[:column].strip():
            at = self._start(self._last(*node.value[0]) + 1)  # behind "- id:", which comes first
        else:
            at = self._start(self._lead(node.value[0][0].start_mark.line))
        put = "".join(f"{line}\n" for line in lines)
        is_first = not self.text[:at].endswith("\n") and at
        self.found.append((at, at, f"\n{put}" if is_first else put))

    def _delete(self, key: yaml.Node, below: yaml.Node) -> None:
        first, last = key.start_mark.line, self._last(key, below)
        column = key.start_mark.column
        if self._line(first)[:column].strip():  # "- key:": the next one takes its place
            behind = self._line(last + 1)
            begin = self._start(first) + column
            end = self._start(last + 1) + len(behind) - len(behind.lstrip())
            if behind.strip() and len(behind) - len(behind.lstrip()) == column:
                self.found.append((begin, end, ""))
            else:
                self.found.append((begin, self._start(last + 1), "{}\n"))
            return
        lead = first
        while lead and "PRÜFEN" in self._line(lead - 1) and _COMMENT.match(self._line(lead - 1)):
            lead -= 1  # nobody has to check what is gone
        end = last + 1
        is_apart = not self._line(lead - 1).strip() if lead else True
        while is_apart and end < len(self.starts) - 1 and not self._line(end).strip():
            end += 1  # one empty line is enough
        self.found.append((self._start(lead), self._start(end), ""))

    def _scalar(self, node: yaml.ScalarNode, value: Value, indent: int) -> None:
        if isinstance(value, str) and node.style in {">", "|"}:
            self._block(node, value, indent)
        elif isinstance(value, str) and node.style in {"'", '"'} and not isinstance(value, Typed):
            marks = quoted(value)
            if node.style == "'":
                put = "'" + value.replace("'", "''") + "'"
            else:
                put = marks if marks.startswith('"') else f'"{escaped(value)}"'
            self._put(node, put)
        else:
            bare = plain(value)
            is_block = node.style in {">", "|"}  # which ends with its line
            end = self._start(self._last_of(node) + 1) - 1 if is_block else node.end_mark.index
            space = "" if node.start_mark.index == 0 or node.value else " "
            if not node.value and self.text[node.start_mark.index - 1 : end].isspace():
                space = ""
            self.found.append((node.start_mark.index, end, space + bare))

    def _block(self, node: yaml.ScalarNode, value: str, indent: int) -> None:
        """Write a text of several lines; lines whose words stay, stay."""
        first, last = node.start_mark.line + 1, self._last_of(node)
        old = [self._line(n) for n in range(first, last + 1)]
        begun = next((line for line in old if line.strip()), " " * (indent + INDENT))
        space = " " * (len(begun) - len(begun.lstrip()))
        lines = rewrapped([line.strip() for line in old], value, len(space))
        put = "".join(f"{space}{line}\n" for line in lines)
        self.found.append((self._start(first), self._start(last + 1), put))

    def _sequence(self, node: yaml.SequenceNode, values: Sequence[Value]) -> None:
        items = list(node.value)
        if len(items) == len(values) and not _is_moved(items, values):
            for item, value in zip(items, values, strict=True):
                self.value(item, value, node.start_mark.column)
            return
        dash = node.start_mark.column
        firsts = [self._dash_line(item, dash) for item in items]
        style = {getattr(item, "style", None) for item in items}
        marks = '"' if style == {'"'} else None
        bounds: list[tuple[int, int]] = []
        for at, item in enumerate(items):
            lead = self._lead(firsts[at]) if at else firsts[at]
            bounds.append((lead, self._last_of(item)))
        put = ""
        for value, was in zip(values, _matches(items, values), strict=True):
            if was is None:
                put += "".join(f"{line}\n" for line in item_lines(value, dash, marks))
                continue
            begin, end = self._start(bounds[was][0]), self._start(bounds[was][1] + 1)
            inner = _Edits(self.text)
            inner.value(items[was], value, dash)
            made = inner.made(begin, end)
            put += made if made.endswith("\n") else f"{made}\n"
        begin, end = self._start(bounds[0][0]), self._start(bounds[-1][1] + 1)
        self.found.append((begin, end, put))

    def _flowed(self, node: yaml.Node, value: Value) -> str:
        """Return a value on one line, in brackets; what stays has its source."""
        if _same(node, value):
            return self.text[node.start_mark.index : node.end_mark.index]
        if isinstance(node, yaml.MappingNode) and isinstance(value, Mapping):
            told = []
            for key, below in node.value:
                name = str(key.value)
                if name not in value:
                    told.append(self.text[key.start_mark.index : below.end_mark.index])
                elif not is_empty(value[name]):
                    told.append(f"{name}: {self._flowed(below, value[name])}")
            there = {str(key.value) for key, _ in node.value}
            new = {k: v for k, v in value.items() if k not in there and not is_empty(v)}
            told += [f"{key}: {flow(each)}" for key, each in new.items()]
            return f"{{{', '.join(told)}}}"
        if isinstance(node, yaml.SequenceNode) and is_list(value):
            matches = _matches(node.value, value)  # type: ignore[arg-type]  # a list, as just seen
            pairs = zip(value, matches, strict=True)  # type: ignore[arg-type]
            told = [flow(v) if n is None else self._flowed(node.value[n], v) for v, n in pairs]
            return f"[{', '.join(told)}]"
        return flow(value)

    def _put(self, node: yaml.Node, put: str) -> None:
        self.found.append((node.start_mark.index, node.end_mark.index, put))

    def _put_lines(self, node: yaml.Node, value: Value, indent: int) -> None:
        """Write a value of another kind than there was."""
        if isinstance(value, Mapping):
            lines = mapping_lines(value, indent + INDENT)
        elif is_list(value):
            lines = [
                line
                for each in value  # type: ignore[union-attr]  # a list, as just seen
                for line in item_lines(each, indent + INDENT)
            ]
        else:
            lines = [plain(value)]
        last = self._last_of(node)
        begin = node.start_mark.index
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            begin = self._start(node.start_mark.line) - 1
        if isinstance(value, Mapping | list | tuple):
            put = "".join(f"\n{line}" for line in lines)
        else:
            put = " " + lines[0]
        begin = len(self.text[:begin].rstrip(" "))
        self.found.append((begin, max(self._start(last + 1) - 1, begin), put))

    def _line(self, number: int) -> str:
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end].rstrip("\n") if number >= 0 else ""

    def _start(self, number: int) -> int:
        return self.starts[number] if number < len(self.starts) else len(self.text)

    def _lead(self, line: int) -> int:
        """Return the first of the comments directly above a line."""
        while line and _COMMENT.match(self._line(line - 1)):
            line -= 1
        return line

    def _dash_line(self, item: yaml.Node, dash: int) -> int:
        line = int(item.start_mark.line)
        while line and self._line(line)[dash : dash + 1] != "-":
            line -= 1
        return line

    def _last(self, key: yaml.Node, below: yaml.Node) -> int:
        return max(int(key.start_mark.line), self._last_of(below))

    def _last_of(self, node: yaml.Node) -> int:
        """Return the last line of a node, without what is empty or a comment below it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            inner = node.value[-1]
            return self._last(*inner) if isinstance(inner, tuple) else self._last_of(inner)
        last = int(node.end_mark.line)
        if isinstance(node, yaml.ScalarNode) and node.style in {">", "|"}:
            if node.end_mark.column == 0 or not self._line(last)[: node.end_mark.column].strip():
                last -= 1
            while last > node.start_mark.line and not self._line(last).strip():
                last -= 1
        return last


def _same(node: yaml.Node, value: Value) -> bool:  # noqa: PLR0911 - one a kind of value
    """Tell whether a node says a value already."""
    if isinstance(value, Mapping):
        if not isinstance(node, yaml.MappingNode):
            return False
        there = {str(key.value): below for key, below in node.value}
        return all(
            _same(there[key], each) if key in there else is_empty(each)
            for key, each in value.items()
        )
    if is_list(value):
        return (
            isinstance(node, yaml.SequenceNode)
            and len(node.value) == len(value)  # type: ignore[arg-type]  # a list, as just seen
            and all(map(_same, node.value, value))  # type: ignore[arg-type]
        )
    if not isinstance(node, yaml.ScalarNode):
        return False
    if isinstance(value, str):
        if not isinstance(value, Typed) and node.style is None and quoted(value) != value:
            return held_text(node.value) == held_text(value) and quoted(node.value) == node.value
        return held_text(node.value) == held_text(value)
    return node.style is None and str(node.value) == plain(value)


def _is_moved(items: Sequence[yaml.Node], values: Sequence[Value]) -> bool:
    """Tell whether another item, or a new one, stands in the place of one now."""
    return any(was != at for at, was in enumerate(_matches(items, values)))


def _matches(items: Sequence[yaml.Node], values: Sequence[Value]) -> list[int | None]:
    """Return for each value which item it was: the same, one of the same id, else one in place."""
    found: list[int | None] = [None] * len(values)
    left = list(range(len(items)))

    def take(is_it: "object") -> None:
        for at, value in enumerate(values):
            if found[at] is None:
                match = next((n for n in left if is_it(n, at, value)), None)  # type: ignore[operator]
                if match is not None:
                    found[at] = match
                    left.remove(match)

    take(lambda n, at, value: n == at and _same(items[n], value))
    take(lambda n, _, value: _same(items[n], value))
    take(lambda n, _, value: _id_of(items[n]) == _id_of(value) != "")
    if len(items) == len(values):
        take(lambda n, at, value: n == at and _id_of(value) == "" and _is_like(items[n], value))
    return found


def _is_like(item: yaml.Node, value: Value) -> bool:
    """Tell whether an item and a value are of one kind: mappings, lists, or single values."""
    if isinstance(value, Mapping) or is_list(value):
        kind = yaml.MappingNode if isinstance(value, Mapping) else yaml.SequenceNode
        return isinstance(item, kind)
    return isinstance(item, yaml.ScalarNode)


def _id_of(item: "yaml.Node | Value") -> str:
    if isinstance(item, yaml.MappingNode):
        return next((str(b.value) for k, b in item.value if k.value == "id"), "")
    return str(item.get("id") or "") if isinstance(item, Mapping) else ""
