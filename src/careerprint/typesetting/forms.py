"""Forms: a page of flyers that is laid out once, and then filled in for each fair.

What differs from fair to fair stands in single lines at fixed places. As long as it fits on its
line, it changes nothing else on the page. So only those lines are set anew, by Pango, in the style
that WeasyPrint has laid out, and put into the page's content where the form's tokens stand. A flyer
whose texts do not fit, or whose layout is not like that, is laid out like any other page.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from careerprint.composing.job import Field, Job, replacing
from careerprint.core.geometry import PT_PER_PX
from careerprint.layouts.figures import Code, qr_code
from careerprint.typesetting.blanks import Blanks, NotAForm, Run
from careerprint.typesetting.variants import document_id

_CARRIAGE_RETURN = 0x0D
CLOSE = 2500  # bytes: a shorter stretch that never changes is not worth a stream of its own
_GLYPHS = re.compile(rb"/(\w+) [\d.]+ Tf|<((?:[0-9a-f]{4})+)>")
_FOUR = re.compile(rb"....")
_OUTLINES = re.compile(rb"/(\w+) Do\b")
_MAPPED = re.compile(rb"^<([0-9a-f]{4})> <", re.MULTILINE)
_DOCUMENT_ID = re.compile(rb"(?<=xmp\.did:)[-0-9a-f]{36}")
_SCALE = re.compile(rb"([\d.]+) 0 0 \1 0 0 cm\n")
_MARKED = re.compile(rb"/MCID (\d+)")


def form_job(job: Job) -> Job:
    """Return the job that prints the form of a job: tokens where it has fields."""
    tokens = {field.block: field.token for field in job.fields if field.block is not None}
    codes = {field.text: field.token for field in job.fields if field.code}
    return replace(
        job,
        html=job.form,
        form="",
        fields=(),
        placed=tuple(
            replace(block, text=tokens.get(number, block.text))
            for number, block in enumerate(job.placed)
        ),
        codes=tuple(codes.get(code, code) for code in job.codes),
    )


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
        self._pdf = Pdf.open(io.BytesIO(pdf))
        page = self._pdf.pages[0].obj
        self._content = _content(page)
        seen = (run for blank in blanks.lines for run in blank.runs if run.written)
        self._runs = {run.number: self._hole(run.written) for run in seen}
        self._codes = [self._found_code(field) for field in job.fields if field.code]
        self._told = list(_told(self._pdf, job.fields))
        metadata = self._pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")
        if any(field.token in metadata for field in job.fields):
            raise NotAForm
        self._links = self._blanks.links
        annotations = [a for a in page.get(Name.Annots, Array()) if a.Subtype == Name.Link]
        if job.target.has_links and len(annotations) != len(self._links):
            raise NotAForm
        self._rectangles = [(a, [float(side) for side in a.Rect]) for a in annotations]
        self._glyphs = _glyphs(page)
        outlines = page.Resources.get(Name.XObject, Dictionary())
        self._outlines = {name.removeprefix("/").encode() for name, _ in outlines.items()}
        self._parts = self._divided(page)
        self._said = {
            self._mark(run.number): box.text
            for blank in self._blanks.lines
            for run, box in zip(blank.runs, blank.boxes, strict=True)
            if run.written
        }
        _clear_ends(self._pdf, self._content)

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
        codes = [field.code for field in job.fields if field.code]
        for code, (side, scale, path) in zip(codes, self._codes, strict=True):
            number = _number(side / code.side)
            changes[scale] = f"{number} 0 0 {number} 0 0 cm\n".encode()
            changes[path] = _path(code)
        for stream, holes, start, end in self._parts:
            content = _with(self._content, start, end, {h: changes[h] for h in holes})
            stream.write(_with_clear_end(content))
        self._tell(said)
        self._place_links(runs)
        metadata = self._pdf.Root.Metadata
        xmp, count = _DOCUMENT_ID.subn(lambda _: document_id(job).encode(), metadata.read_bytes())
        if count:
            metadata.write(xmp)
        # Without object streams, a file is half as large again, and has none that end unclearly.
        modes = (pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable)
        return next(filter(_has_clear_ends, map(self._saved, modes)), None)

    def _saved(self, mode: pikepdf.ObjectStreamMode) -> bytes:
        pdf = io.BytesIO()
        self._pdf.save(
            pdf, deterministic_id=True, fix_metadata_version=False, object_stream_mode=mode
        )
        return pdf.getvalue()

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

    def _divided(self, page: Any) -> list[tuple[Any, list[_Hole], int, int]]:  # noqa: ANN401 - pikepdf's objects
        """Divide the page's content into streams; return those with holes, and what they hold.

        What never changes stands in streams of its own, which files put together can share.
        """
        codes = [hole for _, *pair in self._codes for hole in pair]
        holes = sorted([*self._runs.values(), *codes])
        groups: list[list[_Hole]] = []
        for hole in holes:
            if groups and hole.start - groups[-1][-1].end < CLOSE:
                groups[-1].append(hole)
            else:
                groups.append([hole])
        streams, parts, position = [], [], 0
        for group in groups:
            fixed = self._content[position : group[0].start]
            streams.append(self._pdf.make_stream(_with_clear_end(fixed)))
            changing = self._pdf.make_stream(b"")
            streams.append(changing)
            position = group[-1].end
            parts.append((changing, group, group[0].start, position))
        streams.append(self._pdf.make_stream(_with_clear_end(self._content[position:])))
        page.Contents = Array([self._pdf.make_indirect(stream) for stream in streams])
        return parts

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

    def _tell(self, said: Callable[[str], str]) -> None:
        """Put what fields say into titles, descriptions and addresses."""
        from weasyprint.urls import iri_to_uri

        for owner, key, form_text in self._told:
            text = said(form_text)
            owner[key] = String(iri_to_uri(text) if key == "/URI" else text)

    def _place_links(self, runs: Mapping[int, Run]) -> None:
        """Move the area of each link to where its text stands now."""
        for (annotation, (left, bottom, right, top)), (first, last) in zip(
            self._rectangles, self._links, strict=False
        ):
            x1 = left + (runs[first.number].left - first.left) * PT_PER_PX if first else left
            x2 = right + (runs[last.number].right - last.right) * PT_PER_PX if last else right
            annotation.Rect = Array([round(side, 6) for side in (x1, bottom, x2, top)])


def _has_clear_ends(pdf: bytes) -> bool:
    """Tell whether no stream ends with a carriage return.

    With the line feed behind it, that reads as the end of a line, and the stream as one byte too
    long (ISO 19005-2, 6.1.7.1).
    """
    return b"\r\nendstream" not in pdf


def _with_clear_end(content: bytes) -> bytes:
    """Return a page's content so that it does not end with a carriage return once it is deflated.

    The last byte is then that of its checksum (RFC 1950, 2.2: Adler-32).
    """
    while zlib.adler32(content) & 0xFF == _CARRIAGE_RETURN:
        content += b"\n"
    return content


def _clear_ends(pdf: Pdf, divided: bytes) -> None:
    """Let no stream of a PDF end with a carriage return, but those that are written with it.

    The content that was `divided` is not written any more. Raises NotAForm for a stream to which
    nothing can be added.
    """
    for stream in pdf.objects:
        if not isinstance(stream, Stream) or not stream.read_raw_bytes().endswith(b"\r"):
            continue
        if stream.get(Name.Type) in {Name.ObjStm, Name.XRef}:
            continue
        content = stream.read_bytes()
        if content == divided:
            continue
        if Name.Length1 in stream:  # a font: its table directory says where its tables end
            content += b"\0"
            while zlib.adler32(content) & 0xFF == _CARRIAGE_RETURN:
                content += b"\0"
            stream.Length1 = len(content)
        elif stream.get(Name.Subtype) == Name.Form or content.startswith(b"/CIDInit"):
            content = _with_clear_end(content + b"\n")
        else:
            raise NotAForm
        stream.write(zlib.compress(content), filter=Name.FlateDecode)


def _with(content: bytes, start: int, end: int, changes: Mapping[_Hole, bytes]) -> bytes:
    """Return a part of the content with something else in its holes."""
    parts, position = [], start
    for hole, change in sorted(changes.items()):
        parts += [content[position : hole.start], change]
        position = hole.end
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


def _number(value: float) -> str:
    """Return a number as pydyf writes it."""
    return str(int(value)) if value == int(value) else f"{value:f}".rstrip("0")
