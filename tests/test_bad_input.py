"""What users can get wrong: one line with place, cause and remedy; nothing half-written."""

import io
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from .cards import CSS, card_workspace, in_one_size
from .conftest import PROFILE, ROOT, Workspace, refusals, run


@pytest.fixture
def card(tmp_path: Path) -> Workspace:
    """A workspace with a small card, for what is seen only when a page is laid out."""
    return card_workspace(tmp_path / "workspace", ["de"])


def assert_one_line_each(done: subprocess.CompletedProcess[str], status: int, *starts: str) -> None:
    """Assert the exit status and that the errors are lines that start so, and no traceback."""
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stderr.strip().split("\n")
    assert len(lines) == len(starts), done.stderr
    for line, start in zip(lines, starts, strict=True):
        assert line.startswith(start), line
        assert re.search(r"[.!)] \S.*", line.split(": ", 2)[2]), f"no remedy: {line}"


def written(root: Path) -> list[str]:
    """Return every file below out/ but the record."""
    files = (root / "out").rglob("*")
    return sorted(f.name for f in files if f.is_file() and ".careerprint" not in f.parts)


def test_no_workspace(tmp_path: Path) -> None:
    done = run(tmp_path, "build")
    assert_one_line_each(done, 2, f"{tmp_path}: error: This folder is not a careerprint workspace")


def test_no_such_profile_layout_and_locale_in_one_go(workspace: Workspace) -> None:
    done = workspace.run(
        "build", "baecker", "--layout", "plakat", "--locale", "xx", "--locale", "nl"
    )
    assert_one_line_each(
        done,
        2,
        "content/baecker/profile.md: error: There is no profile “baecker”. Available: customer-service-dortmund.",
        "layouts/plakat/layout.toml: error: There is no layout “plakat”. Available: brochure, flyer, leaflet, leicht-flyer, leicht, poster.",
        "--locale: error: “xx” is not a locale. Available: ar, bg, bs, ckb, de,",
        "layouts/locales/nl.po: error: There is no catalog for the locale “nl”. Available: ar, bg, bs, ckb, de,",
    )
    assert written(workspace.root) == []


def test_a_profile_may_be_named_by_its_path(card: Workspace) -> None:
    done = card.run("build", PROFILE)
    assert done.returncode == 0, done.stderr
    assert written(card.root) == ["customer-service-dortmund-card-de.pdf"]


def test_no_profile_at_all(workspace: Workspace) -> None:
    (workspace.root / PROFILE).unlink()
    done = workspace.run("build")
    assert_one_line_each(done, 2, "content/: error: There is no profile in this workspace.")


def test_not_utf8(workspace: Workspace) -> None:
    text = (workspace.root / PROFILE).read_text("utf-8")
    (workspace.root / PROFILE).write_bytes(text.encode("cp1252", "replace"))
    line = next(n for n, written in enumerate(text.split("\n"), 1) if not written.isascii())
    done = workspace.run("build")
    assert_one_line_each(done, 1, f"{PROFILE}:{line}: error: The text is not stored as UTF-8.")
    assert "0 printed, 0 unchanged, 4 failed." in done.stdout
    assert written(workspace.root) == []


def test_unreadable_file(workspace: Workspace) -> None:
    (workspace.root / PROFILE).unlink()
    (workspace.root / PROFILE).mkdir()
    done = workspace.run("build")
    assert_one_line_each(
        done, 1, f"{PROFILE}: error: The file “{PROFILE}” cannot be read (Is a directory)."
    )


def test_broken_front_matter_in_german(workspace: Workspace) -> None:
    workspace.edit(PROFILE, "min: 2300", "min: 2.300")
    done = workspace.run("build", LANG="de_DE.UTF-8")
    line = workspace.line(PROFILE, "min: 2.300")
    assert_one_line_each(
        done,
        1,
        f"{PROFILE}:{line}: Fehler: „facts.pay.ranges.1.min“ liest sich als Dezimalzahl 2.300. "
        "Schreiben Sie ganze Euro ohne Trennzeichen: 2300.",
    )
    assert "0 gedruckt, 0 unverändert, 4 fehlgeschlagen." in done.stdout


