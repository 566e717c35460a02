"""Sets a profile's texts for the templates of one edition, and notes the texts that are placed."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

from babel import Locale
from markupsafe import Markup, escape

from careerprint.composing.fields import Cell, MergeField, derived, mark
from careerprint.composing.job import BLOCK, OPTIONAL, PlacedBlock
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, refuse
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.core.targets import TARGETS
from careerprint.fairs.contacts import encoded_address
from careerprint.layouts.bundle import resolve
from careerprint.layouts.declaration import FOLDER as LAYOUTS
from careerprint.layouts.declaration import Layout
from careerprint.layouts.figures import qr_code
from careerprint.layouts.pictures import check_picture
from careerprint.profiles.address import INFORMAL, is_informal
from careerprint.profiles.body import Part
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    LAYOUT_SOURCE,
    PROFILE_SOURCE,
    Catalogs,
    known_locale,
    own_catalogs,
    read_catalogs,
)
from careerprint.profiles.compounds import with_joints
from careerprint.profiles.content import PROFILE_FILE, Profile, own_blocks
from careerprint.profiles.inline import set_inline
from careerprint.profiles.languages import MEDIOPOINT
from careerprint.profiles.markup import markup_remarks
from careerprint.profiles.phrases import IN_A_SENTENCE, Phrase, fact_phrases
from careerprint.profiles.pictures import Picture, TextPicture
from careerprint.profiles.sentences import sentences
from careerprint.profiles.tags import direction_of, fallback_chain, is_plain
from careerprint.profiles.wholetext import as_messages
from careerprint.readiness.case import PrintedText

_WORDS_OF_A_SENTENCE = 4  # names and other foreign words have fewer
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
_IN_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(slots=True)
class Composition:
    """What the templates of one edition call: texts in its locale, and notes of what was placed.

    `placed` are the placed texts with their blocks, in order; the text of a cell comes from the
    fair. `pictures` tells where each picture is named. `faults` are collected, so that one run
    shows all; `remarks` are warnings of texts. `settled` are texts that were set already, by text,
    language and whether it is a title. `facts_read` are the facts that templates or texts ask for.
    `codes` are the contents of QR codes, each with the optional block that it stands in; `unseen`
    are texts that are no blocks, such as descriptions of pictures; `credits` say who made these, in
    their order, and `uncredited` where those are named that nobody is said to have made.
    """

    edition: Edition
    profile: Profile
    locale: Locale
    words: Catalogs
    texts: Catalogs
    reader: Reader
    optional_names: frozenset[str]
    placed: list[tuple[Text | Cell, PlacedBlock]] = field(default_factory=list)
    pictures: dict[str, Location] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)
    remarks: list[Diagnostic] = field(default_factory=list)
    fallen_back: int = 0
    phrases: dict[str, dict[str, Phrase]] = field(default_factory=dict)
    codes: list[tuple[str | Cell, str]] = field(default_factory=list)
    merge_fields: list[MergeField] = field(default_factory=list)
    optional_made: set[str] = field(default_factory=set)
    optional_filled: set[str] = field(default_factory=set)
    phrase_words: list[Catalogs] = field(default_factory=list)
    settled: dict[tuple[str, str, bool], tuple[Markup, str]] = field(default_factory=dict)
    facts_read: set[str] = field(default_factory=set)
    unseen: list[PrintedText] = field(default_factory=list)
    credits: dict[str, None] = field(default_factory=dict)
    uncredited: list[Location] = field(default_factory=list)
    _inside: str = ""

    @property
    def catalogs(self) -> tuple[Catalogs, ...]:
        """The catalogs in which texts were looked up."""
        return self.words, self.texts, *self.phrase_words

    def printed(self) -> Iterator[PrintedText]:
        """Yield the texts of the profile that were placed.

        A translation that repeats a whole German sentence is none.
        """
        for text, block in self.placed:
            if isinstance(text, Text):
                written, at = self.texts.gettext(text), block.translation
                is_foreign = block.is_untranslated or self._is_copy(text, at)
                yield PrintedText(block.text, text.location, is_foreign, str(text), written, at)

    def _is_copy(self, text: Text, at: Location | None) -> bool:
        is_sentence = text.count(" ") >= _WORDS_OF_A_SENTENCE
        return is_sentence and at is not None and self.texts.gettext(text) == text

    def place(self, text: Text, element: str, **attributes: str) -> Markup:
        """Return a block of the profile as an HTML element, and note that it must be printed."""
        return self._place(text, element, attributes)

    def title(self, text: Text, element: str, **attributes: str) -> Markup:
        """Do as `place` does for a title set large, where no line ends with a short word."""
        return self._place(text, element, attributes, is_title=True)

    def lines(self, text: Text, element: str, **attributes: str) -> Markup:
        """Do as `place` does, with each sentence on a line of its own."""
        written, language = self.texts.look_up(text)
        pieces = [self._set_in(text, piece, language) for piece in sentences(written)]
        html = Markup("<br>").join(piece for piece, _ in pieces)
        plain = " ".join(plain for _, plain in pieces)
        return self._placed(text, element, attributes, html, plain, language)

    def _place(
        self, text: Text, element: str, attributes: dict[str, str], *, is_title: bool = False
    ) -> Markup:
        # What stands alone is set large or in narrow columns; paragraphs are hyphenated by pattern.
        is_display = is_title or element != "p" or "class" in attributes
        html, plain, language = self._set(text, is_title=is_title, is_display=is_display)
        return self._placed(text, element, attributes, html, plain, language)

    def _placed(
        self,
        text: Text,
        element: str,
        attributes: dict[str, str],
        html: Markup,
        plain: str,
        language: str,
    ) -> Markup:
        is_untranslated = language not in fallback_chain(self.edition.locale)
        attributes |= self._note(text, plain, is_untranslated=is_untranslated)
        self.fallen_back += is_untranslated
        return self._element(element, html, language, attributes)

    def original(self, text: Text, element: str, **attributes: str) -> Markup:
        """Return a block in German whatever the locale, such as an official name."""
        html, plain = self._set_in(text, text, PROFILE_SOURCE)
        attributes |= self._note(text, plain, is_original=True)
        return self._element(element, html, PROFILE_SOURCE, attributes)

    def cell(self, text: Text | Cell, element: str, **attributes: str) -> Markup:
        """Return the text of a cell of the table of fairs, as it is written there.

        A text about a person is printed, and no message shows it.
        """
        if not text:
            return Markup()
        is_private = attributes.pop("of", "") == "person"
        known = "" if isinstance(text, Cell) else str(text)
        attributes |= self._note(text, known, is_private=is_private, is_original=True)
        written = self.field(text, len(self.placed) - 1)
        return self._element(element, written, PROFILE_SOURCE, attributes)

    def field(self, text: str | Cell, block: int | None = None) -> Markup:
        """Return a text that depends on the fair, such as its days or an address.

        `block` is the number of its block, None where it is no block.
        """
        return self._field(MergeField(text, block)) if self.edition.fair else escape(text)

    def _field(self, found: MergeField) -> Markup:
        self.merge_fields.append(found)
        return mark(len(self.merge_fields) - 1)

    def optional(self, name: str, caller: Callable[[], str]) -> Markup:
        """Return the content of a call block as a block of the page that may be left out.

        Raises Refused for a name that no format of the layout declares.
        """
        if name not in self.optional_names:
            raise refuse(
                Location(f"{LAYOUTS}/{self.edition.layout}/layout.toml"),
                N_("The template makes “{name}” optional, which no format declares."),
                N_("Add it to “optional” of a format: its place there is its priority."),
                name=name,
            )
        self.optional_made.add(name)
        outside, self._inside = self._inside, name
        content = caller()
        self._inside = outside
        if not content.strip():
            return Markup()
        self.optional_filled.add(name)
        return Markup('<div {}="{}">{}</div>').format(OPTIONAL, name, Markup(content))  # noqa: S704 - the template has escaped it

    def gloss(self, text: Text, element: str, **attributes: str) -> Markup:
        """Return what a German block means in the edition's locale; nothing where it is German."""
        html, _, language = self._set(text)
        return (
            self._element(element, html, language, attributes)
            if html and language != PROFILE_SOURCE
            else Markup()
        )

    def mention(self, text: Text, element: str, **attributes: str) -> Markup:
        """Return a block for a second mention, such as a heading in the table of contents."""
        html, _, language = self._set(text, is_display=True)
        return self._element(element, html, language, attributes)

    def plain(self, text: Text) -> str:
        """Return a block's text without any markup, and without the points of long words."""
        _, told, language = self._set(text)
        told, at = MEDIOPOINT.sub("", told), self.texts.place_of(text)
        is_foreign = self._is_copy(text, at) or language not in fallback_chain(self.edition.locale)
        is_foreign = is_foreign and TARGETS[self.edition.target].is_heard
        self.unseen.append(PrintedText(told, text.location, is_foreign, str(text)))
        return told

    def qr(self, content: str | Cell, description: str) -> Markup:
        """Return a QR code of a web address as an inline SVG, and note its content."""
        content = derived(encoded_address, content)
        self.codes.append((content, self._inside))
        # A translated description is HTML, and escaped again where the picture gets it.
        told = description.unescape() if isinstance(description, Markup) else description
        if isinstance(content, Cell) or self.edition.fair:
            return self._field(MergeField(content, description=told))
        return qr_code(content).drawing(told)

    def picture(self, part: Part) -> Markup:
        """Return a picture of the profile's text as an HTML element, and note its credit."""
        text = part.blocks[0]
        source = self._source(part.picture or "", text.location)
        named = (
            p for p in self.profile.front.pictures.text if p.file == unquote(part.picture or "")
        )
        self._credit(next(named, None), text.location)
        return Markup('<img src="{}" alt="{}">').format(source, self.plain(text))

    def photo(self, picture: Picture) -> Markup:
        """Return a picture of the front matter as an HTML element that fills its frame.

        Its credit is noted for the imprint, or that it has none.
        """
        source = self._source(picture.file, picture.file.location)
        self._credit(picture, picture.file.location)
        image = '<img class="photo" src="{}" alt="{}" style="object-position: {}">'
        return Markup(image).format(source, self.plain(picture.alt), picture.focus)  # noqa: S704 - ours

    def _credit(self, picture: Picture | TextPicture | None, location: Location) -> None:
        if picture and picture.credit:
            told = ", ".join(filter(None, (picture.credit, picture.licence)))
            self.credits[told] = None
            self.unseen.append(PrintedText(told, picture.credit.location))
        else:
            self.uncredited.append(location)

    def _source(self, written: str, location: Location) -> str:
        """Return the address of a picture that a profile names, and note the picture."""
        name = resolve(written, f"content/{self.profile.slug}/{PROFILE_FILE}", location)
        if name is None:
            raise refuse(
                location,
                N_("The picture names no file."),
                N_("⟨Write ![description](file)|Put it in with the tool “Picture”⟩."),
            )
        check_picture(self.reader.read_bytes(name, location), name, location, self.reader.bounds)
        self.pictures[name] = location
        return quote(name)

    def _note(
        self,
        text: Text | Cell,
        plain: str,
        *,
        is_private: bool = False,
        is_untranslated: bool = False,
        is_original: bool = False,
    ) -> dict[str, str]:
        """Note a block as placed, and return the attribute that marks its element."""
        location = Location("") if isinstance(text, Cell) else text.location
        whole = self.profile.whole
        is_translation = not (
            is_original or isinstance(text, Cell) or (whole and text.location.path == whole.file)
        )
        translation = self.texts.place_of(str(text)) if is_translation else None
        block = PlacedBlock(plain, location, self._inside, is_private, is_untranslated, translation)
        self.placed.append((text, block))
        return {BLOCK: str(len(self.placed) - 1)}

    def _set(
        self, text: Text, *, is_title: bool = False, is_display: bool = False
    ) -> tuple[Markup, str, str]:
        written, language = self.texts.look_up(text)
        html, plain = self._set_in(text, written, language, is_title=is_title)
        if is_display and language == PROFILE_SOURCE and with_joints(written) != written:
            joined = with_joints(written)
            html, _ = self._set_in(text, joined, language, is_title=is_title)
        return html, plain, language

    def _set_in(
        self, text: Text, written: str, language: str, *, is_title: bool = False
    ) -> tuple[Markup, str]:
        key = str(written), language, is_title
        if key in self.settled:
            return self.settled[key]
        is_translated = language != PROFILE_SOURCE
        place = (self.texts.place_of(text) if is_translated else None) or text.location
        try:
            phrases = self._phrases(language)
            known = set_inline(written, language, place, phrases, is_title=is_title)
        except Refused as refused:  # go on, so that one run shows all faults
            self.faults += refused.diagnostics
            return Markup(), ""
        self.settled[key] = known
        self.remarks += markup_remarks(written, place)
        self.facts_read |= {name.partition(".")[0] for name in _IN_BRACES.findall(written)}
        return known

    def _phrases(self, language: str) -> dict[str, Phrase]:
        """Return the facts' phrases in the language of the text that they stand in."""
        if language not in self.phrases:
            words = _layout_words(self.reader, self.edition.layout, language, self.profile)
            self.phrase_words.append(words)
            said = fact_phrases(
                self.profile.front.facts,
                known_locale(language),
                words,
                lambda text: (
                    text if language == PROFILE_SOURCE else self.texts.pgettext(IN_A_SENTENCE, text)
                ),
            )
            self.phrases[language] = {n: Phrase(plainly(p.html, language)) for n, p in said.items()}
        return self.phrases[language]

    def _element(
        self, name: str, html: Markup, language: str, attributes: Mapping[str, str]
    ) -> Markup:
        values = {key.rstrip("_"): value for key, value in attributes.items()}
        if language != self.edition.locale:
            values["lang"] = language
            direction = direction_of(language)
            if direction != direction_of(self.edition.locale):
                values["dir"] = direction
        written = Markup("").join(Markup(' {}="{}"').format(k, v) for k, v in values.items())
        return Markup("<{0}{1}>{2}</{0}>").format(name, written, html)


