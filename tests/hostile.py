"""What the tests of hostile content share: a card that also shows its fair, and tables for it."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.core.edition import Edition
from careerprint.core.reader import Reader
from careerprint.fairs.cells import as_csv
from careerprint.fairs.fair import Fair
from careerprint.planning.season import Season, read_season

from .cards import card_workspace
from .conftest import SLUG, Workspace, refusals
from .tablefiles import ods, xlsx

One = TypeVar("One")
Other = TypeVar("Other")

CARD = Edition(SLUG, "card", "de")
TEMPLATE = "layouts/card/card.html.j2"
TODAY = date(2026, 11, 22)


def crossed(ones: Sequence[One], others: Sequence[Other]) -> list[tuple[One, Other]]:
    """Return each of `ones` with the first of `others`, and each of `others` with the first one."""
    return [(one, others[0]) for one in ones] + [(ones[0], other) for other in others[1:]]


def fair_cards(root: Path) -> Workspace:
    """Make `root` a workspace with a card that also shows the fair that it is for."""
    workspace = card_workspace(root, ("de", "en"))
    workspace.edit(
        "layouts/card/card.html.j2",
        "</body>",
        '{% if fair %}{{ cell(fair.fair, "p") }}{% endif %}\n'
        '<p lang="de">{{ issuer.imprint }}</p>\n</body>',
    )
    workspace.edit("layouts/card/layout.toml", 'takes = ["cover"]', 'takes = ["cover", "fair"]')
    return workspace


def composed(workspace: Workspace, edition: Edition = CARD, fair: Fair | None = None) -> Job:
    return compose(edition, Reader(workspace.root), fair)


def refused(workspace: Workspace, edition: Edition = CARD) -> list[str]:
    return refusals(lambda: composed(workspace, edition))


def season(tmp_path: Path, workspace: Workspace, name: str = "fairs.csv", **cells: str) -> Season:
    """Return what is read of a table with one row."""
    row = {"Kennung": "jobtag", "Messe": "Jobtag", "Beginn": f"{TODAY + timedelta(9):%d.%m.%Y}"}
    rows = [
        list({**row, "Layout": "card", **cells}),
        list({**row, "Layout": "card", **cells}.values()),
    ]
    makers = {".xlsx": xlsx, ".ods": ods}
    kind = Path(name).suffix
    content = makers[kind](rows) if kind in makers else as_csv(rows).encode()
    (tmp_path / name).write_bytes(content)
    return read_season(tmp_path / name, Reader(workspace.root), TODAY)


def with_template(workspace: Workspace, written: str) -> int:
    """Put something into the card's template; return its line."""
    workspace.edit(TEMPLATE, "</body>", f"{written}\n</body>")
    return workspace.line(TEMPLATE, written.split("\n", maxsplit=1)[0])


def complaints(workspace: Workspace) -> list[str]:
    """Print the card in this process, and return what is said of it."""
    return workspace.complaints("card")
