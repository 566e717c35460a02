"""Catalogs as the world writes them: read whole, merged without loss, fresh again when undone.

gettext's own programs write the files where that is the point.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from careerprint.core.reader import Reader
from careerprint.profiles.catalogs import read_catalogs
from careerprint.profiles.pofiles import PoCatalog, former_of, parse_catalog
from careerprint.profiles.tags import plural_forms
from careerprint.translation.merging import catalog_text, merged_catalog

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
FIRST = "Sie beraten Menschen am Telefon."
SECOND = "Sie beraten viele Menschen am Telefon."
THIRD = "Sie beraten viele Menschen am Telefon und im Chat."


def template(*messages: str, plural: tuple[str, str] | None = None) -> Catalog:
    catalog = Catalog(locale="de")
    for message in messages:
        catalog.add(message)
    if plural:
        catalog.add(plural)
    return catalog


def read(text: str, tag: str = "tr") -> PoCatalog:
    return parse_catalog(text, "x.po", tag)


def updated(text: str, *messages: str, tag: str = "tr") -> str:
    """Return a catalog's text, brought up to date with messages; once more changes nothing."""
    wanted = template(*messages)
    once = catalog_text(merged_catalog(wanted, read(text, tag), tag), "x", tag)
    assert catalog_text(merged_catalog(wanted, read(once, tag), tag), "x", tag) == once
    return once


def body(text: str) -> str:
    return text.split("\n\n", 1)[1]


def entry(message: str, translation: str) -> str:
    return f'{HEAD}\nmsgid "{message}"\nmsgstr "{translation}"\n'


def test_a_former_wording_is_kept_right_over_several_edits() -> None:
    text = updated(updated(entry(FIRST, "Çeviri"), SECOND), THIRD)
    assert body(text) == f'#, fuzzy\n#| msgid "{FIRST}"\nmsgid "{THIRD}"\nmsgstr "Çeviri"\n'


def test_an_edit_that_is_undone_makes_the_translation_fresh_again() -> None:
    text = updated(updated(updated(entry(FIRST, "Çeviri"), SECOND), THIRD), FIRST)
    assert body(text) == f'msgid "{FIRST}"\nmsgstr "Çeviri"\n'


def test_a_mark_that_a_translator_set_stays() -> None:
    marked = entry(FIRST, "Çeviri").replace("\nmsgid", "\n#, fuzzy\nmsgid", 2)
    assert "#, fuzzy\nmsgid" in body(updated(marked, FIRST))


def test_a_text_that_went_and_comes_back_has_its_translation() -> None:
    text = updated(entry(FIRST, "Çeviri"), "Etwas ganz anderes")
    assert f'#~ msgid "{FIRST}"\n#~ msgstr "Çeviri"' in text
    assert body(updated(text, FIRST)) == f'msgid "{FIRST}"\nmsgstr "Çeviri"\n'


def test_former_wordings_over_several_lines_are_read_and_kept() -> None:
    text = f"""{HEAD}
#, fuzzy
#| msgctxt "in a sentence"
#| msgid ""
#| "Sie beraten Menschen "
#| "am „Telefon“."
msgctxt "in a sentence"
msgid "{FIRST}"
msgstr "Çeviri"
"""
    (found,) = (each for each in read(text) if each.id)
    former = former_of(found)
    assert former
    assert (former.context, former.message) == (
        "in a sentence",
        "Sie beraten Menschen am „Telefon“.",
    )


def test_former_wordings_of_what_is_no_longer_used_are_read_and_kept() -> None:
    text = f"""{HEAD}
#, fuzzy
#~| msgid ""
#~| "Sie beraten Menschen am "
#~| "Telefon."
#~ msgid "{SECOND}"
#~ msgstr "Çeviri"
"""
    assert body(updated(text, "Etwas ganz anderes")).endswith(
        f'#, fuzzy\n#~| msgid "{FIRST}"\n#~ msgid "{SECOND}"\n#~ msgstr "Çeviri"\n'
    )
    assert body(updated(text, FIRST)) == f'msgid "{FIRST}"\nmsgstr "Çeviri"\n'


def test_the_newer_line_for_flags_is_read() -> None:
    text = f'{HEAD}\n#, fuzzy\n#= no-wrap\nmsgid "{FIRST}"\nmsgstr "Çeviri"\n'
    (found,) = (each for each in read(text) if each.id)
    assert set(found.flags) == {"fuzzy", "no-wrap"}
    assert "#, fuzzy, no-wrap\n" in updated(text, FIRST)


def test_of_an_entry_that_stands_twice_the_better_one_is_used_and_none_is_lost(
    tmp_path: Path,
) -> None:
    text = entry(FIRST, "")
    text += f'\nmsgid "{FIRST}"\nmsgstr "Bir"\n\n#, fuzzy\nmsgid "{FIRST}"\nmsgstr "İki"\n'
    (tmp_path / "po").mkdir()
    (tmp_path / "po" / "tr.po").write_text(text, "utf-8")
    catalogs = read_catalogs(Reader(tmp_path), "po", "tr", "de")
    assert catalogs.gettext(FIRST) == "Bir"
    (said,) = (d.sentence(str) for d in catalogs.diagnostics)
    assert said.startswith(f"po/tr.po:12: warning: “{FIRST}” is translated twice, and this")
    assert body(updated(text, FIRST)) == f'# also: İki\nmsgid "{FIRST}"\nmsgstr "Bir"\n'