def begin(edition: Edition, layout: Layout, profile: Profile, reader: Reader) -> Composition:
    """Return a composition of an edition in which nothing is placed yet; raises Refused."""
    folder = f"content/{edition.profile}/locales"
    texts = read_catalogs(reader, folder, edition.locale, PROFILE_SOURCE)
    if profile.whole:
        own = as_messages(profile, profile.whole)
        texts = replace(texts, chain=(own, *texts.chain))
    return Composition(
        edition,
        profile,
        known_locale(edition.locale),
        _layout_words(reader, edition.layout, edition.locale, profile),
        texts,
        reader,
        frozenset(o.block for chosen in layout.formats.values() for o in chosen.optional),
    )


def plainly(html: Markup, language: str) -> Markup:
    """Return amounts as plain German writes them, without signs: 2.300 bis 2.800 Euro."""
    if not is_plain(language):
        return html
    return Markup(_RANGE.sub(" bis ", html.replace("€", "Euro")))  # noqa: S704 - it was HTML before


def _layout_words(reader: Reader, layout: str, tag: str, profile: Profile) -> Catalogs:
    """Return the words of a layout: its own catalogs come before the shared ones.

    They address readers as the profile does, apart from whom it quotes.
    """
    words = read_catalogs(reader, LAYOUT_CATALOGS, tag, LAYOUT_SOURCE, own=own_catalogs(layout))
    said = (text for where, text in own_blocks(profile) if not where.endswith(": quote"))
    return replace(words, context=INFORMAL) if is_informal(said) else words


def another(begun: Composition, edition: Edition) -> Composition:
    """Return a composition in which nothing is placed, with the look-ups and set texts of `begun`.

    `edition` may differ from that of `begun` in its fair alone.
    """
    return Composition(
        edition,
        *(begun.profile, begun.locale, begun.words, begun.texts, begun.reader),
        begun.optional_names,
        phrases=begun.phrases,
        phrase_words=begun.phrase_words,
        settled=begun.settled,
        remarks=begun.remarks,
        facts_read=begun.facts_read,
    )
