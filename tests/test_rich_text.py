"""A profile's text in the editor: what is not touched comes back byte for byte."""

import copy
import difflib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from careerprint.core.diagnostics import Refused
from careerprint.desk import writing
from careerprint.desk.profilepictures import bring_picture, picture_file
from careerprint.desk.profiletext import ProfileTexts
from careerprint.desk.richblocks import is_same, read_blocks, split_profile
from careerprint.desk.richinline import inline_markdown, inline_nodes, is_same_text
from careerprint.desk.richwriting import clean, markdown_of, rewrite
from careerprint.desk.threeway import merged

from .conftest import PROFILE, ROOT, SLUG

Node = dict[str, Any]
quickly = settings(deadline=None, max_examples=60)

BODY = """
Ein Absatz mit *Kursiv* und **Fett**,
umbrochen und\x20\x20
hier hart, \\* &nbsp;mehr {pay.entry}, Kund*innen.

## Alltag {#everyday}
- eins
- zwei mit [Link](https://example.org/) darin
  und weiter
  - tief
-   drei

1. A
1. B

3) C
4) D

> Zitat
> geht weiter
>
> und endet

| A | B |
|:--|--:|
| 1 | 2 |
| *x* | y\\|z |

<!-- Kommentar
über zwei Zeilen -->

![Ein Bild](a.png "Foto: x")

***

    eingerückt

Setext
------

•  getippt
•  noch eins

# Zu groß
Ende <!-- hier --> da.


"""  # fmt: skip
LINES = [
    *BODY.split("\n"),
    "  - a",
    "    b",
    "\tTab",
    "```",
    "~~~",
    "b) mehr",
    "[x]: y",
    "> - x",
    "**",
    "a\\",
    "–",
    "|",
    "***fett** kursiv*",
    "<br>",
    "H<sub>2</sub>O",
    "{",
    "\u2028",
    "\u00a0",
    "\x0c",
    "Titel {#",
    "10. zehn",
    "---",
]
bodies = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join)
words = st.text(st.sampled_from(list("aB ä*_\\[]<>{}#&;-+.1)|`~=!^\u00a0–„\n")), max_size=12)


def texts_in(node: Node) -> Iterator[Node]:
    for piece in node.get("content", ()):
        if piece["type"] == "text":
            yield piece
        else:
            yield from texts_in(piece)


def changed_lines(before: str, after: str) -> list[str]:
    found = difflib.ndiff(before.split("\n"), after.split("\n"))
    return [line for line in found if line[:1] in "+-"]


@quickly
@given(bodies)
def test_a_text_that_is_not_touched_comes_back_byte_for_byte(body: str) -> None:
    blocks, rest = read_blocks(body)
    assert "".join(block.gap + block.source for block in blocks) + rest == body
    assert rewrite(body, range(len(blocks))).body == body
    # As nodes, too: that nothing was changed is seen in what they say.
    assert rewrite(body, [copy.deepcopy(block.read.node) for block in blocks]).body == body


@quickly
@given(bodies, st.data())
def test_only_the_block_that_was_edited_changes(body: str, data: st.DataObject) -> None:
    blocks, _ = read_blocks(body)
    shown = [n for n, b in enumerate(blocks) if any(texts_in(b.read.node))]
    if not shown:
        return
    at = data.draw(st.sampled_from(shown))
    node = copy.deepcopy(blocks[at].read.node)
    piece = data.draw(st.sampled_from(list(texts_in(node))))
    piece["text"] += "Wort"
    made = rewrite(body, [*range(at), node, *range(at + 1, len(blocks))])
    before, after = (blocks[:at], blocks[at + 1 :])
    begin = "".join(block.gap + block.source for block in before)
    assert made.body.startswith(begin)
    end = "".join(block.gap + block.source for block in after)
    assert made.body.rstrip("\n").endswith(end.rstrip("\n"))
    assert "Wort" in made.body[len(begin) :]


