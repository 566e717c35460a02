"""Lays a job out until it fits: tries what copyfit asks for, then spreads what room is left.

Its caller lays pages out. This module knows their measures, and the style that leads to them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from careerprint.composing.job import BLOCK, FRAME, LEVEL, OPTIONAL, Job
from careerprint.core.diagnostics import Refused
from careerprint.core.geometry import MM_PER_PT
from careerprint.layouts.declaration import Fit, Format
from careerprint.typesetting.copyfit import Setting, fit_to_page, fit_to_pages, measures_of
from careerprint.typesetting.headlines import (
    Evened,
    SmallerType,
    evened_lines,
    fits_of_words,
)
from careerprint.typesetting.measure import APART, LaidOutPage, levels, measured, slack_by_frame
from careerprint.typesetting.overflow import room_left, too_long
from careerprint.typesetting.sharing import behind_ends, may_join, sharing, sparse_pages

ENDLESS = 3000.0  # mm: the height of a page that hardly a text fills
_MOST_FITS = 4
_SOLID = 0.85  # type that is set smaller than this has lines of its own height
_LEAST_ROOM = 1.0  # mm: less is not worth another layout
LEAST = 0.1  # mm: what an excess is at least, where pages have been counted


@dataclass(frozen=True, slots=True)
class Trial:
    """A layout that is tried: how its text is set, and how the room that is left is spread.

    `slack` is the height in mm by which the content of each frame may be moved apart, and `rest`
    what is then left over on its page. `fillers` is how many elements of that class are printed.
    `count` is the number of pages, where it is known. The frames `joined` begin on the page of the
    one before them; those `alone` are set as if they did, on pages of their own.
    `fits` are the type sizes of blocks with a long word, `evened` are those whose lines are about
    as long as each other; both by the number of the block. `levels` is how many
    mm columns lack to end where the lowest beside them does.
    """

    setting: Setting
    slack: Mapping[str, float] = field(default_factory=dict)
    rest: Mapping[str, float] = field(default_factory=dict)
    fillers: int = 0
    count: int = 0
    endless: bool = False
    joined: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    fits: Mapping[int, SmallerType] = field(default_factory=dict)
    evened: Mapping[int, Evened] = field(default_factory=dict)
    levels: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A trial that fits, its measures, and the document, as WeasyPrint laid it out.

    That is None where the room that is left is yet to be spread. `room` is which part of the
    fullest page is used, before the rest is spread, and how many more words it holds.
    """

    trial: Trial
    pages: tuple[LaidOutPage, ...]
    document: Any = None
    room: tuple[float, int] = (1.0, 0)


