"""Typesets a job: HTML and its bundle into pages and a PDF (PDF/UA-1), with WeasyPrint.

A pure function of the job: no file of the workspace is opened and no socket. The URL fetcher
knows the bundle only, and fontconfig is shown the bundle's fonts only.
"""

import io
import logging
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self
from urllib.parse import quote, unquote

from careerprint.compose import Job
from careerprint.diagnostics import N_, Diagnostic, Location, Refused, error, refuse, warning
from careerprint.engine import load_engine
from careerprint.fonts import font_fault
from careerprint.layouts import PageRule
from careerprint.patches import apply_patches

BUNDLE_URL = "http://bundle.invalid/"  # RFC 6761 reserves .invalid: it can never be an address
FONT_SUFFIXES = (".ttf", ".otf")
PDF_VARIANT = "pdf/ua-1"

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Typeset:
    """The PDF's bytes, and what the engine had to say about them."""

    pdf: bytes
    diagnostics: tuple[Diagnostic, ...]


class Typesetter:
    """Typesets jobs that share fonts and style sheets, which are parsed once.

    Use it as a context manager: it keeps the fonts in a temporary folder. While it is open the
    process's FONTCONFIG_FILE points there, because fontconfig takes its configuration from the
    environment alone.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="careerprint-")
        self._environment: str | None = None
        self._fonts: dict[str, bytes] = {}
        self._styles: dict[tuple[str, bytes], Any] = {}
        self._font_configuration: Any = None

    def __enter__(self) -> Self:
        self._environment = os.environ.get("FONTCONFIG_FILE")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._environment is None:
            os.environ.pop("FONTCONFIG_FILE", None)
        else:
            os.environ["FONTCONFIG_FILE"] = self._environment
        self._folder.cleanup()

    def typeset(self, job: Job) -> Typeset:
        """Return the job as a PDF; raises Refused where it cannot be printed rightly."""
        if damaged := list(_damaged_pictures(job)):
            raise Refused(damaged)
        engine = self._engine_for(job)
        from weasyprint.urls import FatalURLFetchingError

        fetcher = _bundle_fetcher(job.bundle)
        html = engine.HTML(string=job.html, base_url=BUNDLE_URL, url_fetcher=fetcher)
        with _logged() as log:
            try:
                styles = [self._style(name, job.bundle, fetcher) for name in job.styles]
                document = self._laid_out(html, styles, job)
                pdf = document.write_pdf(pdf_variant=PDF_VARIANT)
            except FatalURLFetchingError as failure:
                raise refuse(
                    Location(job.name),
                    N_("“{address}” is not part of this document."),
                    N_("Name pictures and fonts by files of the workspace."),
                    address=failure,
                ) from None
        diagnostics = tuple(dict.fromkeys(d for record in log for d in _explained(record, job)))
        return Typeset(pdf, diagnostics)

    def _laid_out(self, html: Any, styles: list[Any], job: Job) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
        """Return the laid-out document in the first type size that keeps to the page rule.

        Where none fills whole sheets, it is the largest, with as many fillers as that takes; where
        none is of the exact number of pages, the smallest, which preflight will refuse.
        """
        counts: list[int] = []
        for size in job.type_sizes:
            document = self._rendered(html, styles, size)
            counts.append(len(document.pages))
            if _keeps_to(counts[-1], job.pages):
                return document
        if job.pages.exactly is not None:
            return document
        missing = -counts[0] % job.pages.multiple_of
        return self._rendered(html, styles, job.type_sizes[0], fillers=missing)

    def _rendered(self, html: Any, styles: list[Any], size: float, fillers: int = 0) -> Any:  # noqa: ANN401 - as above
        shown = "".join(f".filler-{n}{{display:block}}" for n in range(1, fillers + 1))
        fit = load_engine().CSS(string=f"html{{font-size:{size:g}pt}}{shown}")
        return html.render(stylesheets=[*styles, fit], font_config=self._font_configuration)

    def _engine_for(self, job: Job) -> ModuleType:
        """Return WeasyPrint with fontconfig seeing the job's fonts and no others."""
        fonts = {n: data for n, data in job.bundle.items() if n.lower().endswith(FONT_SUFFIXES)}
        if not fonts:
            raise refuse(
                Location(job.name),
                N_("The layout names no font."),
                N_("Declare one with @font-face in a style sheet of the layout."),
            )
        if fonts == self._fonts:
            return load_engine()
        if damaged := list(_damaged_fonts(fonts)):
            raise Refused(damaged)
        folder = Path(tempfile.mkdtemp(dir=self._folder.name))
        (folder / "fonts").mkdir()
        for number, data in enumerate(fonts.values()):
            (folder / "fonts" / f"{number}.ttf").write_bytes(data)
        file = folder / "fonts.conf"
        file.write_text(
            _FONTCONFIG.format(fonts=folder / "fonts", cache=folder / "cache"), encoding="utf-8"
        )
        os.environ["FONTCONFIG_FILE"] = str(file)
        engine = load_engine()
        apply_patches()
        from weasyprint.text.fonts import FontConfiguration

        self._font_configuration = FontConfiguration()
        self._fonts = fonts
        self._styles = {}  # they refer to the font configuration before
        return engine

    def _style(self, name: str, bundle: Mapping[str, bytes], fetcher: Any) -> Any:  # noqa: ANN401 - as above
        key = name, bundle[name]
        if key not in self._styles:
            self._styles[key] = load_engine().CSS(
                string=bundle[name].decode("utf-8-sig"),
                base_url=BUNDLE_URL + name,
                url_fetcher=fetcher,
                font_config=self._font_configuration,
            )
        return self._styles[key]


