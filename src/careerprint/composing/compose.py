"""Merges a profile with a layout in a locale: one edition into a self-contained job.

This phase does all the reading. The job holds the HTML and every byte it needs, so that
typesetting opens no file, and what an edition depends on is complete by construction.
"""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from careerprint.composing.composition import Composition, another, begin
from careerprint.composing.context import template_context
from careerprint.composing.fields import (
    Cell,
    FairView,
    MergeField,
    fields_of,
    form_of,
    is_form,
    opened,
    pattern_of,
    said,
    samples_of,
    view_of,
    without_marks,
    written,
)
from careerprint.composing.job import Bundle, Field, Job, PlacedBlock
from careerprint.composing.losses import refuse_what_is_lost, refuse_what_is_not_said
from careerprint.composing.slots import filled_slots
from careerprint.composing.unprinted import (
    FactsOf,
    declared_layouts,
    facts_read_elsewhere,
    unprinted_facts,
)
from careerprint.core.diagnostics import Refused
from careerprint.core.edition import MOST_FAMILIES, Edition
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.core.targets import TARGETS
from careerprint.fairs.fair import Fair, digest_of, source_of
from careerprint.layouts.art import chosen_art
from careerprint.layouts.brand import Branding, read_branding
from careerprint.layouts.bundle import collect_styles
from careerprint.layouts.colours import painted, read_tokens, style_sheet
from careerprint.layouts.configuration import (
    Build,
    Issuer,
    MinimumWage,
    issuer_texts,
    read_configuration,
)
from careerprint.layouts.declaration import FOLDER as LAYOUTS
from careerprint.layouts.declaration import Format, Layout, read_layout
from careerprint.layouts.fonts import further_fonts
from careerprint.layouts.inks import PressConditions
from careerprint.layouts.pictures import check_files
from careerprint.layouts.rasters import printable_pictures
from careerprint.layouts.shops import read_conditions
from careerprint.layouts.templates import render
from careerprint.profiles.catalogs import PROFILE_SOURCE, messages_used
from careerprint.profiles.content import Profile, stray_files
from careerprint.profiles.tags import direction_of
from careerprint.profiles.wholetext import read_profile_in
from careerprint.readiness.approved import known_translations
from careerprint.readiness.case import Case, Translations
from careerprint.readiness.judging import judge, judge_fair

TOKENS_STYLESHEET = "tokens.css"


@dataclass(frozen=True, slots=True)
class _Merged:
    """A template merged with a profile: a job without the texts of fairs, and where these go.

    `merge_fields` have marks in the job's HTML; `placed`, `codes` and `pictures` are as in
    Composition; `characters` are those of the HTML and of the job's samples. `forms` are by their
    tokens and files.
    """

    job: Job
    merge_fields: tuple[MergeField, ...]
    placed: tuple[tuple[Text | Cell, PlacedBlock], ...]
    codes: tuple[tuple[str | Cell, str], ...]
    pictures: tuple[str, ...]
    characters: frozenset[str]
    forms: dict[tuple[object, ...], Job]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What editions have in common that differ in their fair alone: it is read once.

    `begun` is a composition in which nothing is placed; other compositions take over what it has
    looked up and set. `merged` holds templates merged for fairs of one pattern; None where the
    template looks into what a fair says. `bundles` are the files of the styles, by the characters
    that decide which fonts are among them.
    """

    reader: Reader
    build: Build
    issuer: Issuer
    minimum_wage: MinimumWage
    layout: Layout
    format_name: str
    conditions: PressConditions | None
    branding: Branding
    profile: Profile
    begun: Composition
    merged: dict[tuple[bool, ...], _Merged | None]
    bundles: dict[frozenset[str], Bundle]

    @property
    def art(self) -> dict[str, str]:
        return chosen_art(self.reader, **dict(self.profile.front.art))

    @property
    def chosen(self) -> Format:
        return self.layout.formats[self.format_name]

    @property
    def styles(self) -> tuple[str, ...]:
        names = (*self.layout.styles, *self.chosen.styles)
        return tuple(posixpath.normpath(f"{LAYOUTS}/{name}") for name in names)


class Composer:
    """Composes editions of a workspace, and reads only once what several of them share.

    The Composer needs a `reader` that nobody else has read through. It makes all editions from the
    files as they were when they were first read.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._readers: dict[Edition, Reader] = {}
        self._shared: dict[Edition, _Shared] = {}
        self._elsewhere: FactsOf = {}

    def compose(self, edition: Edition, fair: Fair | None = None) -> Job:
        """Return the job for an edition; raises Refused with the faults of its sources.

        `fair` is the fair that the edition is for, None for an edition without one.
        """
        return self.completed(edition, self.printable(edition, fair))

    def printable(self, edition: Edition, fair: Fair | None = None) -> Job:
        """Return what `compose` does, complete but for warnings of facts that no layout prints."""
        return _composed(edition, self._family(edition.family), fair)

    def completed(self, edition: Edition, job: Job) -> Job:
        """Return a printable job with these warnings: all layouts may have to be composed."""
        return _completed(edition, job, self._family(edition.family), self._elsewhere)

    def _family(self, family: Edition) -> _Shared:
        if family not in self._shared:
            while len(self._shared) >= MOST_FAMILIES:
                oldest = next(iter(self._shared))
                del self._shared[oldest], self._readers[oldest]
            self._readers[family] = self._reader.fork()
            self._shared[family] = _read(family, self._readers[family])
        return self._shared[family]

    def sources(self, edition: Edition) -> dict[str, str | None]:
        """Return the sources that an edition, or others of its family, was composed from so far."""
        reader = self._readers.get(edition.family)
        return reader.sources if reader else {}


