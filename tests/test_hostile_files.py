"""Style sheets, drawings and fonts reach nothing outside of the workspace, and cost what they may."""

import errno
import mmap
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from careerprint.building.memory import bounded_memory, is_lack_of_memory
from careerprint.building.worker import Task
from careerprint.building.workers import Workers
from careerprint.composing.compose import compose
from careerprint.core.bounds import Bounds
from careerprint.core.edition import Edition, State
from careerprint.core.reader import Reader

from .cards import CSS, card_workspace, shortened
from .conftest import PROFILE, ROOT, SLUG, Workspace, refusals
from .hostile import CARD, complaints, crossed, refused, with_template

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="20mm" height="10mm" viewBox="0 0 20 10">\n{}\n</svg>'
)
# Where a style sheet, drawing or template might be read from, or tell that it is read.
ADDRESSES = [
    "file:///etc/hostname",
    "http://example.org/x",
    "https://example.org/x",
    "//example.org/x",
    "data:text/css,p{}",
    "/etc/hostname",
    "../../../../etc/hostname",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/hostname",
    "..%5c..%5c..%5cetc",
    "%5c%5cexample.org%5cshare",
]


@pytest.fixture
def cards(tmp_path: Path) -> Workspace:
    return card_workspace(tmp_path / "workspace", ("de",))


# Style sheets


RULES = [
    'p {{ background: url("{}") }}',
    "p {{ background: url({}) }}",
    "p::before {{ content: url('{}') }}",
    "li {{ list-style-image: url({}) }}",
    '@import url("{}");',
    '@import "{}";',
    "@import url({}) print;",
    '@font-face {{ font-family: X; src: url("{}") format("truetype"); }}',
    '@font-face {{ font-family: X; src: local(X), url("{}"); unicode-range: U+0-FFFF; }}',
    '@media print {{ p {{ background: url("{}") }} }}',
    "p {{ --x: url({}); background: var(--x) }}",
    '@page {{ background: url("{}") }}',
]


@pytest.mark.parametrize(("rule", "address"), crossed(RULES, ADDRESSES))
def test_a_style_sheet_names_files_of_the_workspace_alone(
    cards: Workspace, rule: str, address: str
) -> None:
    text = (cards.root / CSS).read_text("utf-8")
    (cards.root / CSS).write_text(f"{rule.format(address)}\n{text}", "utf-8")
    (found,) = refused(cards)
    assert found.startswith(f"{CSS}:1: error: “"), found
    assert "is not a file of this workspace." in found or "lies outside the workspace." in found


@pytest.mark.parametrize(
    "rule",
    [
        'p { background: image("{}") }',
        'p { background: image-set("{}" 1x) }',
        "p { background: src('{}') }",
    ],
)
def test_what_the_engine_does_not_know_is_not_fetched_either(cards: Workspace, rule: str) -> None:
    text = (cards.root / CSS).read_text("utf-8")
    (cards.root / CSS).write_text(text + rule.replace("{}", "http://example.org/x"), "utf-8")
    job = compose(CARD, Reader(cards.root))
    assert not [name for name in job.bundle if "example.org" in name]
    assert complaints(cards)


def test_brackets_within_brackets_are_refused(cards: Workspace) -> None:
    text = (cards.root / CSS).read_text("utf-8")
    (cards.root / CSS).write_text(text + "p { width: " + "(" * 50_000, "utf-8")
    (found,) = refused(cards)
    assert found.startswith(f"{CSS}: error: The brackets of this style sheet are nested too deep")


def printed_within(workspace: Workspace, bounds: Bounds) -> str:
    """Print the card in a worker within bounds, and a flyer after it; return the card's fault."""
    job = replace(compose(CARD, Reader(workspace.root)), bounds=bounds)
    flyer = compose(Edition(SLUG, "flyer", "de"), Reader(ROOT))
    with Workers(1) as workers:
        bad, good = workers.print(iter([Task(1, job), Task(2, flyer)]))
    assert bad.printed is None
    assert (good.printed is not None, good.diagnostics) == (True, ()), "the next one is printed"
    (found,) = bad.diagnostics
    return found.sentence(str)


