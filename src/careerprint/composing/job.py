"""A job: a composed edition with all that typesetting needs, as plain data."""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property, partial
from html import unescape
from typing import Self

from markupsafe import escape

from careerprint.core.bounds import DEFAULT_BOUNDS, Bounds
from careerprint.core.concerns import Concern
from careerprint.core.diagnostics import Diagnostic, Location
from careerprint.core.schema import Text
from careerprint.core.targets import DEFAULT_TARGET, Target
from careerprint.layouts.declaration import Format, PageRule
from careerprint.layouts.figures import qr_code
from careerprint.layouts.inks import PressConditions

# How the HTML of a job tells typesetting what is what.
BLOCK = "data-n"  # on an element: the number of the profile's block that it prints
FRAME = "data-frame"  # on an element: its name among those that take up a page's free height
JOIN = "data-join"  # on a frame: it may begin on the page of the one before it
LEVEL = "data-level"  # on an element: its name among the columns that end level
ROW = "data-row"  # on the row of a table: the kind of rows that it is a sample of
OPTIONAL = "data-optional"  # on an element: its name among the blocks that may be left out
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
FONT_SUFFIXES = (".ttf", ".otf")


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block of the profile as this edition prints it: plain text, and where it was written.

    `optional` is the name of the optional block that it is part of, or empty. `is_private` marks a
    text about a person: it is printed, and no message shows it. `is_untranslated` marks a block
    that stands in German because there is no translation; `translation` is where there is one.
    """

    text: str
    location: Location
    optional: str = ""
    is_private: bool = False
    is_untranslated: bool = False
    translation: Location | None = None

    @property
    def origin(self) -> Location:
        """Where the words that are printed are written, and can be changed."""
        return self.translation or self.location

    @property
    def shown(self) -> str:
        """The text as messages may show it."""
        return "…" if self.is_private else self.text


@dataclass(frozen=True, slots=True)
class Field:
    """One place of a form: `token` stands there in the form, `text` on the page.

    `block` is the number of the job's block that the field is, None for any other. Where it is a
    `code`, the text is shown as a QR code; else it is set.
    """

    token: str
    text: str
    block: int | None = None
    code: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its kind, which the HTML has a sample of, and its texts, in their order."""

    kind: str
    texts: tuple[str, ...]


