"""Typesets a job: HTML and its bundle into pages and a PDF, with WeasyPrint.

A pure function of the job: no file of the workspace is opened and no socket. The URL fetcher
knows the bundle only, and fontconfig is shown the bundle's fonts only.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote
from xml.sax.saxutils import escape

from careerprint.composing.job import Job
from careerprint.core.bounds import beyond
from careerprint.core.characters import is_unicode
from careerprint.core.diagnostics import (
    N_,
    Diagnostic,
    Location,
    Refused,
    error,
    not_written,
    refuse,
)
from careerprint.core.edition import Look
from careerprint.layouts.bundle import BUNDLE_URL
from careerprint.layouts.inks import Inks
from careerprint.typesetting.blanks import Blanks, NotAForm, blanks_of
from careerprint.typesetting.copyfit import Setting
from careerprint.typesetting.engine import load_engine
from careerprint.typesetting.enginelog import explained, logged
from careerprint.typesetting.fitting import Trial, fitted, left_out, style_of
from careerprint.typesetting.fonts import font_fault
from careerprint.typesetting.forms import Form, form_job
from careerprint.typesetting.measure import LaidOutPage, measured
from careerprint.typesetting.overflow import page_faults
from careerprint.typesetting.patches import apply_patches
from careerprint.typesetting.rows import set_rows
from careerprint.typesetting.variants import written

RASTER_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp")
MOST_FONT_SETS = 4  # kept warm: with and without Arabic, in two layouts

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Typeset:
    """The PDF's bytes, what was found wrong with them, and how the text was set.

    `said` is what the rows of a table say on each page, with what stands below it.
    """

    pdf: bytes
    diagnostics: tuple[Diagnostic, ...]
    look: Look
    said: tuple[str, ...] = ()

    @property
    def setting(self) -> Setting:
        """The setting that copyfitting has found."""
        return Setting(self.look.step, len(self.look.left_out))

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names of the optional blocks that are not printed."""
        return self.look.left_out