SLOW = {
    "use of uses": (
        "svg { display: block; width: 2mm; height: 2mm }",
        '<svg viewBox="0 0 9 9"><title>x</title><defs><g id="u0"><rect width="1" height="1"/></g>'
        + "".join(f'<g id="u{n}">' + f'<use href="#u{n - 1}"/>' * 10 + "</g>" for n in range(1, 12))
        + '</defs><use href="#u11"/></svg>',
    ),
    "many columns": (
        "article { column-count: 100000 }",
        "<article>" + "<p>x</p>" * 9999 + "</article>",
    ),
}


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_a_layout_that_takes_for_ever_is_stopped(cards: Workspace, name: str) -> None:
    style, written = SLOW[name]
    with (cards.root / CSS).open("a", encoding="utf-8") as file:
        file.write(style)
    with_template(cards, written)
    assert printed_within(cards, Bounds(edition_seconds=4)) == (
        f"{CARD.output}: error: Printing this took more than 4 seconds and was stopped. Look for "
        "very large pictures or tables in it, or raise “edition_seconds” below [bounds]."
    )


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="the system bounds no memory")
def test_a_layout_that_takes_all_memory_is_stopped(cards: Workspace) -> None:
    with_template(cards, "{% for i in range(99) %}<p><b>x</b></p>{% endfor %}")
    found = printed_within(cards, Bounds(edition_memory_mb=20))
    # A library may end the process that gets no memory, before Python hears of it.
    assert "more than 20 MB of memory" in found or "The process that printed this has" in found
    assert "raise “edition_memory_mb” below [bounds]" in found


@pytest.mark.skipif(sys.platform != "linux", reason="the system bounds no memory")
def test_what_else_this_process_has_taken_is_not_held_against_a_print(cards: Workspace) -> None:
    with mmap.mmap(-1, 3 * 2**30):
        assert [outcome.state for outcome in cards.build("card", "de")] == [State.PRINTED]


@pytest.mark.skipif(sys.platform != "linux", reason="the system bounds no memory")
def test_memory_is_bounded_in_this_process_too_and_for_that_time_alone() -> None:
    with pytest.raises(MemoryError), bounded_memory(2048):
        bytearray(3 * 2**30)
    assert len(bytearray(2**20)) == 2**20


@pytest.mark.parametrize(
    "failure",
    [
        MemoryError(),
        SystemError("<built-in function x> returned NULL without setting an exception"),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        ImportError("libx.so: failed to map segment from shared object"),
        ImportError("libx.so: cannot allocate memory in static TLS block"),
    ],
)
def test_want_of_memory_is_known_however_it_is_told(failure: BaseException) -> None:
    assert is_lack_of_memory(failure)
    assert not is_lack_of_memory(OSError(errno.ENOSPC, "No space left on device"))
    assert not is_lack_of_memory(ImportError("No module named 'x'"))


@pytest.mark.process
def test_elements_within_elements_are_a_fault_of_the_layout(cards: Workspace) -> None:
    with_template(cards, "{% for i in range(500) %}<div>{% endfor %}")
    found = printed_within(cards, Bounds())
    assert found.startswith(f"{CARD.output}: error: The elements of this document are nested too")


# Drawings


DRAWINGS = [
    '<image xlink:href="{}" width="9" height="9"/>',
    '<image href="{}" width="9" height="9"/>',
    '<use xlink:href="{}#x"/>',
    '<use href="{}#x"/>',
    "<style>@import url({});</style>",
    '<rect width="9" height="9" style="fill:url({})"/>',
    '<rect width="9" height="9" fill="url({})"/>',
    '<feImage xlink:href="{}"/>',
]
ADDRESS = ["file:///etc/hostname", "http://example.org/x", "//example.org/x", "../../geheim.png"]


