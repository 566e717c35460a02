"""Gettext's .po files as translation editors write them: read whole, and written as gettext does.

Babel's parser reads the entries. Here stands what it does not know: former originals (`#|`) over
several lines and of entries that are no longer used (`#~|`), gettext's newer line for flags (`#=`),
and entries that stand twice.
Source: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, normalize, unescape

from careerprint.core.diagnostics import N_, Location, Refused, refuse
from careerprint.profiles.tags import nearest_locale, plural_forms, plural_rule

FUZZY = "fuzzy"  # gettext's flag of an entry whose original has changed
CONTEXT_END = "\x04"  # between context and original in a message's key, as in .mo files

# A line of a .po file: empty, a comment, or a quoted text with or without a keyword before it.
# Babel drops the last character of a text that lacks its closing mark, without a word.
_ENTRY_LINE = re.compile(r'\s*(#.*|(msg\w+(\[\d+\])?\s*)?"([^"\\]|\\.)*"\s*)?')
_FORMER_LINE = re.compile(r'\|\s*(?:(msg\w+)\s*)?("(?:[^"\\]|\\.)*")')
_COUNTS = 201  # from 0 on; plural rules go by the last two digits


class PoCatalog(Catalog):
    """A catalog as a file has it: of an entry that stands twice, the better one.

    `duplicates` are the others, whose translation is another one.
    """

    def __init__(self, tag: str) -> None:
        super().__init__(locale=str(nearest_locale(tag)))
        self.duplicates: list[Message] = []
        self.mime_headers = [("Plural-Forms", plural_forms(tag))]
        self.fields: list[tuple[str, str]] = []
        self.remarks: list[str] = []

    def form_of(self, count: int) -> int:
        """Return the number of the plural form that a count asks for."""
        return plural_rule(self.plural_expr)(count)

    def __setitem__(self, id: Any, message: Message) -> None:  # noqa: A002, ANN401 - Babel's
        """Add an entry, or the header."""
        if not message.id:
            lines = str(message.string).split("\n")
            parts = (line.partition(":") for line in lines)
            self.fields = [(name.strip(), value.strip()) for name, mark, value in parts if mark]
            self.remarks = list(message.user_comments)
            # The tag is the file's; Babel takes one of private use for a fault.
            message.string = "\n".join(x for x in lines if not x.lower().startswith("language:"))
            super().__setitem__(id, message)
            return
        known = self.get(id, message.context)
        if known is None:
            super().__setitem__(id, message)
            return
        better = max((known, message), key=lambda entry: (is_translated(entry), not entry.fuzzy))
        other = message if better is known else known
        if is_translated(other) and other.string != better.string:
            self.duplicates.append(other)
        self.delete(id, message.context)
        super().__setitem__(id, better)


@dataclass(frozen=True, slots=True)
class Original:
    """What a translation was made of: a message, its plural, its context."""

    message: str
    plural: str = ""
    context: str = ""


def parse_catalog(text: str, name: str, tag: str) -> PoCatalog:
    """Return the .po file `name` of a locale as a catalog; raises Refused with a line."""
    lines = [_as_babel_reads(line) for line in text.split("\n")]
    for number, line in enumerate(lines, 1):
        written = re.sub(r"^\s*#~", "", line)
        if not _ENTRY_LINE.fullmatch(written):
            raise broken(name, number, line.strip())
    try:
        catalog = PoCatalog(tag)
        PoFileParser(catalog, abort_invalid=True).parse(lines)
        if not all(0 <= catalog.form_of(count) < catalog.num_plurals for count in range(_COUNTS)):
            raise broken(name, 1, f"Plural-Forms: {catalog.plural_forms}")  # noqa: TRY301
    except Refused:
        raise
    except PoFileError as failure:
        raise broken(name, failure.lineno + 1, failure) from None
    except Exception as failure:  # what Babel makes of a date, charset or plural rule in the header
        raise broken(name, 1, failure) from None
    return catalog


def _as_babel_reads(line: str) -> str:
    """Return a line with the marks that Babel knows in place of newer or rarer ones."""
    return re.sub(r"^(\s*)#~\|", r"\1#|", re.sub(r"^(\s*)#=", r"\1#,", line))


def broken(name: str, line: int, reason: object) -> Refused:
    """Return the error of a catalog that cannot be read from a line on."""
    return refuse(
        Location(name, line),
        N_("The catalog breaks off here ({reason})."),
        N_("Open it in a translation editor such as Poedit and correct the entry."),
        reason=reason,
    )


def forms_of(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the forms of an original or a translation: one, or those of a plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def message_of(entry: Message) -> str:
    """Return the message of an entry, of a plural its singular."""
    return str(forms_of(entry.id)[0])


def key_of_message(message: str, context: str | None) -> str:
    """Return what tells a message from all others: the context belongs to it."""
    return f"{context}{CONTEXT_END}{message}" if context else message


def entry_key(entry: Message) -> str:
    """Return the key of an entry's message."""
    return key_of_message(message_of(entry), entry.context)