def test_language_by_option_and_environment(tmp_path: Path) -> None:
    german = "Dieser Ordner ist kein Arbeitsordner"
    assert german in run(tmp_path, "--lang", "de", "build").stderr
    assert german in run(tmp_path, "build", LC_ALL="de_AT.UTF-8").stderr
    assert german in run(tmp_path, "build", LC_MESSAGES="de_DE.UTF-8", LANG="en_US.UTF-8").stderr
    assert german not in run(tmp_path, "--lang", "en", "build", LANG="de_DE.UTF-8").stderr
    assert german not in run(tmp_path, "build", LANG="fr_FR.UTF-8").stderr


def test_broken_configuration(workspace: Workspace) -> None:
    workspace.edit("careerprint.toml", 'locales = ["de", "en"]', "locales = de")
    line = workspace.line("careerprint.toml", "locales = de")
    done = workspace.run("build")
    assert_one_line_each(done, 2, f"careerprint.toml:{line}: error: This line is not valid TOML")


def test_configuration_against_its_schema(workspace: Workspace) -> None:
    workspace.edit("careerprint.toml", 'url = "https://www.rat.internal/"', 'url = "example"')
    workspace.edit("careerprint.toml", 'name = "Unsere', 'nahme = "Unsere')
    lines = [workspace.line("careerprint.toml", t) for t in ("[issuer]", "nahme", "url =")]
    done = workspace.run("build")
    assert_one_line_each(
        done,
        2,
        f"careerprint.toml:{lines[0]}: error: The entry “issuer.name” is missing.",
        f"careerprint.toml:{lines[1]}: error: The entry “issuer.nahme” is unknown.",
        f"careerprint.toml:{lines[2]}: error: “issuer.url” is “example”, not a web address.",
    )


@pytest.mark.slow
def test_picture_that_is_not_there(workspace: Workspace) -> None:
    workspace.edit(PROFILE, "Für den Anfang ist", "![Ein Bild](fehlt.png)\n\nFür den Anfang ist")
    line = workspace.line(PROFILE, "fehlt.png")
    done = workspace.run("build", "--locale", "de")
    name = "content/customer-service-dortmund/fehlt.png"
    assert_one_line_each(done, 1, f"{PROFILE}:{line}: error: The file “{name}” is not there.")
    assert written(workspace.root) == ["customer-service-dortmund-flyer-de.pdf"]


def test_picture_that_is_none(workspace: Workspace) -> None:
    (workspace.root / "content" / "bild.png").write_text("kein Bild", "utf-8")
    workspace.edit(PROFILE, "Für den Anfang ist", "![Ein Bild](../bild.png)\n\nFür den Anfang ist")
    line = workspace.line(PROFILE, "bild.png")
    (found,) = workspace.complaints("brochure")
    assert found.startswith(f"{PROFILE}:{line}: error: The picture cannot be printed")
    assert written(workspace.root) == []


@pytest.mark.parametrize(
    ("character", "code", "remedy"),
    [
        ("漢", "6F22", "Put a font that has it into a folder in fonts/"),
        ("\U0001f600", "1F600", "Write a word in its place"),
    ],
)
def test_character_without_a_glyph(card: Workspace, character: str, code: str, remedy: str) -> None:
    card.edit(PROFILE, "eine Arbeit für Menschen", f"eine {character} für Menschen")
    line = card.line(PROFILE, character)
    (found,) = card.complaints("card")
    assert found.startswith(
        f"{PROFILE}:{line}: error: No font has the character “{character}” (U+{code}). {remedy}"
    )
    assert written(card.root) == []


