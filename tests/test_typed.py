"""Whatever a counselor types, in whatever field, stands on the page, whole and undivided.

A word may be divided with a hyphen, an address only without one. What cannot be printed is named.
"""

import json
import re
import subprocess
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from careerprint.building.printing import Printer
from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader

from .cards import in_one_size
from .conftest import Workspace
from .workspaces import make_full_workspace

WORDS = "und;oder;mit;für;Kraft;Beruf;Betrieb;Prüfung;Menschen;Technik;Größe;Ämter;auf;in;so"
WITH_GENDER = (
    "Kund*innen;Schüler_innen;Lehrer:innen;Kolleg·innen;MitarbeiterInnen;ein*e;der*die;Ausbilder/in;"
    "Verkäufer/-innen;(m/w/d);Student(inn)en;jede/r;Kund/*innen;Ärzt:innen;Arbeitgeber*innenverband"
)
NUMBERS = (
    "8.30-12.00 Uhr;2,5-3,5 Jahre;23 000;1.250,50 €;5 %;1⁄2;½;CO₂;m²;3×4;16-18 Jahre;§ 5;§§ 5 f.;"
    "12.03.2027;12. März 2027;S. 5;Nr. 3;10 km;+49 231 12345-0;0231/123 45;24/7;3.;B 14;90°;1:1;"
    "2-jährig;100%ig;±5;#1;2024–2027;20 °C"
)
ABBREVIATIONS = (
    "z.B.;z. B.;u.a.;d.h.;i.d.R.;e.V.;GmbH & Co. KG;Dr.;bzw.;St.-Georg-Str. 5;Dipl.-Ing.;IHK;BBiG;"
    "Mo-Fr;Mo.–Do.;C++;C#;.NET;IT-;B2B"
)
COMPOUNDS = (
    "Kraftfahrzeugmechatronikerin;Straßenverkehrssicherheitsbeauftragte;Fachinformatiker/in;"
    "Sozialversicherungsfachangestellte*r;Donaudampfschifffahrtsgesellschaft;Industrie-/Handelskammer;"
    "Anlagenmechaniker/-in;Arbeitsunfähigkeitsbescheinigung;Kaufmann/-frau;E-Mail-Adresse;"
    "Textil- und Modeschneider/in"
)
ADDRESSES = (
    "https://www.beispiel.example.org/berufsorientierungsveranstaltungen/ausbildungsplatzangebote;"
    "www.example.org;ausbildungsstellenvermittlung.berufsorientierung@beispielagentur.example.org;"
    "https://example.org/a-b_c*d~e?x=1&y=2;berufe.beispielagentur.example.org/berufsinformation/suche;"
    "https://example.org:8080/berufe#anker;beratung@example.org"
)
SIGNS = (
    "–;→;✓;…;...;„Ja“;\"Ja\";'so';geht's;&;+;=;™;•;[x];<5;a<b;(so);!;?!;*;_;~;`x`;\\;^;$5;a\u0308;"
    "Bu\u0308ro;Zu\u00adcker;✔;__init__;a*b*c;*);so*;->;--so;\u200bso;so\u200d;a\u2011b;—;a—b;ﬁn"
)
OFTEN = [WORDS] * 5 + [WITH_GENDER] * 3 + [NUMBERS] * 2 + [ABBREVIATIONS, COMPOUNDS]
KINDS = [kind.split(";") for kind in (*OFTEN, ADDRESSES, SIGNS)]

SECTION = """
## {0} {{#pay}}

{1}

### {2}

- {3}
- {4}
  1. {5}
  2. {6}

> {7}

| {8} | {9} |
|-----|----:|
| {10} | {11} |
"""
FRONT = """\
---
title: {0}
subtitle: {1}
teaser: {2}
updated: 2026-11-22
facts:
  pay:
    ranges:
      - {{id: a, label: {3}, min: 1000, max: 1200}}
      - {{id: b, label: {4}, max: 3400, open_top: true}}
  channels: [{5}]
  skills: [{6}, {7}]
  working_hours: [{8}]
  ways_in:
    - {{id: w, kind: apprenticeship, name: {9}, years: 3}}
    - id: x
      kind: career_change
      name: {10}
      steps: [{{id: r, name: {11}, years: 2}}, {{id: s, name: {12}}}]
flyer:
  headline: {13}
  teaser: {14}
  points: [{15}, {16}, {17}]
---

"""
SHORT = {0, 3, 4, 9, 10, 11, 12, 13}  # fields of a few words
ISSUER = 'name = {}\nurl = "https://www.example.org/"\nstreet = {}\ntown = {}\nimprint = {}\n'

ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|[\w.-]+\.\w+/\S+")
ENDING = re.compile(r"-?(?:in|innen|r|e|n|en|er|s)\b")


