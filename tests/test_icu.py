"""What careerprint writes in each of its locales equals what ICU writes, but for what we chose.

ICU is that of Node.js, where it is installed. Spaces are compared as spaces, whatever their width.
"""

import json
import re
import shutil
import subprocess
from datetime import date, time
from typing import Any

import pytest

from careerprint.core.reader import Reader
from careerprint.profiles import formats
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    available_locales,
    known_locale,
)
from careerprint.profiles.pofiles import parse_catalog

from .conftest import ROOT

LEAST_ICU = 78  # with CLDR 48; older ones differ in a space or a month
LOCALES = available_locales(Reader(ROOT))
ASKED: dict[str, Any] = {
    "tags": LOCALES,
    "euros": [14, 999, 2300, 23000, 1234567],
    "ranges": [[2300, 2800], [900, 1100], [23000, 28000]],
    "counts": [*range(201), 1000, 10000, 100000],
    "months": [f"2026-{month:02}-01" for month in range(1, 13)],
    "days": [f"2027-{month:02}-12" for month in range(1, 13)],
    "spans": [
        ["2027-03-12", "2027-03-13"],
        ["2027-09-30", "2027-10-01"],
        ["2027-12-31", "2028-01-01"],
    ],
    "hours": [["09:00", "16:30"], ["08:05", "20:00"]],
    "lists": [["A"], ["A", "B"], ["A", "B", "C"], ["A", "B", "C", "D"]],
}
GERMAN_ORDER = "German separators and order: a comma before three digits is a decimal here"
BRITISH = "English without a country is that of Britain, as the texts are"
DRAFT = "from CLDR's drafts, which ICU leaves out and has root's pattern for"
# (locale, kind): an example of ours, and why. formats.py says the same of each.
CHOSEN = {
    ("ar", "amount"): ("2.300 €", GERMAN_ORDER),
    ("ar", "range"): ("2.300–2.800 €", GERMAN_ORDER),
    ("ar", "number"): ("2.300", GERMAN_ORDER),
    ("ar", "month"): ("آذار/مارس 2026", "both names of a month"),
    ("ar", "day"): ("12 آذار/مارس 2027", "both names of a month"),
    ("ar", "days"): ("12–13 آذار/مارس 2027", "both names of a month"),
    ("en", "day"): ("12 March 2027", BRITISH),
    ("en", "days"): ("12–13 March 2027", BRITISH),
    ("en", "hours"): ("09:00–16:30", BRITISH),
    ("en", "list"): ("A, B and C", BRITISH),
    ("fa", "amount"): ("2.300 €", GERMAN_ORDER),
    ("fa", "range"): ("2.300–2.800 €", GERMAN_ORDER),
    ("fa", "number"): ("2.300", GERMAN_ORDER),
    ("ckb", "amount"): ("2.300 €", GERMAN_ORDER),
    ("ckb", "range"): ("2.300–2.800 €", GERMAN_ORDER),
    ("ckb", "number"): ("2.300", GERMAN_ORDER),
    ("ckb", "list"): ("A، B و C", "CLDR has no list in Sorani"),
    ("ckb", "days"): ("12–13ی ئازاری 2027", DRAFT),
    ("ku", "days"): ("12–13ê adara 2027an", DRAFT),
    ("ku", "hours"): ("09:00–16:30", DRAFT),
    ("ro", "range"): ("2.300–2.800 €", "an unspaced dash, as print has"),
}
KINDS = ("amount", "range", "number", "month", "day", "days", "hours", "list")


@pytest.fixture(scope="module")
def icu() -> dict[str, dict[str, list[str]]]:
    """What ICU writes, by locale and kind."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    script = str(ROOT / "tests" / "icu.mjs")
    done = subprocess.run([node, script, json.dumps(ASKED)], capture_output=True, check=True)
    said = json.loads(done.stdout)
    if int(said["icu"].split(".")[0]) < LEAST_ICU:
        pytest.skip(f"Node.js has ICU {said['icu']}, which is older than CLDR {LEAST_ICU - 30}")
    found: dict[str, dict[str, list[str]]] = said["formats"]
    if set(found) != set(LOCALES):
        pytest.skip("Node.js was built with few locales")
    return found


def written(tag: str, kind: str) -> list[str]:
    locale, on, at = known_locale(tag), date.fromisoformat, time.fromisoformat
    return {
        "amount": [formats.amount(locale, n) for n in ASKED["euros"]],
        "range": [formats.amount_range(locale, *ends) for ends in ASKED["ranges"]],
        "number": [formats.number(locale, n) for n in ASKED["euros"]],
        "month": [formats.month(locale, on(iso)) for iso in ASKED["months"]],
        "day": [formats.day(locale, on(iso)) for iso in ASKED["days"]],
        "days": [formats.day_range(locale, *map(on, span)) for span in ASKED["spans"]],
        "hours": [formats.opening(locale, [], False, *map(at, span)) for span in ASKED["hours"]],
        "list": [formats.enumeration(locale, items) for items in ASKED["lists"]],
    }[kind]


def plainly(texts: list[str]) -> list[str]:
    """Return texts without what tells only how wide a space is, and where a line may end."""
    return [re.sub(r"\s", " ", text).replace("\u2060", "") for text in texts]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tag", LOCALES)
def test_formats_equal_icus_but_for_what_we_chose(
    icu: dict[str, dict[str, list[str]]], tag: str, kind: str
) -> None:
    ours, theirs = plainly(written(tag, kind)), plainly(icu[tag][kind])
    if (tag, kind) in CHOSEN:
        example, why = CHOSEN[tag, kind]
        assert example in ours, why
        assert ours != theirs, "ICU writes the same, so this is no choice of ours any more"
    else:
        assert ours == theirs


@pytest.mark.parametrize("tag", LOCALES)
def test_plural_forms_of_catalogs_tell_apart_what_cldr_does(
    icu: dict[str, dict[str, list[str]]], tag: str
) -> None:
    if tag == "en":
        return  # what the words are written in
    name = f"{LAYOUT_CATALOGS}/{tag}.po"
    catalog = parse_catalog((ROOT / name).read_text("utf-8"), name, tag)
    pairs = {
        (catalog.form_of(n), said)
        for n, said in zip(ASKED["counts"], icu[tag]["plural"], strict=True)
    }
    assert len(pairs) == len({form for form, _ in pairs}) == len({said for _, said in pairs})
    assert {form for form, _ in pairs} == set(range(catalog.num_plurals))