def test_unknown_fact(workspace: Workspace) -> None:
    workspace.edit(
        PROFILE,
        "realistisch: {pay.entry} im Monat",
        "realistisch: {pay.einstieg} im Monat",
    )
    line = workspace.line(PROFILE, "{pay.einstieg}")
    (found,) = workspace.complaints("brochure")
    assert found.startswith(
        f"{PROFILE}:{line}: error: There is no fact “pay.einstieg”. Known facts: channels, pay.entry,"
    )


def test_broken_layout_files(workspace: Workspace) -> None:
    workspace.edit("layouts/flyer/flyer.html.j2", '{{ _("Why this job") }}', "{{ nothing }}")
    (found,) = workspace.complaints("flyer")
    line = workspace.line("layouts/flyer/flyer.html.j2", "{{ nothing }}")
    assert found.startswith(f"layouts/flyer/flyer.html.j2:{line}: error: The template fails")
    workspace.edit("layouts/flyer/flyer.html.j2", "{{ nothing }}", "{% if %}")
    (found,) = workspace.complaints("flyer")
    assert found.startswith(
        f"layouts/flyer/flyer.html.j2:{line}: error: The template cannot be read"
    )
    workspace.edit("layouts/flyer/layout.toml", "flyer/flyer.html.j2", "flyer/flier.html.j2")
    (found,) = workspace.complaints("flyer")
    assert found.startswith("layouts/flyer/flier.html.j2: error: This template is not there.")


@pytest.mark.parametrize(
    ("written", "instead", "found"),
    [
        ("width = 210", "width = -210", "“formats.a4.width” is -210, not more than 0. Write a larger number."),
        ("width = 210", 'width = "210mm"', "“formats.a4.width” is “210mm”, not a number. Write a number without a unit and"),
        ("width = 210", "width = nan", "“formats.a4.width” is nan, more than 1500. Write a smaller number."),
        ("[9, 13]", "[7.5, 13]", "“formats.a4.fit.type_size.1” is 7.5, less than 8. Write a larger number."),
        ("[9, 13]", "[9]", "The entry “formats.a4.fit.type_size.2” is missing. Add it."),
        ("[9, 13]", "[13, 9]", "The first bound of “formats.a4.fit.type_size” is above the second."),
        ('default_format = "a4"', 'default_format = "a3"', "“default_format” names none of the formats. Known formats: a4, a5, din-lang."),
        ("[formats.a4]", "[formats.A4]", "“formats.A4” is “A4”. Use only small letters a–z"),
        ("exactly = 1", "exactly = 1\nmultiple_of = 4", "“pages” has both “exactly” and “multiple_of”. Delete one of the two."),
        ("at_least = 12 }", "at_least = 14 }", "“at_least” of “info” is more than the type size can be. Write a size that is within"),
        ("at_least = 12 }", "at_least = 9 }", "“at_least” rises in “formats.a4.optional”. Put first what is left out first"),
        ("at_least = 12 }", 'at_least = 12 }, { block = "info", at_least = 12 }', "“formats.a4.optional” names “info” twice. Delete one of the two."),
    ],
)  # fmt: skip
def test_what_a_layout_declares_wrongly(
    workspace: Workspace, written: str, instead: str, found: str
) -> None:
    name = "layouts/flyer/layout.toml"
    # What is said of a table or a list as a whole is said where it begins.
    whole = {"exactly = 1": "[pages]", "at_least = 12 }": "optional = ["}
    line = workspace.line(name, whole.get(written, written))
    workspace.edit(name, written, instead)
    complaints = refusals(workspace.build)
    assert any(c.startswith(f"{name}:{line}: error: {found}") for c in complaints), complaints


def test_an_optional_block_that_the_template_does_not_have(workspace: Workspace) -> None:
    workspace.edit("layouts/flyer/layout.toml", '"skills", at_least = 11', '"map", at_least = 11')
    assert workspace.complaints("flyer") == [
        "layouts/flyer/layout.toml: error: The format “a4” may leave out “map”, which the template "
        "does not have. Delete it from “optional”, or write "
        '{% call optional("map") %} around it.'
    ]


