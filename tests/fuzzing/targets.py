"""What is fuzzed: each target takes bytes to a reader as careerprint itself does.

A target returns when the reader has used the bytes or refused them with a diagnostic, and raises
for everything else. What the reader returns is used further, as far as that is cheap.
"""

import gc
import logging
import math
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from traceback import extract_tb

from careerprint.building.record import RECORD_FILE, open_record
from careerprint.core.bounds import Bounds
from careerprint.core.diagnostics import Diagnostic, Location, Refused
from careerprint.core.messages import LANGUAGES, translator
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.core.sources import FileStat, Stamp
from careerprint.fairs.fair import digest_of
from careerprint.fairs.headings import known_headings
from careerprint.fairs.rows import read_fairs, rejected_csv
from careerprint.fairs.values import Known
from careerprint.intake.drafting import make_draft
from careerprint.intake.drafts import sentence, write_profile
from careerprint.intake.importing import read_manuscript
from careerprint.layouts.bundle import resolve
from careerprint.layouts.colours import read_tokens
from careerprint.layouts.configuration import issuer_texts, read_configuration
from careerprint.layouts.declaration import read_layout
from careerprint.layouts.logo import read_logo
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    LAYOUT_SOURCE,
    known_locale,
    read_catalogs,
)
from careerprint.profiles.content import Profile, parse_profile, read_profile
from careerprint.profiles.inline import set_inline
from careerprint.profiles.phrases import fact_phrases
from careerprint.rules.checking import examine_pdf
from tests.workspaces import make_full_workspace

from ..tablefiles import read_book
from .guard import Guard

LONGEST = 2.0  # seconds of the processor that a reader may take for one input of the fuzz program
TODAY = date(2026, 11, 22)
UNBOUNDED = Bounds(profile_blocks=10**9)  # how many a profile may have is for its workspace to say
KNOWN = Known(
    profiles=("koch", "kundendienst"),
    formats={"flyer": ("a5", "din-lang"), "poster": ("a4",)},
    locales=("ar", "de", "en", "uk"),
    declared=("de", "en"),
)
_TRANSLATORS = [translator(language) for language in LANGUAGES]

Read = Callable[[bytes, Path], None]
"""Takes bytes to a reader, in a workspace with this folder."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a reader: `kind` is the same wherever the cause is, `told` says more."""

    kind: str
    told: str


class Wrong(Exception):  # noqa: N818 - it reads as what it is
    """A reader has used what it should have refused, or refused it in words that say too little."""