def style_of(trial: Trial, job: Job) -> str:
    """Return the style sheet of a trial: page size, type, distances, what is left out.

    It sets the root's font size, so that style sheets measure in rem, and custom properties:
    --leading, the height of a line of running text; --spacing, the factor of distances; --slack,
    --rest, and --lines, the whole lines that the slack holds; --bleed, how far what touches the
    edge runs past it; on the last page --running, which is `none`; --joined, 1 for a frame that
    begins on the page of the one before it, which has no named page of its own (--page); --level,
    by how much a column would end above the lowest of those beside it.
    """
    chosen = job.format
    measures = measures_of(trial.setting, chosen.fit)
    leading = measures.leading + (chosen.fit.leading_rtl if job.direction == "rtl" else 0)
    line = measures.type_size * leading * MM_PER_PT
    set_solid = f";line-height:{1.6 if job.direction == 'rtl' else 1.2}!important"
    bleed = job.conditions.bleed if job.conditions else 0
    height = ENDLESS if trial.endless else chosen.height
    hidden = (f'[{OPTIONAL}="{name}"]' for name in left_out(trial.setting, chosen))
    rules = [
        f"@page{{size:{chosen.width:g}mm {height:g}mm;bleed:{bleed:g}mm}}",
        f":root{{font-size:{measures.type_size:g}pt;--leading:{leading:g}rem;"
        f"--spacing:{measures.spacing:g};--slack:0mm;--lines:0;--rest:0mm;--bleed:{bleed:g}mm;"
        "image-rendering:crisp-edges}",  # smoothed ones are no PDF/A
        *(f"{each}{{display:none}}" for each in hidden),
        *(f".filler-{number}{{display:block}}" for number in range(1, trial.fillers + 1)),
        f"@page:nth({trial.count}){{--running:none}}" if trial.count else "",
    ]
    for names, where in ((trial.joined, "auto"), (trial.alone, "page")):
        rules += (
            f'[{FRAME}="{name}"]{{--joined:1;--page:auto;break-before:{where}}}'
            f'[{FRAME}="{name}"] .{APART}{{display:none}}'
            for name in sorted(names)
        )
    for name in {**trial.slack, **trial.rest}:
        slack, rest = trial.slack.get(name, 0), trial.rest.get(name, 0)
        room = f"--slack:{slack:g}mm;--lines:{int(slack / line)};--rest:{rest:.2f}mm"
        rules.append(f'[{FRAME}="{name}"]{{{room}}}')
    for n, fit in trial.fits.items():
        block, solid = f'[{BLOCK}="{n}"]', set_solid if fit.factor < _SOLID else ""
        rules.append(f"{block}{{font-size:{fit.size * fit.factor:.3f}rem!important{solid}}}")
        if fit.is_hyphenated:
            hyphens = "hyphens:auto!important;hyphenate-limit-chars:8 4 4;hyphenate-limit-zone:0"
            rules.append(f'{block},{block} [style="hyphens:manual"]{{{hyphens}}}')
    for n, even in trial.evened.items():
        block = f'[{BLOCK}="{n}"]'
        rules.append(f"{block}{{padding-inline-end:{even.indent:.2f}mm}}")
        if even.first:
            beside = f'content:"";float:inline-end;width:{even.first:.2f}mm;height:0.1mm'
            rules.append(f"{block}::before{{{beside}}}")
        if even.is_whole:
            rules.append(f'{block},{block} [style="hyphens:manual"]{{hyphens:none!important}}')
    rules += (
        f'[{LEVEL}="{name}"]{{--level:{lacking:.2f}mm}}' for name, lacking in trial.levels.items()
    )
    return "".join(rules)


def left_out(setting: Setting, chosen: Format) -> tuple[str, ...]:
    """Return the names of the optional blocks that a setting leaves out."""
    return tuple(block.block for block in chosen.optional[: setting.left_out])


def fitted(lay_out: Callable[[Trial], Any], job: Job, start: Setting | None = None) -> Fitted:
    """Return the job laid out in the largest setting that keeps to its page rule.

    Where that does not fill whole sheets, it has as many fillers as it takes. A block whose longest
    word is wider than its line is set smaller, and lines are balanced. Raises
    Refused where the text is too long for its one page in the tightest.
    """
    fits: Mapping[int, SmallerType] = {}
    for _ in range(_MOST_FITS):  # with smaller headings, all type may be larger than before
        found = _found(partial(_with_fits, lay_out, fits), job, start)
        root = measures_of(found.trial.setting, job.format.fit).type_size
        smaller = fits_of_words(found.pages, fits, root)
        if smaller == fits:
            break
        fits, start = smaller, found.trial.setting
    done = _spread_out(partial(_with_fits, lay_out, fits), found, job)
    return replace(done, room=room_left(found.pages, found.trial.setting, job))


def _with_fits(
    lay_out: Callable[[Trial], Any], fits: Mapping[int, SmallerType], trial: Trial
) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    return lay_out(replace(trial, fits=fits))


def _found(lay_out: Callable[[Trial], Any], job: Job, start: Setting | None) -> Fitted:
    if job.pages.exactly is not None:
        return _on_pages(lay_out, job, start, job.pages.exactly)
    if job.pages.multiple_of == 1 and _is_fixed(job.format.fit):
        document = lay_out(trial := Trial(Setting(0)))
        return Fitted(trial, measured(document), document)
    return _on_sheets(lay_out, job, start)


