"""Eleven locales and two made-up ones: every translated block in its place, nothing lost between."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
import page as page_validation
import pikepdf
import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from langcodes import Language, standardize_tag

from careerprint.commands.console import CLICK_WORDS
from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.finished.readback import normalized, read_back
from careerprint.profiles.catalogs import PSEUDO_LOCALES, pseudo, read_catalogs
from careerprint.profiles.pofiles import parse_catalog
from careerprint.profiles.tags import canonical_tag, direction_of
from careerprint.translation.translations import TranslationProgress, all_progress

from .cards import card_workspace, declare_flyers, in_one_size
from .conftest import LOCALES, PROFILE, ROOT, SLUG, Workspace, run, run_process, run_without

FOREIGN = [locale for locale in LOCALES if locale != "de"]
DRAFTS = ("bs", "ckb", "el", "fa", "hr", "it", "ku", "sq", "sr-Latn", "vi")
CATALOGS = PROFILE.replace("profile.md", "locales")


@pytest.fixture(scope="module")
def progress() -> list[TranslationProgress]:
    """How far the catalogs are that ship with careerprint."""
    return all_progress(Reader(ROOT))


def translations(locale: str, folder: str = CATALOGS) -> dict[str, str]:
    """Return the profile's translations as they stand in the file: message → translation."""
    name = f"{folder}/{locale}.po"
    catalog = parse_catalog((ROOT / name).read_text("utf-8"), name, locale)
    return {str(m.id): str(m.string) for m in catalog if m.id}


@pytest.mark.slow
@pytest.mark.parametrize("locale", FOREIGN)
def test_every_block_is_translated_and_printed(printed: Workspace, locale: str) -> None:
    job = compose(Edition(SLUG, "brochure", locale), Reader(ROOT))
    assert job.fallen_back == 0
    assert job.diagnostics == ()
    texts = translations(locale)
    assert all(texts.values())
    # Read by poppler, not by the means of the tool's own preflight.
    done = subprocess.run(
        ["pdftotext", printed.pdf("brochure", locale), "-"], capture_output=True, check=True
    )
    text = normalized(done.stdout.decode("utf-8"))
    if locale == "ar":  # poppler gives ligatures backwards, so only what is there can be told
        letters = Counter(normalized("".join(b.text for b in job.placed)))
        lost = letters - Counter(text)
        assert lost.total() <= letters.total() // 100, lost
        return
    position = 0
    for block in job.placed:
        wanted = normalized(block.text)
        if block.location.line > 80:  # the running text; what stands in columns, poppler reorders
            assert wanted in text[position:], block.text
            position = text.index(wanted, position)


def test_of_what_ships_no_translation_is_approved(progress: list[TranslationProgress]) -> None:
    rows = [row for row in progress if row.locale in {*FOREIGN, *DRAFTS}]
    assert {row.locale for row in rows} == {*FOREIGN, *DRAFTS}
    own = {"layouts/leicht", "layouts/leicht-flyer"}
    assert {row.domain for row in rows} == {SLUG, "layouts"} | own
    assert [row for row in rows if row.unapproved != row.translated] == []


@pytest.mark.parametrize("locale", DRAFTS)
def test_what_is_offered_as_a_draft_has_all_words_and_a_whole_flyer(
    progress: list[TranslationProgress], locale: str
) -> None:
    rows = {row.domain: row for row in progress if row.locale == locale}
    assert (rows["layouts"].percent, rows["layouts"].stale) == (100, ())
    assert rows[SLUG].stale == ()
    flyer, brochure = (
        compose(Edition(SLUG, layout, locale), Reader(ROOT)) for layout in ("flyer", "brochure")
    )
    assert flyer.fallen_back == 0
    assert (flyer.diagnostics, brochure.diagnostics) == ((), ())
    assert not re.findall(r'<h[1-3][^>]* lang="de"', brochure.html), "headings are translated, too"


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["ckb", "vi"])
def test_a_draft_prints_without_an_error(workspace: Workspace, locale: str) -> None:
    done = workspace.run("build", "--layout", "flyer", "--locale", locale, "--target", "draft")
    assert done.returncode == 0, done.stderr
    checked = workspace.run(
        "check", str(workspace.pdf("flyer", locale)).replace(".pdf", "-draft.pdf")
    )
    assert "Errors: 0" in checked.stdout, checked.stderr


