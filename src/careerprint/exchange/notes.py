"""Says in plain words where a text stands, of what catalogs note of it."""

from careerprint.core.diagnostics import N_
from careerprint.core.messages import Translate, translator
from careerprint.profiles.facts import Facts

GERMAN = translator("de")
"""What files say to translators, who work in Germany."""
# What the notes of a profile's texts begin with, and what the parts of a running text are.
_PARTS = {
    "title": N_("Title"),
    "subtitle": N_("Subtitle"),
    "teaser": N_("Introduction"),
    "flyer": N_("Flyer"),
    "headline": N_("Headline"),
    "point": N_("Point"),
    "opening": N_("Opening"),
    "heading": N_("Heading"),
    "subheading": N_("Subheading"),
    "paragraph": N_("Paragraph"),
    "bullets": N_("List"),
    "numbers": N_("List"),
    "quote": N_("Quotation"),
    "table": N_("Table"),
    "picture": N_("Picture"),
    "description": N_("Description"),
    "caption": N_("Caption"),
}
_IN_A_SENTENCE = "in a sentence, as "


def plain_note(note: str, translate: Translate) -> str:
    """Return in a reader's language where a text stands; `note` has a line for each place."""
    told = [_told(line, translate) for line in note.split("\n")]
    return "; ".join(dict.fromkeys(filter(None, told)))


def _told(line: str, translate: Translate) -> str:
    first, *rest = line.split(": ")
    fact = Facts.model_fields.get(first.replace(" ", "_"))
    if fact and not set(rest) & _PARTS.keys():  # a section may be called as a fact is
        return ": ".join([str(fact.title), *(_said(each, translate) for each in rest)])
    return ", ".join(translate(_PARTS[part]) for part in (first, *rest) if part in _PARTS)


def _said(told: str, translate: Translate) -> str:
    if not told.startswith(_IN_A_SENTENCE):
        return translate(told)
    name = told.removeprefix(_IN_A_SENTENCE)
    return translate(N_("within a sentence, where it says {name}")).format(name=name)
