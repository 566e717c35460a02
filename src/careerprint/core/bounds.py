"""What content may cost: how large files and pictures may be, how long and how much a print takes.

Plain data. careerprint.toml has what a workspace wants otherwise, below [bounds].
"""

from dataclasses import dataclass

from careerprint.core.diagnostics import N_, Location, Refused, refuse

MEGABYTE = 1_000_000  # bytes

_HINT = N_("Make it smaller⟨, or raise “{entry}” below [bounds] in careerprint.toml⟩.")
_LOOK = N_("Look for very large pictures or tables in it⟨, or raise “{entry}” below [bounds]⟩.")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a workspace; each name is that of its entry in careerprint.toml.

    `file_mb` is the size of any file that is read, `picture_megapixels` that of a picture when
    decoded; `profile_blocks` counts headings, paragraphs and list items; `table_rows` is the last
    row of a table of fairs. `edition_pages`, `edition_seconds` and `edition_memory_mb` are what
    printing an edition may take; memory is the address
    space that the process which prints takes for it, on top of what it has.
    """

    file_mb: int = 50
    picture_megapixels: int = 50
    profile_blocks: int = 1000
    table_rows: int = 20_000
    edition_pages: int = 500
    edition_seconds: int = 300
    edition_memory_mb: int = 2048


DEFAULT_BOUNDS = Bounds()
# What we set ourselves, such as the sheet of an order or a report of a whole season.
PAPER_BOUNDS = Bounds(edition_pages=2000, edition_seconds=1800, edition_memory_mb=8192)


# What is said of what costs more than a bound allows, and what is to be done.
_TOLD = {
    "file_mb": (N_("The file “{name}” has more than {most} MB."), _HINT),
    "picture_megapixels": (
        N_("The picture has {width} × {height} pixels; {most} million are the most."),
        _HINT,
    ),
    "profile_blocks": (
        N_("The profile goes on beyond {most} paragraphs, headings and list items."),
        N_("Make two profiles of it⟨, or raise “{entry}” below [bounds] in careerprint.toml⟩."),
    ),
    "table_rows": (
        N_("The table goes on beyond row {most}."),
        N_(
            "Split it, or delete what stands far below the last fair⟨, or raise “{entry}” below"
            " [bounds] in careerprint.toml⟩."
        ),
    ),
    "edition_pages": (
        N_("This has {count} pages; {most} are the most."),
        N_("Look for what takes so much room⟨, or raise “{entry}” below [bounds]⟩."),
    ),
    "edition_seconds": (
        N_("Printing this took more than {seconds} seconds and was stopped."),
        _LOOK,
    ),
    "edition_memory_mb": (
        N_("Printing this takes more than {most} MB of memory and was stopped."),
        _LOOK,
    ),
}


def beyond(place: Location | str, entry: str, most: float, **values: object) -> Refused:
    """Return the refusal of what costs more than `most`, the bound `entry`, told with `values`."""
    message, hint = _TOLD[entry]
    return refuse(place, message, hint, entry=entry, most=most, **values)