def elements(pdf: Path) -> Iterator[pikepdf.Object]:
    with pikepdf.open(pdf) as document:
        yield from (
            item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
        )


@pytest.mark.slow
def test_german_runs_are_marked_in_the_structure_tree(printed: Workspace) -> None:
    # In Arabic: the official names of the two apprenticeships, the issuer and its imprint.
    languages = Counter(str(e.Lang) for e in elements(printed.pdf("flyer", "ar")) if "/Lang" in e)
    assert set(languages) == {"de"}
    assert languages["de"] >= 4
    assert not [e for e in elements(printed.pdf("flyer", "de")) if "/Lang" in e]


def test_a_german_imprint_runs_its_own_way_within_a_page_from_right_to_left(
    workspace: Workspace,
) -> None:
    pages = {
        tag: compose(Edition(SLUG, "flyer", tag), Reader(workspace.root)).page
        for tag in ("de", "tr", "ar")
    }
    said = "Herausgegeben von unserer Beratungsstelle. Angaben ohne Gewähr."
    assert f'<p class="imprint"><span lang="de" dir="ltr">{said}</span> <span' in pages["ar"]
    assert f'<p class="imprint" lang="de">{said} <span' in pages["tr"]
    assert f'<p class="imprint">{said} <span' in pages["de"]


def test_an_imprint_stands_in_the_language_of_the_page_where_it_is_translated(
    workspace: Workspace,
) -> None:
    imprint = workspace.line("careerprint.toml", "imprint =")
    lines = (workspace.root / "careerprint.toml").read_text("utf-8").split("\n")
    lines.insert(imprint, 'imprints = { ar = "الناشر: مركز الاستشارة." }')
    (workspace.root / "careerprint.toml").write_text("\n".join(lines), "utf-8")
    job = compose(Edition(SLUG, "flyer", "ar"), Reader(workspace.root))
    assert '<p class="imprint">الناشر: مركز الاستشارة. <span' in job.page
    (said,) = (text for text in job.issuer if "الناشر" in text)
    assert said.location.line == imprint + 1
    other = compose(Edition(SLUG, "flyer", "tr"), Reader(workspace.root))
    assert '<p class="imprint" lang="de">Herausgegeben' in other.page


@pytest.mark.slow
def test_a_locale_without_translations_prints_the_german_marked_as_german(
    workspace: Workspace,
) -> None:
    for catalog in (workspace.root / CATALOGS).glob("*.po"):
        catalog.unlink()
    done = workspace.run("build", "--layout", "flyer", "--locale", "en", "--locale", "ar")
    assert done.returncode == 0, done.stderr
    counts = re.findall(r"\(blocks in German: (\d+);", done.stdout)
    assert len(counts) == 2
    assert set(counts) == {"18"}
    tags = [str(e.S) for e in elements(workspace.pdf("flyer", "ar")) if e.get("/Lang") == "de"]
    assert {"/P", "/H1", "/LI"} <= set(tags)
    text = read_back(workspace.pdf("flyer", "en").read_bytes()).text
    # The chart speaks English, the German sentence keeps its German amounts.
    assert normalized("€2,300 – €2,800") in normalized(text)
    assert normalized("2.300–2.800 €, mit Erfahrung bis gut 3.400 €") in normalized(text)


@pytest.mark.slow
def test_amounts_keep_their_order_in_arabic(printed: Workspace) -> None:
    text = read_back(printed.pdf("flyer", "ar").read_bytes()).text
    assert "2.300–2.800 €" in text.replace("\u00a0", " ")