def _spread_out(lay_out: Callable[[Trial], Any], found: Fitted, job: Job) -> Fitted:
    """Return the document with its room spread, its columns level, and its lines even.

    Each of these keeps its number of lines, so nothing else moves.
    """
    evened, count = evened_lines(found.pages), len(found.pages)
    trial = replace(found.trial, evened=evened, levels=levels(found.pages), count=count)
    if found.document and not trial.evened and not trial.levels:
        return Fitted(trial, found.pages, found.document)
    before = _counts_of_lines(found.pages)
    while True:
        document = lay_out(trial)
        pages = measured(document)
        after = _counts_of_lines(pages)
        kept = {n: evened for n, evened in trial.evened.items() if before[n] == after[n]}
        # What was moved apart may not break where it could. Then those frames lose their room that
        # stand where the pages part from what they were, or else all but the last, or else these.
        parted = next(
            (a.frames for a, b in zip(found.pages, pages, strict=False) if a.frames != b.frames), ()
        )
        slack = {name: room for name, room in trial.slack.items() if name not in parted}
        if len(slack) == len(trial.slack):
            slack = {name: room for name, room in slack.items() if name in pages[-1].frames}
        if len(slack) == len(trial.slack):
            slack = {}
        if len(kept) < len(trial.evened):
            trial = replace(trial, evened=kept)
        elif len(pages) != len(found.pages) and len(slack) < len(trial.slack):
            trial = replace(trial, slack=slack)
        elif len(pages) != len(found.pages) and trial.evened:
            trial = replace(trial, evened={})  # full sheets before even lines
        elif len(pages) != trial.count:
            trial = replace(trial, count=len(pages))
        elif trial.rest == found.trial.rest and (left := _left_over(pages, job)):
            more = {name: trial.rest.get(name, 0) + room for name, room in left.items()}
            trial = replace(trial, rest={**trial.rest, **more})
        else:
            return Fitted(trial, pages, document)


def _left_over(pages: Sequence[LaidOutPage], job: Job) -> dict[str, float]:
    """Return what of the spread room is left on pages of a fixed number, or on the last, by frame.

    Places among which it is shared out may be absent, such as those of optional blocks; and a frame
    that goes over several pages has not had all of it.
    """
    last = pages[-1]
    is_fixed = job.pages.exactly is not None
    left = slack_by_frame(pages) if is_fixed else dict.fromkeys(last.frames[-1:], last.free)
    return {name: _rounded_down(free) for name, free in left.items() if free >= _LEAST_ROOM}


def _counts_of_lines(pages: Sequence[LaidOutPage]) -> Counter[int | None]:
    """Return how many lines each block has."""
    return Counter(item.block for page in pages for item in page.items)


def _is_fixed(fit: Fit) -> bool:
    """Tell whether the bounds leave nothing to choose."""
    bounds = (fit.type_size, fit.leading, fit.spacing)
    return not fit.slack and all(tightest == largest for tightest, largest in bounds)


def _on_pages(
    lay_out: Callable[[Trial], Any], job: Job, start: Setting | None, count: int
) -> Fitted:
    """Return the job on so many pages, which its template breaks."""
    tried: dict[Setting, list[LaidOutPage]] = {}

    def excess(setting: Setting) -> float:
        *pages, last = (
            _as_printed(p, job) for p in measured(lay_out(Trial(setting, endless=True)))
        )
        if len(pages) >= count:
            last = replace(pages[count - 1], used=(len(pages) + 1 - count) * ENDLESS + last.used)
        tried[setting] = [*pages[: count - 1], last]
        return max(-page.free for page in tried[setting])

    setting = fit_to_page(excess, job.format, start)
    if setting is None:
        tightest = tried[Setting(0, len(job.format.optional))]
        raise Refused([too_long(min(tightest, key=lambda page: page.free), job)])
    slack, rest = _spread(slack_by_frame(tried[setting]), job.format.fit)
    return Fitted(Trial(setting, slack, rest), tuple(tried[setting]))


def _as_printed(page: LaidOutPage, job: Job) -> LaidOutPage:
    """Return an endless page as one that ends where the format does."""
    end = page.bottom - (page.height - job.format.height)
    return replace(page, height=job.format.height, bottom=end)


def _on_sheets(lay_out: Callable[[Trial], Any], job: Job, start: Setting | None) -> Fitted:
    joined, tightest = _shared(lay_out, job)
    tried = {Setting(0): tightest}

    def excess(setting: Setting) -> float:
        if setting not in tried:
            tried[setting] = measured(lay_out(Trial(setting, joined=joined)))
        pages = tried[setting]
        longest = _longest_excess(pages, tightest)
        return max(longest, LEAST) if len(pages) > len(tightest) else min(longest, -LEAST)

    most = max(_places(tightest).values(), default=1)
    setting = fit_to_pages(excess, job.format, start, most)
    pages = tried[setting]
    fillers, pages = _on_whole_sheets(lay_out, Trial(setting, joined=joined), pages, job)
    slack, rest = _spread(_cautious(slack_by_frame(pages), pages), job.format.fit)
    return Fitted(Trial(setting, slack, rest, fillers, joined=joined), pages)