def test_one_message_has_a_translation_for_each_context(tmp_path: Path) -> None:
    text = entry("Büro", "Ofis") + '\nmsgctxt "in a sentence"\nmsgid "Büro"\nmsgstr "ofis"\n'
    (tmp_path / "po").mkdir()
    (tmp_path / "po" / "tr.po").write_text(text, "utf-8")
    catalogs = read_catalogs(Reader(tmp_path), "po", "tr", "de")
    assert (catalogs.gettext("Büro"), catalogs.pgettext("in a sentence", "Büro")) == (
        "Ofis",
        "ofis",
    )
    assert catalogs.pgettext("on a button", "Büro") == "Ofis", "else as it is anywhere"


def test_a_message_that_gets_a_context_keeps_what_was_printed() -> None:
    wanted = template("Büro")
    wanted.add("Büro", context="in a sentence")
    text = catalog_text(merged_catalog(wanted, read(entry("Büro", "ofis")), "tr"), "x", "tr")
    assert text.count('msgstr "ofis"') == 2
    assert "fuzzy" not in text


def test_what_an_editor_writes_into_the_header_is_kept() -> None:
    poedit = (
        '# Translated at the office.\nmsgid ""\nmsgstr ""\n'
        '"Project-Id-Version: other\\n"\n"PO-Revision-Date: 2026-11-20 10:00+0100\\n"\n'
        '"Last-Translator: Team Sprachen\\n"\n"Language-Team: Turkish\\n"\n"Language: tr_TR\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n"X-Generator: Poedit 3.2\\n"\n'
        '\nmsgid ""\n"Sie beraten Menschen am "\n"Telefon."\nmsgstr ""\n"Bir "\n"çeviri"\n'
    )
    text = updated(poedit, FIRST)
    for kept in (
        "Last-Translator: Team",
        "X-Generator: Poedit 3.2",
        "PO-Revision-Date: 2026-11-20",
    ):
        assert kept in text
    assert "# Translated at the office.\n" in text
    assert '"Language: tr\\n"' in text
    assert body(text) == f'msgid "{FIRST}"\nmsgstr "Bir çeviri"\n', "no line is wrapped"


@pytest.mark.parametrize(
    ("tag", "header", "forms", "wanted"),
    [
        ("tr", "nplurals=1; plural=0;", ["{count} yıl"], ["{count} yıl", "{count} yıl"]),
        ("pl", "nplurals=2; plural=(n != 1);", ["rok", "lata"], ["rok", "lata", "lata"]),
    ],
)
def test_plural_forms_become_those_of_cldr(
    tag: str, header: str, forms: list[str], wanted: list[str]
) -> None:
    written = "".join(f'msgstr[{n}] "{form}"\n' for n, form in enumerate(forms))
    old = HEAD + f'"Plural-Forms: {header}\\n"\n\nmsgid "a"\nmsgid_plural "b"\n{written}'
    merged = merged_catalog(template(plural=("a", "b")), read(old, tag), tag)
    text = catalog_text(merged, "x", tag)
    assert f'"Plural-Forms: {plural_forms(tag)}\\n"' in text
    assert re.findall(r'msgstr\[\d\] "(.*)"', text) == wanted


def test_plural_forms_that_tell_apart_more_are_kept() -> None:
    weblate = "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;"
    old = HEAD + f'"Plural-Forms: {weblate}\\n"\n\nmsgid "a"\nmsgid_plural "b"\n'
    old += "".join(f'msgstr[{n}] "{form}"\n' for n, form in enumerate(("un an", "d’ans", "ans")))
    merged = merged_catalog(template(plural=("a", "b")), read(old, "fr"), "fr")
    text = catalog_text(merged, "x", "fr")
    assert re.findall(r'msgstr\[\d\] "(.*)"', text) == ["un an", "d’ans", "ans"]
    assert "nplurals=3" in text


@pytest.fixture
def gettext_tools() -> None:
    if not (shutil.which("msgmerge") and shutil.which("msgattrib")):
        pytest.skip("gettext is not installed")


def run_tool(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.mark.usefixtures("gettext_tools")
def test_what_msgmerge_makes_of_edits_is_understood(tmp_path: Path) -> None:
    def merge(message: str) -> str:
        pot = HEAD + f'\nmsgid "{message}"\nmsgstr ""\n'
        (tmp_path / "new.pot").write_text(pot, "utf-8")
        run_tool(
            tmp_path, "msgmerge", "--previous", "--width=40", "-o", "tr.po", "tr.po", "new.pot"
        )
        return (tmp_path / "tr.po").read_text("utf-8")

    (tmp_path / "tr.po").write_text(entry(FIRST, "Telefonda insanlara yardım edersiniz."), "utf-8")
    merge(SECOND)
    rewritten = merge(THIRD)
    assert rewritten.count("#| ") > 1, "msgmerge wraps the former wording"
    assert f'#| msgid "{FIRST}"' in updated(rewritten, THIRD)
    undone = updated(rewritten, FIRST)
    assert "fuzzy" not in undone
    assert body(updated(merge(FIRST), FIRST)) == body(undone), "also where msgmerge saw it undone"


@pytest.mark.usefixtures("gettext_tools")
def test_gettexts_programs_read_what_is_written(tmp_path: Path) -> None:
    text = updated(updated(entry(FIRST, "Bir “çeviri”\\nİki"), SECOND), THIRD, "Büro")
    text = updated(text, "Etwas ganz anderes")
    (tmp_path / "tr.po").write_text(text, "utf-8")
    run_tool(tmp_path, "msgfmt", "--check", "-o", "tr.mo", "tr.po")
    run_tool(tmp_path, "msgattrib", "--no-wrap", "-o", "same.po", "tr.po")
    again = (tmp_path / "same.po").read_text("utf-8")
    assert "#~| msgid" in again
    assert updated(again, FIRST).count("fuzzy") == 0, "nothing of it was lost on the way"
