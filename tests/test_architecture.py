"""The shape of the code: one direction of imports, and documents that say what is there."""

import ast
import re
import subprocess
import sys

import click
import pytest

from careerprint.core.concerns import KEPT
from careerprint.finished.opening import DAMAGED, PROTECTED
from careerprint.readiness.judging import RULES as READINESS_RULES
from careerprint.rules.checking import RULES

from .conftest import ROOT

PACKAGE = ROOT / "src" / "careerprint"
DOCUMENT = (ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
# Each row of the table: a package and its modules, or a module of its own; in order of imports.
ROWS = re.findall(r"^\| `([a-z]+)(/?)` \| .* \|(.*)\|$", DOCUMENT, re.MULTILINE)
PACKAGES = [name for name, slash, _ in ROWS if slash]
LISTED = [
    full
    for name, slash, modules in ROWS
    for full in ([f"{name}.{m}" for m in re.findall(r"`(\w+)`", modules)] if slash else [name])
]
TREE = {
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts): file
    for file in sorted(PACKAGE.rglob("*.py"))
    if not file.stem.startswith("__")
}


def imported_by(name: str) -> set[str]:
    """Return the modules of the package that a module imports, for types included."""
    found = set()
    for node in ast.walk(ast.parse(TREE[name].read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("careerprint."):
            module = str(node.module).removeprefix("careerprint.")
            found |= {f"{module}.{a.name}" for a in node.names} & TREE.keys() or {module}
    return found


def test_the_document_lists_the_packages_and_modules_of_the_tree() -> None:
    assert {file.parent.name for file in PACKAGE.glob("*/__init__.py")} == set(PACKAGES)
    assert sorted(LISTED) == sorted(TREE)


@pytest.mark.parametrize("name", LISTED)
def test_a_module_imports_only_what_stands_above_it(name: str) -> None:
    assert imported_by(name) <= set(LISTED[: LISTED.index(name)])


@pytest.mark.parametrize("name", TREE)
def test_modules_say_what_they_are_for_and_fit_on_a_few_screens(name: str) -> None:
    text = TREE[name].read_text("utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 400


def test_typesetting_opens_nothing_of_the_workspace() -> None:
    reading = {"core.reader", "core.workspace", "profiles.content", "profiles.catalogs"}
    for name in TREE:
        if name.startswith("typesetting."):
            assert not imported_by(name) & reading


@pytest.mark.process
@pytest.mark.parametrize(
    ("module", "does_without"),
    [
        ("careerprint.__main__", {"click"}),
        (
            "careerprint.api",
            {"click", "pydantic", "babel", "jinja2", "weasyprint", "pikepdf", "filelock"},
        ),
        (
            "careerprint.fairs.rows",
            {"openpyxl", "python_calamine", "phonenumbers", "email_validator"},
        ),
        ("careerprint.cli", {"pydantic", "babel", "jinja2", "weasyprint", "pikepdf"}),
        ("careerprint.building.build", {"pydantic", "babel", "jinja2", "weasyprint", "pikepdf"}),
        ("careerprint.building.printers", {"pydantic", "jinja2", "weasyprint", "distributed"}),
        ("careerprint.building.work", {"click", "babel", "jinja2", "markdown_it", "yaml"}),
    ],
)
def test_what_begins_loads_only_what_it_needs(module: str, does_without: set[str]) -> None:
    loaded = f"import {module}, sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert "careerprint" in run.stdout.split()
    assert not does_without & set(run.stdout.split())


def test_few_modules_write_files_and_those_whole() -> None:
    writing = re.compile(
        r"write_bytes|write_text|\.open\(\"w|NamedTemporaryFile|copytree|\.rename\("
    )
    found = {name for name, file in TREE.items() if writing.search(file.read_text("utf-8"))}
    # typeset: fonts, into a temporary folder; translations: catalogs, through files
    # officesuite: a document for LibreOffice, into a temporary folder, too
    written = {"core.files", "manuscripts.officesuite", "intake.starter", "typesetting.typeset"}
    assert found == written


def test_the_document_lists_the_rules_of_finished_pdfs() -> None:
    # What cannot be read, or is told by the calendar or the workspace, is found by no rule.
    told = r"(?:\bof_rule|\.of)\(\s*\"([a-z-]+)\""
    others = ("building.inspection", "building.releases")
    rules = {DAMAGED[0], PROTECTED[0]}
    rules |= {name for other in others for name in re.findall(told, TREE[other].read_text("utf-8"))}
    rules |= {name for rule in RULES for name in rule.ids}
    table = DOCUMENT.split("\n## Rules of finished PDFs\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert rules == {rule for cell in cells for rule in re.findall(r"`([a-z-]+)`", cell)}


def test_the_document_lists_the_readiness_rules() -> None:
    table = DOCUMENT.split("\n## Readiness\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    listed = {rule for cell in cells for rule in re.findall(r"`([a-z-]+)`", cell)}
    assert listed == {rule.id for rule in READINESS_RULES} | KEPT


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    block = text.split("\ndependencies = [", 1)[1].split("]", 1)[0]
    for name in re.findall(r'"([\w-]+)', block):
        assert re.search(rf"^\|[^|]*\b{name}\b[^|]*\|", DOCUMENT, re.MULTILINE), name


def test_lock_files_pin_with_hashes_and_name_no_index() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-tools.lock"):
        text = (ROOT / name).read_text("utf-8")
        packages = re.findall(r"^[\w.-]+(?:\[\w+\])?==\S+.*\\$", text, re.MULTILINE)
        assert len(packages) > 20
        entries = re.split(r"^(?=[\w.-]+(?:\[\w+\])?==)", text, flags=re.MULTILINE)[1:]
        assert len(entries) == len(packages)
        assert all("--hash=sha256:" in entry for entry in entries)
        assert not re.search(r"https?:|--(extra-)?index|--find-links", text)


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    from careerprint.cli import cli

    readme = (ROOT / "README.md").read_text("utf-8")
    for name, command in cli.commands.items():
        assert command.help
        assert f"$ careerprint {name}" in readme
        options = [p for p in command.params if isinstance(p, click.Option)]
        assert [o.name for o in options if not o.help] == []
