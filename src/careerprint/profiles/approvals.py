"""Approvals: which translations somebody who speaks the language has read and found good.

They stand in the workspace's `content/approvals.jsonl`, apart from the catalogs, so that no editor
of catalogs can lose or invent one. Each line approves one text by the digests of original and
translation; a text as a whole (profile.TAG.md) is one of them. A translation without such a line,
or changed since, is not approved. The lines are
sorted, and version control may merge them in any order.
"""

import hashlib
import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass
from datetime import date
from functools import lru_cache

from careerprint.core.characters import CONTROLS, REORDERING
from careerprint.core.diagnostics import N_, Diagnostic, Location, Refused, error, refuse
from careerprint.core.reader import Reader
from careerprint.core.workspace import APPROVALS_FILE
from careerprint.profiles.catalogs import PROFILE_SOURCE, Messages
from careerprint.profiles.content import WholeText
from careerprint.profiles.pofiles import CONTEXT_END
from careerprint.profiles.tags import fallback_chain, is_plain

FILE = APPROVALS_FILE
ISSUER = "issuer"
"""What the texts of the issuer go by, which are in no catalog: its imprint."""
LONGEST_NAME = 60  # of who approves: a name or a role
_DIGEST = re.compile(r"[0-9a-f]{16}")
_UNNAMED = re.compile(rf"[\t\n{CONTROLS}{REORDERING}]")
Form = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Approval:
    """That somebody approved one translation.

    `texts` are a profile by its slug, or the words of layouts as "layouts" or "layouts/NAME", or
    the imprint as "issuer".
    `original` and `translation` are digests, `by` is a name or a role, `on` the day.
    """

    texts: str
    locale: str
    original: str
    translation: str
    by: str
    on: date

    @property
    def key(self) -> "Key":
        """What it is of."""
        return self.texts, self.locale, self.original, self.translation


Key = tuple[str, str, str, str]
"""Texts, locale, digests of original and translation: what an approval is of."""


@dataclass(frozen=True, slots=True)
class Approvals:
    """The approvals of a workspace with their lines, and the faults of lines that are none."""

    lines: Mapping[Approval, int]
    faults: tuple[Diagnostic, ...] = ()

    @property
    def first(self) -> dict[Key, Approval]:
        """The approval of each translation, the first where there are several."""
        return {each.key: each for each in sorted(self.lines, key=lambda a: a.on, reverse=True)}


def read_approvals(reader: Reader) -> Approvals:
    """Return the approvals of a workspace; raises Refused for a file that is no text."""
    return _parsed(reader.read_text(FILE)) if reader.find(FILE) is not None else Approvals({})


@lru_cache(maxsize=2)  # all editions of a build have the same
def _parsed(written: str) -> Approvals:
    lines: dict[Approval, int] = {}
    faults: list[Diagnostic] = []
    for number, line in enumerate(written.split("\n"), 1):
        if not line.strip():
            continue
        found = _approval(line)
        if found:
            lines.setdefault(found, number)
        else:
            faults.append(
                error(
                    Location(FILE, number),
                    N_("This line approves nothing: it is not as careerprint wrote it."),
                    N_(
                        "⟨Delete the line|Have that line of the file deleted⟩, then approve the"
                        " text again⟨: careerprint review⟩."
                    ),
                )
            )
    return Approvals(lines, tuple(faults))


def _approval(line: str) -> Approval | None:
    """Return the approval that a line is, None where it is none."""
    try:
        found = json.loads(line)
        day = date.fromisoformat(found.pop("on"))
        approval = Approval(**found, on=day)
        checked_name(approval.by)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, Refused):
        return None
    texts = astuple(approval)[:5]
    is_whole = all(isinstance(text, str) and text for text in texts)
    digests = approval.original, approval.translation
    return approval if is_whole and all(map(_DIGEST.fullmatch, digests)) else None


def refuse_faults(approvals: Approvals) -> None:
    """Raise Refused where the file has lines that are no approvals: writing it would lose them."""
    if approvals.faults:
        raise Refused(approvals.faults)


def approvals_text(approvals: Iterable[Approval]) -> str:
    """Return the content of the file with approvals: sorted, a line each."""
    return "".join(
        json.dumps({**asdict(each), "on": each.on.isoformat()}, ensure_ascii=False) + "\n"
        for each in sorted(set(approvals))
    )


def checked_name(by: str) -> str:
    """Return who approves, white space folded; raises Refused for what is no short name."""
    name = " ".join(by.split())
    if not name or len(name) > LONGEST_NAME or _UNNAMED.search(by):
        raise refuse(
            "--by",
            N_("“{name}” does not say who approves."),
            N_("Write a name or a role of at most {most} characters, on one line."),
            name=name[:LONGEST_NAME],
            most=LONGEST_NAME,
        )
    return name


def approval_key(texts: str, locale: str, original: str, translation: Form) -> Key:
    """Return what an approval of a translation is of; the forms of a plural are one."""
    written = translation if isinstance(translation, str) else "\0".join(translation)
    return texts, locale, _digest(original), _digest(written)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def needs_approval(locale: str) -> bool:
    """Tell whether translations into a locale have to be approved.

    German is what profiles are written in: who releases a document reads it. A plain language is
    another text.
    """
    return fallback_chain(locale)[-1] != PROFILE_SOURCE or is_plain(locale)


def key_of(messages: Messages, message: str) -> Key:
    """Return what an approval of the translation of a message is of."""
    texts = messages.name.rpartition("/locales/")[0].removeprefix("content/")
    original = message.rpartition(CONTEXT_END)[2]
    return approval_key(texts, messages.tag, original, messages.translations[message])


def key_of_whole(slug: str, whole: WholeText) -> Key:
    """Return what an approval of a text as a whole is of: of both texts as they are now."""
    return approval_key(slug, whole.tag, whole.original, whole.written)


def unapproved(
    messages: Messages, wanted: Iterable[str], approved: Container[Key]
) -> Iterator[str]:
    """Yield those of the wanted messages whose translation is there and not approved."""
    for message in wanted if needs_approval(messages.tag) else ():
        if message in messages.translations and key_of(messages, message) not in approved:
            yield message
