"""The commands that send texts to translators, and take back what they made of them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from careerprint.commands.console import complain, say
from careerprint.commands.runs import end_with, here, named
from careerprint.core.diagnostics import N_, Location, refuse, warning, writing
from careerprint.core.files import read_given, shown_path, write_whole
from careerprint.core.messages import Translate
from careerprint.core.reader import Reader
from careerprint.core.workspace import CONFIGURATION_FILE

if TYPE_CHECKING:
    from careerprint.exchange.aligning import Pair
    from careerprint.exchange.returns import Delivery

KINDS = ("docx", "xlsx", "xliff", "po")
_SHOWN = 70  # characters of a text in a pair

profiles_option = named(
    "--profile", "profiles", "PROFILE", N_("Only the texts of this profile; repeatable.")
)


@click.command(
    "export",
    help=N_(
        "Write the texts and their translations into FILE for translators: a table in Word or "
        "Excel, XLIFF or PO. Without FILE, it is named by the locale."
    ),
)
@click.option("--locale", metavar="TAG", required=True, help=N_("Into which language."))
@click.option(
    "--as", "kind", type=click.Choice(KINDS), required=True, help=N_("What kind of file it is.")
)
@profiles_option
@click.argument("file", metavar="[FILE]", type=click.Path(path_type=Path), required=False)
@click.pass_obj
def export_command(
    translate: Translate, locale: str, kind: str, profiles: tuple[str, ...], file: Path | None
) -> None:
    """Write the file, and say how many texts are in it."""
    from careerprint.exchange.files import WRITERS
    from careerprint.exchange.imprints import with_imprint
    from careerprint.exchange.units import for_translators
    from careerprint.profiles.catalogs import spelt_locale

    reader, tag = Reader(here().root), spelt_locale(locale)
    texts = with_imprint(for_translators(reader, tag, profiles), tag, reader)
    ending, write = WRITERS[kind]
    target = file or Path(f"{'-'.join(profiles) or 'texts'}-{tag}{ending}")
    if target.exists():
        raise refuse(
            shown_path(target),
            N_("A file lies here already."),
            N_("Choose another name: nothing is written over what translators may have made."),
        )
    with writing(target):
        write_whole(target, write(texts, tag))
    missing = sum(not unit.translation for unit in texts)
    told = N_("{file}: {count} texts, {missing} of them without a translation.")
    say(translate, told, file=shown_path(target), count=len(texts), missing=missing)


@click.command(
    "import",
    help=N_(
        "Take the translations in FILE, which came back from translators. A running Word document "
        "is aligned with the German text and shown; it is taken with --take. Nothing is approved "
        "by that."
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--locale", metavar="TAG", default="", help=N_("Its language, if it says none."))
@click.option(
    "--profile", metavar="PROFILE", default="", help=N_("Whose text a running document is.")
)
@click.option("--take", is_flag=True, help=N_("Take a running document as it was aligned."))
@click.pass_obj
def import_command(translate: Translate, file: Path, locale: str, profile: str, take: bool) -> None:
    """Take what came back, and say what of it."""
    from careerprint.exchange.files import MOST_BYTES, read_delivery
    from careerprint.exchange.imprints import IMPRINT, without_imprint
    from careerprint.exchange.returns import put, taken
    from careerprint.profiles.catalogs import spelt_locale

    reader, place = Reader(here().root), shown_path(file)
    hint = N_("Give the path of the file that came back.")
    content = read_given(file, hint, hint, most=MOST_BYTES)
    delivery = read_delivery(content, place)
    if delivery is None:
        pairs, delivery = _aligned(content, place, locale, profile, reader)
        if not take:
            _show(pairs, translate)
            say(translate, N_("Nothing has been taken yet. If the pairs are right, add --take."))
            return
    tag = spelt_locale(locale or delivery.locale)
    delivery, imprint = without_imprint(delivery, tag, reader)
    found = taken(delivery, locale, reader, place)
    if imprint:
        found.told.append(warning(Location(CONFIGURATION_FILE), *IMPRINT, locale=tag, text=imprint))
    complain(found.told, translate)
    for name in put(found, reader):
        say(translate, N_("updated: {name}"), name=name)
    told = N_("Taken: {count}. As before: {same}. Without a translation: {empty}.")
    say(translate, told, count=found.count, same=found.same, empty=found.empty)
    end_with(not found.told)


def _aligned(
    content: bytes, place: str, locale: str, profile: str, reader: Reader
) -> "tuple[list[Pair], Delivery]":
    """Return a running document aligned with the text of a profile; raises Refused."""
    from careerprint.exchange.aligning import aligned_document
    from careerprint.profiles.catalogs import spelt_locale
    from careerprint.profiles.content import profile_slugs

    slugs = [profile] if profile else profile_slugs(reader)
    if not locale or len(slugs) != 1:
        raise refuse(
            place,
            N_("The document has no table of ours, so it does not say what it translates."),
            N_("Say it: --profile PROFILE --locale TAG."),
        )
    return aligned_document(content, place, spelt_locale(locale), slugs[0], reader)


def _show(pairs: "list[Pair]", translate: Translate) -> None:
    """Print the pairs, each original above what is taken for its translation."""
    for pair in pairs:
        original = pair.unit.original if pair.unit else translate(N_("(no original)"))
        written = pair.paragraph.text if pair.paragraph else translate(N_("(no translation)"))
        for sign, text in (("  ", original), ("→ ", written)):
            shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
            click.echo(f"{sign}{shown}")
