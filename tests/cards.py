"""A workspace whose layout is one small page of a few lines, for tests that print often.

Composing, typesetting, checking, and putting into place are the real ones; only the page is small.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from careerprint.building.record import RECORD_FILE
from careerprint.core.edition import Edition
from careerprint.core.workspace import CONFIGURATION_FILE

from .conftest import PROFILE, ROOT, SLUG, Workspace
from .workspaces import make_full_workspace, make_ready_workspace

LAYOUT = """\
template = "card/card.html.j2"
styles = ["card/card.css"]
tokens = "base/tokens.toml"
takes = ["cover"]
default_format = "a6"

[pages]
exactly = 1

[formats.a6]
width = 105
height = 148
safe = 5
fit = { type_size = [10, 10], leading = [1.4, 1.4], spacing = [1, 1], slack = 0 }

[formats.a7]
width = 74
height = 105
safe = 5
fit = { type_size = [8, 8], leading = [1.4, 1.4], spacing = [1, 1], slack = 0 }
"""
STYLE = """\
@font-face { font-family: "Card"; src: url("../../fonts/IBMPlexSans_400Regular.ttf"); }
html { font-family: "Card"; color: var(--ink); }
body { margin: 8mm; line-height: var(--leading); }
h1, p { margin: 0; font-weight: 400; font-size: 1rem; }
"""
# For cards that are printed in Arabic, too.
ARABIC = """\
@font-face { font-family: "Arabic"; src: url("../../fonts/IBMPlexSansArabic_400Regular.ttf"); }
html { font-family: "Card", "Arabic"; }
"""
# A card prints no fact. It reads those of the example profile, so that nobody is warned of them.
READS_FACTS = """\
{% set read = facts.pay, facts.sectors, facts.channels, facts.skills, facts.training %}
{% set read = facts.ways_in %}
"""
TEMPLATE = (
    READS_FACTS
    + """\
<!DOCTYPE html>
<html lang="{{ lang }}" dir="{{ dir }}">
<head><meta charset="utf-8"><title>{{ plain(front.title) }}</title>
<meta name="dcterms.modified" content="{{ front.updated }}"></head>
<body>
{{ title(front.title, "h1") }}
{{ place(front.subtitle, "p") }}
{{ place(front.teaser, "p") }}
</body>
</html>
"""
)
CSS = "layouts/card/card.css"
ENGLISH = f"content/{SLUG}/locales/en.po"
LOCALES = ("de", "en", "tr")
EDITIONS = tuple(Edition(SLUG, "card", tag) for tag in LOCALES)
# What is told of an edited text: that it is translated no longer, or approved no longer.
UNREADY = {"foreign-text", "approval"}
OLD, NEW = "updated: 2026-11-22", "updated: 2026-11-23"
KEPT = {RECORD_FILE, ".careerprint/lock"}


def card_workspace(root: Path, locales: Iterable[str] = LOCALES) -> Workspace:
    """Make `root` a workspace that declares a card in these locales."""
    make_full_workspace(root)
    return with_card(Workspace(root), locales)


def with_card(workspace: Workspace, locales: Iterable[str]) -> Workspace:
    """Give a workspace the layout of a card, and declare it alone, in these locales."""
    folder = workspace.root / "layouts" / "card"
    folder.mkdir(parents=True)
    (folder / "layout.toml").write_text(LAYOUT, "utf-8")
    (folder / "card.css").write_text(STYLE, "utf-8")
    (folder / "card.html.j2").write_text(TEMPLATE, "utf-8")
    tags = ", ".join(f'"{tag}"' for tag in locales)
    declare(workspace, f'layouts = ["card"]\nlocales = [{tags}]\n')
    return workspace


# What the stand's flyers say too, and so may a card: everything that a row of a table can say.
FAIR = """\
{% if fair %}
{{ cell(fair.fair, "p") }}<p>{{ days(fair.start, fair.end) }}</p>
{% for text in [fair.city, fair.venue, fair.hall, fair.stand, fair.contact, fair.phone, fair.email]
   if text %}
{{ cell(text, "p") }}
{% endfor %}
<p>{{ cell(fair.url, "span") }}</p>
{% endif %}
</body>
"""


def stand_cards(root: Path, locales: Iterable[str] = LOCALES) -> Workspace:
    """Make `root` a workspace as `card_workspace` does, whose card can be printed for fairs too."""
    workspace = card_workspace(root, locales)
    workspace.edit("layouts/card/layout.toml", 'takes = ["cover"]', 'takes = ["cover", "fair"]')
    workspace.edit("layouts/card/card.html.j2", "</body>\n", FAIR)
    style = workspace.root / CSS
    style.write_text(f"@page {{ margin: 0 }}\n{style.read_text('utf-8')}", "utf-8")
    return workspace


def flyers_as_cards(workspace: Workspace) -> None:
    """Let a workspace's flyers be such cards: for commands whose work is the point, not a page."""
    workspace.edit("careerprint.toml", 'shop = "standard"', 'shop = "office"')  # no bleed
    folder = workspace.root / "layouts" / "flyer"
    folder.mkdir(parents=True, exist_ok=True)
    layout = LAYOUT.replace("card/", "flyer/").replace("a6", "a4").replace("a7", "a5")
    layout = layout.replace('takes = ["cover"]', 'takes = ["cover", "fair"]')
    (folder / "layout.toml").write_text(layout, "utf-8")
    (folder / "card.css").write_text(f"@page {{ margin: 0 }}\n{STYLE}{ARABIC}", "utf-8")
    (folder / "card.html.j2").write_text(TEMPLATE.replace("</body>\n", FAIR), "utf-8")