class _Logged(logging.Handler):
    """Notes what libraries log of their own accord."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage():.200}")


class Ground:
    """A workspace of its own in which readers are run, and watched.

    `said` are the messages in which the last input was refused. `longest` is for the fuzz program:
    how many seconds of the processor a reader may take; what tests say of a reader needs no clock.
    """

    def __init__(self, folder: Path, longest: float = math.inf) -> None:
        gc.collect()  # what others have left shall not tidy up after itself under our eyes
        self.root = folder / "workspace"
        self._longest = longest
        make_full_workspace(self.root)
        self.said: frozenset[str] = frozenset()
        self._guard = Guard(self.root)
        self._logged = _Logged()
        logging.getLogger().addHandler(self._logged)

    def run(self, read: Read, content: bytes) -> Finding | None:
        """Return what is wrong with how the reader takes `content`, None if nothing is."""
        began = time.process_time()
        self._logged.lines.clear()
        self.said = frozenset()
        failure: Exception | None = None
        with self._guard.watching() as touched:
            try:
                read(content, self.root)
            except Refused as refused:
                self.said = frozenset(d.message for d in refused.diagnostics)
                failure = _untold(refused.diagnostics)
            except Exception as caught:  # that is what is looked for
                failure = caught
        seconds = time.process_time() - began
        if failure is not None:
            return _of(failure)
        if touched:
            return Finding("touched", touched[0])
        if self._logged.lines:  # Python shows it to the user, with a traceback if it has one
            return Finding("logged", self._logged.lines[0])
        if seconds > self._longest:
            return Finding("slow", f"{seconds:.1f} s")
        return None


def _of(failure: Exception) -> Finding:
    """Return an exception as a finding, which goes by the line of ours where it arose."""
    if isinstance(failure, Wrong):
        return Finding(f"Wrong {re.split('[:(]', str(failure))[0]}", str(failure))
    frames = extract_tb(failure.__traceback__)
    ours = [f for f in frames if "/careerprint/" in f.filename] or list(frames)
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "-"
    return Finding(f"{type(failure).__name__} {place}", f"{failure!r:.300}")


def _untold(diagnostics: Iterable[Diagnostic]) -> Wrong | None:
    """Return what is wrong with diagnostics: each needs a place, a cause, a hint, one line."""
    found = tuple(diagnostics)
    if not found:
        return Wrong("refused without a word")
    for diagnostic in found:
        if not (diagnostic.location.path and diagnostic.message and diagnostic.hint):
            return Wrong(f"no place, cause or hint: {diagnostic!r:.300}")
        for translate in _TRANSLATORS:
            try:
                line = diagnostic.sentence(translate)
                line.encode()
            except Exception as failure:  # as above
                return Wrong(f"cannot be told ({failure!r}): {diagnostic!r:.300}")
            if not line.isprintable() and any(c < " " or c == "\x7f" for c in line):
                return Wrong(f"would control the terminal: {diagnostic!r:.300}")
    return None


def tell(diagnostics: Iterable[Diagnostic]) -> None:
    """Raise Wrong where diagnostics that accompany a result cannot be told."""
    found = tuple(diagnostics)
    if found and (wrong := _untold(found)):
        raise wrong


def profile(content: bytes, root: Path) -> None:
    """A profile, and every block of it set."""
    (root / "content" / "koch").mkdir(exist_ok=True)
    (root / "content/koch/profile.md").write_bytes(content)
    reader = Reader(root)
    _set_all(read_profile(reader, "koch"), reader)


def _texts(read: Profile) -> Iterator[Text]:
    front = read.front
    yield from (front.title, front.teaser, front.flyer.headline, front.flyer.teaser)
    yield from front.flyer.points
    for section in read.sections:
        yield section.heading
    for part in (*read.opening, *(p for s in read.sections for p in s.parts)):
        yield from part.blocks
        if part.picture is not None:
            resolve(part.picture, f"content/{read.slug}/profile.md", part.blocks[0].location)


def _set_all(read: Profile, reader: Reader) -> None:
    words = read_catalogs(reader, LAYOUT_CATALOGS, "de", LAYOUT_SOURCE)
    phrases = fact_phrases(read.front.facts, known_locale("de"), words, str)
    refused: list[Diagnostic] = []
    for text in _texts(read):
        for is_title in (False, True):
            try:
                html, plain = set_inline(text, "de", text.location, phrases, is_title=is_title)
            except Refused as found:
                refused += found.diagnostics
            else:
                html.encode(), plain.encode()
    if refused:
        raise Refused(refused)


def catalog(content: bytes, root: Path) -> None:
    """A catalog, and every message of it looked up with many counts."""
    folder = root / "content" / "koch" / "locales"
    folder.mkdir(parents=True, exist_ok=True)
    tag = ("ar", "de-AT", "pl", "fr")[len(content) % 4]
    (folder / f"{tag}.po").write_bytes(content)
    try:
        read = read_catalogs(Reader(root), "content/koch/locales", tag, "en")
    finally:
        (folder / f"{tag}.po").unlink()
    tell(read.diagnostics)
    for messages in read.chain:
        for message in messages.translations:
            read.gettext(message).encode()
            for count in (0, 1, 2, 3, 5, 11, 21, 100, 1_000_000):
                read.ngettext(message, message, count).encode()


def _fairs(kind: str) -> Read:
    def fairs(content: bytes, root: Path) -> None:
        name = f"fairs.{kind}"
        (root / name).write_bytes(content)
        book = read_book(Reader(root), name, known_headings)
        found = read_fairs(book, KNOWN, TODAY)
        tell(found.diagnostics)
        for fair in found.rows:
            digest_of(fair)
        for translate in _TRANSLATORS:
            written = rejected_csv(found.columns.headings, found.rejected, translate).encode()
        if found.rejected:  # it can be corrected, so it can be read
            (root / "again.csv").write_bytes(written)
            read_book(Reader(root), "again.csv", known_headings)

    return fairs


def layout(content: bytes, root: Path) -> None:
    """A layout's declaration."""
    (root / "layouts" / "card").mkdir(exist_ok=True)
    (root / "layouts/card/layout.toml").write_bytes(content)
    read_layout(Reader(root), "card")


