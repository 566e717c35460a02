"""The sandbox of layouts' templates: bounds what a template can reach and how much it can make.

Jinja's own sandbox keeps templates away from Python's internals. This one also lists which
attributes of each kind of value a template may use, since a harmless value may have harmful
methods. And it bounds what Jinja leaves open: the steps of a rendering, and the size of its texts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import fields, is_dataclass
from datetime import date
from functools import wraps
from types import CodeType
from typing import Any, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, LoopContext, TemplateReference, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, pass_context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from pydantic import BaseModel

MOST_STEPS = 200_000  # rounds of loops, calls, filters, and texts made; a brochure takes 500
MOST_CHARACTERS = 5_000_000  # of a text, and of what is rendered; a brochure has 20,000
MOST_ITEMS = 100_000  # of a list, as of Jinja's range()
MOST_BITS = 1000  # of a whole number
CHARACTERS_A_STEP = 1000

_FILTERS = (
    *("abs", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items"),
    *("last", "length", "list", "map", "max", "min", "reject", "rejectattr", "reverse", "round"),
    *("select", "selectattr", "sort", "unique"),
)
_TEXT_FILTERS = (
    *("capitalize", "e", "escape", "forceescape", "lower", "safe", "string", "striptags"),
    *("title", "trim", "upper", "urlencode", "wordcount"),
)
_GLOBALS = ("_", "dict", "namespace", "range")
# What of a text may be used: what makes it no longer.
_OF_TEXT = {
    *("capitalize", "count", "endswith", "find", "index", "isalpha", "isdecimal", "isdigit"),
    *("islower", "isspace", "isupper", "location", "lower", "lstrip", "partition", "removeprefix"),
    *("removesuffix", "rfind", "rpartition", "rsplit", "rstrip", "split", "splitlines"),
    *("startswith", "strip", "striptags", "swapcase", "title", "unescape", "upper"),
}
_OF_KINDS: Mapping[type, set[str]] = {
    str: _OF_TEXT,
    date: {"day", "month", "year", "isoformat", "weekday"},
    dict: {"get", "items", "keys", "values"},
    list: {"count", "index"},
    tuple: {"count", "index"},
}
_TESTS_OF_PRESENCE = {"defined", "none", "undefined"}
_OF_OURS = {"printed_on"}  # besides what they hold
_JINJAS_OWN = (LoopContext, Namespace, BlockReference, TemplateReference, TemplateModule)
_ITERATED, _JOINED = "iterated", "joined"  # filters that every loop and every `~` gets


class Excessive(Exception):  # noqa: N818 - it reads as what is said of the template
    """Raised where a template takes too many steps, or makes too much."""


class Opaque:
    """A value that templates may place, and of which they may ask only whether there is one.

    Anything else raises SecurityError. (It is no TypeError, which Python takes for an answer in
    some tests and conversions.)
    """

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # as for all that cannot be compared

    def _look(self, *_: object) -> NoReturn:
        raise SecurityError("this value can be placed, and not looked into")

    __str__ = __repr__ = __eq__ = __getitem__ = __int__ = __float__ = _look


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of one rendering: it counts its steps."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's
        super().__init__(**options, finalize=_printable)
        self._steps = 0
        known = self.filters
        self.filters = {
            **{name: self._bounded(known[name]) for name in _FILTERS},
            **{name: self._bounded(known[name], of_text=True) for name in _TEXT_FILTERS},
            "join": self._join,
            "replace": self._replace,
            _ITERATED: pass_context(lambda _, items: self._counted(items)),
            _JOINED: pass_context(lambda _, pieces: self._join(pieces)),
        }
        self.tests = {
            name: test if name in _TESTS_OF_PRESENCE else _looking(test)
            for name, test in self.tests.items()
        }
        self.globals = {name: self.globals[name] for name in _GLOBALS if name in self.globals}

    def compile(  # type: ignore[override]  # its other ways to be called are not used
        self,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
    ) -> CodeType:
        """Compile a template so that its loops count their rounds, and `~` is bounded."""
        tree = self.parse(source, name, filename) if isinstance(source, str) else source
        _Counting(name, filename).visit(tree)
        tree.set_environment(self)
        return super().compile(tree, name, filename)

    def get_template(self, *arguments: Any, **options: Any) -> jinja2.Template:  # noqa: ANN401 - Jinja's
        """Return a template; each include and import is a step."""
        self._step()
        return super().get_template(*arguments, **options)

    def call(__self, __context: Any, __obj: Any, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401, N805 - Jinja's
        """Call what a template calls."""
        return __self._made(super().call(__context, __obj, *arguments, **options))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - Jinja's
        """Return the result of an operator, where it is known beforehand to be small."""
        numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if operator != "+" and not numbers:
            raise SecurityError(f"“{operator}” is for numbers only")
        if operator == "**" and max(abs(left), abs(right)) > MOST_BITS:
            raise Excessive
        return self._made(super().call_binop(context, operator, left, right))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - Jinja's
        """Tell whether a template may use an attribute: only what is known to be harmless."""
        return super().is_safe_attribute(obj, attr, value) and _is_known(obj, attr)

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """Return what a template, macro or block has made; raises Excessive if it is too long."""
        return "".join(_no_longer(pieces))

    def _step(self, count: int = 1) -> None:
        self._steps += count
        if self._steps > MOST_STEPS:
            raise Excessive

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """Yield items, and count each as a step."""
        for item in items:
            self._step()
            yield item

    def _made(self, value: Any) -> Any:  # noqa: ANN401 - whatever a template makes
        """Return a value and count its steps; raises Excessive where it is too large."""
        size = len(value) if isinstance(value, (str, list, tuple, dict)) else 0
        self._step(1 + size // CHARACTERS_A_STEP)
        too_long = size > (MOST_CHARACTERS if isinstance(value, str) else MOST_ITEMS)
        if too_long or (isinstance(value, int) and value.bit_length() > MOST_BITS):
            raise Excessive
        return value

    def _bounded(self, filter_: Callable[..., Any], *, of_text: bool = False) -> Callable[..., Any]:
        """Return a filter that counts what it takes and makes.

        A filter of texts refuses what it would have to write out as a text: a list of lists of
        lists may have no end.
        """
        at = 1 if hasattr(filter_, "jinja_pass_arg") else 0  # Jinja's own stands before the value

        @wraps(filter_)  # which also keeps what Jinja has noted on it
        def bounded(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - Jinja's
            value = arguments[at]
            if of_text:
                value = _printable(value)
            elif isinstance(value, jinja2.Undefined):
                self._step()  # it has no length, and says so by an error
            elif isinstance(value, Sized):
                self._step(len(value))
            elif isinstance(value, Iterable):
                value = self._counted(value)
            changed = (*arguments[:at], value, *arguments[at + 1 :])
            return self._made(filter_(*changed, **options))

        return bounded

    def _join(self, pieces: Iterable[Any], between: str = "") -> str:
        """Return texts as one, with another one between them: Jinja's `join` without attributes."""
        listed = [_printable(piece) for piece in self._counted(pieces)]
        parts = [part for piece in listed for part in (between, piece)][1:]
        list(_no_longer(str(part) for part in parts))
        joined: str = self._made(markup_join(parts))
        return joined

    def _replace(self, text: Any, old: str, new: str) -> str:  # noqa: ANN401 - Jinja's
        """Return a text with each `old` replaced by `new`."""
        printable = _printable(text)
        written = printable if isinstance(printable, str) else str(printable)
        if any(isinstance(each, Markup) for each in (old, new)) and not isinstance(written, Markup):
            written = escape(written)
        if len(written) + written.count(old) * len(new) > MOST_CHARACTERS:
            raise Excessive
        replaced: str = self._made(written.replace(old, new))
        return replaced


