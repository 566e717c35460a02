"""What the desk's page can ask for, by name: functions of the desk that take and return plain data.

The server checks what a request brings against a function's parameters.
"""

from collections.abc import Callable, Mapping
from typing import Any

from careerprint.desk import (
    bringing,
    checking,
    example,
    fairgrid,
    fairprint,
    home,
    looks,
    place,
    profilepictures,
    recognizing,
    releasing,
    translating,
    versions,
    writing,
)
from careerprint.desk.download import Download

ACTIONS: Mapping[str, Callable[..., Any]] = {
    "place": place.place,
    "speak": place.speak,
    "home": home.home,
    "languages": home.languages,
    "print": home.print_declared,
    "example-put-away": example.put_away,
    "profile-remove": example.remove,
    "removed": example.removed,
    "bring-back": example.bring_back,
    "bring-try": bringing.tried,
    "bring-make": bringing.made,
    "bring-begin": bringing.begun,
    "bring-original": bringing.original,
    "proposals": checking.proposals,
    "proposal-settle": checking.settled,
    "proposals-accept": checking.all_accepted,
    "fairs": fairgrid.grid,
    "fairs-save": fairgrid.save,
    "fairs-map": fairgrid.map_column,
    "fairs-copies": fairgrid.count_copies,
    "fairs-sheets": fairgrid.choose_sheets,
    "fairs-bring": fairgrid.bring,
    "fairs-begin": fairgrid.begin,
    "fairs-flyers": fairprint.flyers,
    "fairs-print": fairprint.print_fairs,
    "translations": translating.translations,
    "translations-pages": translating.pages,
    "translation-save": translating.save,
    "translations-approve": translating.approved,
    "translations-bring": translating.bring,
    "translations-begin": translating.begin,
    "looks": looks.looks,
    "look-save": looks.save,
    "look-logo": looks.logo,
    "check": releasing.check,
    "release": releasing.release,
    "releases-outdated": releasing.outdated,
    "cancel": fairprint.cancel,
    "belongs": recognizing.belongs,
    "write-forms": writing.forms,
    "write-read": writing.read,
    "write-phrases": writing.phrases,
    "write-blocks": writing.with_blocks,
    "write-values": writing.with_values,
    "write-mark": writing.with_mark,
    "write-paste": writing.pasted,
    "write-merge": writing.merge,
    "write-versions": versions.versions,
    "write-version": versions.version,
    "pictures": profilepictures.pictures,
    "picture-put": profilepictures.put_picture,
    "picture-credit": profilepictures.credit_picture,
    "write-credits": profilepictures.credits_of,
    "write-credit": profilepictures.with_credit,
    "write-bring-picture": profilepictures.bring_picture,
}
"""Functions whose first parameter is the desk; what they return, JSON can hold."""

DOWNLOADS: Mapping[str, Callable[..., Download | None]] = {
    "write-picture": profilepictures.picture_file,
    "drawing": profilepictures.drawing_file,
    "fairs-table": fairprint.table_file,
    "fairs-file": fairprint.made_file,
    "translations": translating.translators_file,
    "logo": looks.logo_file,
    "release": releasing.release_zip,
    "sheets": releasing.sheets,
    "report": releasing.report,
}
"""Functions likewise, each of which makes a file; None where there is none."""