def test_an_edit_of_a_word_changes_its_line_alone() -> None:
    blocks, _ = read_blocks(BODY)
    for at, block in enumerate(blocks):
        for number, _ in enumerate(texts_in(block.read.node)):
            node = copy.deepcopy(block.read.node)
            piece = list(texts_in(node))[number]
            piece["text"] = piece["text"][:1] + "Q" + piece["text"][1:]
            made = rewrite(BODY, [*range(at), node, *range(at + 1, len(blocks))]).body
            assert len(changed_lines(BODY, made)) == 2, block.source


@quickly
@given(st.lists(st.tuples(words, st.sets(st.sampled_from(["strong", "em", "link"]))), max_size=4))
def test_whatever_is_typed_is_read_as_it_was_typed(runs: list[tuple[str, set[str]]]) -> None:
    attributes = {"link": {"attrs": {"href": "https://example.org/a"}}}
    nodes: list[Node] = [
        {
            "type": "text",
            "text": text,
            "marks": [{"type": m, **attributes.get(m, {})} for m in kinds],
        }
        for text, kinds in ((t, sorted(k, key=["link", "strong", "em"].index)) for t, k in runs)
        if text
    ]
    paragraph = {"type": "paragraph", "content": nodes}
    cleaned = clean(paragraph)
    source = markdown_of(paragraph)
    if cleaned is None:
        assert source == ""
        return
    (block,) = read_blocks(source)[0]
    # Marks that Markdown cannot say may go; no letter does.
    assert block.read.node["type"] == "paragraph"
    plain = "".join(re.sub(r"[ \t\n]+", " ", p["text"]) for p in texts_in(paragraph))
    read = "".join(p["text"] for p in texts_in(block.read.node))
    assert re.sub(r" +", " ", read).strip() == re.sub(r" +", " ", plain).strip()


@pytest.mark.parametrize(
    "written",
    ["**fett** und *kursiv*", "[ein *Link*](https://example.org/)", "H<sub>2</sub>O", "a<br>b {x}"],
)
def test_marks_are_written_as_a_person_writes_them(written: str) -> None:
    nodes = inline_nodes(written) or []
    assert next(inline_markdown(nodes)) == written


def paragraph(text: str) -> Node:
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


def test_new_blocks_get_an_empty_line_around_them_and_empty_ones_are_none() -> None:
    body = "## Titel\nText.\n\n- a\n- b\n"
    made = rewrite(body, [0, paragraph("Neu"), {"type": "paragraph"}, 1, 2])
    assert made.body == "## Titel\n\nNeu\n\nText.\n\n- a\n- b\n"
    assert made.places == (0, 1, None, 2, 3)


def test_what_begins_like_a_list_or_a_heading_stays_a_paragraph() -> None:
    for text in ("- kein Punkt", "1. Mai", "# keine", "> spitz", "| Strich", "    vier"):
        (block,) = read_blocks(markdown_of(paragraph(text)))[0]
        assert is_same(block.read.node, paragraph(text))


def test_items_that_stay_keep_their_source_when_one_is_added_between() -> None:
    body = "*  eins\n*  zwei,\n   umbrochen\n"
    (block,) = read_blocks(body)[0]
    node = copy.deepcopy(block.read.node)
    node["content"].insert(1, {"type": "list_item", "content": [paragraph("neu")]})
    assert rewrite(body, [node]).body == "*  eins\n* neu\n*  zwei,\n   umbrochen\n"


def test_a_numbered_list_is_counted_on() -> None:
    body = "3. A\n4. B\n"
    (block,) = read_blocks(body)[0]
    node = copy.deepcopy(block.read.node)
    node["content"].insert(1, {"type": "list_item", "content": [paragraph("neu")]})
    assert rewrite(body, [node]).body == "3. A\n4. neu\n5. B\n"