class _Counting(NodeTransformer):
    """Puts filters into a template: one around what each loop goes through, one for each `~`."""

    def __init__(self, name: str | None, filename: str | None) -> None:
        self._name, self._filename = name, filename

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's
        """Put the counting filter around what a loop goes through."""
        self.generic_visit(node)
        if node.recursive:
            reason = "recursive loops are not used here"
            raise jinja2.TemplateSyntaxError(reason, node.lineno, self._name, self._filename)
        node.iter = _filtered(node.iter, _ITERATED)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802 - Jinja's
        """Put the bounding filter around a `~`."""
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), _JOINED)


def _filtered(value: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=value.lineno)


def _looking(test: Any) -> Callable[..., bool]:  # noqa: ANN401 - Jinja's
    """Return a test that refuses opaque values."""

    @wraps(test)  # which also keeps what Jinja has noted on it
    def asked(*arguments: Any, **options: Any) -> bool:  # noqa: ANN401 - Jinja's
        for value in arguments:
            if isinstance(value, Opaque):
                value._look()
        return bool(test(*arguments, **options))

    return asked


def _is_known(obj: object, attr: str) -> bool:
    if isinstance(obj, BaseModel):  # pydantic's have methods that read files and run code
        return attr in type(obj).model_fields
    if is_dataclass(obj) and not isinstance(obj, type):
        held = {field.name for field in fields(obj)} | _OF_OURS
        return attr in held or isinstance(getattr(type(obj), attr, None), property)
    if isinstance(obj, _JINJAS_OWN):
        return True
    return any(attr in names for kind, names in _OF_KINDS.items() if isinstance(obj, kind))


def _printable(value: object) -> object:
    """Return a value that has a text of its own; raises SecurityError for a list and the like."""
    if value is None or isinstance(value, (str, int, float, date, jinja2.Undefined)):
        return value
    raise SecurityError(f"a value of the type {type(value).__name__} has no text")


def _no_longer(pieces: Iterable[str]) -> Iterator[str]:
    """Yield texts; raises Excessive where they are too long together."""
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > MOST_CHARACTERS:
            raise Excessive
        yield piece
