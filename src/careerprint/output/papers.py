"""Sets the papers that go with PDFs as jobs: the order, the preflight report, contact sheets.

Those for office printers are A4, black on white. Their templates and style sheets come with
careerprint; only what they say comes from elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from careerprint.composing.job import Bundle, Job, Row
from careerprint.core.bounds import PAPER_BOUNDS
from careerprint.core.workspace import starter_folder
from careerprint.layouts.declaration import Fit, Format, PageRule

_FILES = Path(__file__).parent / "paperstyles"
_STYLE, _ROWS_STYLE, _ARABIC_STYLE = "paper.css", "rows.css", "arabic.css"
_FONTS = ("IBMPlexSans_400Regular.ttf", "IBMPlexSans_600SemiBold.ttf")
_ARABIC_FONTS = ("IBMPlexSansArabic_400Regular.ttf", "IBMPlexSansArabic_600SemiBold.ttf")
# What the Arabic fonts are for, as in the layouts' style sheets.
_ARABIC = (range(0x600, 0x700), range(0x750, 0x780), range(0x8A0, 0x900))


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: the name that its template and style sheet have, width and height in mm."""

    kind: str
    width: float
    height: float


def paper_job(
    paper: Paper,
    name: str,
    context: Mapping[str, object],
    pictures: Mapping[str, bytes] | None = None,
    rows: tuple[tuple[Row, ...], ...] = (),
) -> Job:
    """Return a paper that says what `context` holds, as a job; diagnostics call it `name`.

    The context's `language` is that of its words; `pictures` are the bytes of those that the
    template refers to, by their names; `rows` are those of the table that it ends with,
    of which the template shows samples.
    """
    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FileSystemLoader(_FILES),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template(f"{paper.kind}.html.j2")
    html = template.render(context, has_samples=False)
    form = template.render(context, has_samples=True) if rows else ""
    fonts = starter_folder() / "fonts"
    styles, files = [_STYLE, *([_ROWS_STYLE] if rows else []), f"{paper.kind}.css"], [*_FONTS]
    said = {*html, *form}.union(*(text for group in rows for row in group for text in row.texts))
    if any(ord(character) in letters for letters in _ARABIC for character in said):
        styles.append(_ARABIC_STYLE)
        files += _ARABIC_FONTS
    return Job(
        name=name,
        locale=str(context["language"]),
        direction="ltr",
        page=html,
        styles=tuple(styles),
        bundle=Bundle(
            {
                **{style: (_FILES / style).read_bytes() for style in styles},
                **{f"fonts/{file}": (fonts / file).read_bytes() for file in files},
                **(pictures or {}),
            }
        ),
        pages=PageRule(),
        # The bounds of its type are equal: there is nothing to be fitted.
        format=Format(
            width=paper.width,
            height=paper.height,
            safe=10,
            measures={},
            fit=Fit(type_size=(9, 9), leading=(1.3, 1.3), spacing=(1, 1), slack=0),
        ),
        bounds=PAPER_BOUNDS,
        sampled=form,
        rows=rows,
    )