def is_translated(entry: Message) -> bool:
    """Tell whether an entry has a translation, of a plural in all forms."""
    forms = forms_of(entry.string)
    return bool(forms) and all(forms)


def original_of(entry: Message) -> Original:
    """Return the original of an entry as it stands there."""
    one, *many = forms_of(entry.id)
    return Original(one, "".join(many), entry.context or "")


def former_of(entry: Message) -> Original | None:
    """Return the former original that an entry names (`#| msgid`); None where it names none."""
    if entry.previous_id:
        return Original(*entry.previous_id)
    parts: dict[str, str] = {}
    keyword = ""
    for found in map(_FORMER_LINE.fullmatch, entry.user_comments):
        if found:
            keyword = found[1] or keyword
            parts[keyword] = parts.get(keyword, "") + unescape(found[2])
    if not parts.get("msgid"):
        return None
    return Original(parts["msgid"], parts.get("msgid_plural", ""), parts.get("msgctxt", ""))


def remarks_of(entry: Message) -> list[str]:
    """Return what translators noted of an entry."""
    return [comment for comment in entry.user_comments if not comment.startswith("|")]


def po_text(header: str, entries: Iterable[Message], obsolete: Iterable[Message]) -> str:
    """Return the text of a .po file, an entry's parts in gettext's order, no line wrapped."""
    blocks = [header.rstrip()]
    blocks += ["\n".join(_lines(entry, is_used=True)) for entry in entries]
    blocks += ["\n".join(_lines(entry, is_used=False)) for entry in obsolete]
    return "\n\n".join(blocks) + "\n"


def _lines(entry: Message, *, is_used: bool) -> Iterator[str]:
    yield from (f"# {remark}".rstrip() for remark in remarks_of(entry))
    flags = entry.flags if is_used else entry.flags & {FUZZY}
    if is_used:
        yield from (f"#. {comment}" for comment in entry.auto_comments)
    if flags:
        # gettext's own order: fuzzy first
        yield f"#, {', '.join(sorted(flags, key=lambda flag: (flag != FUZZY, flag)))}"
    if former := former_of(entry):
        was = _original(former.message, former.plural, former.context)
        yield from (f"#| {line}" if is_used else f"#~| {line}" for line in was)
    one, *many = forms_of(entry.id)
    lines = (*_original(one, "".join(many), entry.context or ""), *_translation(entry))
    yield from (line if is_used else f"#~ {line}" for line in lines)


def _original(message: str, plural: str, context: str) -> Iterator[str]:
    parts = {"msgctxt": context, "msgid": message, "msgid_plural": plural}
    for keyword, text in parts.items():
        if text or keyword == "msgid":
            yield from f"{keyword} {normalize(text, width=0)}".split("\n")


def _translation(entry: Message) -> Iterator[str]:
    if isinstance(entry.id, str):
        yield from f"msgstr {normalize(''.join(forms_of(entry.string)), width=0)}".split("\n")
        return
    for number, form in enumerate(forms_of(entry.string)):
        yield from f"msgstr[{number}] {normalize(form or '', width=0)}".split("\n")
