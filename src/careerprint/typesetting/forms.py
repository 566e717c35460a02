"""Forms: a page of flyers that is laid out once, and then filled in for each fair.

What differs from fair to fair stands in single lines at fixed places. As long as it fits on its
line, it changes nothing else on the page. So only those lines are set anew, by Pango, in the style
that WeasyPrint has laid out, and put into the page's content where the form's tokens stand. A flyer
whose texts do not fit, or whose layout is not like that, is laid out like any other page.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, NamedTuple

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from careerprint.composing.job import Field, Job, replacing
from careerprint.core.geometry import PT_PER_PX
from careerprint.layouts.figures import Code, qr_code
from careerprint.typesetting.blanks import Blanks, NotAForm, Run
from careerprint.typesetting.formfile import FormFile, hole, written_text
from careerprint.typesetting.variants import document_id

CLOSE = 2500  # bytes: a shorter stretch that never changes is not worth a stream of its own
_GLYPHS = re.compile(rb"/(\w+) [\d.]+ Tf|<((?:[0-9a-f]{4})+)>")
_FOUR = re.compile(rb"....")
_OUTLINES = re.compile(rb"/(\w+) Do\b")
_MAPPED = re.compile(rb"^<([0-9a-f]{4})> <", re.MULTILINE)
_DOCUMENT_ID = re.compile(rb"(?<=xmp\.did:)[-0-9a-f]{36}")
_SCALE = re.compile(rb"([\d.]+) 0 0 \1 0 0 cm\n")
_MARKED = re.compile(rb"/MCID (\d+)")


def form_job(job: Job) -> Job:
    """Return the job that prints the form of a job with fields: tokens where it has fields."""
    return replace(job.form or job, name=job.name)


class _Hole(NamedTuple):
    """A part of the page's content, by its first byte and its end, that differs on each page."""

    start: int
    end: int


class Form:
    """A form, laid out and written: its PDF, and the places in it that are filled in."""

    def __init__(self, blanks: Blanks, job: Job, pdf: bytes) -> None:
        """Take what is filled in on a laid-out page, and its PDF, both made of `form_job(job)`.

        Raises NotAForm where the page is not one that can be filled in.
        """
        self._blanks = blanks
        document = Pdf.open(io.BytesIO(pdf))
        page = document.pages[0].obj
        self._content = _content(page)
        seen = (run for blank in blanks.lines for run in blank.runs if run.written)
        self._runs = {run.number: self._hole(run.written) for run in seen}
        self._codes = [self._found_code(field) for field in job.fields if field.code]
        metadata = document.Root.Metadata
        self._xmp = metadata.read_bytes()
        if any(field.token.encode() in self._xmp for field in job.fields):
            raise NotAForm
        self._links = self._blanks.links
        annotations = [a for a in page.get(Name.Annots, Array()) if a.Subtype == Name.Link]
        if job.target.has_links and len(annotations) != len(self._links):
            raise NotAForm
        self._rectangles = [[float(side) for side in a.Rect] for a in annotations]
        self._glyphs = _glyphs(page)
        outlines = page.Resources.get(Name.XObject, Dictionary())
        self._outlines = {name.removeprefix("/").encode() for name, _ in outlines.items()}
        self._said = {
            self._mark(run.number): box.text
            for blank in self._blanks.lines
            for run, box in zip(blank.runs, blank.boxes, strict=True)
            if run.written
        }
        told = list(_told(document, job.fields))
        self._told = [(text, str(key) == "/URI") for _, key, text in told]
        self._parts = self._divided(document)
        holes = map(hole, count(len(self._parts)))
        for owner, key, _ in told:
            owner[key] = next(holes)
        for annotation in annotations:
            annotation.Rect = next(holes)
        if _DOCUMENT_ID.search(self._xmp):
            metadata.write(bytes(next(holes)))
        self._file = FormFile(document)

    def filled(self, job: Job) -> bytes | None:
        """Return the PDF of a job whose form this is; None where a field needs another layout."""
        said = replacing(job.fields)
        filled = [blank.filled(said) for blank in self._blanks.lines]
        if any(runs is None for runs in filled):
            return None
        runs = {run.number: run for runs in filled if runs is not None for run in runs}
        written = {number: run.written for number, run in runs.items()}
        if not all(map(self._has_glyphs, written.values())):
            return None
        changes = {hole: written[number] for number, hole in self._runs.items()}
        codes = [qr_code(field.text) for field in job.fields if field.code]
        for code, (side, scale, path) in zip(codes, self._codes, strict=True):
            number = _number(side / code.side)
            changes[scale] = f"{number} 0 0 {number} 0 0 cm\n".encode()
            changes[path] = _path(code)
        identified = _DOCUMENT_ID.sub(lambda _: document_id(job).encode(), self._xmp)
        return self._file.written(
            [
                *(_with(self._content, *ends, holes, changes) for holes, ends in self._parts),
                *(_told_text(said(text), is_address) for text, is_address in self._told),
                *self._placed_links(runs),
                identified,
            ]
        )

    def texts_of(self, fields: Sequence[Field]) -> dict[int, str]:
        """Return what a filled page says where something is filled in.

        The keys are marked-content identifiers (ISO 32000-1, 14.6).
        """
        said = replacing(fields)
        return {mark: said(text) for mark, text in self._said.items()}

    def _mark(self, number: int) -> int:
        """Return the identifier of the marked content that a run is."""
        found = _MARKED.findall(self._content, 0, self._runs[number].start)
        if not found:
            raise NotAForm
        return int(found[-1])

    def _found_code(self, field: Field) -> tuple[float, _Hole, _Hole]:
        """Return how wide a form's code is, and where in the content its scale and path stand."""
        code = qr_code(field.token)
        path = self._hole(_path(code))
        scale = list(_SCALE.finditer(self._content, 0, path.start))[-1]
        return float(scale[1]) * code.side, _Hole(scale.start(), scale.end()), path

    def _hole(self, written: bytes) -> _Hole:
        start = self._content.find(written)
        if start < 0 or self._content.find(written, start + 1) >= 0:
            raise NotAForm
        return _Hole(start, start + len(written))

    def _divided(self, document: Pdf) -> list[tuple[list[_Hole], tuple[int, int]]]:
        """Divide the page's content into streams; return the holes of some, and their ends.

        What never changes stands in streams of its own, which files put together can share.
        """
        codes = [hole for _, *pair in self._codes for hole in pair]
        groups: list[list[_Hole]] = []
        for found in sorted([*self._runs.values(), *codes]):
            if groups and found.start - groups[-1][-1].end < CLOSE:
                groups[-1].append(found)
            else:
                groups.append([found])
        ends = [(group[0].start, group[-1].end) for group in groups]
        streams, position = [], 0
        for number, (start, end) in enumerate(ends):
            fixed = self._content[position:start]
            streams += [document.make_stream(fixed), document.make_stream(bytes(hole(number)))]
            position = end
        streams.append(document.make_stream(self._content[position:]))
        document.pages[0].obj.Contents = Array(
            [document.make_indirect(stream) for stream in streams]
        )
        return list(zip(groups, ends, strict=True))

    def _has_glyphs(self, content: bytes) -> bool:
        """Tell whether the form's fonts and outlines have all glyphs of a run."""
        if not self._outlines.issuperset(_OUTLINES.findall(content)):
            return False
        known: set[bytes] = set()
        for found in _GLYPHS.finditer(content):
            if found[1]:
                known = self._glyphs.get(found[1], set())
            elif not known.issuperset(_FOUR.findall(found[2])):
                return False
        return True

    def _placed_links(self, runs: Mapping[int, Run]) -> Iterator[bytes]:
        """Yield the area of each link, where its text stands now."""
        for (left, bottom, right, top), (first, last) in zip(
            self._rectangles, self._links, strict=False
        ):
            x1 = left + (runs[first.number].left - first.left) * PT_PER_PX if first else left
            x2 = right + (runs[last.number].right - last.right) * PT_PER_PX if last else right
            yield f"[{' '.join(map(_number, (x1, bottom, x2, top)))}]".encode()


