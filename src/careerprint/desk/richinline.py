"""The inline Markdown of a block as pieces that an editor shows, and pieces as Markdown again.

A piece is a node of the editor: a text with its marks, a fact, a line break. What an edit leaves
alone keeps its source, character for character.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markdown_it.token import Token

from careerprint.manuscripts.manuscript import inline_literal
from careerprint.profiles.markup import HARD_BREAK, inline_parser

Node = dict[str, Any]  # of the editor, as JSON has it
Mark = tuple[str, str]  # its name, and the address of a link

_PARSER = inline_parser().disable("text_join")  # what is escaped stays a token of its own
_TYPED_BREAK = "<bR>"  # stands for one that is typed; nobody writes it so
_FOLDS = re.compile(r"[ \t]*\n[ \t]*|.", re.DOTALL)
_MARKS = {"em": "*", "strong": "**", "sub": "<sub>", "sup": "<sup>"}
_FACT = re.compile(r"[^{}\n]*")


@dataclass(frozen=True, slots=True)
class _Atom:
    """A character or another piece: what it is, its marks, and its source with marks around it."""

    kind: str  # "text", "fact" or "hard_break"
    value: str
    marks: tuple[Mark, ...]
    source: str
    opens: str = ""
    closes: str = ""

    @property
    def key(self) -> tuple[str, str, frozenset[Mark]]:
        return self.kind, self.value, frozenset(self.marks)

    @property
    def whole(self) -> str:
        return f"{self.opens}{self.source}{self.closes}"


def inline_nodes(written: str) -> list[Node] | None:
    """Return inline Markdown as pieces; None where it holds what the editor does not show."""
    atoms = _atoms(written)
    return None if atoms is None else _nodes(atoms)


def inline_markdown(nodes: Sequence[Node], before: str = "") -> Iterator[str]:
    """Yield Markdown for pieces, the best first; a block whose Markdown reads otherwise is no good.

    `before` is what stood there: in the first, all of it stays that was not changed.
    """
    wanted = _trimmed(_typed(nodes))
    old = _atoms(before) or []
    if old:
        yield _edited(old, wanted)
    yield _written(wanted)
    yield "".join(inline_literal(a.value) if a.kind == "text" else a.source for a in wanted)


def is_same_text(one: Sequence[Node], other: Sequence[Node]) -> bool:
    """Tell whether pieces are the same, spaces at both ends apart."""
    first, second = _trimmed(_typed(one)), _trimmed(_typed(other))
    return [a.key for a in first] == [a.key for a in second]


def _atoms(written: str) -> list[_Atom] | None:
    """Return the pieces of inline Markdown with their source, None where one is not shown."""
    if _TYPED_BREAK in written:
        return None
    breaks = iter([found[0][len(found[1]) :] for found in HARD_BREAK.finditer(written)])
    (inline,) = _PARSER.parseInline(HARD_BREAK.sub(rf"\1{_TYPED_BREAK}", written))
    found: list[_Atom] = []
    marks: list[Mark] = []
    opens = ""
    for token in inline.children or []:
        if token.nesting == 1:
            marks.append(_mark(token))
            opens += _source(token)
        elif token.nesting == -1:
            marks.pop()
            if opens or not found:  # nothing between the marks
                return None
            last = found.pop()
            found.append(_closed(last, _source(token)))
        else:
            pieces = _pieces(token, tuple(marks), breaks)
            if pieces is None:
                return None
            if pieces:
                first = pieces[0]
                pieces[0] = _Atom(first.kind, first.value, first.marks, first.source, opens)
                opens = ""
            found += pieces
    return None if opens else found


def _pieces(token: Token, marks: tuple[Mark, ...], breaks: Iterator[str]) -> list[_Atom] | None:
    match token.type:
        case "text":
            runs = [run[0] for run in _FOLDS.finditer(token.content)]
            return [_Atom("text", " " if "\n" in run else run, marks, run) for run in runs]
        case "text_special":
            return [_Atom("text", token.content, marks, token.markup)] if token.content else []
        case "fact":
            return [_Atom("fact", token.content, marks, token.markup)]
        case "hardbreak":
            typed = token.markup == _TYPED_BREAK
            return [_Atom("hard_break", "", marks, next(breaks) if typed else token.markup)]
        case _:
            return None


def _mark(token: Token) -> Mark:
    name = token.type.removesuffix("_open")
    return name, str(token.attrs.get("href", "")) if name == "link" else ""


def _source(token: Token) -> str:
    return str(token.meta.get("source", token.markup))


def _closed(atom: _Atom, closing: str) -> _Atom:
    closes = atom.closes + closing
    return _Atom(atom.kind, atom.value, atom.marks, atom.source, atom.opens, closes)


def _nodes(atoms: Sequence[_Atom]) -> list[Node]:
    found: list[Node] = []
    for (kind, marks), run in groupby(atoms, lambda a: (a.kind, a.marks)):
        made: Node = {"marks": [_mark_node(mark) for mark in marks]} if marks else {}
        if kind == "text":
            found.append({"type": "text", "text": "".join(a.value for a in run), **made})
        elif kind == "fact":
            found += [{"type": "fact", "attrs": {"name": a.value}, **made} for a in run]
        else:
            found += [{"type": "hard_break", **made} for _ in run]
    return found


def _mark_node(mark: Mark) -> Node:
    name, address = mark
    return {"type": name, "attrs": {"href": address}} if name == "link" else {"type": name}


def _typed(nodes: Sequence[Node]) -> list[_Atom]:
    """Return the pieces of an editor, each character by itself."""
    found: list[_Atom] = []
    for node in nodes:
        marks = tuple(
            (str(m["type"]), str(m.get("attrs", {}).get("href", "")) if m["type"] == "link" else "")
            for m in node.get("marks", ())
            if m["type"] in {*_MARKS, "link"}
        )
        match node["type"]:
            case "text":
                text = str(node["text"]).replace("\r", "").replace("\n", " ")
                found += [_Atom("text", char, marks, "") for char in text]
            case "fact":
                name = (_FACT.match(str(node["attrs"]["name"])) or [""])[0]
                found.append(_Atom("fact", name, marks, f"{{{name}}}"))
            case "hard_break":
                found.append(_Atom("hard_break", "", marks, "<br>"))
    return found


def _trimmed(atoms: Sequence[_Atom]) -> list[_Atom]:
    begin, end = 0, len(atoms)
    while begin < end and _is_blank(atoms[begin]):
        begin += 1
    while end > begin and _is_blank(atoms[end - 1]):
        end -= 1
    return list(atoms[begin:end])


def _is_blank(atom: _Atom) -> bool:
    return atom.kind == "hard_break" or (atom.kind == "text" and atom.value in " \t")


def _edited(old: Sequence[_Atom], wanted: Sequence[_Atom]) -> str:
    """Return the Markdown of `wanted` with the source of `old` before and behind what changed."""
    least = min(len(old), len(wanted))
    first = 0
    while first < least and old[first].key == wanted[first].key:
        first += 1
    last = 0
    while last < least - first and old[-1 - last].key == wanted[-1 - last].key:
        last += 1
    while first and _goes_through(old, first) | _goes_through(wanted, first):
        first -= 1
    while last and _goes_through(old, len(old) - last) | _goes_through(wanted, len(wanted) - last):
        last -= 1
    middle = _written(wanted[first : len(wanted) - last])
    before = "".join(atom.whole for atom in old[:first])
    return before + middle + "".join(atom.whole for atom in old[len(old) - last :])


def _goes_through(atoms: Sequence[_Atom], at: int) -> bool:
    """Tell whether a mark is open between two pieces."""
    if not 0 < at < len(atoms):
        return False
    return bool(frozenset(atoms[at - 1].marks) & frozenset(atoms[at].marks))


def _written(atoms: Sequence[_Atom]) -> str:
    """Return Markdown for pieces; spaces at the ends of marked ones stand outside of the marks."""
    return _nested(_with_bare_ends(atoms), 0)


def _with_bare_ends(atoms: Sequence[_Atom]) -> list[_Atom]:
    found: list[_Atom] = []
    for _, group in groupby(atoms, lambda a: frozenset(a.marks)):
        run = list(group)
        for at, atom in enumerate(run):
            inside = any(not _is_blank(a) for a in run[:at])
            inside &= any(not _is_blank(a) for a in run[at:])
            keeps = atom.marks if inside or not _is_blank(atom) else ()
            found.append(_Atom(atom.kind, atom.value, keeps, atom.source))
    return _bridged(found, atoms)


def _bridged(bare: list[_Atom], atoms: Sequence[_Atom]) -> list[_Atom]:
    """Give blanks the marks that the pieces on both sides of them have in common."""
    found: list[_Atom] = []
    for at, atom in enumerate(bare):
        if _is_blank(atom) and atoms[at].marks:
            behind = next((a for a in bare[at + 1 :] if not _is_blank(a)), None)
            before = next((a for a in reversed(found) if not _is_blank(a)), None)
            common = set(before.marks) & set(behind.marks) if before and behind else set()
            marks = tuple(mark for mark in atoms[at].marks if mark in common)
            found.append(_Atom(atom.kind, atom.value, marks, atom.source))
        else:
            found.append(atom)
    return found


def _nested(atoms: Sequence[_Atom], depth: int) -> str:
    """Return Markdown for pieces whose first `depth` marks are open."""
    found, at = "", 0
    while at < len(atoms):
        marks = atoms[at].marks[depth:]
        if not marks:
            end = at
            while end < len(atoms) and not atoms[end].marks[depth:]:
                end += 1
            found += _plain(atoms[at:end])
        else:
            end = at
            while end < len(atoms) and atoms[end].marks[depth : depth + 1] == marks[:1]:
                end += 1
            found += _around(marks[0], _nested(atoms[at:end], depth + 1))
        at = end
    return found


def _plain(atoms: Sequence[_Atom]) -> str:
    found = ""
    for kind, run in groupby(atoms, lambda a: a.kind):
        pieces = list(run)
        if kind == "text":
            found += inline_literal("".join(a.value for a in pieces))
        else:
            found += "".join(a.source for a in pieces)
    return found


def _around(mark: Mark, inner: str) -> str:
    name, address = mark
    if name == "link":
        target = address if re.fullmatch(r"[^\s<>()\\]+", address) else f"<{address}>"
        return f"[{inner}]({target})"
    sign = _MARKS[name]
    return f"{sign}{inner}{sign.replace('<', '</')}"
