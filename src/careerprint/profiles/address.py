"""How a German text addresses its readers: as “du”, or as “Sie”.

The words of the layouts follow it: “Was du verdienen kannst” below a text that says “du”.
"""

import re
from collections.abc import Iterable

INFORMAL = "informal"
"""The context of a layout's word, in a catalog, as it is below a text that says “du”."""
FAMILIAR = re.compile(r"\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(?:e[mnrs]?)?)\b")
# At the beginning of a sentence, “Sie” may be they.
FORMAL = re.compile(r"(?<=[\w,:] )(?:Sie|Ihnen|Ihre?[mnrs]?)\b")


def is_informal(texts: Iterable[str]) -> bool:
    """Tell whether texts say “du” to their readers, and never “Sie”."""
    whole = [str(text) for text in texts]
    return any(map(FAMILIAR.search, whole)) and not any(map(FORMAL.search, whole))
