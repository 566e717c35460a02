"""Whatever is written in a file, its reader uses it or refuses it in words, and touches no other.

`make test` tries a few inputs of each kind, the same each time; `make fuzz` tries others, and many
(CAREERPRINT_FUZZ_EXAMPLES says how many).
"""

import logging
import os
import re
import socket
import subprocess
import unicodedata
from contextlib import suppress
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from careerprint.core.diagnostics import Location, Refused, Severity, refuse
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.profiles.content import Profile, read_profile

from .cards import card_workspace
from .conftest import PROFILE, SLUG, Workspace
from .fuzzing import documents
from .fuzzing.mutators import MUTATORS
from .fuzzing.seeds import seeds
from .fuzzing.targets import TARGETS, Ground, Read, tell

pytestmark = pytest.mark.slow

WANTED = os.environ.get("CAREERPRINT_FUZZ_EXAMPLES")
EXAMPLES = int(WANTED or 200)
AS_MANY = settings(
    max_examples=EXAMPLES,
    deadline=None,  # a slow machine is no fault of a reader
    derandomize=WANTED is None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
FEWER = settings(AS_MANY, max_examples=max(1, EXAMPLES // 15))

LAYOUT = """\
template = "card/card.html.j2"
styles = ["card/card.css"]
tokens = "base/tokens.toml"
takes = ["cover", "flyer", "sections"]
default_format = "a6"
pages = { multiple_of = 1 }

[formats.a6]
width = 105
height = 148
safe = 5
fit = { type_size = [10, 10], leading = [1.4, 1.4], spacing = [1, 1], slack = 0 }
"""
TEMPLATE = """\
<!DOCTYPE html>
<html lang="{{ lang }}" dir="{{ dir }}">
<head><meta charset="utf-8"><title>{{ plain(front.title) }}</title></head>
<body>
{{ title(front.title, "h1") }}
{{ place(front.subtitle, "p") if front.subtitle }}
{{ place(front.teaser, "p") }}
{{ place(front.flyer.headline, "p") }}
{{ place(front.flyer.teaser, "p") }}
{% for point in front.flyer.points %}{{ place(point, "p") }}{% endfor %}
{% for section in profile.sections %}
{{ place(section.heading, "p") }}
{% for part in section.parts %}{% for block in part.blocks %}{{ place(block, "p") }}{% endfor %}{% endfor %}
{% endfor %}
</body>
</html>
"""


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """A workspace in which readers are watched, each of them having read something before."""
    made = Ground(tmp_path_factory.mktemp("ground"))
    for name, read in TARGETS.items():
        for seed in seeds(name):
            made.run(read, seed)
    return made


def opens_another(_content: bytes, _root: Path) -> None:
    Path("/etc/hostname").read_bytes()


def opens_through_a_link(_content: bytes, root: Path) -> None:
    (root / "link").unlink(missing_ok=True)
    (root / "link").symlink_to("/etc")
    (root / "link" / "hostname").read_bytes()


def writes_among_the_code(_content: bytes, _root: Path) -> None:
    Path(pypdfium2.__file__).with_name("new").touch()


def starts_a_program(_content: bytes, _root: Path) -> None:
    subprocess.run(["true"], check=True)


def asks_the_network(_content: bytes, _root: Path) -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


@pytest.mark.parametrize(
    "read",
    [
        opens_another,
        opens_through_a_link,
        writes_among_the_code,
        starts_a_program,
        asks_the_network,
    ],
)
def test_a_reader_that_goes_elsewhere_is_found(ground: Ground, read: Read) -> None:
    def hidden(content: bytes, root: Path) -> None:
        with suppress(OSError):
            read(content, root)

    found = ground.run(hidden, b"")
    assert found is not None
    assert found.kind == "touched"
    Path(pypdfium2.__file__).with_name("new").unlink(missing_ok=True)


def test_a_reader_that_breaks_logs_or_says_too_little_is_found(ground: Ground) -> None:
    def breaks(_content: bytes, _root: Path) -> None:
        raise RecursionError

    def logs(_content: bytes, _root: Path) -> None:
        logging.getLogger("library").warning("This stands on the user's screen.")

    def says_nothing(_content: bytes, _root: Path) -> None:
        raise Refused([])

    def names_no_place(_content: bytes, _root: Path) -> None:
        raise refuse(Location(""), "Something is wrong.", "Correct it.")

    readers = (breaks, logs, says_nothing, names_no_place)
    found = [ground.run(read, b"") for read in readers]
    kinds = [finding.kind.split()[0] for finding in found if finding is not None]
    assert kinds == ["RecursionError", "logged", "Wrong", "Wrong"]


def test_a_reader_that_takes_longer_than_it_may_is_found(tmp_path: Path) -> None:
    found = Ground(tmp_path, longest=0).run(TARGETS["profile"], b"---\n---\n")
    assert found is not None
    assert found.kind == "slow"


@pytest.mark.parametrize("target", TARGETS)
def test_what_fuzzing_begins_with_is_read(ground: Ground, target: str) -> None:
    begun = seeds(target)
    assert begun
    assert [ground.run(TARGETS[target], seed) for seed in begun] == [None] * len(begun)


@AS_MANY
@given(content=documents.profiles(seeds("profile")))
def test_profiles(ground: Ground, content: bytes) -> None:
    assert ground.run(TARGETS["profile"], content) is None


@AS_MANY
@given(content=documents.catalogs(seeds("catalog")))
def test_catalogs(ground: Ground, content: bytes) -> None:
    assert ground.run(TARGETS["catalog"], content) is None


@AS_MANY
@given(content=documents.csv_files(seeds("csv")))
def test_tables_of_fairs_as_csv(ground: Ground, content: bytes) -> None:
    assert ground.run(TARGETS["csv"], content) is None


@FEWER
@given(content=documents.xlsx_files())
def test_tables_of_fairs_as_xlsx(ground: Ground, content: bytes) -> None:
    assert ground.run(TARGETS["xlsx"], content) is None


@AS_MANY
@given(
    content=documents.toml_files(seeds("layout"), documents.LAYOUT_KEYS, documents.LAYOUT_TABLES)
)
def test_layouts(ground: Ground, content: bytes) -> None:
    assert ground.run(TARGETS["layout"], content) is None


@AS_MANY
@given(
    content=documents.toml_files(
        seeds("configuration"), documents.WORKSPACE_KEYS, documents.WORKSPACE_TABLES
    )
)
def test_what_a_workspace_declares(ground: Ground, content: bytes) -> None:
    assert ground.run(TARGETS["configuration"], content) is None


@pytest.mark.parametrize("target", ["logo", "text", "markdown", "tokens"])
def test_other_files_spoilt(ground: Ground, target: str) -> None:
    @FEWER
    @given(content=documents.spoilt(seeds(target)))
    def every(content: bytes) -> None:
        assert ground.run(TARGETS[target], content) is None

    every()


@pytest.mark.parametrize("target", MUTATORS)
def test_containers_of_files_spoilt(ground: Ground, target: str) -> None:
    spoil = MUTATORS[target]
    begun = st.sampled_from(seeds(target))

    @FEWER
    @given(content=begun, chance=st.randoms(use_true_random=False))
    def every(content: bytes, chance: Random) -> None:
        spoilt = spoil(content, chance, lambda piece: documents.by_bytes(piece, chance))
        assert ground.run(TARGETS[target], spoilt) is None

    every()


# From a profile to a PDF


@pytest.fixture(scope="module")
def printing(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace whose layout places every text of a profile on small pages."""
    made = card_workspace(tmp_path_factory.mktemp("printing") / "workspace", ["de"])
    (made.root / "layouts/card/layout.toml").write_text(LAYOUT, "utf-8")
    (made.root / "layouts/card/card.html.j2").write_text(TEMPLATE, "utf-8")
    return made


@settings(AS_MANY, max_examples=max(15, EXAMPLES // 60))
@given(written=documents.whole_profiles)
def test_a_profile_is_printed_with_all_its_text_or_refused(
    printing: Workspace, written: str
) -> None:
    (printing.root / PROFILE).write_text(written, "utf-8")
    edition = Edition(SLUG, "card", "de")
    printed = printing.root / "out" / edition.output
    printed.unlink(missing_ok=True)
    (outcome,) = printing.build()
    tell(outcome.diagnostics)
    if any(d.severity is Severity.ERROR for d in outcome.diagnostics):
        event("refused")
        assert not printed.exists()
        assert not any("made a mistake" in d.message for d in outcome.diagnostics)
        return
    event("printed")
    text = letters("".join(page_texts(printed)))
    for block in blocks(read_profile(Reader(printing.root), SLUG)):
        for word in re.findall(r"[a-zA-Z0-9äöüßÄÖÜ]+", block):
            assert letters(word) in text, f"{word} of “{block}”"


def page_texts(pdf: Path) -> list[str]:
    """Return the texts of a PDF's pages, as another program than ours reads them."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def letters(text: str) -> str:
    """Return a text without what line breaks, hyphens and ligatures do to it."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if c.isalnum())


def blocks(profile: Profile) -> list[str]:
    """Return every text of a profile."""
    front = profile.front
    running = [b for s in profile.sections for p in s.parts for b in (s.heading, *p.blocks)]
    return [front.title, front.teaser, front.flyer.headline, *front.flyer.points, *running]