def compose(edition: Edition, reader: Reader, fair: Fair | None = None) -> Job:
    """Return the job for an edition; raises Refused with the faults of its sources.

    `reader` is read through and keeps the record of what was read. `fair` is the one that the
    edition is for, if it is for one.
    """
    shared = _read(edition.family, reader)
    return _completed(edition, _composed(edition, shared, fair), shared, {})


def _read(family: Edition, reader: Reader) -> _Shared:
    """Return what editions share that differ from this one in their fair alone."""
    configuration = read_configuration(reader)
    reader = reader.within(configuration.bounds.plain)
    layout = read_layout(reader, family.layout)
    conditions = (
        read_conditions(reader, configuration.press, layout, family.layout)
        if TARGETS[family.target].needs_shop
        else None
    )
    tokens = read_tokens(reader, f"{LAYOUTS}/{layout.tokens}")
    branding = read_branding(reader, configuration.brand, tokens)
    profile = read_profile_in(reader, family.profile, family.locale)
    return _Shared(
        reader=reader,
        build=configuration.build,
        issuer=configuration.issuer,
        minimum_wage=configuration.minimum_wage,
        layout=layout,
        format_name=family.format or layout.default_format,
        conditions=conditions and replace(conditions, inks=branding.inks),
        branding=branding,
        profile=profile,
        begun=begin(family, layout, profile, reader),
        merged={},
        bundles={},
    )


def _composed(edition: Edition, shared: _Shared, fair: Fair | None) -> Job:
    if fair is None:
        merged = _merged(edition, shared, None)
        return _said(_with_fair(merged, edition, shared, None), edition, shared, None, {})
    told = view_of(fair)
    alike = pattern_of(told)
    if alike not in shared.merged:
        try:
            shared.merged[alike] = _merged(edition, shared, opened(told))
        except Refused:  # it looks into what fairs say, or it is faulty: then the next call says so
            shared.merged[alike] = None
    merged = shared.merged[alike] or _merged(edition, shared, told)
    merged = _with_fair(merged, edition, shared, fair)
    return _said(merged, edition, shared, told, {source_of(fair.id): digest_of(fair)})


def _with_fair(merged: _Merged, edition: Edition, shared: _Shared, fair: Fair | None) -> _Merged:
    """Return a merged template with what keeps it in the house on account of its fair or day."""
    case = Case(
        edition.locale, shared.profile, (), (), (), shared.minimum_wage, Translations(), (), fair
    )
    concerns = (*merged.job.concerns, *judge_fair(case))
    return replace(merged, job=replace(merged.job, concerns=concerns))


def _case(edition: Edition, shared: _Shared, composition: Composition) -> Case:
    """Return what readiness rules judge of an edition, apart from its fair."""
    return Case(
        edition.locale,
        shared.profile,
        tuple(composition.printed()),
        composition.unseen,
        issuer_texts(shared.reader, shared.issuer, edition.locale),
        shared.minimum_wage,
        known_translations(shared.reader, shared.profile, edition.locale, composition.catalogs),
        composition.uncredited,
    )


def _completed(edition: Edition, job: Job, shared: _Shared, elsewhere: FactsOf) -> Job:
    """Return a job with warnings of facts that no layout prints, and with the sources of these.

    `elsewhere` keeps what is known of the facts that other layouts read.
    """
    read = job.facts_read
    if shared.profile.fact_places.keys() - read:
        layouts = declared_layouts(shared.build, edition.profile)
        others = [Edition(edition.profile, name, PROFILE_SOURCE) for name in layouts]
        read |= facts_read_elsewhere(others, shared.reader, elsewhere, _facts_read)
    told = (*job.diagnostics, *unprinted_facts(shared.profile, read))
    return replace(job, diagnostics=told, sources={**job.sources, **shared.reader.sources})


def _facts_read(edition: Edition, reader: Reader) -> frozenset[str]:
    """Return the facts that the layout of an edition reads; raises Refused where it fails."""
    return _merged(edition, _read(edition, reader), None).job.facts_read