@pytest.mark.parametrize(("written", "address"), crossed(DRAWINGS, ADDRESS))
def test_a_drawing_of_a_profile_refers_to_nothing_outside(
    workspace: Workspace, written: str, address: str
) -> None:
    (workspace.root / "content" / "bild.svg").write_text(SVG.format(written.format(address)))
    workspace.edit(PROFILE, "Für den Anfang ist", "![Ein Bild](../bild.svg)\n\nFür den Anfang ist")
    found = refusals(lambda: compose(Edition(SLUG, "brochure", "de"), Reader(workspace.root)))
    assert found[0].startswith(
        "content/bild.svg:2: error: The drawing refers to something outside its file: “"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<script>x()</script>", "The drawing holds a script."),
        ('<rect onclick="x()"/>', "The drawing holds a script."),
        ("<foreignObject><p>x</p></foreignObject>", "The drawing holds a piece of a web page"),
        (
            '<image href="data:image/png;base64,AAAA"/>',
            "The drawing holds a picture made of pixels",
        ),
    ],
)
def test_a_drawing_of_a_profile_holds_nothing_active(
    workspace: Workspace, written: str, said: str
) -> None:
    (workspace.root / "content" / "bild.svg").write_text(SVG.format(written))
    workspace.edit(PROFILE, "Für den Anfang ist", "![Ein Bild](../bild.svg)\n\nFür den Anfang ist")
    (found,) = refusals(lambda: compose(Edition(SLUG, "brochure", "de"), Reader(workspace.root)))
    assert found.startswith(f"content/bild.svg:2: error: {said}")


@pytest.mark.parametrize(("written", "address"), crossed(DRAWINGS[:5], ADDRESS[:3]))
def test_a_drawing_of_a_layout_reaches_nothing_either(
    cards: Workspace, written: str, address: str
) -> None:
    (cards.root / "layouts" / "card" / "x.svg").write_text(SVG.format(written.format(address)))
    text = (cards.root / CSS).read_text("utf-8")
    (cards.root / CSS).write_text(text + "h1 { background: url(x.svg) }", "utf-8")
    found = complaints(cards)
    # Of what the engine draws nothing for, it says nothing, and it does not look for it.
    assert any(": error: " in line for line in found) or "<use" in written


def bomb() -> str:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE svg [<!ENTITY a0 "aaaaaaaaaa">{levels}]>' + SVG.format("<g>&a11;</g>")


def test_a_drawing_that_multiplies_itself(workspace: Workspace) -> None:
    (workspace.root / "content" / "bild.svg").write_text(bomb(), "utf-8")
    workspace.edit(PROFILE, "Für den Anfang ist", "![Ein Bild](../bild.svg)\n\nFür den Anfang ist")
    (found,) = refusals(lambda: compose(Edition(SLUG, "brochure", "de"), Reader(workspace.root)))
    assert found.startswith("content/bild.svg:2: error: The drawing is damaged (")


@pytest.mark.slow
def test_a_file_outside_is_no_entity_of_a_drawing(workspace: Workspace) -> None:
    own = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + SVG.format(
        "<text>&x;</text>"
    )
    (workspace.root / "content" / "bild.svg").write_text(own, "utf-8")
    picture = "\n![Ein Bild](../bild.svg)\n\n## Arbeitsmarkt"
    shortened(workspace).edit(PROFILE, "\n## Arbeitsmarkt", picture)
    assert any(": error: " in told for told in workspace.complaints("brochure"))
    assert not workspace.pdf("brochure", "de").exists()


# Fonts


@pytest.mark.parametrize("kind", ["text", "truncated", "empty", "zeros", "head"])
def test_a_font_that_is_none(cards: Workspace, kind: str) -> None:
    name = "fonts/IBMPlexSans_400Regular.ttf"
    whole = (cards.root / name).read_bytes()
    spoiled = {
        "text": b"kein Font",
        "truncated": whole[: len(whole) // 2],
        "empty": b"",
        "zeros": bytes(100_000),
        "head": whole[:12] + bytes(5000),
    }
    (cards.root / name).write_bytes(spoiled[kind])
    (found,) = complaints(cards)
    assert found.startswith(f"{name}: error: The font is damaged (")


def test_a_font_of_another_name_is_refused_too(cards: Workspace) -> None:
    shutil.copy(ROOT / "README.md", cards.root / "fonts" / "x.woff2")
    text = (cards.root / CSS).read_text("utf-8")
    rule = (
        '@font-face { font-family: "X"; src: url("../../fonts/x.woff2"); } h1 { font-family: X; }'
    )
    (cards.root / CSS).write_text(text + rule, "utf-8")
    found = complaints(cards)
    assert any(": error: " in line for line in found)
