"""What content may cost: how large files and pictures may be, how long and how much a print takes.

Plain data. careerprint.toml has what a workspace wants otherwise, below [bounds].
"""

from dataclasses import dataclass

from careerprint.core.diagnostics import N_, Location, Refused, refuse

MEGABYTE = 1_000_000  # bytes

_HINT = N_("Make it smaller, or raise “{entry}” below [bounds] in careerprint.toml.")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a workspace; each name is that of its entry in careerprint.toml.

    `file_mb` is the size of any file that is read, `picture_megapixels` that of a picture when
    decoded; `profile_blocks` counts headings, paragraphs and list items; `table_rows` is the last
    row of a table of fairs. `edition_pages`, `edition_seconds` and `edition_memory_mb` are what
    printing an edition may take; memory is the address space of the process that prints.
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


def file_too_large(location: Location, name: str, most: int) -> Refused:
    """Return the refusal of a file with more than `most` MB."""
    return refuse(
        location,
        N_("The file “{name}” has more than {most} MB."),
        _HINT,
        name=name,
        most=most,
        entry="file_mb",
    )


def picture_too_large(location: Location, width: int, height: int, most: int) -> Refused:
    """Return the refusal of a picture with more than `most` million pixels."""
    return refuse(
        location,
        N_("The picture has {width} × {height} pixels; {most} million are the most."),
        _HINT,
        width=width,
        height=height,
        most=most,
        entry="picture_megapixels",
    )


def too_many_blocks(location: Location, most: int) -> Refused:
    """Return the refusal of a profile with more than `most` blocks; `location` is the next one."""
    return refuse(
        location,
        N_("The profile goes on beyond {most} paragraphs, headings and list items."),
        N_("Make two profiles of it, or raise “{entry}” below [bounds] in careerprint.toml."),
        most=most,
        entry="profile_blocks",
    )


def too_many_pages(place: str, count: int, most: int) -> Refused:
    """Return the refusal of an edition with more than `most` pages."""
    return refuse(
        Location(place),
        N_("This has {count} pages; {most} are the most."),
        N_("Look for what takes so much room, or raise “{entry}” below [bounds]."),
        count=count,
        most=most,
        entry="edition_pages",
    )


def too_slow(place: str, most: float) -> Refused:
    """Return the refusal of an edition that takes more than `most` seconds."""
    return refuse(
        Location(place),
        N_("Printing this took more than {seconds} seconds and was stopped."),
        N_("Look for very large pictures or tables in it, or raise “{entry}” below [bounds]."),
        seconds=round(most),
        entry="edition_seconds",
    )


def too_much_memory(place: str, most: int) -> Refused:
    """Return the refusal of an edition that takes more than `most` MB of memory."""
    return refuse(
        Location(place),
        N_("Printing this takes more than {most} MB of memory and was stopped."),
        N_("Look for very large pictures or tables in it, or raise “{entry}” below [bounds]."),
        most=most,
        entry="edition_memory_mb",
    )
