"""Measures how hard a text is to read: LIX for any language, Flesch in Amstad's form for German.

Both measure lengths alone. LIX: Björnsson, Läsbarhet (1968): words a sentence, and the per cent of
words of more than six letters. Flesch: Amstad, Wie verständlich sind unsere Zeitungen? (1978):
180 - words a sentence - 58.5 × syllables a word; the higher, the easier. The parts of a word that a
hyphen or a point shows count as words of their own, since they are read so.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from careerprint.core.reader import Reader
from careerprint.profiles.catalogs import PROFILE_SOURCE
from careerprint.profiles.content import own_blocks, profile_slugs, whole_locales
from careerprint.profiles.sentences import sentences
from careerprint.profiles.wholetext import read_profile_in

_LONG = 6  # letters: LIX counts words that have more
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
# Two or more vowels that are one syllable in German; others are a syllable each.
_NUCLEUS = re.compile(r"ieu|[aeo]i|[ae]y|[aä]u|eu|ie|aa|ee|oo|[aeiouyäöüáéèóô]")
# Where such vowels are two: Fami-li-e, Feri-en, spezi-ell, Muse-um, be-enden, be-urteilen.
_APART = re.compile(
    r"(?:famil|lin|ser|akt|stud|präm|fol|immobil)ie\b|ie(?=n\b|nt|nz|ll)|eu(?=m\b)"
    r"|^(?!bee[rt])(?:be|ge)(?=[eu])"
)
_FACT = re.compile(r"\{[^{}]*\}")
_MARKUP = re.compile(r"\]\([^)]*\)|[*_\[\]]|<br ?/?>")


@dataclass(frozen=True, slots=True)
class Readability:
    """How many sentences and words a text has, and its figures; 0 for a text without words."""

    sentences: int
    words: int
    lix: float
    flesch: float

    @property
    def words_a_sentence(self) -> float:
        """How long its sentences are."""
        return self.words / self.sentences if self.sentences else 0.0


def readability(blocks: Iterable[str]) -> Readability:
    """Return the figures of a text, given in blocks; sentences end with their block."""
    count = words = long = syllables = 0
    for block in blocks:
        for sentence in sentences(_MARKUP.sub("", block)):
            found = _WORD.findall(sentence)
            if found:
                count += 1
                words += len(found)
                long += sum(len(word) > _LONG for word in found)
                syllables += sum(map(syllables_of, found))
    if not words:
        return Readability(0, 0, 0.0, 0.0)
    length = words / count
    return Readability(
        count, words, length + 100 * long / words, 180 - length - 58.5 * syllables / words
    )


def syllables_of(word: str) -> int:
    """Return how many syllables a German word has, by its vowels; a number has one."""
    lowered = word.lower().replace("qu", "q")
    return max(1, len(_NUCLEUS.findall(lowered)) + len(_APART.findall(lowered)))


def workspace_readability(reader: Reader) -> Iterator[tuple[str, str, Readability]]:
    """Yield the figures of every profile's texts, with its slug and the locale; raises Refused.

    These are the German text and those that are written as a whole in another locale. A fact counts
    as one word.
    """
    for slug in profile_slugs(reader):
        for tag in (PROFILE_SOURCE, *whole_locales(reader, slug)):
            profile = read_profile_in(reader, slug, tag)
            blocks = (_FACT.sub("0", text) for _, text in own_blocks(profile))
            yield slug, tag, readability(blocks)