def _with(
    content: bytes, start: int, end: int, holes: Iterable[_Hole], changes: Mapping[_Hole, bytes]
) -> bytes:
    """Return a part of the content with something else in its holes."""
    parts, position = [], start
    for each in holes:
        parts += [content[position : each.start], changes[each]]
        position = each.end
    return b"".join([*parts, content[position:end]])


def _content(page: Any) -> bytes:  # noqa: ANN401 - pikepdf's objects
    """Return a page's content, of however many streams it is made."""
    found = page.Contents
    streams = [found] if isinstance(found, Stream) else list(found)
    return b"\n".join(stream.read_bytes() for stream in streams)


def _told(pdf: Pdf, fields: Sequence[Field]) -> Iterator[tuple[Any, Any, str]]:
    """Yield every string of a PDF in which a token stands: its owner, its key, its text."""
    tokens = [field.token for field in fields]
    pending: list[Any] = list(pdf.objects)
    while pending:
        owner = pending.pop()
        if isinstance(owner, Dictionary | Stream):
            items: list[tuple[Any, Any]] = list(owner.items())
        elif isinstance(owner, Array):
            items = list(enumerate(owner))
        else:
            continue
        for key, value in items:
            if isinstance(value, String):
                text = str(value)
                if any(token in text for token in tokens):
                    yield owner, key, text
            elif isinstance(value, Dictionary | Array) and not value.is_indirect:
                pending.append(value)


def _glyphs(page: Any) -> dict[bytes, set[bytes]]:  # noqa: ANN401 - pikepdf's objects
    """Return by the names of a page's fonts which glyphs they have, as four hexadecimal digits."""
    return {
        name.removeprefix("/").encode(): set(
            _MAPPED.findall(font.ToUnicode.read_bytes() if Name.ToUnicode in font else b"")
        )
        for name, font in page.Resources.get(Name.Font, Dictionary()).items()
    }


def _path(code: Code) -> bytes:
    """Return the path of a code as WeasyPrint writes it into a page."""
    lines = (
        f"{left} {above}.5 m\n{left + length} {above}.5 l" for left, above, length in code.strokes
    )
    return "\n".join(lines).encode()


def _told_text(text: str, is_address: bool) -> bytes:
    """Return what a reader is told, or the address that a link leads to, as a PDF has it."""
    from weasyprint.urls import iri_to_uri

    return written_text(iri_to_uri(text) if is_address else text)


def _number(value: float) -> str:
    """Return a number as pydyf writes it."""
    return str(int(value)) if value == int(value) else f"{value:f}".rstrip("0")
