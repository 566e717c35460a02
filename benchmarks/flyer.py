"""What one flyer costs from a cold start, against WeasyPrint's own command on the same HTML."""

from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks.measuring import Ratio, careerprint, in_turn, run
from benchmarks.workspaces import FLYER, SLUG, edit
from careerprint.composing.compose import compose
from careerprint.composing.job import Job
from careerprint.core.reader import Reader
from careerprint.typesetting.fitting import Trial, fitted, style_of

ROUNDS = 7
BAR = 1.3
_BUILD = ("build", SLUG, "--layout", FLYER.layout, "--locale", FLYER.locale, "--force")
_DOCUMENT, _FITTED, _PDF = "document.html", "fitted.css", "document.pdf"


def measure(root: Path, folder: Path) -> list[Ratio]:
    """Return the ratio of the two, with an edited text and with one printed before.

    `root` is the example's workspace; `folder` is where WeasyPrint's sources go.
    """
    commands = []
    for wording in ("first", "second"):
        commands.append(weasyprint_command(compose(FLYER, Reader(root)), folder / wording))
        edit(root)
    documents = cycle(commands)

    def build(*options: str) -> float:
        return careerprint(root, *_BUILD, *options, counts=(1, 0, 0))

    def edited() -> float:
        edit(root)
        return build()

    build()
    edit(root)  # so that the first round, which edits again, prints the first document's text
    found = in_turn(
        ROUNDS,
        {
            "edited": edited,
            "weasyprint": lambda: run(*next(documents), folder=folder)[0],
            "as before": build,
            "in one process": lambda: build("--jobs", "1"),
        },
    )
    what = "one flyer, its text edited: `careerprint build --force` ÷ `weasyprint`"
    return [
        Ratio(what, found["edited"], found["weasyprint"], BAR),
        Ratio("the same, the text as it was before", found["as before"], found["weasyprint"]),
        Ratio("that in one process, --jobs 1", found["in one process"], found["weasyprint"]),
    ]


def weasyprint_command(job: Job, folder: Path) -> tuple[str, ...]:
    """Write a job's files into `folder`, and return Python's arguments that print them.

    The style sheets are those of careerprint's last layout of the job, in the same order, so the
    page is the same.
    """
    for name, data in {**job.bundle, _DOCUMENT: job.html.encode()}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / _FITTED).write_text(_last_style(job, folder), "utf-8")
    styles = (f"--stylesheet={folder / name}" for name in (*job.styles, _FITTED))
    variant = "--pdf-variant=pdf/ua-1"
    return ("-m", "weasyprint", variant, *styles, f"{folder / _DOCUMENT}", f"{folder / _PDF}")


def _last_style(job: Job, folder: Path) -> str:
    """Return the style that copyfitting adds to a job whose files are in `folder`."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    html = HTML(filename=folder / _DOCUMENT)
    sheets = [CSS(filename=folder / name, font_config=configuration) for name in job.styles]
    tried = []

    def lay_out(look: Trial) -> Any:  # noqa: ANN401 - WeasyPrint is untyped
        tried.append(style_of(look, job))
        added = CSS(string=tried[-1])
        return html.render(stylesheets=[*sheets, added], font_config=configuration)

    fitted(lay_out, job)
    return tried[-1]