@pytest.mark.slow
def test_copied_arabic_has_no_broken_letters(printed: Workspace) -> None:
    text = read_back(printed.pdf("brochure", "ar").read_bytes()).text
    strange = [
        c
        for c in text
        if not (
            c.isascii() or "\u0600" <= c <= "\u06ff" or c in "ßäöüÄÖÜ–…«»“”€·\u00a0\u00ad\u2010ﷺ"
        )
    ]
    assert strange == []


@pytest.mark.slow
def test_a_brochure_prints_in_a_pseudo_locale(workspace: Workspace) -> None:
    """Flyers in both print in test_readme.py."""
    (outcome,) = in_one_size(workspace).build("brochure", PSEUDO_LOCALES[0])
    found = [d.sentence(str) for d in outcome.diagnostics]
    assert all("% empty" in sentence for sentence in found), found


@pytest.mark.parametrize("tag", ["de-x-platt", "de-AT"])
def test_a_variant_prints_in_german_and_its_pdf_names_it(tmp_path: Path, tag: str) -> None:
    cards = card_workspace(tmp_path / "workspace", (tag,))
    done = cards.run("build", "--locale", tag)
    assert done.returncode == 0, done.stderr
    pdf = cards.pdf("card", tag)
    with pikepdf.open(pdf) as document:
        assert str(document.Root.Lang) == tag
    report = page_validation.validate_pdf(str(pdf), profile="ua1")
    assert report.is_compliant, report.failures


def test_pseudo_text_is_longer_or_from_the_right_and_keeps_what_must_not_change() -> None:
    message = "Pay {pay.entry} on %(day)s, see [here](https://example.org/x)."
    long, mirrored = pseudo(message, "en-XA"), pseudo(message, "ar-XB")
    assert 1.3 * len(message) <= len(long) <= 1.45 * len(message)
    for text in (long, mirrored):
        assert all(kept in text for kept in ("{pay.entry}", "%(day)s", "](https://example.org/x)"))
    assert mirrored.startswith("عاذ ")


def test_one_edited_paragraph_is_stale_where_it_was_translated_and_nowhere_else(
    workspace: Workspace,
) -> None:
    (workspace.root / CATALOGS / "pl.po").unlink()
    workspace.edit(
        PROFILE,
        "Das ist kein besonders hohes Gehalt.",
        "Das ist leider kein besonders hohes Gehalt.",
    )
    done = workspace.run("translations", "status", "--json")
    rows = {(r["locale"], r["domain"]): r for r in json.loads(done.stdout)}
    edited = next(
        line
        for line in (workspace.root / PROFILE).read_text("utf-8").split("\n")
        if line.startswith("Das ist leider kein")
    )
    for locale in FOREIGN:
        row = rows[locale, SLUG]
        if locale == "pl":
            assert (row["stale"], row["translated"], row["percent"]) == ([], [], 0)
        else:
            assert (row["stale"], row["missing"]) == ([edited], [])
            assert len(row["translated"]) == row["total"] - 1
    table = workspace.run("translations", "status").stdout
    assert re.search(rf"^tr +{SLUG} +\d+ +\d+ +1 +0 +98$", table, re.MULTILINE)
    assert re.search(rf"^pl +{SLUG} +0 +0 +0 +\d+ +0$", table, re.MULTILINE)


def test_update_keeps_translations_flags_and_order(workspace: Workspace) -> None:
    assert workspace.run("translations", "update").stdout == "", "the catalogs are up to date"
    tr = workspace.root / CATALOGS / "tr.po"
    before = tr.read_text("utf-8").split("\n")
    workspace.edit(PROFILE, "    - Gespräch vor Ort", "    - ein Gespräch vor Ort")
    done = workspace.run("translations", "update")
    assert f"updated: {CATALOGS}/tr.po" in done.stdout
    after = tr.read_text("utf-8").split("\n")
    gone, new = set(before) - set(after), set(after) - set(before)
    assert gone == {'msgid "Gespräch vor Ort"'}
    assert new == {
        'msgid "ein Gespräch vor Ort"',
        "#, fuzzy",
        '#| msgid "Gespräch vor Ort"',
    }
    assert workspace.run("translations", "update").stdout == ""


