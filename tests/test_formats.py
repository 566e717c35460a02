"""Amounts, dates, lists and phrases as each locale writes them (CLDR)."""

import re
from datetime import date

import pytest
from babel import Locale

from careerprint.core.diagnostics import Location
from careerprint.core.reader import Reader
from careerprint.core.schema import Text
from careerprint.layouts.figures import nice_step
from careerprint.profiles import formats
from careerprint.profiles.catalogs import (
    LAYOUT_CATALOGS,
    LAYOUT_SOURCE,
    known_locale,
    read_catalogs,
)
from careerprint.profiles.facts import PayRange
from careerprint.profiles.phrases import Phrase, pay_phrase

from .conftest import ROOT

DE, EN = Locale("de"), Locale("en")


def pay(low: int | None, high: int, *, open_top: bool = False) -> PayRange:
    return PayRange(id="x", label=Text("x", Location("x")), min=low, max=high, open_top=open_top)


def test_amounts_have_a_space_that_does_not_break() -> None:
    assert formats.amount(DE, 2300) == "2.300\u00a0€"
    assert formats.amount(EN, 2300) == "€2,300"
    assert formats.amount(DE, 14) == "14\u00a0€"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "2.300–2.800\u00a0€"),
        ("en-GB", "€2,300 – €2,800"),
        ("pl", "2300–2800\u00a0€"),
        ("bg", "2300 – 2800\u00a0€"),
        ("hr", "2.300 – 2.800\u00a0€"),
        ("nl", "€\u00a02.300-2.800"),
        ("es-MX", "€2,300 - €2,800"),
        ("de-AT", "€\u00a02.300–2.800"),
        ("zza", "2.300–2.800\u00a0€"),
    ],
)
def test_ranges_as_each_locale_writes_them(tag: str, text: str) -> None:
    """tests/test_icu.py compares all that ship with ICU; these are forms that it has."""
    assert formats.amount_range(known_locale(tag), 2300, 2800) == text


@pytest.mark.parametrize("tag", ["ar", "fa", "ckb", "fa-AF", "ur"])
def test_western_digits_from_the_right_are_grouped_as_here(tag: str) -> None:
    assert formats.amount_range(known_locale(tag), 2300, 2800) == "2.300–2.800\u00a0€"


def test_arabic_months_have_both_names_but_for_one_country() -> None:
    assert formats.month(Locale("ar"), date(2026, 10, 1)) == "تشرين الأول/أكتوبر 2026"
    assert formats.month(Locale("ar", "SY"), date(2026, 10, 1)) == "تشرين الأول 2026"
    assert formats.month(Locale("ar", "MA"), date(2026, 10, 1)) == "أكتوبر 2026"


def test_four_digits_are_not_grouped_where_cldr_says_so() -> None:
    assert formats.amount(Locale("pl"), 3400) == "3400\u00a0€"
    assert formats.amount(Locale("pl"), 34000) == "34\u00a0000\u00a0€"


@pytest.mark.parametrize(
    ("stage", "german"),
    [
        (pay(2300, 2800), "2.300–2.800\u00a0€"),
        (pay(None, 3400, open_top=True), "bis gut 3.400\u00a0€"),
        (pay(None, 3400), "bis 3.400\u00a0€"),
        (pay(2300, 2300), "2.300\u00a0€"),
    ],
)
def test_pay_in_words(stage: PayRange, german: str) -> None:
    words = read_catalogs(Reader(ROOT), LAYOUT_CATALOGS, "de", LAYOUT_SOURCE)
    assert Phrase(pay_phrase(stage, DE, words)).text == german


def test_months_and_lists() -> None:
    assert formats.month(DE, date(2026, 3, 1)) == "März 2026"
    assert formats.month(EN, date(2026, 3, 1)) == "March 2026"
    assert formats.enumeration(DE, ["A", "B", "C"]) == "A, B und C"
    assert formats.enumeration(EN, ["A", "B", "C"]) == "A, B and C"


def test_days_and_ranges_of_days() -> None:
    first, last = date(2027, 3, 12), date(2027, 3, 13)
    assert formats.day(DE, first) == "12. März 2027"
    assert formats.day_range(DE, first, last) == "12.–13. März 2027"
    assert formats.day_range(DE, first, first) == "12. März 2027"
    assert formats.day_range(Locale("pl"), first, last) == "12–13 marca 2027"
    assert formats.day_range(Locale("ar"), first, last) == "12–13 آذار/مارس 2027"
    across_months = formats.day_range(DE, date(2027, 9, 30), date(2027, 10, 1))
    assert re.sub(r"\s", " ", across_months) == "30. September – 1. Oktober 2027"
    assert formats.day_range(EN, first, last) == "12–13 March 2027"
    assert formats.day_range(Locale("en", "US"), first, last).replace("\u2009", " ") == (
        "March 12 – 13, 2027"
    )
    assert formats.day_range(Locale("uk"), first, last) == "12–13 березня 2027\u202fр."
    assert formats.day_range(Locale("es"), first, last) == "12–13 de marzo de 2027"
    across_years = formats.day_range(Locale("fr"), date(2027, 12, 31), date(2028, 1, 1))
    assert re.sub(r"\s", " ", across_years) == "31 décembre 2027 – 1 janvier 2028"


@pytest.mark.parametrize(
    ("least", "step"),
    [(0.3, 1), (1, 1), (1.1, 2), (2, 2), (3, 5), (275, 500), (8000, 10000), (5e9, 5_000_000_000)],
)
def test_steps_of_an_axis_are_round(least: float, step: int) -> None:
    assert nice_step(least) == step


def test_an_axis_has_an_end() -> None:
    with pytest.raises(ValueError, match="no axis"):
        nice_step(5e9 + 1)


@pytest.mark.parametrize(
    ("tag", "one", "both"),
    [
        ("de", "14,50 €", "14,50–19,00 €"),
        ("en", "€14.50", "€14.50 – €19.00"),
        ("ar", "14,50 €", "14,50–19,00 €"),
        ("pl", "14,50 €", "14,50–19,00 €"),
    ],
)
def test_what_an_hour_is_paid_has_cents(tag: str, one: str, both: str) -> None:
    locale = Locale(tag)
    said = formats.amount(locale, 14.5), formats.amount_range(locale, 14.5, 19)
    assert [re.sub(r"\s", " ", re.sub("[\u200e\u200f]", "", each)) for each in said] == [one, both]