def configuration(content: bytes, root: Path) -> None:
    """careerprint.toml, and what is said of the issuer."""
    (root / "careerprint.toml").write_bytes(content)
    reader = Reader(root)
    read = read_configuration(reader)
    for text in issuer_texts(reader, read.issuer, "de"):
        text.encode()


def tokens(content: bytes, root: Path) -> None:
    """The colours that layouts share."""
    (root / "layouts/base/tokens.toml").write_bytes(content)
    read_tokens(Reader(root), "layouts/base/tokens.toml")


def logo(content: bytes, root: Path) -> None:
    """A logo: an SVG or a PNG, or what passes for one."""
    (root / "logo").write_bytes(content)
    read = read_logo(Reader(root), "logo", Location("careerprint.toml", 1))
    tell(read.diagnostics)
    assert read.printed_on(60)


def _imported(suffix: str) -> Read:
    def imported(content: bytes, root: Path) -> None:
        file = root / f"text{suffix}"
        file.write_bytes(content)
        draft = make_draft(read_manuscript(file), "Koch")
        for translate in _TRANSLATORS:
            text, checked = write_profile(draft, file.name, TODAY, translate)
            for line in checked:
                sentence(line.remark, translate).encode()
        try:
            parse_profile(text, "content/koch/profile.md", "koch", UNBOUNDED)
        except Refused as refused:
            raise Wrong(f"its own draft is refused: {refused}") from None

    return imported


def pdf(content: bytes, _root: Path) -> None:
    """A PDF of which nothing is known."""
    examination = examine_pdf(content, "out/found.pdf")
    tell(finding.diagnostic for finding in examination.findings)


def _say(diagnostics: Iterable[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        for translate in _TRANSLATORS:
            diagnostic.sentence(translate).encode()


def record(content: bytes, root: Path) -> None:
    """A build record, read and written to; what it lost counts as not there."""
    out = root / "out"
    file = out / RECORD_FILE
    file.parent.mkdir(exist_ok=True)
    file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
    for to_write in (False, True):
        file.write_bytes(content)
        with open_record(out, to_write=to_write) as opened:
            for entry in opened.entries().values():
                _say((*entry.composing, *entry.printing))
            for failure in opened.failures().values():
                _say(failure.diagnostics)
            opened.plans()
            opened.stamps()
            opened.messages("a/a.pdf")
            if to_write:
                opened.put_stamps({"/a": Stamp(FileStat(1, 2, 3, 4), "d")})
                opened.forget("a/a.pdf")
                if opened.stamps()["/a"].digest != "d":
                    raise Wrong("what is written is not found again")


TARGETS: dict[str, Read] = {
    "profile": profile,
    "catalog": catalog,
    "csv": _fairs("csv"),
    "xlsx": _fairs("xlsx"),
    "ods": _fairs("ods"),
    "layout": layout,
    "configuration": configuration,
    "tokens": tokens,
    "logo": logo,
    "text": _imported(".txt"),
    "markdown": _imported(".md"),
    "word": _imported(".docx"),
    "pdf": pdf,
    "record": record,
}
