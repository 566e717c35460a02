"""Fields: what differs between the flyers of one layout and profile, from fair to fair.

A job with fields has its HTML twice: as it is, and as a form, in which a token stands for what each
field says. The form is the same for all fairs that have the same fields, so its page needs to be
laid out only once.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from markupsafe import Markup, escape

# Noncharacters (Unicode, 23.7) around a field's number, until the template is through: they stand
# in no text, and pass through Jinja's filters and gettext's placeholders as they are.
_MARK = re.compile("\ufdd0([0-9]+)\ufdd1")
# What tokens are made of, in the script of what they stand for, since lines of Arabic are higher:
# three letters that stand in no word and no address, and two that count. Narrow ones, since a token
# must have room where a short name has.
_LETTERS, _ARABIC_LETTERS = "jljilj1Irt", "اثاابرزدذو"
_HOST = ".invalid/"  # RFC 6761: leads nowhere
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Kind(Enum):
    """What a field is on the page."""

    TEXT = "text"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Field:
    """What stands in one place of a form: `token` in the form, `text` on the page.

    `block` is the number of the job's block that the field is, None for any other. `drawing` is
    the SVG that shows the text, for a code.
    """

    token: str
    text: str
    kind: Kind = Kind.TEXT
    block: int | None = None
    drawing: str = ""


@dataclass(slots=True)
class Fields:
    """The fields of one edition, in the order in which the template asks for them."""

    made: list[Field] = field(default_factory=list)
    _html: list[tuple[str, str]] = field(default_factory=list)

    def text(self, value: str, block: int | None = None) -> Markup:
        """Return a mark for a text, or an address, that differs from fair to fair."""
        token = self._token(value)
        token = f"https://{token}{_HOST}" if _ADDRESS.match(value) else token
        return self._marked(Field(token, value, block=block), str(escape(value)), token)

    def code(self, value: str, drawing: str, drawn_in_form: str) -> Markup:
        """Return a mark for a QR code: as an SVG that says `value`, and as one that says a token.

        `drawn_in_form` is the SVG of the token that `next_token` tells beforehand.
        """
        kept = Field(self.next_token, value, Kind.CODE, drawing=drawing)
        return self._marked(kept, drawing, drawn_in_form)

    @property
    def next_token(self) -> str:
        """The token of the field that is made next, unless it is an address."""
        return self._token("")

    def resolved(self, html: str) -> tuple[str, str]:
        """Return HTML with marks as it is, and as a form.

        The form is empty where there are no fields, or a token stands in the text by itself.
        """
        whole = self._resolved(html, 0)
        if not self.made or any(field.token in whole for field in self.made):
            return whole, ""
        return whole, self._resolved(html, 1)

    def _resolved(self, html: str, which: int) -> str:
        def meant(found: re.Match[str]) -> str:
            number = int(found[1])
            if number >= len(self._html):
                return found[0]
            written = self._html[number][which]
            # A code's description may tell what it says; nothing stands in a text.
            is_code = self.made[number].kind is Kind.CODE
            return self._resolved(written, which) if is_code else written

        return _MARK.sub(meant, html)

    def _marked(self, made: Field, html: str, in_form: str) -> Markup:
        self.made.append(made)
        self._html.append((html, in_form))
        return Markup(f"\ufdd0{len(self.made) - 1}\ufdd1")  # noqa: S704 - digits

    def _token(self, value: str) -> str:
        is_arabic = any(unicodedata.bidirectional(c) == "AL" for c in value)
        letters = _ARABIC_LETTERS if is_arabic else _LETTERS
        first, second = divmod(len(self.made), len(letters) - 3)
        return letters[:3] + letters[3 + first] + letters[3 + second]


def replaced(text: str, fields: Iterable[Field]) -> str:
    """Return a text of a form as it is on the page."""
    texts = {field.token: field.text for field in fields}
    if not texts:
        return text
    tokens = "|".join(map(re.escape, texts))
    return re.sub(tokens, lambda found: texts[found[0]], text)