class Typesetter:
    """Typesets jobs that share fonts and style sheets, which are parsed once.

    Use it as a context manager: it keeps the fonts in a temporary folder. While it is open the
    process's FONTCONFIG_FILE points there, because fontconfig takes its configuration from the
    environment alone.
    """

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._environment: str | None = None
        self._font_sets: list[_FontSet] = []

    def __enter__(self) -> Self:
        self._environment = os.environ.get("FONTCONFIG_FILE")
        return self

    def __exit__(self, *raised: object) -> None:
        if self._environment is None:
            os.environ.pop("FONTCONFIG_FILE", None)
        else:
            os.environ["FONTCONFIG_FILE"] = self._environment
        if self._folder:
            self._folder.cleanup()

    def typeset(self, job: Job, known: Look | None = None) -> Typeset:
        """Return the job as a PDF; raises Refused where it cannot be printed rightly.

        Where `known` is how this same job was set before, nothing is tried.
        """
        return self._typeset(job, known, lambda _: None)

    def form(self, job: Job, known: Look | None = None) -> tuple[Typeset, Form] | None:
        """Return the form of a job with fields: as a PDF, and to be filled in; None if it has none.

        The PDF is the form filled in with its own tokens. Where `known` is how the form was set
        before, nothing is tried. Raises Refused where the form cannot be printed rightly.
        """
        found: list[Blanks] = []
        try:
            typeset = self._typeset(form_job(job), known, lambda d: found.append(blanks_of(d, job)))
            form = Form(found[0], job, typeset.pdf)
            tokens = tuple(replace(field, text=field.token) for field in job.fields)
            pdf = form.filled(replace(job, fields=tokens))
        except NotAForm:
            return None
        return (replace(typeset, pdf=pdf), form) if pdf else None

    def _typeset(self, job: Job, known: Look | None, laid_out: Callable[[Any], None]) -> Typeset:
        """Do as `typeset` does, and hand on the document before it is written."""
        engine = load_engine()
        font_set = self._font_set(job)
        from weasyprint.urls import FatalURLFetchingError

        fetcher = _bundle_fetcher(_with_inks(job))
        with logged() as log:
            try:
                html = engine.HTML(
                    string=job.sampled if job.rows else job.html,
                    base_url=BUNDLE_URL,
                    url_fetcher=fetcher,
                )
                styles = [font_set.style(name, job.bundle, fetcher) for name in job.styles]
                pictures: dict[str, Any] = {}  # each is read once for all layouts

                def lay_out(style: str) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
                    sheets = [*styles, engine.CSS(string=style)]
                    document = html.render(
                        stylesheets=sheets, font_config=font_set.configuration, cache=pictures
                    )
                    count, most = len(document.pages), job.bounds.edition_pages
                    if count > most:
                        raise beyond(Location(job.name), "edition_pages", most, count=count)
                    return document

                if known and known.job == job.digest:
                    document, look = lay_out(known.style), known
                    pages = measured(document)
                else:
                    document, pages, look = _fitted(lay_out, job)
                laid_out(document)
                rows = set_rows(document, job.rows) if job.rows else None
                if rows and len(rows.below) > job.bounds.edition_pages:
                    most, count = job.bounds.edition_pages, len(rows.below)
                    raise beyond(Location(job.name), "edition_pages", most, count=count)
                pdf = written(document, job, rows)
            except FatalURLFetchingError as failure:
                raise refuse(
                    Location(job.name),
                    N_("“{address}” is not part of this document."),
                    N_("Name pictures and fonts by files of the workspace."),
                    address=failure,
                ) from None
        told = (diagnostic for record in log for diagnostic in explained(record, job))
        diagnostics = dict.fromkeys((*told, *page_faults(pages, job)))
        return Typeset(pdf, tuple(diagnostics), look, rows.said if rows else ())

    def _font_set(self, job: Job) -> "_FontSet":
        """Return what sets the job's fonts: fontconfig that sees them and no others."""
        fonts = job.bundle.fonts
        if not fonts:
            raise refuse(
                Location(job.name),
                N_("The layout names no font."),
                N_("Declare one with @font-face in a style sheet of the layout."),
            )
        for known in self._font_sets:
            if known.fonts == fonts:
                return known
        if damaged := list(_damaged_fonts(fonts)):
            raise Refused(damaged)
        try:
            file = self._laid_down(fonts)
        except OSError as failure:
            raise not_written(self._folder.name if self._folder else job.name, failure) from None
        os.environ["FONTCONFIG_FILE"] = str(file)
        apply_patches()
        from weasyprint.text.fonts import FontConfiguration

        configuration = FontConfiguration()
        # Where it puts fonts; else into a folder of its own, which stays when the process ends.
        configuration._folder = file.with_name("embedded")
        self._font_sets = [
            *self._font_sets[-MOST_FONT_SETS + 1 :],
            _FontSet(fonts, configuration),
        ]
        return self._font_sets[-1]

    def _laid_down(self, fonts: Mapping[str, bytes]) -> Path:
        """Put fonts into a folder, and return fontconfig's file for it; raises OSError."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="careerprint-")
        folder = Path(tempfile.mkdtemp(dir=self._folder.name))
        if not is_unicode(str(folder)):  # it could not stand in fontconfig's file
            raise refuse(
                Location(ascii(str(folder))),
                N_("Not all characters of this path are text."),
                N_("Let TMPDIR name another folder for temporary files."),
            )
        for name in ("fonts", "embedded"):
            (folder / name).mkdir()
        for number, data in enumerate(fonts.values()):
            (folder / "fonts" / f"{number}.ttf").write_bytes(data)
        file = folder / "fonts.conf"
        fonts_folder, cache = (escape(str(folder / name)) for name in ("fonts", "cache"))
        file.write_text(_FONTCONFIG.format(fonts=fonts_folder, cache=cache), encoding="utf-8")
        return file


@dataclass(slots=True)
class _FontSet:
    """Fonts by name, WeasyPrint's configuration with them, and style sheets that refer to it."""

    fonts: Mapping[str, bytes]
    configuration: Any
    styles: dict[tuple[str, bytes], Any] = field(default_factory=dict)

    def style(self, name: str, bundle: Mapping[str, bytes], fetcher: Any) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
        """Return a style sheet of a bundle, parsed once."""
        key = name, bundle[name]
        if key not in self.styles:
            self.styles[key] = load_engine().CSS(
                string=bundle[name].decode("utf-8-sig"),
                base_url=BUNDLE_URL + name,
                url_fetcher=fetcher,
                font_config=self.configuration,
            )
        return self.styles[key]


def _fitted(lay_out: Callable[[str], Any], job: Job) -> tuple[Any, tuple[LaidOutPage, ...], Look]:
    """Return a job laid out so that it fits, the measures of its pages, and how it is set."""
    styles: dict[int, str] = {}

    def tried(trial: Trial) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
        style = style_of(trial, job)
        document = lay_out(style)
        styles[id(document)] = style
        return document

    found = fitted(tried, job)
    style, setting = styles[id(found.document)], found.trial.setting
    without = left_out(setting, job.format)
    return found.document, found.pages, Look(job.digest, style, setting.step, without, found.room)


def _damaged_fonts(fonts: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    for name, content in fonts.items():
        if reason := font_fault(content):
            yield error(
                Location(name),
                N_("The font is damaged ({reason})."),
                N_("Copy this file again from the place where you got careerprint."),
                reason=reason,
            )


def _with_inks(job: Job) -> Mapping[str, bytes]:
    """Return the job's bundle; where a shop has inks for it, with raster pictures in these."""
    if job.conditions is None:
        return job.bundle
    inks = Inks(job.bundle[job.conditions.profile], job.conditions.inks)
    return {
        name: inks.picture(content) if name.lower().endswith(RASTER_SUFFIXES) else content
        for name, content in job.bundle.items()
    }


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