def test_what_the_editor_cannot_show_is_a_block_of_source() -> None:
    kinds = {b.source: b.read.node["type"] for b in read_blocks(BODY)[0]}
    for source in ("<!-- Kommentar\nüber zwei Zeilen -->", "    eingerückt", "# Zu groß"):
        assert kinds[source] == "source"


def desk_of(root: Path) -> Any:
    return SimpleNamespace(root=root, shower=SimpleNamespace(translate=str, number=str))


def test_pasted_html_comes_as_structure_and_nothing_of_it_is_run() -> None:
    hostile = (
        "<h1>Titel</h1><p>Aus <b>Word</b><script>x()</script><img src=x onerror=x()></p>"
        "<p><a href='javascript:x()'>böse</a> <a href='https://example.org/'>gut</a></p>"
        "<ul><li>a<li>b</ul><p class=MsoListParagraph>·  c</p><p class=MsoListParagraph>·  d</p>"
        "<table><tr><th>A<th>B<tr><td>1<td>2</table><iframe src=//example.org></iframe>"
    )
    nodes = writing.pasted(desk_of(ROOT), hostile)
    kinds = [node["type"] for node in nodes]
    assert kinds == ["heading", "paragraph", "paragraph", "bullet_list", "table"]
    said = str(nodes)
    assert "javascript" not in said
    assert "x()" not in said
    assert "https://example.org/" in said


def test_html_without_end_and_without_sense_is_read_or_refused() -> None:
    for html in ("<div>" * 9000 + "x", "<table><tr><td>" * 2000, "<ul><li>" * 2000):
        with pytest.raises(Refused, match="nested"):
            writing.pasted(desk_of(ROOT), html)
    with pytest.raises(Refused):
        writing.pasted(desk_of(ROOT), "\x00<p>a")
    for html in ("", "<!--", "\ud800<p>a", "<p>" * 300 + "a", "<li>" * 300):
        writing.pasted(desk_of(ROOT), html)


def test_a_block_that_markdown_cannot_say_is_told() -> None:
    marked = {
        "type": "paragraph",
        "content": [
            {"type": "text", "text": "Kund"},
            {"type": "text", "text": "innen", "marks": [{"type": "strong"}]},
        ],
    }
    made = writing.with_blocks(desk_of(ROOT), "---\n---\n", [marked])
    assert made["text"] == "---\n---\n\nKundinnen\n"
    assert made["other"] == [0]


