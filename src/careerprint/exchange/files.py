"""The files in which texts go to translators and come back, whatever program has rewritten them."""

import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from careerprint.core.diagnostics import N_, refuse
from careerprint.core.reader import utf8_text
from careerprint.exchange.notes import GERMAN
from careerprint.exchange.returns import Delivery, Returned, known_key
from careerprint.exchange.tables import (
    read_spreadsheet,
    read_word_table,
    write_word,
    write_xlsx,
)
from careerprint.exchange.units import Unit
from careerprint.exchange.xliff import read_xliff, write_xliff
from careerprint.profiles.pofiles import FUZZY, former_of, forms_of, message_of, parse_catalog

MOST_BYTES = 20_000_000  # of a file: Word documents may have pictures


def write_po_file(texts: Iterable[Unit], locale: str) -> bytes:
    """Return texts as a .po file; the key of each stands in its reference.

    A text that stands in several places is there once, unless it is translated in several ways:
    then its key is its context, too.
    """
    first: dict[str, str] = {}
    catalog = Catalog(locale=locale.replace("-", "_"), fuzzy=False)
    for unit in texts:
        comments = [unit.task, unit.place(GERMAN), f"höchstens {unit.most} Zeichen"]
        catalog.add(
            unit.shown,
            unit.translation,
            locations=[(unit.key, 0)],
            context=(
                unit.key
                if first.setdefault(unit.shown, unit.translation) != unit.translation
                else None
            ),
            flags=[FUZZY] if unit.state == "stale" else [],
            auto_comments=[c for c in comments if c],
        )
    made = io.BytesIO()
    write_po(made, catalog, width=0, include_lineno=False, omit_header=True)
    head = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: careerprint\\n"\n'
        f'"Language: {locale}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return head.encode() + made.getvalue()


def read_po_file(content: bytes, place: str) -> Delivery:
    """Return what a .po file holds; raises Refused.

    What is marked as unsure (fuzzy) is taken, too: tools that turn XLIFF into PO mark whatever is
    not signed off so, and here nobody has approved it either. Of a translation that comes back as
    it was, the lack of that mark says that it fits its reworded original.
    """
    text = utf8_text(content, place)
    language = next(
        (line for line in text.split("\n")[:60] if line.startswith('"Language:')), ""
    ).removeprefix('"Language:')
    locale = language.replace("\\n", "").strip('" \r').replace("_", "-")
    catalog = parse_catalog(text, place, locale or "de")
    texts = []
    for entry in catalog:
        if not entry.id or (
            entry.fuzzy and former_of(entry)
        ):  # one of another wording, as msgmerge proposes it
            continue
        written = "".join(forms_of(entry.string)[:1])
        keys = [known_key(str(name)) for name, _ in entry.locations] or [""]
        said = message_of(entry), written, entry.lineno or 0, not entry.fuzzy
        texts += [Returned(key, *said) for key in keys]
    return Delivery(locale, texts)


Writer = Callable[[Iterable[Unit], str], bytes]
WRITERS: Mapping[str, tuple[str, Writer]] = {
    "docx": (".docx", write_word),
    "xlsx": (".xlsx", write_xlsx),
    "xliff": (".xliff", write_xliff),
    "po": (".po", write_po_file),
}
_ENDINGS = (".docx", ".xlsx", ".ods", ".xliff", ".xlf", ".po")


def read_delivery(content: bytes, place: str) -> Delivery | None:
    """Return what a file of translators holds, None for a Word document without our table.

    Raises Refused for a file of another kind, one that is too large, damaged or locked.
    """
    ending = PurePath(place).suffix.lower()
    if ending not in _ENDINGS:
        raise refuse(
            place,
            N_("Translations come in files of other kinds: {endings}."),
            N_("Save the file as one of these, and import that."),
            endings=", ".join(_ENDINGS),
        )
    if len(content) > MOST_BYTES:
        raise refuse(
            place,
            N_("The file is larger than the texts of a workspace can be."),
            N_("Send back the file that was exported, with its translations."),
        )
    match ending:
        case ".docx":
            return read_word_table(content, place)
        case ".xlsx" | ".ods":
            return read_spreadsheet(content, place)
        case ".po":
            return read_po_file(content, place)
    return read_xliff(content, place)