def test_style_sheet_that_names_a_missing_file_or_an_address(workspace: Workspace) -> None:
    css = "layouts/flyer/flyer.css"
    workspace.edit(css, '"../base/art/check.svg"', '"../base/art/fehlt.svg"')
    (found,) = workspace.complaints("flyer")
    line = workspace.line(css, "fehlt.svg")
    assert found.startswith(
        f"{css}:{line}: error: The file “layouts/base/art/fehlt.svg” is not there."
    )
    workspace.edit(css, '"../base/art/fehlt.svg"', '"https://example.org/x.svg"')
    (found,) = workspace.complaints("flyer")
    assert found.startswith(f"{css}:{line}: error: “https://example.org/x.svg” is not a file of")


def test_unknown_css_is_a_warning(card: Workspace) -> None:
    card.edit(CSS, "body { margin: 8mm;", "body { colour: red; margin: 8mm;")
    done = card.run("build")
    assert done.returncode == 0
    assert "warning: WeasyPrint: Ignored `colour: red`" in done.stderr
    strict = card.run("build", "--strict")
    assert strict.returncode == 1, "also where the edition was fresh"
    assert "warning: WeasyPrint: Ignored `colour: red`" in strict.stderr


def test_broken_catalog(workspace: Workspace) -> None:
    workspace.edit("layouts/locales/de.po", 'msgid "Contents"', 'msgid "Contents')
    line = workspace.line("layouts/locales/de.po", 'msgid "Contents')
    (found,) = workspace.complaints("flyer")
    assert found.startswith(f"layouts/locales/de.po:{line}: error: The catalog breaks off here")


@pytest.mark.slow
def test_a_flyer_that_is_too_long_fails_and_says_so(workspace: Workspace) -> None:
    workspace.edit(
        PROFILE,
        "bleiben, wenn es schwierig wird.",
        "bleiben, wenn es schwierig wird. " + "Noch ein Satz dazu. " * 180,
    )
    line = workspace.line(PROFILE, "Im Kundendienst helfen Sie") - 1
    done = workspace.run("build", "--layout", "flyer", "--locale", "de")
    assert_one_line_each(done, 1, f"{PROFILE}:{line}: error: The text (de) is ")
    assert re.search(
        r"\d+ mm too long for a page of 210 × 297 mm, about \d+ words\. Shorten it\. "
        r"The longest texts: “Im Kundendienst helfen Sie Menschen am.*…” \(7\d\d\);",
        done.stderr,
    )
    assert written(workspace.root) == []


def test_init_never_overwrites(workspace: Workspace) -> None:
    before = (workspace.root / "careerprint.toml").read_bytes()
    done = run(workspace.root.parent, "init", "workspace")
    assert_one_line_each(done, 2, "workspace: error: There is something here already.")
    assert (workspace.root / "careerprint.toml").read_bytes() == before


def test_output_folder_that_is_a_file(workspace: Workspace) -> None:
    (workspace.root / "besetzt").write_text("x", "utf-8")
    done = workspace.run("build", "--out", "besetzt/hier")
    assert_one_line_each(done, 2, "besetzt/hier/.careerprint: error: This cannot be written")


def test_wrong_option_is_a_usage_error(workspace: Workspace) -> None:
    done = workspace.run("build", "--farbe")
    assert done.returncode == 2
    assert "No such option" in done.stderr


def test_truncated_picture(workspace: Workspace) -> None:
    whole = io.BytesIO()
    Image.effect_noise((200, 200), 60).save(whole, "JPEG")
    (workspace.root / "content" / "bild.jpg").write_bytes(whole.getvalue()[:3000])
    workspace.edit(PROFILE, "Für den Anfang ist", "![Ein Bild](../bild.jpg)\n\nFür den Anfang ist")
    line = workspace.line(PROFILE, "bild.jpg")
    (found,) = workspace.complaints("brochure")
    assert found.startswith(
        f"{PROFILE}:{line}: error: The picture cannot be printed (image file is truncated"
    )