def test_the_lines_of_blocks_are_those_of_the_file() -> None:
    text = (ROOT / PROFILE).read_text("utf-8")
    lines = text.split("\n")
    for block in writing.read(desk_of(ROOT), SLUG, text)["blocks"]:
        first = next(iter(texts_in(block["node"])))["text"][:12]
        assert first in lines[block["lines"][0] - 1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay_each_as_it_was(tmp_path: Path, end: str) -> None:
    file = tmp_path / PROFILE
    file.parent.mkdir(parents=True)
    mixed = (ROOT / PROFILE).read_bytes().replace(b"\n", end.encode())
    mixed += b"letzte\r\nZeile\nund mehr"
    file.write_bytes(mixed)
    texts = ProfileTexts(tmp_path)
    read = texts.read(SLUG)
    texts.save(SLUG, read.text.replace("letzte\n", "letzte\nneu\n"), read.digest)
    assert file.read_bytes().startswith(mixed[: -len(b"\r\nZeile\nund mehr")])
    assert file.read_bytes().endswith(b"Zeile\nund mehr")


def test_edits_that_do_not_overlap_are_merged_and_others_are_not() -> None:
    base = "a\nb\nc\nd\n"
    assert merged(base, "A\nb\nc\nd\n", "a\nb\nc\nD\n") == "A\nb\nc\nD\n"
    assert merged(base, "a\nb\nc\nd\ne\n", "x\na\nb\nc\nd\n") == "x\na\nb\nc\nd\ne\n"
    assert merged(base, "A\nb\nc\nd\n", "A\nb\nc\nd\n") == "A\nb\nc\nd\n"
    assert merged(base, "A\nb\nc\nd\n", "B\nb\nc\nd\n") is None
    assert merged(base, "a\nx\nb\nc\nd\n", "a\ny\nb\nc\nd\n") is None


def test_a_text_without_a_head_is_all_body() -> None:
    assert split_profile("Nur Text\n") == ("", "Nur Text\n")
    assert is_same_text([], [{"type": "text", "text": " "}])


def test_pictures_are_brought_beside_the_text_and_only_such_are_shown(tmp_path: Path) -> None:
    folder = (tmp_path / PROFILE).parent
    folder.mkdir(parents=True)
    (tmp_path / PROFILE).write_text("x", "utf-8")
    made = io.BytesIO()
    Image.new("RGB", (300, 300)).save(made, "PNG")
    other = io.BytesIO()
    Image.new("RGB", (300, 300), "red").save(other, "PNG")
    desk = desk_of(tmp_path)
    assert bring_picture(desk, made.getvalue(), SLUG, "Mein Bild.PNG") == {
        "file": "mein-bild.png",
        "sharp": "2.5 × 2.5",
    }
    assert bring_picture(desk, made.getvalue(), SLUG, "mein bild.png") == {
        "file": "mein-bild.png",
        "sharp": "2.5 × 2.5",
    }
    assert bring_picture(desk, other.getvalue(), SLUG, "mein-bild.png") == {
        "file": "mein-bild-2.png",
        "sharp": "2.5 × 2.5",
    }
    shown = picture_file(desk, SLUG, "mein-bild.png")
    assert shown
    assert shown.content == made.getvalue()
    script = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>x()</script></svg>'
    for content, name in ((script, "a.svg"), (b"no picture", "a.png"), (made.getvalue(), "a.exe")):
        with pytest.raises(Refused):
            bring_picture(desk, content, SLUG, name)
    assert sorted(p.name for p in folder.iterdir()) == [
        "mein-bild-2.png",
        "mein-bild.png",
        "profile.md",
    ]
    (tmp_path / "secret.png").write_bytes(made.getvalue())
    for file in ("../../../secret.png", "profile.md", "none.png", "/etc/x.png"):
        assert picture_file(desk, SLUG, file) is None


MARKED = "## Was macht man in diesem Beruf? {#pay}\n\nEin Satz.\n\n### Was verdient man?\n\nGeld.\n"
PAY_HEADING = {
    "type": "heading",
    "attrs": {"level": 2, "mark": ""},
    "content": [{"type": "text", "text": "Was verdient man?"}],
}


def test_a_mark_follows_the_heading_that_tells_of_it_once_that_is_raised() -> None:
    made = writing.with_blocks(desk_of(ROOT), MARKED, [0, 1, PAY_HEADING, 3])
    assert made["text"] == MARKED.replace(" {#pay}", "").replace("###", "##")
    assert made["other"] == [0], "the editor shows it without the mark"
    assert [block["role"] for block in made["blocks"]] == ["everyday", "", "pay", ""]


def test_a_mark_that_somebody_has_set_at_headings_as_they_are_stays() -> None:
    raised = MARKED.replace("###", "##")
    sentence = {"type": "paragraph", "content": [{"type": "text", "text": "Anders."}]}
    made = writing.with_blocks(desk_of(ROOT), raised, [0, sentence, 2, 3])
    assert made["text"] == raised.replace("Ein Satz.", "Anders.")
    bare = MARKED.replace("was macht", "Das Team").replace(
        "Was macht man in diesem Beruf?", "Im Team"
    )
    made = writing.with_blocks(desk_of(ROOT), bare, [0, 1, PAY_HEADING, 3])
    assert "## Im Team {#pay}" in made["text"], "its heading tells of nothing else"