def _on_whole_sheets(
    lay_out: Callable[[Trial], Any], trial: Trial, pages: tuple[LaidOutPage, ...], job: Job
) -> tuple[int, tuple[LaidOutPage, ...]]:
    """Return how many fillers a trial's pages need to fill their sheets, and all pages."""
    multiple = job.pages.multiple_of
    fillers = -len(pages) % multiple
    if fillers:
        pages = measured(lay_out(replace(trial, fillers=fillers)))
    # The first filler may end a page that nothing else would have stood on: then one more it is.
    while len(pages) % multiple and fillers < multiple:
        fillers += 1
        pages = measured(lay_out(replace(trial, fillers=fillers)))
    return fillers, pages


def _shared(
    lay_out: Callable[[Trial], Any], job: Job
) -> tuple[frozenset[str], tuple[LaidOutPage, ...]]:
    """Return which frames begin on the page of the one before, and the pages, set tightest.

    All that may do so where one sheet then holds what two would; else those that fill a page which
    would stay empty, unless another page is then empty in its place.
    """
    tightest = Trial(Setting(0))
    apart = measured(lay_out(tightest))
    names, slack, sheet = may_join(apart), job.format.fit.slack, job.pages.multiple_of
    if names and sheet < len(apart) <= 2 * sheet and _least_pages(apart) <= sheet:
        together = measured(lay_out(replace(tightest, joined=names)))
        if len(together) <= sheet:
            return names, together
    if not names or not sparse_pages(apart, slack):
        return frozenset(), apart
    alone = measured(lay_out(replace(tightest, alone=names)))
    trial = replace(tightest, joined=sharing(apart, alone, slack))
    if not trial.joined:
        return frozenset(), apart
    sharing_pages = measured(lay_out(trial))
    while more := behind_ends(sharing_pages, trial.joined):
        trial = replace(trial, joined=trial.joined | more)
        sharing_pages = measured(lay_out(trial))
    before, after = (
        sparse_pages(_on_whole_sheets(lay_out, tried, pages, job)[1], slack)
        for tried, pages in ((tightest, apart), (trial, sharing_pages))
    )
    return (trial.joined, sharing_pages) if after < before else (frozenset(), apart)


def _least_pages(apart: Sequence[LaidOutPage]) -> float:
    """Return how many pages the content of these fills if no frame begins one of its own."""
    used = sum(page.used - page.top - page.apart for page in apart)
    return used / max(page.bottom - page.top for page in apart)


def _longest_excess(pages: Sequence[LaidOutPage], tightest: Sequence[LaidOutPage]) -> float:
    """Return by how many mm a frame, at most, is longer than the pages that it took at first."""
    longest = -ENDLESS
    for name in {name for page in pages for name in page.frames}:
        on = [page for page in pages if name in page.frames]
        allowed = _places(tightest)[name]
        used = sum(page.used - page.top for page in on)
        longest = max(longest, used - allowed * (on[0].bottom - on[0].top))
    return longest


def _places(pages: Sequence[LaidOutPage]) -> Counter[str]:
    """Return on how many pages each frame stands."""
    return Counter(name for page in pages for name in page.frames)


def _cautious(slack: Mapping[str, float], pages: Sequence[LaidOutPage]) -> dict[str, float]:
    """Halve the slack of frames of several pages: a line that moves on may take others along."""
    return {name: free if _places(pages)[name] == 1 else free / 2 for name, free in slack.items()}


def _spread(free: Mapping[str, float], fit: Fit) -> tuple[dict[str, float], dict[str, float]]:
    """Return how much of the free height each frame takes up, within the bounds, and the rest."""
    heights = {name: _rounded_down(height) for name, height in free.items()}
    slack = {name: min(height, fit.slack) for name, height in heights.items()}
    rest = {name: max(height - fit.slack, 0) for name, height in heights.items()}
    return slack, rest


def _rounded_down(height: float) -> float:
    """Return a height to a hundredth of a millimetre, so that it has room for certain."""
    return int(max(height, 0) * 100) / 100