def test_a_plain_number_is_the_same_in_every_language(workspace: Workspace) -> None:
    text = (workspace.root / PROFILE).read_text("utf-8")
    (workspace.root / PROFILE).write_text(f"{text}\n2030\n\n2.300\n", "utf-8")
    assert workspace.run("translations", "update").returncode == 0
    catalog = (workspace.root / f"content/{SLUG}/locales/ar.po").read_text("utf-8")
    assert 'msgid "2030"' not in catalog
    assert 'msgid "2.300"' in catalog, "amounts are grouped otherwise elsewhere"
    job = compose(Edition(SLUG, "brochure", "ar"), Reader(workspace.root))
    german = [block.text for block in job.placed if block.is_untranslated]
    assert german == ["2.300"]


def test_update_begins_a_catalog_for_a_new_text(workspace: Workspace) -> None:
    for catalog in (workspace.root / CATALOGS).glob("*.po"):
        catalog.unlink()
    workspace.run("translations", "update")
    made = {f.stem for f in (workspace.root / CATALOGS).glob("*.po")}
    assert made == {*FOREIGN, *DRAFTS} - {"en"}, "one for each locale that the layouts' words have"


@pytest.mark.process
def test_check_prints_nothing_on_trial_that_is_printed_already(printed: Workspace) -> None:
    done = run_without("weasyprint", printed.root, "translations", "check", "--locale", "tr")
    assert (done.returncode, done.stdout, done.stderr) == (0, "0 findings.\n", "")


@pytest.mark.slow
def test_check_names_what_is_off(workspace: Workspace) -> None:
    declare_flyers(workspace, "de")
    catalog = workspace.root / CATALOGS / "fr.po"
    head, body = catalog.read_text("utf-8").split('msgid "Gehalt im Monat', 1)
    message, translation = body.split("\n", 1)
    spoiled = translation.replace("{pay.entry}", "{pay.entri}", 1)
    spoiled = spoiled.replace('msgstr "', 'msgstr "مرحبا ', 1)
    catalog.write_text(f'{head}msgid "Gehalt im Monat{message}\n{spoiled}', "utf-8")
    done = workspace.run("translations", "check", "--locale", "fr")
    assert done.returncode == 1
    for said in ("does not agree in {pay.entri}, {pay.entry}", "mixes directions (“مرحبا”)"):
        (line,) = [line for line in done.stderr.strip().split("\n") if said in line]
        assert re.match(rf"{CATALOGS}/fr\.po:\d+: warning: ", line)


@pytest.mark.parametrize(
    ("letters", "told"), [("B1", False), ("DIN A4", False), ("IHK", False), ("Berlin", True)]
)
def test_levels_and_abbreviations_stand_in_latin_letters_in_any_script(
    workspace: Workspace, letters: str, told: bool
) -> None:
    catalog = workspace.root / CATALOGS / "ar.po"
    text = catalog.read_text("utf-8")
    first = 'msgstr "خدمة العملاء في دورتموند'
    catalog.write_text(text.replace(first, f"{first} {letters}", 1), "utf-8")
    found = read_catalogs(Reader(workspace.root), CATALOGS, "ar", "de").diagnostics
    assert any("mixes directions" in each.message for each in found) == told


def test_wrong_number_of_plural_forms(workspace: Workspace) -> None:
    name = "layouts/locales/pl.po"
    text = (workspace.root / name).read_text("utf-8")
    (workspace.root / name).write_text(re.sub(r'msgstr\[2\] ".*"\n', "", text), "utf-8")
    found = compose(Edition(SLUG, "flyer", "pl"), Reader(workspace.root)).diagnostics
    told = [each.sentence(str) for each in found if each.severity.name == "WARNING"]
    said = "“{count} year” has 2 plural forms; this locale has 3. Translate each form."
    assert any(line.startswith(f"{name}:") and said in line for line in told)


