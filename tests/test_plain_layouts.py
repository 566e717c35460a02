"""The layouts for plain language, printed: large type, a sentence a line, words that are heard whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.finished.document import Finished, read_finished
from careerprint.finished.texts import Piece
from careerprint.finished.transcript import transcript
from careerprint.profiles.content import own_blocks
from careerprint.profiles.sentences import sentences
from careerprint.profiles.wholetext import read_profile_in

from .conftest import SLUG, Workspace
from .workspaces import approve_all, make_ready_workspace

pytestmark = pytest.mark.slow
LEAST = 14.0  # pt: Inclusion Europe, Information for all; Bredel and Maaß, Leichte Sprache
LAYOUTS = ("leicht", "leicht-flyer")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The example in plain German, printed in both layouts; not to be changed."""
    made = Workspace(tmp_path_factory.mktemp("plain") / "workspace")
    make_ready_workspace(made.root)
    approve_all(made.root)
    named = [word for layout in LAYOUTS for word in ("--layout", layout)]
    done = made.run("build", "--locale", "de-simple", *named)
    assert done.returncode == 0, done.stderr
    return made


def pdf_of(workspace: Workspace, layout: str) -> Path:
    return workspace.root / "out" / Edition(SLUG, layout, "de-simple").output


@pytest.mark.parametrize("layout", LAYOUTS)
def test_it_passes_all_checks_without_a_warning_but_for_readers(
    plain: Workspace, layout: str
) -> None:
    done = plain.run("check", str(pdf_of(plain, layout)))
    assert done.returncode == 0
    told = [line for line in done.stdout.splitlines() if " warning: " in line or " error: " in line]
    told += [
        line for line in done.stderr.splitlines() if " warning: " in line or " error: " in line
    ]
    assert [line for line in told if "[minimum-wage]" not in line] == [
        f"content/{SLUG}/profile.de-simple.md:11: warning: No reader of Leichte Sprache has tested "
        "this text. [plain-language] Have people with learning difficulties read it; then say so: "
        "tested_by: …"
    ]


@pytest.mark.parametrize(("layout", "count"), [("leicht", 12), ("leicht-flyer", 2)])
def test_no_type_is_smaller_than_14_pt(plain: Workspace, layout: str, count: int) -> None:
    found = read_finished(pdf_of(plain, layout).read_bytes())
    assert len(found.pages) == count
    assert min(piece.size for piece in found.pieces) >= LEAST - 0.05


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_voice_says_long_words_whole_in_their_language(plain: Workspace, layout: str) -> None:
    said = transcript(pdf_of(plain, layout).read_bytes())
    spoken = " ".join(str(utterance) for utterance in said)
    assert "·" not in spoken
    assert "\u00ad" not in " ".join(utterance.text for utterance in said)
    assert "Kundendienst" in spoken
    assert "Menschen mit Lernschwierigkeiten haben ihn noch nicht geprüft." in spoken
    assert read_finished(pdf_of(plain, layout).read_bytes()).language == "de-simple"


def lines_of(found: Finished) -> Iterator[str]:
    """Yield the lines of a document: pieces that stand beside one another, whatever hangs below."""
    pieces = sorted(found.pieces, key=lambda p: (p.page, p.place.top + p.place.bottom))
    lines: list[list[Piece]] = []
    for piece in pieces:
        middle = (piece.place.top + piece.place.bottom) / 2
        last = lines[-1][0] if lines else None
        if last and last.page == piece.page and last.place.top < middle < last.place.bottom:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        yield " ".join(piece.text for piece in sorted(line, key=lambda p: p.place.left))


def test_each_sentence_begins_a_line(plain: Workspace) -> None:
    found = read_finished(pdf_of(plain, "leicht").read_bytes())
    begun = {" ".join(line.split())[:12] for line in lines_of(found)}
    profile = read_profile_in(Reader(plain.root), SLUG, "de-simple")
    texts = [text for note, text in own_blocks(profile) if note.endswith(("paragraph", "bullets"))]
    wanted = [s for text in texts for s in sentences(text) if "{" not in s and "*" not in s]
    assert len(wanted) > 100
    assert [s for s in wanted if " ".join(s.split())[:12] not in begun] == []
