"""Renders a layout's Jinja template in a sandbox, and tells faults with their lines."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from markupsafe import escape

from careerprint.core.diagnostics import N_, Location, Refused, refuse
from careerprint.core.reader import Reader
from careerprint.layouts.declaration import FOLDER
from careerprint.layouts.sandbox import MOST_CHARACTERS, MOST_STEPS, Excessive, Sandbox
from careerprint.profiles.catalogs import Catalogs


def render(template: str, context: Mapping[str, Any], reader: Reader, words: Catalogs) -> str:
    """Return the HTML that `template`, a name relative to layouts/, makes of `context`.

    `words` translates the template's words. Raises Refused for a fault in a template.
    """

    def load(name: str) -> tuple[str, str, None] | None:
        path = f"{FOLDER}/{name}"
        return (reader.read_text(path), path, None) if reader.find(path) is not None else None

    environment = Sandbox(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        loader=jinja2.FunctionLoader(load),
        bytecode_cache=_compiled_templates(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        # A translation is text: Jinja would take it for HTML.
        lambda message: escape(words.gettext(message)),
        lambda one, many, count: escape(words.ngettext(one, many, count)),
        newstyle=True,
    )
    try:
        return environment.get_template(template).render(context)
    except Refused:
        raise
    except jinja2.TemplateNotFound as failure:
        name = f"{FOLDER}/{failure.name}"
        raise _fault(name, 0, N_("This template is not there.")) from None
    except jinja2.TemplateSyntaxError as failure:
        name = f"{FOLDER}/{failure.name}"
        message = N_("The template cannot be read ({reason}).")
        raise _fault(name, failure.lineno, message, failure.message) from None
    except Excessive as failure:
        name, line = _innermost_line(failure, f"{FOLDER}/{template}")
        raise refuse(
            Location(name, line),
            N_("The template takes too many steps, or makes too much."),
            N_(
                "Look for loops within loops, and for texts that grow: {steps} steps and {size} "
                "characters are the most."
            ),
            steps=MOST_STEPS,
            size=MOST_CHARACTERS,
        ) from None
    except Exception as failure:  # a template may raise anything; it is always the template's fault
        name, line = _innermost_line(failure, f"{FOLDER}/{template}")
        raise _fault(name, line, N_("The template fails ({reason})."), failure) from None


class CompiledTemplates(jinja2.BytecodeCache):
    """Templates compiled in this process: compiling takes longer than rendering."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code of a template into `bucket`, if it was compiled before."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code that Jinja has compiled into `bucket`."""
        self._code[bucket.key, bucket.checksum] = bucket.code


_compiled_templates = cache(CompiledTemplates)  # those of the process


def _innermost_line(failure: Exception, default: str) -> tuple[str, int]:
    """Return the template and line where a failure arose, by the names in its traceback."""
    found = default, 0
    traceback = failure.__traceback__
    while traceback:
        name = traceback.tb_frame.f_code.co_filename
        if name.startswith(f"{FOLDER}/"):
            found = name, traceback.tb_lineno
        traceback = traceback.tb_next
    return found


def _fault(name: str, line: int, message: str, reason: object = "") -> Refused:
    return refuse(
        Location(name, line), message, N_("Correct the layout's template."), reason=reason
    )