def test_damaged_font(workspace: Workspace) -> None:
    font = workspace.root / "fonts" / "IBMPlexSans_700Bold.ttf"
    font.write_bytes(font.read_bytes()[:100_000])
    (found,) = workspace.complaints("flyer")
    assert found.startswith("fonts/IBMPlexSans_700Bold.ttf: error: The font is damaged")
    done = workspace.run("doctor")
    assert done.returncode == 1
    assert "✗ IBMPlexSans_700Bold.ttf: is damaged" in done.stdout


@pytest.mark.slow
def test_word_longer_than_the_page_is_wide(workspace: Workspace) -> None:
    long = "Wer " + "neu" * 60 + " anfängt"
    in_one_size(workspace).edit(PROFILE, "Für den Anfang ist", long)
    (outcome,) = workspace.build("brochure", "de")
    assert outcome.diagnostics == (), "it is broken where it must be, and nothing is lost"


def test_text_that_runs_over_the_edge_of_the_page(card: Workspace) -> None:
    card.edit(PROFILE, "Sie klären", "8" * 180 + " klären")
    found = card.complaints("card")
    assert any(
        re.search(r"error: On page 1 \(de\) “8{39}…” runs \d+ mm over the edge", f) for f in found
    )


@pytest.mark.slow
def test_a_slot_without_its_section_is_a_warning(workspace: Workspace) -> None:
    workspace.edit(PROFILE, "Weiterbildung und Wechsel: Schritt für Schritt {#training}", "Danach")
    any_section = '  "brochure/slot-ways-in.html.j2",\n'  # where it would stand otherwise
    in_one_size(workspace).edit("layouts/brochure/layout.toml", any_section, "")
    done = workspace.run("build", "--layout", "brochure", "--locale", "de")
    assert_one_line_each(done, 0, f"{PROFILE}: warning: No heading is marked {{#training}}")


def test_catalog_with_an_unfilled_header(workspace: Workspace) -> None:
    workspace.edit("layouts/locales/de.po", "plural=(n != 1)", "plural=EXPRESSION")
    (found,) = workspace.complaints("flyer")
    assert found.startswith("layouts/locales/de.po:1: error: The catalog breaks off here")


def test_links_in_a_circle(workspace: Workspace) -> None:
    (workspace.root / PROFILE).unlink()
    (workspace.root / PROFILE).symlink_to("profile.md")
    done = workspace.run("build")
    assert_one_line_each(done, 2, "content/: error: There is no profile in this workspace.")


def test_init_inside_what_it_copies(workspace: Workspace) -> None:
    done = run(workspace.root, "init", str(ROOT / "content" / "neu"))
    assert done.returncode == 2
    assert "error: This folder belongs to careerprint itself." in done.stderr
    assert not (ROOT / "content" / "neu").exists()


def test_init_in_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    done = run(tmp_path / "leer", "init", ".")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "leer" / "careerprint.toml").is_file()


@pytest.mark.slow
def test_what_is_nested_too_deeply_is_a_line_too_and_stops_no_other_edition(
    workspace: Workspace,
) -> None:
    # Emphasis in emphasis, deeper than Python can follow.
    workspace.edit(
        PROFILE, "Für den Anfang ist", "*" * 4_500 + "Wer" + "*" * 4_500 + " neu anfängt"
    )
    done = workspace.run("build", "--locale", "de")
    output = "customer-service-dortmund/customer-service-dortmund-brochure-de.pdf"
    assert_one_line_each(done, 1, f"{output}: error: The elements of this document are")
    assert written(workspace.root) == ["customer-service-dortmund-flyer-de.pdf"]
