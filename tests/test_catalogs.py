"""Words and messages: complete, in agreement, and looked for along the chain of locales."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from careerprint.composing.compose import compose
from careerprint.core.edition import Edition
from careerprint.core.messages import translator
from careerprint.core.reader import Reader
from careerprint.finished.readback import normalized
from careerprint.profiles.catalogs import Catalogs, read_catalogs
from careerprint.profiles.tags import fallback_chain

from .conftest import PROFILE, ROOT, SLUG, Workspace


def written_in(folder: str, pattern: str, method: str, **keywords: None) -> set[str]:
    found = extract_from_dir(
        ROOT / folder,
        method_map=[(pattern, method)],
        options_map={pattern: {"parse_template_string": True}},  # words within `…`, too
        keywords=keywords,
    )
    return {m if isinstance(m, str) else m[0] for _, _, m, _, _ in found}


def translated_in(name: str) -> dict[str, str]:
    with (ROOT / name).open("rb") as file:
        entries = [(m.id, m.string) for m in read_po(file) if m.id]
    return {
        str(message if isinstance(message, str) else message[0]): str(
            text if isinstance(text, str) else (text or [""])[-1]
        )
        for message, text in entries
    }


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s|\{\w+\}", text))


SHARING = ("base", "brochure", "flyer", "leaflet", "poster")  # layouts with the shared words alone


def shared_words() -> set[str]:
    found = (written_in(f"layouts/{name}", "**.j2", "jinja2", _=None) for name in SHARING)
    return set().union(*found)


def page_words() -> set[str]:
    page = "src/careerprint/desk/page"
    scripts = written_in(page, "*.js", "javascript", word=None)
    return scripts | written_in(page, "*.j2", "jinja2", _=None)


CATALOGS = {
    "layouts/locales/de.po": lambda: (
        shared_words()
        | written_in(
            "src", "careerprint/profiles/phrases.py", "python", gettext=None, ngettext=None
        )
    ),
    "layouts/leicht/locales/de.po": lambda: (
        written_in("layouts/leicht", "**.j2", "jinja2", _=None) - shared_words()
    ),
    "layouts/leicht-flyer/locales/de.po": lambda: (
        written_in("layouts/leicht-flyer", "**.j2", "jinja2", _=None) - shared_words()
    ),
    "src/careerprint/locales/de.po": lambda: (
        written_in("src", "**.py", "python", N_=None) | page_words()
    ),
}


@pytest.mark.parametrize("name", CATALOGS)
def test_every_message_is_translated_and_none_is_left_over(name: str) -> None:
    translated = translated_in(name)
    assert set(translated) == CATALOGS[name]()
    assert [m for m, t in translated.items() if not t] == []


@pytest.mark.parametrize("name", CATALOGS)
def test_placeholders_agree(name: str) -> None:
    for message, translation in translated_in(name).items():
        assert placeholders(message) == placeholders(translation), message


def test_the_tool_speaks_german_or_english() -> None:
    assert translator("de")("error") == "Fehler"
    assert translator("en")("error") == "error"


def test_fallback_chain() -> None:
    assert fallback_chain("de-AT") == ["de-AT", "de"]
    assert fallback_chain("zh-Hans-CN") == ["zh-Hans-CN", "zh-Hans", "zh"]
    assert fallback_chain("de-x-leicht") == ["de-x-leicht", "de"]
    assert fallback_chain("de-simple") == ["de-simple", "de"]


@pytest.mark.parametrize("tag", ["zh-Hant-TW", "sr-Latn-DE", "ku-Arab"])
def test_no_text_falls_back_to_another_script(tag: str) -> None:
    language = tag.split("-", maxsplit=1)[0]
    assert language not in fallback_chain(tag)


def write_catalog(folder: Path, tag: str, **entries: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    text += "".join(f'\nmsgid "{m}"\nmsgstr "{t}"\n' for m, t in entries.items())
    (folder / f"{tag}.po").write_text(text, "utf-8")


def test_nearest_catalog_first_and_the_source_last(tmp_path: Path) -> None:
    write_catalog(tmp_path / "po", "de", January="Januar", Bag="Tüte")
    write_catalog(tmp_path / "po", "de-AT", January="Jänner")
    catalogs = read_catalogs(Reader(tmp_path), "po", "de-AT", "en")
    assert catalogs.look_up("January") == ("Jänner", "de-AT")
    assert catalogs.look_up("Bag") == ("Tüte", "de")
    assert catalogs.look_up("Pen") == ("Pen", "en")
    assert Catalogs((), "en").look_up("Pen") == ("Pen", "en")


def test_an_austrian_edition_prints_with_german_words(workspace: Workspace) -> None:
    job = compose(Edition(SLUG, "flyer", "de-AT"), Reader(workspace.root))
    assert job.diagnostics == ()
    assert "Was Sie verdienen" in job.html


def test_the_words_of_layouts_address_readers_as_the_text_does(workspace: Workspace) -> None:
    def said(locale: str = "de") -> str:
        return compose(Edition(SLUG, "flyer", locale), Reader(workspace.root)).html

    profile = workspace.root / PROFILE
    formal = profile.read_text("utf-8")
    neutral = re.sub(r"\b(?:Sie|Ihnen|Ihre?n?)\b", "man", formal)
    quoting = f"{neutral}\n> Du lernst hier jeden Tag.\n"
    for text in (formal, neutral, quoting, formal + "\nDu kannst das.\n"):
        profile.write_text(text, "utf-8")
        assert "Was Sie verdienen können" in said(), text[-40:]
    profile.write_text(f"{neutral}\nDu kannst das.\n", "utf-8")
    assert "Was du verdienen kannst" in said()
    assert "Sprich mit uns" in said()
    assert "Sie " not in re.sub(r"<style.*?</style>", "", said())
    assert "What you can earn" in said("en")
    for locale, formally, informally in (
        ("uk", "Поговоріть із нами", "Поговори з нами"),
        ("tr", "Bizimle konuşun", "Bizimle konuş<"),
        ("fr", "vous conseiller", "te conseiller"),
    ):
        assert formally not in said(locale)
        assert informally in said(locale)


def test_what_layouts_say_below_an_informal_text_stays_in_their_catalogs(
    workspace: Workspace,
) -> None:
    name = "layouts/locales/de.po"
    workspace.edit(name, '"Sprich mit uns"', '"Rede mit uns"')
    assert workspace.run("translations", "update").returncode == 0
    assert 'msgctxt "informal"\nmsgid "Talk to us"\nmsgstr "Rede mit uns"' in (
        workspace.root / name
    ).read_text("utf-8")


def test_a_translated_block_is_used_and_the_others_stay_german(workspace: Workspace) -> None:
    write_catalog(
        workspace.root / PROFILE.replace("profile.md", "locales"),
        "en",
        **{
            "Fragen klären, Lösungen finden": "Answer, solve.",
            "Gehalt im Monat: zum Einstieg {pay.entry}, mit Erfahrung {pay.experienced}.": (
                "Pay that grows: {pay.entry} a month to begin with, then {pay.experienced}."
            ),
        },
    )
    job = compose(Edition(SLUG, "flyer", "en"), Reader(workspace.root))
    assert job.diagnostics == ()
    text = " ".join(block.text for block in job.placed)
    for wanted in (
        "Answer, solve.",
        "Pay that grows: €2,300 – €2,800 a month to begin with, then up to a little over €3,400.",
        "Arbeitgeber aus vielen Branchen, zum Beispiel Versicherungen, Banken, IT-Dienstleistungen und Einzelhandel.",
    ):
        assert normalized(wanted) in normalized(text)


def test_the_tools_own_words_are_read_as_babel_reads_them() -> None:
    translate, known = translator("de"), translated_in("src/careerprint/locales/de.po")
    assert len(known) > 1000
    assert {message: translate(message) for message in known} == known