def _keeps_to(count: int, rule: PageRule) -> bool:
    return count == rule.exactly if rule.exactly is not None else count % rule.multiple_of == 0


def _damaged_fonts(fonts: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    for name, content in fonts.items():
        if reason := font_fault(content):
            yield error(
                Location(name),
                N_("The font is damaged ({reason})."),
                N_("Copy this file again from the place where you got careerprint."),
                reason=reason,
            )


def _damaged_pictures(job: Job) -> Iterator[Diagnostic]:
    """Yield an error for each raster picture of the profile that cannot be decoded to its end."""
    from PIL import Image, ImageFile

    for name, location in job.pictures.items():
        if name.lower().endswith(".svg"):
            continue
        try:
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it, and prints what there is
            with Image.open(io.BytesIO(job.bundle[name])) as picture:
                picture.load()
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as failure:
            yield _bad_picture(location, failure)


def _bad_picture(location: Location, reason: object) -> Diagnostic:
    return error(
        location,
        N_("The picture cannot be printed ({reason})."),
        N_("Save it again as PNG, JPEG or SVG."),
        reason=reason,
    )


def _bundle_fetcher(bundle: Mapping[str, bytes]) -> Any:  # noqa: ANN401 - as above
    """Return a URL fetcher that knows the names in `bundle` and stops the job at anything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class BundleFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ANN401, ARG002 - WeasyPrint's signature
            name = unquote(url.removeprefix(BUNDLE_URL))
            if not url.startswith(BUNDLE_URL) or name not in bundle:
                raise FatalURLFetchingError(url)
            return URLFetcherResponse(url, body=bundle[name])

    return BundleFetcher(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


@contextmanager
def _logged() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint logs, at warning level or above, and show it nowhere else."""
    records: list[logging.LogRecord] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger = logging.getLogger("weasyprint")
    handler, handlers, propagate = Collector(logging.WARNING), logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield records
    finally:
        logger.handlers, logger.propagate = handlers, propagate


def _explained(record: logging.LogRecord, job: Job) -> Iterator[Diagnostic]:
    """Yield what a line of WeasyPrint's log means for the edition."""
    said = record.getMessage()
    if said.startswith(".notdef glyph"):
        for code in re.findall(r"\(U\+([0-9A-F]+)\)", said):
            yield _missing_glyph(chr(int(code, 16)), code, job)
    elif located := [place for name, place in job.pictures.items() if quote(name) in said]:
        yield _bad_picture(located[0], said)
    elif record.levelno < logging.ERROR and said.startswith(("Ignored", "Unknown", "Unsupported")):
        yield warning(
            Location(job.name),
            N_("WeasyPrint: {said}"),
            N_("Correct the layout's style sheet."),
            said=said,
        )
    else:
        yield error(
            Location(job.name),
            N_("WeasyPrint: {said}"),
            N_("Correct the layout or the picture."),
            said=said,
        )


def _missing_glyph(character: str, code: str, job: Job) -> Diagnostic:
    """Return the error for a character that no font has, located in the profile if it is there."""
    found = [block.location for block in job.placed if character in block.text]
    return error(
        found[0] if found else Location(job.name),
        N_("No font has the character “{character}” (U+{code})."),
        N_("Replace it, or add a font that has it to fonts/ and to the layout's style sheet."),
        character=character,
        code=code,
    )
