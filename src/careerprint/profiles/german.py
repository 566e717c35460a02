"""German as facts are told in it: sentences, lists within them, and the case of what they name."""

import re
from collections.abc import Iterator

_LONGEST_SENTENCE = 1000  # characters; a longer one is no sentence, and takes long to search
_SENTENCE = re.compile(r"(?<=[.!?…])[“”\"«»)]*\s+(?=[A-ZÄÖÜ„\"»«(\d])")
# Points that end no sentence.
_SHORTENED = re.compile(
    r"(?:\b(?:z|B|d|h|u|a|o|i|e|V|Nr|ca|bzw|Dr|Prof|St|Mio|Mrd|inkl|evtl|ggf|max|min|usw|etc|vgl|"
    r"Std|Tel|Str|mind|Tsd|Lj|Ausb|Abs|gem|zzgl|[Ss]og|rd)|"
    r"(?<!\d)\d{1,2})\.$"
)
_FILLER = re.compile(
    r"^(?:(?:ob|auch|vor allem|natürlich|besonders|unter anderem|etwa|zum Beispiel|z\. ?B\.|wie"
    r"|dann|zunehmend|häufig|oft|immer mehr|manchmal|teilweise|viel|etwas)\s+)+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:(?:ein|eine|einen|einem|einer|der|die|das|den|dem|des|deine?n?|ihre?n?)\s+)?",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?:in|im|bei|beim|an|am|auf|von|vom|aus|mit|zu|zum|zur|für|über)\s+(?:(?:der|den|dem|die"
    r"|das|einem|einer|einen|ein|eine)\s+)?",
    re.IGNORECASE,
)
# Plurals that end in -n in the dative alone; most nouns in -en are called so in the nominative,
# too, and those in -ern and -eln that are named behind the bar.
_DATIVE_PLURAL = re.compile(
    r"(?:heimen|diensten|betrieben|werken|märkten|geschäften|instituten|vereinen|verbänden|höfen"
    r"|kreisen|städten|verlagen|laboren|plätzen|räumen|zügen|schiffen|booten|ärzten|anwälten"
    r"|bergwerken|friedhöfen|horten|internaten|gebieten|projekten|teilen|wegen|ställen|flughafen|dächern)$"
    r"|(?<!kamm)(?<!steu)(?<!bau)(?<!elt)(?<!nach)(?<!schwest)(?<!mau)(?<!numm)(?<!leit)ern$",
    re.IGNORECASE,
)
_MASCULINE = re.compile(r"(?:dienst|handel|bereich|sektor|bau|vertrieb|verkehr)$", re.IGNORECASE)
_NEUTER = re.compile(r"(?:gewerbe|handwerk|wesen|amt|krankenhaus|heim|werk)$", re.IGNORECASE)
_COMMA = re.compile(
    r",\s+(?:und\s+|oder\s+|sowie\s+|aber auch\s+)?|\s+(?:und|oder|sowie|bzw\.)\s+|\s+&\s+"
)
# "Rechnen mit Flächen und Winkeln": this "und" may join what one item names.
_WITHIN_ITEM = re.compile(
    r"(?<=\w)\s(?:mit|von|an|am|für|in|im|bei|zu|zum|zur|auf|über)\s(?:\w+\s)?\w+\s(?:und|oder|sowie)"
    r"\s(?!(?:in|im|bei|beim|an|am|auf|mit|zu|zum|zur|für|über|von|vom|aus)\s)\w+"
    r"(?=,|\s(?:und|oder|sowie)\s|$)"
)
_MAY_BE_ONE = re.compile(r"\w\s(?:mit|von|bei)\s(?:\w+\s)?\w+n\s(?:und|oder|sowie)\s[A-ZÄÖÜ]\w+n$")
_JOINED = "\ue000"  # stands for a space where a list is not cut
_WHERE = {"in", "im", "bei", "beim", "auf", "an", "am"}
_NO_PLACE = re.compile(
    r"\b(?:Regen|Hitze|Kälte|Schnee|Frost|Wind|Wetter|Sonne|Teams?|\w*[Ss]chicht\w*|Wochenenden?"
    r"|Feiertagen?|Sommer|Winter|Frühling|Frühjahr|Herbst|Teilzeit|Vollzeit|Nacht)$"
)
# "und warten Anlagen": what may be a verb before its object, where no preposition stands.
_MAY_BE_VERB = re.compile(
    r"(?:(?P<noun>[A-ZÄÖÜ]\S*)\s)?(?P<word>[a-zäöüß]+(?:en|ern|eln))\s(?:[a-zäöüß]+\s)*[A-ZÄÖÜ]"
)
# Adjectives as they stand before a noun in the dative; no verb has these endings.
_ADJECTIVE = re.compile(
    r"(?!(?:ver|er)\w*lichen)\w{3,}lichen|\w{3,}(?:n|t|r|d|g|b|k)ischen|\w+(?:i|on|r|u)ellen"
    r"|\w+(?:[gintr]|un)alen|\w+(?:ion|it|n)ären|\w+(?:iven|ierten|losen|baren|ösen|haften)"
    r"|(?!\w*(?:[wps]|be)enden)\w{3,}enden|(?:selbst|viel|ganz)?(?:groß|größer|klein|kleiner|mittler"
    r"|neu|alt|jung|modern|ander|weiter|viel|einig|mehrer|verschieden|fremd|frei|hoh|lang|hell|warm"
    r"|privat|ambulant|eigen|offen|deutsch|geschlossen|anerkannt|bekannt|geeignet|spezialisiert"
    r"|einzeln|all|best|regelmäßig|ganzjährig|selbstständig|auswärtig|günstig|sonstig|wichtig"
    r"|landwirtschaftlich|gemeinnützig|mittelgroß|reich|international|global|lokal)en",
)
_NO_VERB = {"den", "neben", "zwischen", "wegen", "gegen", "deren", "dessen", "ihren", "seinen"}
_PARTICLE = re.compile(r"(?<=\w)\s(?:fort|weiter|mit|an|aus|ein|ab)$")
_CAPITAL = re.compile(r"[A-ZÄÖÜ]")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    found: list[str] = []
    for begin, end in zip([0, *ends], [*ends, len(text)], strict=True):
        piece = text[begin:end].strip()
        if found and _SHORTENED.search(found[-1][-12:]):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def sentences_to_search(text: str) -> Iterator[str]:
    """Yield the sentences of a text in which facts are looked for, line by line."""
    for line in text.split("\n"):
        yield from (s for s in sentences(line) if 0 < len(s) <= _LONGEST_SENTENCE)


def things_listed(words: str) -> list[str]:
    """Return what a list within a sentence names, article and preposition taken away.

    "in Krankenhäusern und bei ambulanten Diensten" names "Krankenhäuser", "ambulante Dienste". A
    list ends where something is named without a noun; what is behind that is no part of it. A noun
    that is only half written, such as "Früh-", stays with the one that it needs.
    """
    found: list[str] = []
    half = ""
    is_dative = False
    for piece in _items_of(words):
        item = f"{half}{_FILLER.sub('', piece)}"
        half = ""
        if item.endswith("-"):
            half = f"{item} und "
            continue
        if begins := _PREPOSITION.match(item):
            is_dative = begins[0].split()[0].lower() not in {"für", "über"}
        if is_dative and _has_verb(item):
            break
        ended = _PARTICLE.sub(
            "", item
        )  # "Pflege oder Leitung fort oder studiert": the list is over
        called = as_called(ended, is_dative=is_dative)
        if " zu " in called or not _CAPITAL.match(called.split(" ")[-1] if called else ""):
            break
        found.append(called)
        if ended != item:
            break
    return found


def _items_of(words: str) -> Iterator[str]:
    """Yield the items of a list: only the last of them stands behind an "und".

    An "und" before a further comma or "und", or behind another one, may join what one item names.
    """

    def joined(found: re.Match[str]) -> str:
        before = words[: found.start()].rpartition(",")[2]
        is_last = found.end() == len(words)
        is_within = not is_last or re.search(r"\s(?:und|oder|sowie)\s", before)
        return found[0].replace(" ", _JOINED) if is_within else found[0]

    for piece in _COMMA.split(_WITHIN_ITEM.sub(joined, words)):
        yield piece.replace(_JOINED, " ")


def may_be_one(words: str) -> bool:
    """Tell whether the last two things of a list may be one: "Umgang mit Kunden und Zahlen"."""
    return _MAY_BE_ONE.search(words) is not None and list(_items_of(words))[-1].count(" ") == 0


def places_listed(words: str) -> list[str]:
    """Return the places that a list within a sentence names, each as it is said: "bei Kunden".

    A place without a preposition has that of the one before, where no article stands between. The
    list ends where no place is named: "also auch bei Regen".
    """
    found: list[str] = []
    half = before = ""
    for piece in _COMMA.split(words):
        item = f"{half}{_FILLER.sub('', piece)}"
        half = f"{item} und " if item.endswith("-") else ""
        if half:
            continue
        ended = _PARTICLE.sub("", item)
        begins = _PREPOSITION.match(ended)
        if begins:
            before = begins[0] if begins[0].split()[-1] in {"in", "bei", "auf", "an"} else ""
        called = ended if begins else f"{before}{ended}"
        if _has_verb(ended):
            break
        is_at = bool(before) if not begins else begins[0].split()[0] in _WHERE
        is_place = is_at and _CAPITAL.match(called.split(" ")[-1])
        if not is_place or _NO_PLACE.search(called) or ended.startswith("also "):
            break
        found.append(called)
        if ended != item:
            break
    return found


def _has_verb(item: str) -> bool:
    """Tell whether an item of a list of places may have a verb with its object: "warten Anlagen".

    What stands right behind a preposition is none.
    """
    begins = _PREPOSITION.match(item)
    found = _MAY_BE_VERB.match(item, begins.end() if begins else 0)
    if found is None or found["word"] in _NO_VERB:
        return False
    is_first = found["noun"] is None
    return not (is_first and (begins or _ADJECTIVE.fullmatch(found["word"])))


def as_called(item: str, *, is_dative: bool = False) -> str:
    """Return a thing as it is called by itself: "bei ambulanten Diensten" → "ambulante Dienste".

    Only what is surely the dative's is changed, and the accusative of "einen guten Blick".
    """
    is_masculine = re.match(r"(?:\w+\s+)?einen\s", item) is not None
    article = item.partition(" ")[0].lower()
    begins = _PREPOSITION.match(item)
    is_singular = begins is not None and begins[0].split()[0].lower() in {"im", "beim", "am", "vom"}
    bare = _ARTICLE.sub("", item[begins.end() :] if begins else item).strip(" .:;")
    *before, noun = bare.split(" ")
    called = noun
    if is_dative and not is_singular and _DATIVE_PLURAL.search(noun):
        called = noun[:-1]
    ending = "en"
    if is_masculine or (is_singular and _MASCULINE.search(noun)):
        ending = "er"
    elif is_singular and _NEUTER.search(noun):
        ending = "es"
    elif is_dative and not is_singular:
        ending = "e"
    before = [re.sub(r"(?<=[a-zäöüß])en$", ending, w) if w[:1].islower() else w for w in before]
    if article in {"der", "das"} and (_MASCULINE if article == "der" else _NEUTER).search(noun):
        strong = "er" if article == "der" else "es"  # "der kleine Handel": "kleiner Handel"
        before = [re.sub(r"(?<=[a-zäöüß])e$", strong, w) for w in before]
    return " ".join([*before, called])
