"""Brings a catalog up to date with its messages, as gettext's msgmerge does, and loses nothing.

A translation belongs to the original that it was made of. An entry whose original was reworded
keeps its translation, marked fuzzy, and names the original that it is of, over any number of edits.
If that comes back, the translation is as good as before.
"""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from babel.messages.catalog import Catalog, Message

from careerprint.profiles.pofiles import (
    FUZZY,
    PoCatalog,
    entry_key,
    former_of,
    forms_of,
    is_translated,
    key_of_message,
    message_of,
    original_of,
    po_text,
    remarks_of,
)
from careerprint.profiles.tags import name_of

UNREVIEWED = "unreviewed"  # a flag of careerprint 0.1, in place of which there are approvals
# How alike an original must be to a former one to count as its new wording (difflib's ratio).
_ALIKE = 0.6
_COUNTS = range(201)  # plural rules go by the last two digits


def merged_catalog(template: Catalog, old: PoCatalog | None, tag: str) -> PoCatalog:
    """Return the messages of a template, in its order, with the translations of a catalog.

    Babel's own update would offer any translation for a missing message, those in use included;
    a reworded message takes only one that has lost its original. A message that gets a context
    takes the translation that it had without one, which was printed until then.
    """
    merged = PoCatalog(tag)
    old = PoCatalog(tag) if old is None else old
    merged.fields, merged.remarks = old.fields, old.remarks
    if _tells_apart(old, merged):
        merged.mime_headers = [("Plural-Forms", old.plural_forms)]
    entries = {entry_key(entry): entry for entry in old if entry.id}
    obsolete = {entry_key(entry): entry for entry in old.obsolete.values()}
    wanted = {entry_key(entry) for entry in template if entry.id}
    lost = {
        key: entry
        for key, entry in {**obsolete, **entries}.items()
        if key not in wanted and is_translated(entry)
    }
    for entry in template:
        if not entry.id:
            continue
        key = entry_key(entry)
        known = entries.get(key) or obsolete.get(key)
        if (known is None or not is_translated(known)) and entry.context:
            known = entries.get(message_of(entry)) or known
        if known is None or not is_translated(known):
            found = _closest(entry, lost)
            known = lost.pop(found) if found else known
        merged.add(
            entry.id,
            _in_forms(known, entry, old, merged),
            context=entry.context,
            flags=_flags(known, entry),
            auto_comments=entry.auto_comments,
            user_comments=[*remarks_of(known), *_others(known, old)] if known else (),
            previous_id=_former_parts(known, entry),
        )
    merged.obsolete.update(lost)
    return merged


def catalog_text(merged: PoCatalog, title: str, tag: str) -> str:
    """Return the text of a merged catalog, with what editors wrote into its header."""
    fields = {
        "Project-Id-Version": "careerprint",
        "Language": tag,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"{merged.plural_forms.rstrip(';')};",
    }
    fields |= {name: value for name, value in merged.fields if name not in fields}
    first = f"{title}: {name_of(tag, 'en')}"
    remarks = [first, *(remark for remark in merged.remarks if remark not in (first, ""))]
    escaped = str.maketrans({"\\": r"\\", '"': r"\""})
    header = [
        *(f"# {remark}" for remark in remarks),
        'msgid ""',
        'msgstr ""',
        *(f'"{name}: {value.translate(escaped)}\\n"' for name, value in fields.items()),
    ]
    entries = (entry for entry in merged if entry.id)
    return po_text("\n".join(header), entries, merged.obsolete.values())


def _origin(entry: Message) -> str:
    """Return the key of the message that an entry's translation was made of."""
    former = former_of(entry) if entry.fuzzy else None
    return key_of_message(former.message, former.context) if former else entry_key(entry)


def _closest(entry: Message, candidates: Mapping[str, Message]) -> str | None:
    """Return the key of the candidate whose translation fits an entry best, None if none does.

    One that was made of the very same message comes first, then the most alike. A context has to
    be the same.
    """
    key, message = entry_key(entry), message_of(entry)
    same = [name for name, each in candidates.items() if _origin(each) == key]
    if same:
        return same[0]
    # Without autojunk: that heuristic takes the common letters of a paragraph for noise.
    likeness = {
        name: SequenceMatcher(None, message_of(each), message, autojunk=False).ratio()
        for name, each in candidates.items()
        if (each.context or "") == (entry.context or "")
    }
    best = max(likeness, key=lambda name: likeness[name], default=None)
    return best if best is not None and likeness[best] >= _ALIKE else None


def _is_fresh(known: Message, entry: Message) -> bool:
    """Tell whether a known translation is of the message as it is now."""
    if former_of(known) and known.fuzzy:
        return _origin(known) == entry_key(entry)
    return message_of(known) == message_of(entry) and not known.fuzzy


def _flags(known: Message | None, entry: Message) -> set[str]:
    """Return the flags of an entry: those known, fuzzy where the translation is of another text."""
    if known is None:
        return set()
    flags = set(known.flags) - {UNREVIEWED, FUZZY}
    is_stale = is_translated(known) and not _is_fresh(known, entry)
    return flags | {FUZZY} if is_stale else flags


def _former_parts(known: Message | None, entry: Message) -> tuple[str, ...]:
    """Return message, plural and context of the original that a stale translation is of."""
    if known is None:
        return ()
    former = former_of(known)
    if FUZZY not in _flags(known, entry):  # adapted: whoever approves it compares both originals
        is_adapted = former and not known.fuzzy and message_of(known) == message_of(entry)
        return (former.message, former.plural, former.context) if former and is_adapted else ()
    former = former if known.fuzzy else None
    if former is None and message_of(known) == message_of(entry):
        return ()  # a translator marked it
    former = former or original_of(known)
    return former.message, former.plural, former.context


def _others(known: Message, old: PoCatalog) -> Iterable[str]:
    """Yield, as remarks, translations of an entry that stands more than once."""
    for entry in old.duplicates:
        if entry_key(entry) == entry_key(known):
            yield f"also: {' | '.join(forms_of(entry.string))}"


def _tells_apart(old: PoCatalog, merged: PoCatalog) -> bool:
    """Tell whether a catalog's plural forms tell apart at least what CLDR's do."""
    pairs = {(old.form_of(count), merged.form_of(count)) for count in _COUNTS}
    return len(pairs) == len({mine for mine, _ in pairs})


def _in_forms(
    known: Message | None, entry: Message, old: PoCatalog, merged: PoCatalog
) -> str | tuple[str, ...]:
    """Return a known translation in as many forms as an entry has in the merged catalog."""
    forms = forms_of(known.string) if known and is_translated(known) else ("",)
    if isinstance(entry.id, str):
        return forms[-1]
    if known is None or not any(forms):
        return ("",) * merged.num_plurals
    if isinstance(known.id, str):
        return forms * merged.num_plurals
    if old.plural_expr == merged.plural_expr:
        return forms
    of_form = {merged.form_of(count): old.form_of(count) for count in reversed(_COUNTS)}
    return tuple(forms[of_form.get(form, -1)] for form in range(merged.num_plurals))