def _merged(edition: Edition, shared: _Shared, fair: FairView | None) -> _Merged:
    """Return the edition's template merged with its profile, and with what is known of a fair."""
    layout, profile, reader = shared.layout, shared.profile, shared.reader
    composition = another(shared.begun, edition)

    def slot_by_itself(template: str) -> str:
        apart = another(shared.begun, edition)
        known = _context_of(shared, apart)
        return render(template, known | {"fair": fair}, reader, apart.words)

    slots, homeless = filled_slots(layout, profile, slot_by_itself)
    known = _context_of(shared, composition) | {"fair": fair, "slots": slots}
    html = render(layout.template, known, reader, composition.words)
    if composition.faults:
        raise Refused(dict.fromkeys(composition.faults))
    refuse_what_is_lost(edition, layout, shared.chosen, composition)
    samples = samples_of(composition.locale) if composition.merge_fields else ()
    job = Job(
        name="",
        locale=edition.locale,
        direction=direction_of(edition.locale),
        page=html,
        styles=(TOKENS_STYLESHEET, *shared.styles),
        bundle=Bundle(),
        pages=layout.pages,
        format=_with_what_there_is(shared.chosen, composition.optional_filled),
        pictures={**shared.branding.pictures, **composition.pictures},
        issuer=issuer_texts(reader, shared.issuer, edition.locale),
        messages=messages_used(composition.catalogs),
        fallen_back=composition.fallen_back,
        concerns=judge(_case(edition, shared, composition)),
        target=TARGETS[edition.target],
        conditions=shared.conditions,
        bounds=reader.bounds,
        samples=samples,
        diagnostics=(
            *shared.branding.diagnostics,
            *(shared.branding.screen_only if shared.conditions else ()),
            *homeless,
            *composition.words.diagnostics,
            *composition.texts.diagnostics,
            *stray_files(reader, profile.slug),
            *dict.fromkeys(composition.remarks),
        ),
        facts_read=frozenset(composition.facts_read),
    )
    return _Merged(
        job,
        tuple(composition.merge_fields),
        tuple(composition.placed),
        tuple(composition.codes),
        tuple(composition.pictures),
        frozenset(without_marks(html)).union(*samples),
        {},
    )


def _said(
    merged: _Merged,
    edition: Edition,
    shared: _Shared,
    fair: FairView | None,
    sources: Mapping[str, str],
) -> Job:
    """Return the job of an edition: the merged template with the texts of its fair.

    `sources` are those that it does not share with others.
    """
    made, texts = fields_of(merged.merge_fields, fair), [said(t, fair) for t, _ in merged.placed]
    refuse_what_is_not_said(edition, shared.layout, fair, texts)
    job = replace(
        merged.job,
        name=edition.output,
        bundle=_bundle(shared, merged, [field.text for field in made]),
        placed=tuple(
            block if text is known else replace(block, text=str(text), location=text.location)
            for text, (known, block) in zip(texts, merged.placed, strict=True)
        ),
        codes=tuple(str(said(code, fair)) for code, block in merged.codes if not block),
        optional_codes=tuple((str(said(c, fair)), block) for c, block in merged.codes if block),
        sources={**shared.reader.sources, **sources},
    )
    if form := _form(job, merged, made):
        return replace(job, page="", form=form, fields=made)
    page = written(job.page, merged.merge_fields, [field.text for field in made])
    return replace(job, page=page, samples=())


def _form(job: Job, merged: _Merged, fields: Sequence[Field]) -> Job | None:
    """Return the form of a job, the same for all with the same tokens and files; None for none."""
    if not is_form(fields):
        return None
    key = (*(field.token for field in fields), id(job.bundle))
    return merged.forms.get(key) or merged.forms.setdefault(
        key, form_of(job, merged.merge_fields, fields)
    )


def _bundle(shared: _Shared, merged: _Merged, texts: Iterable[str]) -> Bundle:
    """Return all files that its HTML needs; `texts` are those that the merged template lacks."""
    # The characters decide which fonts are in the bundle; those of the samples are always counted.
    characters = merged.characters.union(*texts)
    if merged.pictures or characters not in shared.bundles:
        branding = shared.branding
        profiles = [shared.conditions.profile] if shared.conditions else []
        styles = collect_styles(shared.reader, shared.styles, "".join(characters), shared.art)
        further, fonts = further_fonts(shared.reader, characters)
        check_files(styles.items(), shared.reader.bounds)
        shared.bundles[characters] = Bundle(
            {
                TOKENS_STYLESHEET: style_sheet(branding.colours) + further.encode(),
                **fonts,
                **branding.files,
                **{name: shared.reader.read_bytes(name) for name in profiles},
                **printable_pictures(merged.job.pictures, merged.pictures, shared.reader),
                **painted(styles, branding.colours),
            }
        )
    return shared.bundles[characters]


def _context_of(shared: _Shared, composition: Composition) -> dict[str, Any]:
    of = (shared.layout, shared.format_name, shared.branding, shared.issuer)
    return {**template_context(composition, *of), "town": shared.art["town"]}


def _with_what_there_is(chosen: Format, filled: set[str]) -> Format:
    """Return the format without those optional blocks that are empty in this edition."""
    optional = tuple(o for o in chosen.optional if o.block in filled)
    return (
        chosen if optional == chosen.optional else chosen.model_copy(update={"optional": optional})
    )