class Bundle(dict[str, bytes]):
    """The bytes of all files that a document needs besides its HTML, by name; jobs may share it."""

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Hex SHA-256 of each file, by its name; taken once, so nothing may change afterwards."""
        return {name: hashlib.sha256(content).hexdigest() for name, content in self.items()}

    @property
    def fonts(self) -> dict[str, bytes]:
        """The font files among them."""
        return {n: content for n, content in self.items() if n.lower().endswith(FONT_SUFFIXES)}


@dataclass(frozen=True)
class Job:
    """All that typesetting an edition needs.

    `direction` is that of the locale's script, "ltr" or "rtl"; `styles` are names in `bundle`, in
    cascade order; `pictures` tells where each picture is named; `placed` are the blocks that must
    arrive in the PDF, in reading order, `issuer` the issuer's texts; `sources` are the files looked
    for, with their SHA-256, None where absent; `messages` tells by catalog what was looked up in
    it, as digests of message and translation; `fallen_back` counts the blocks that stand in German
    because there is no translation; `concerns` are what keeps it in the house; `codes` are the
    contents of the QR codes, in their order, `optional_codes` of those in optional blocks, each
    with its block; `target` says what the PDF is for, and
    `conditions` what the print shop asks for, None where it needs none; `bounds` are what printing
    may take, and do not decide what is printed. `form` is the job of the page's form, the same for
    all that differ in their `fields` alone, which its tokens stand for; None where it has none.
    `page` is the HTML, empty where that follows from form and fields. `samples` are texts such as
    fields may hold, so that the form's fonts have their characters. `rows` are those of a table, by
    groups that pages keep together; `sampled` is then the HTML with a page of samples of them at
    its end. `facts_read` are the facts that its template and its texts ask for.
    """

    name: str
    locale: str
    direction: str
    page: str
    styles: tuple[str, ...]
    bundle: Bundle
    pages: PageRule
    format: Format
    pictures: Mapping[str, Location] = field(default_factory=dict)
    placed: tuple[PlacedBlock, ...] = ()
    issuer: tuple[Text, ...] = ()
    sources: Mapping[str, str | None] = field(default_factory=dict)
    messages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fallen_back: int = 0
    concerns: tuple[Concern, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    codes: tuple[str, ...] = ()
    optional_codes: tuple[tuple[str, str], ...] = ()
    target: Target = DEFAULT_TARGET
    conditions: PressConditions | None = None
    bounds: Bounds = DEFAULT_BOUNDS
    form: "Job | None" = None
    fields: tuple[Field, ...] = ()
    samples: tuple[str, ...] = ()
    rows: tuple[tuple[Row, ...], ...] = ()
    sampled: str = ""
    facts_read: frozenset[str] = frozenset()

    @cached_property
    def html(self) -> str:
        """The HTML of the page."""
        if self.form is None:
            return self.page
        html = self.form.page
        for code in (each for each in self.fields if each.code):
            html = qr_code(code.token).replaced(html, qr_code(code.text))
        return replacing(replace(f, text=escape(f.text)) for f in self.fields)(html)

    @cached_property
    def title(self) -> str:
        """The title that the HTML gives the document."""
        if self.form is not None:
            return " ".join(replacing(self.fields)(self.form.title).split())
        found = _TITLE.search(self.page)
        return " ".join(unescape(found[1]).split()) if found else ""

    def with_files(self, files: "Bundle") -> "Job":
        """Return the job with another bundle: an empty one for whoever has the files already."""
        return replace(self, bundle=files, form=self.form and self.form.with_files(files))

    def codes_without(self, left_out: Collection[str]) -> list[str]:
        """Return the contents of the QR codes that are printed without these optional blocks."""
        return [
            *self.codes,
            *(code for code, block in self.optional_codes if block not in left_out),
        ]

    @cached_property
    def digest(self) -> str:
        """Hex SHA-256 of what of the job decides the printed bytes."""
        if self.form is not None:
            texts = [field.text for field in self.fields]
            return hashlib.sha256(json.dumps([self.form.digest, texts]).encode()).hexdigest()
        decides: list[object] = [
            self.page,
            self.sampled,
            self.samples,
            self.styles,
            self.pages.model_dump(),
            self.format.model_dump(),
            astuple(self.target),
            astuple(self.conditions) if self.conditions else None,
            sorted(self.bundle.digests.items()),
        ]
        if self.rows:
            decides.append([[(row.kind, row.texts) for row in group] for group in self.rows])
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Filling:
    """What a job has of its own beside its form, for whoever has that; `placed` by number."""

    name: str
    fields: tuple[Field, ...]
    placed: Mapping[int, PlacedBlock]
    codes: tuple[str, ...]
    optional_codes: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, job: Job, form: Job) -> Self:
        """Return what a job has beside its form, apart from what is told of its edition."""
        pairs = enumerate(zip(job.placed, form.placed, strict=True))
        placed = {number: block for number, (block, known) in pairs if block is not known}
        return cls(job.name, job.fields, placed, job.codes, job.optional_codes)

    def filled_in(self, form: Job) -> Job:
        """Return the job whose form this is."""
        return replace(
            form,
            name=self.name,
            page="",
            form=form,
            fields=self.fields,
            placed=tuple(self.placed.get(n, block) for n, block in enumerate(form.placed)),
            codes=self.codes,
            optional_codes=self.optional_codes,
        )


def replacing(fields: Iterable[Field]) -> Callable[[str], str]:
    """Return a function that turns a text of the form into the text of the page."""
    texts = {field.token: field.text for field in fields}
    tokens = re.compile("|".join(map(re.escape, texts)) or "(?!)")  # which nothing is
    return partial(tokens.sub, lambda found: texts[found[0]])