# A picture of the profile's own.
PICTURES = """\
pictures:
  cover:
    file: bild.jpg
    alt: Ein Platz im Büro
    focus: 40% 30%
    credit: Musterfoto
    licence: CC BY 4.0
"""


def ready_cards(root: Path) -> None:
    """Make a workspace of cards in German and English that may go out."""
    make_ready_workspace(root)
    flyers_as_cards(Workspace(root))
    toml = (root / CONFIGURATION_FILE).read_text("utf-8")
    chosen = 'layouts = ["flyer"]\nlocales = ["de", "en"]'
    toml = re.sub(r"layouts = .*\nlocales = .*", chosen, toml, count=1)
    (root / CONFIGURATION_FILE).write_text(toml, "utf-8")


def with_picture(workspace: Workspace, picture: bytes) -> None:
    """Give the cards of a workspace a picture of the profile's own, credited at their foot."""
    (workspace.root / "content" / SLUG / "bild.jpg").write_bytes(picture)
    workspace.edit(PROFILE, "facts:\n", f"{PICTURES}facts:\n")
    template = workspace.root / "layouts/card/card.html.j2"
    foot = "{{ photo(front.pictures.cover) }}<p>{{ credits()|join }}</p></body>"
    template.write_text(template.read_text("utf-8").replace("</body>", foot), "utf-8")
    with (workspace.root / CSS).open("a", encoding="utf-8") as styles:
        styles.write(".photo { width: 15mm; height: 15mm; object-fit: cover }")


def declare(workspace: Workspace, build: str) -> None:
    """Put `build` into careerprint.toml in place of what is declared there below [build]."""
    file = workspace.root / "careerprint.toml"
    _, _, rest = file.read_text("utf-8").partition("[issuer]")
    file.write_text(f"[build]\n{build}\n[issuer]{rest}", "utf-8")


def declare_flyers(workspace: Workspace, *locales: str) -> None:
    """Let the workspace declare flyers alone, which are printed in a third of a brochure's time.

    A flyer prints not all facts. It reads the others, so that nobody is warned of them.
    """
    tags = ", ".join(f'"{tag}"' for tag in locales)
    declare(workspace, f'layouts = ["flyer"]\nlocales = [{tags}]\n')
    template = workspace.root / "layouts/flyer/flyer.html.j2"
    template.parent.mkdir(parents=True, exist_ok=True)
    shipped = (ROOT / "layouts/flyer/flyer.html.j2").read_text("utf-8")
    reads = "{%- set read = facts.channels, facts.sectors, facts.training, facts.working_hours -%}"
    template.write_text(f"{reads}{shipped}", "utf-8")


def in_one_size(workspace: Workspace, *, joining: bool = False) -> Workspace:
    """Let brochures have type of the smallest size alone.

    Unless sections are `joining`, each has pages of its own. Then brochures are set in a third of the
    layouts that finding both takes.
    """
    declared = workspace.root / "layouts/brochure/layout.toml"
    bounds = re.compile(r"(?<= = )\[([\d.]+), [\d.]+\](?=.* slack = )")
    declared.write_text(bounds.sub(r"[\1, \1]", declared.read_text("utf-8")), "utf-8")
    if not joining:
        template = workspace.root / "layouts/brochure/brochure.html.j2"
        template.write_text(template.read_text("utf-8").replace(" data-join", ""), "utf-8")
    return workspace


def shortened(workspace: Workspace) -> Workspace:
    """Leave of each section of the profile its heading and its first paragraph, in one size.

    A brochure has as many pages, and is soon set.
    """
    in_one_size(workspace)
    file = workspace.root / PROFILE
    _, front, text = file.read_text("utf-8").split("---\n", 2)
    sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    kept = "".join("\n\n".join(part.split("\n\n")[:2]) + "\n\n" for part in sections)
    file.write_text(f"---\n{front}---\n{kept}", "utf-8")
    return workspace


def of_few_sections(workspace: Workspace, further: int = 0) -> Workspace:
    """Leave of the profile four sections of a sentence each, behind so many others of a page.

    The brochure has pages for notes then: two behind the four, one behind two others. Its back cover
    stands alone.
    """
    front = (workspace.root / PROFILE).read_text("utf-8").split("---\n", 2)[1]
    page = "Ein Satz ist so lang wie der andere. " * 20
    more = "".join(f"## {n} {{#n{n}}}\n\n{page}\n\n" for n in range(further))
    sections = "".join(
        f"## {heading} {{#{mark}}}\n\nEin Satz.\n\n"
        for heading, mark in (("A", "pay"), ("B", "market"), ("C", "digital"), ("D", "training"))
    )
    (workspace.root / PROFILE).write_text(f"---\n{front}---\n{more}{sections}", "utf-8")
    return workspace


def renew(workspace: Workspace) -> None:
    """Edit what every card has, in every language: the day of the text."""
    workspace.edit(PROFILE, OLD, NEW)


def revert(workspace: Workspace) -> None:
    """Take `renew` back."""
    workspace.edit(PROFILE, NEW, OLD)


def pdfs(out: Path) -> dict[str, bytes]:
    """Return the PDFs in an output folder, by path."""
    return {
        f.relative_to(out).as_posix(): f.read_bytes() for f in out.glob("*/*.pdf") if f.is_file()
    }


def others(out: Path) -> set[str]:
    """Return what else lies in an output folder; folders and what a damaged record left aside."""
    files = {f.relative_to(out).as_posix() for f in out.rglob("*") if not f.is_dir()}
    return files - pdfs(out).keys() - {f"{RECORD_FILE}.lock"}
