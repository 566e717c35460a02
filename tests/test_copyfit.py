"""Copyfitting: whatever a counselor writes, a flyer is one page, whole and full, or says why not."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careerprint.compose import Job, compose
from careerprint.copyfit import STEPS, Setting, fit_to_page, fit_to_sheets, measures_of
from careerprint.diagnostics import Refused, Severity
from careerprint.editions import Edition
from careerprint.layouts import Format, read_layout
from careerprint.preflight import preflight
from careerprint.reader import Reader
from careerprint.typeset import Typeset, Typesetter

from .conftest import LOCALES, PROFILE, ROOT, SLUG, Workspace

FORMATS = ("a4", "a5", "din-lang")
LEAST_TYPE = {"a4": 9, "a5": 9, "din-lang": 8}  # pt
CATALOGS = f"content/{SLUG}/locales"
FEWEST, MOST = 60, 400  # words
FLYER_TEXT = re.compile(r"(?<=\nflyer:\n).*?(?=---\n)", re.DOTALL)


def flyer_format(name: str) -> Format:
    return read_layout(Reader(ROOT), "flyer").formats[name]


def vocabulary(locale: str) -> list[str]:
    """Return the words of the profile in a locale, as they stand in its running text."""
    if locale == "de":
        texts = [(ROOT / PROFILE).read_text("utf-8").split("---", 2)[2]]
    else:
        with (ROOT / CATALOGS / f"{locale}.po").open("rb") as file:
            texts = [str(m.string) for m in read_po(file) if m.id and len(str(m.string)) > 80]
    words = {w.strip(".,:;!?„“”«»()–-") for text in texts for w in text.split()}
    return sorted(w for w in words if w.isalpha())


def write_flyer(workspace: Workspace, locale: str, texts: list[str]) -> None:
    """Make `texts` what the flyer says in a locale: headline, teaser and points."""
    german = texts if locale == "de" else [f"Text {n}" for n in range(len(texts))]
    headline, teaser, *points = german
    written = "".join(
        (
            f'  headline: "{headline}"\n  teaser: "{teaser}"\n  points:\n',
            *(f'    - "{point}"\n' for point in points),
        )
    )
    profile = FLYER_TEXT.sub(lambda _: written, (ROOT / PROFILE).read_text("utf-8"))
    (workspace.root / PROFILE).write_text(profile, "utf-8")
    if locale != "de":
        name = f"{CATALOGS}/{locale}.po"
        catalog = (ROOT / name).read_text("utf-8")
        for message, translated in zip(german, texts, strict=True):
            catalog += f'\nmsgid "{message}"\nmsgstr "{translated}"\n'
        (workspace.root / name).write_text(catalog, "utf-8")


def flyer_job(workspace: Workspace, locale: str, name: str) -> Job:
    edition = Edition(SLUG, "flyer", locale, "" if name == "a4" else name)
    return compose(edition, Reader(workspace.root))


def findings(typeset: Typeset, job: Job) -> list[str]:
    found = (*typeset.diagnostics, *preflight(typeset.pdf, job, typeset.left_out))
    return [d.sentence(str) for d in found]


@st.composite
def flyer_texts(draw: st.DrawFn, words: list[str]) -> list[str]:
    """Draw a headline, a teaser and three to five points of 60 to 400 words in all."""
    count = draw(st.integers(FEWEST, MOST))
    parts = draw(st.integers(4, 6))
    cuts = sorted(draw(st.lists(st.integers(5, count), min_size=parts - 1, max_size=parts - 1)))
    start = draw(st.integers(0, len(words) - 1))
    step = draw(st.integers(1, len(words) - 1))
    drawn = [words[(start + n * step) % len(words)] for n in range(count)]
    ends = [0, *cuts, count]
    texts = [" ".join(drawn[a:b]) or drawn[0] for a, b in zip(ends, ends[1:], strict=False)]
    return [" ".join(words[start : start + 3]) or words[0], *(f"{text}." for text in texts)]


@pytest.fixture(scope="module")
def typesetter() -> Iterator[Typesetter]:
    with Typesetter() as made:
        yield made


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("locale", LOCALES)
def test_any_text_is_one_whole_full_page_or_says_how_much_is_too_much(
    workspace: Workspace, typesetter: Typesetter, locale: str, name: str
) -> None:
    chosen = flyer_format(name)

    @settings(
        max_examples=5,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(flyer_texts(vocabulary(locale)))
    def check(texts: list[str]) -> None:
        write_flyer(workspace, locale, texts)
        job = flyer_job(workspace, locale, name)
        try:
            typeset = typesetter.typeset(job)
        except Refused as refused:
            (found,) = refused.diagnostics
            sentence = found.sentence(str)
            told = re.search(rf"\({locale}\) is (\d+) mm too long .* about (\d+) words", sentence)
            assert told, sentence
            assert PROFILE in sentence
            words = sum(len(text.split()) for text in texts)
            assert 0 < int(told[2]) < words
        else:
            assert findings(typeset, job) == []
            assert measures_of(typeset.setting, chosen.fit).type_size >= LEAST_TYPE[name]

    check()
