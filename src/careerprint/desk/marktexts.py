"""What check marks say in the head of a profile: the same in a user's language, and its values."""

import re

from careerprint.core.diagnostics import for_terminal
from careerprint.core.messages import Translate, translator
from careerprint.desk.copymarks import HERE, IN_OTHER, IN_TEXT
from careerprint.intake.drafts import FIELD_TOLD
from careerprint.intake.factlines import ASKED, MAY_BE, WAY
from careerprint.manuscripts.furniture import CONTACT_IN_TEXT, CONTACT_LEFT_OUT
from careerprint.manuscripts.picturefiles import ASKS_CREDIT

_OF_IMPORTS = (*ASKED, MAY_BE, WAY, ASKS_CREDIT, CONTACT_LEFT_OUT, CONTACT_IN_TEXT, FIELD_TOLD)
_SAID = (*_OF_IMPORTS, HERE, IN_TEXT, IN_OTHER)


def in_words(told: str, translate: Translate) -> str:
    """Return what a check mark of an import says, without what only the file's source shows."""
    for template in _SAID:
        if (values := values_in(told, template)) is not None:
            return translate(template).format(**values).strip()
    return told


def values_in(told: str, template: str) -> dict[str, str] | None:
    """Return the values with which a template says this in a profile, None where it does not."""
    german = for_terminal(translator("de")(template))
    if told.endswith("…") and german.startswith(told[:-1]):  # a finding tells its beginning
        return {}
    said = re.escape(german).replace(r"“\.", r"“\.?")  # what is quoted may end with its own
    names: set[str] = set()

    def group(name: re.Match[str]) -> str:
        is_first = name[1] not in names
        names.add(name[1])
        return f"(?P<{name[1]}>.*)" if is_first else f"(?P={name[1]})"

    found = re.fullmatch(re.sub(r"\\{(\w+)\\}", group, said), told)
    return found.groupdict() if found else None