def words(low: int, high: int, kinds: list[list[str]] = KINDS) -> st.SearchStrategy[str]:
    word = st.sampled_from(kinds).flatmap(st.sampled_from)
    return st.lists(word, min_size=low, max_size=high).map(lambda found: " ".join(["Am", *found]))


SHORT_TEXT = words(1, 2, KINDS[:-2])
TEXTS = st.tuples(
    st.lists(words(1, 6), min_size=31, max_size=31),
    st.lists(SHORT_TEXT, min_size=len(SHORT) + 3, max_size=len(SHORT) + 3),
)


def write(root: Path, texts: list[str], short: list[str]) -> None:
    """Write a profile with these texts in all of its fields, and an issuer."""
    long, few = iter(texts), iter(short)
    front = [json.dumps(next(few if n in SHORT else long), ensure_ascii=False) for n in range(18)]
    body = [next(long) + "." for _ in range(13)]
    section = SECTION.format(*(text.replace("|", r"\|") for text in body[1:]))
    profile = root / "content" / "typed" / "profile.md"
    profile.parent.mkdir(exist_ok=True)
    profile.write_text(f"{FRONT.format(*front)}{body[0]}\n{section}", "utf-8")
    details = [json.dumps(next(few), ensure_ascii=False) for _ in range(3)]
    configuration = root / "careerprint.toml"
    configuration.write_text(
        re.sub(
            r"(?<=\[issuer\]\n).*?(?=\n\[brand\])",
            lambda _: ISSUER.format(*details[:3], '"Ohne Gewähr."'),
            configuration.read_text("utf-8"),
            flags=re.DOTALL,
        ),
        "utf-8",
    )


def on_paper(text: str) -> str:
    """Return a pattern for a text in lines, none of which ends where it may not."""
    addresses = [found.span() for found in ADDRESS.finditer(text)]
    pattern = ""
    for at, sign in enumerate(text):
        behind = text[at + 1 : at + 2]
        if sign.isspace():
            pattern += r"\s*"
        elif unicodedata.category(sign) == "Cf":  # nothing, but a line may end there
            pattern += rf"{sign}?(?:\u00ad?\n)?"
        else:
            pattern += re.escape(sign)
            if any(first <= at < last - 1 for first, last in addresses):
                pattern += r"\n?" if sign in "/@?&-" or behind == "." else ""
            elif (sign == "/" and not ENDING.match(text[at + 1 :])) or sign in "-–—…\\":
                pattern += r"\n?"
            elif sign.isalpha() and behind.isalpha():
                pattern += (
                    "(?:\u00ad\n)?"  # what typesetting divides, readers get with a soft hyphen
                )
    return pattern


def lines_of(pdf: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return unicodedata.normalize("NFC", done.stdout.decode("utf-8")).replace("\f", "\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("layout", "format_name", "examples"),  # more where many are longer than a page
    [("brochure", "", 2), ("flyer", "", 3), ("flyer", "a5", 5), ("flyer", "din-lang", 4)],
)
def test_every_text_stands_on_the_page_and_no_word_is_torn(
    tmp_path: Path, layout: str, format_name: str, examples: int
) -> None:
    make_full_workspace(tmp_path)
    in_one_size(Workspace(tmp_path))
    whole: list[str] = []  # texts of editions that came out
    printer = Printer()

    def check_print(job: Job) -> None:
        typeset = printer.print(job)
        assert [d.sentence(str) for d in typeset.diagnostics if d.severity.name == "ERROR"] == []
        lines = lines_of(typeset.pdf)
        placed = [b.text for b in job.placed if b.optional not in typeset.left_out]
        for text in (*placed, *map(str, job.issuer)):
            if not text.startswith("https://www.example.org/"):
                known = unicodedata.normalize("NFC", text)
                assert re.search(on_paper(known), lines), f"{text!r}\n{lines}"
                whole.append(text)

    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(TEXTS)
    def check(texts: tuple[list[str], list[str]]) -> None:
        write(tmp_path, *texts)
        job = compose(Edition("typed", layout, "de", format_name), Reader(tmp_path))
        with suppress(Refused):  # longer than a page
            check_print(job)

    with printer:
        check()
    assert len(whole) > 50