@pytest.mark.slow
def test_a_translation_that_makes_its_page_overflow_is_named_with_its_excess(
    workspace: Workspace,
) -> None:
    declare_flyers(workspace, "de")
    name = f"{CATALOGS}/es.po"
    text = (workspace.root / name).read_text("utf-8")
    long = "Texto demasiado largo para esta hoja. " * 60
    marked = re.search(r'msgid "Im Kundendienst helfen.*\nmsgstr "', text)
    assert marked
    (workspace.root / name).write_text(text[: marked.end()] + long + text[marked.end() :], "utf-8")
    done = workspace.run("translations", "check", "--locale", "es")
    assert done.returncode == 1
    (line,) = [
        line for line in done.stderr.split("\n") if "characters longer" in line and "Texto" in line
    ]
    found = re.search(r"is (\d+) characters longer than the German", line)
    assert found
    assert int(found[1]) > 2000


def test_languages_of_two_letters_in_cldr_are_as_the_registry_has_them() -> None:
    tags = [tag for tag in locale_identifiers() if len(tag) == 2]
    assert len(tags) > 100
    for tag in tags:
        assert canonical_tag(tag) == standardize_tag(tag, macro=True) == tag
        script = Language.get(tag).maximize().script
        assert direction_of(tag) == Locale.parse(f"und_{script}").text_direction


def test_plural_forms_as_the_language_has_them() -> None:
    from careerprint.profiles.catalogs import (
        LAYOUT_CATALOGS,
        LAYOUT_SOURCE,
        known_locale,
        read_catalogs,
    )
    from careerprint.profiles.phrases import years

    def forms(locale: str, *counts: float) -> list[str]:
        words = read_catalogs(Reader(ROOT), LAYOUT_CATALOGS, locale, LAYOUT_SOURCE)
        here = known_locale(locale)
        return [years(n, here, words).replace("\u00a0", " ") for n in counts]

    assert forms("de", 1, 3, 3.5) == ["1 Jahr", "3 Jahre", "3,5 Jahre"]
    assert forms("en", 1, 3, 3.5) == ["1 year", "3 years", "3.5 years"]
    assert forms("pl", 1, 3, 5, 3.5) == ["1 rok", "3 lata", "5 lat", "3,5 roku"]
    assert forms("ru", 1, 3, 5) == ["1 год", "3 года", "5 лет"]
    assert forms("uk", 1, 3, 5) == ["1 рік", "3 роки", "5 років"]
    assert len(set(forms("ar", 1, 2, 3, 11))) == 4


@pytest.mark.process
def test_help_speaks_german(tmp_path: Path) -> None:
    def said(*arguments: str, **variables: str) -> str:
        return run(tmp_path, *arguments, **variables).stdout

    assert "Profile als Broschüren und Flyer drucken." in said("--lang", "de", "--help")
    german = said("build", "--help", LANG="de_DE.UTF-8")
    assert "Nur dieses Layout; mehrfach möglich." in german
    assert "Only this layout; repeatable." in said("build", "--help")
    shown = run_process(tmp_path, "--lang", "de", "build", "--help").stdout
    assert shown.startswith("Aufruf: careerprint build")
    assert "Diese Hilfe zeigen." in shown
    wrong = run(tmp_path, "--lang", "de", "build", "--farbe")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Fehler: Die Option '--farbe' gibt es nicht." in wrong.stderr
    missing = run(tmp_path, "--lang", "de", "init")
    assert "Fehler: Es fehlt die Angabe 'DIR'." in missing.stderr


@pytest.mark.parametrize("word", CLICK_WORDS)
def test_click_still_says_what_is_translated(word: str) -> None:
    folder = Path(click.__file__).parent
    assert any(
        repr(word)[1:-1] in f.read_text("utf-8") or word in f.read_text("utf-8")
        for f in folder.glob("*.py")
    )
