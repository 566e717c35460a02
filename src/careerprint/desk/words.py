"""The words of the desk's page, in the user's language."""

from collections.abc import Mapping

from careerprint.core.diagnostics import N_
from careerprint.core.messages import Translate
from careerprint.desk import (
    bringing,
    fairgrid,
    home,
    looks,
    profilepictures,
    proposals,
    releasing,
    translating,
    writewords,
)
from careerprint.layouts.art import FIELD_WORDS

VIEWS = ("home", "write", "translations", "fairs", "look", "release")  # in the order of the bar

WORDS: Mapping[str, str] = {
    # all views
    "title": N_("Desk"),
    "views": N_("Views"),
    "view_home": N_("Home"),
    "view_bring": N_("New profile"),
    "view_write": N_("Write"),
    "view_fairs": N_("Job fairs"),
    "skip_to_main": N_("Skip to the view"),
    "profile": N_("Profile"),
    "download": N_("Download PDF"),
    "print_all": N_("Print all"),
    "stop": N_("Stop"),
    "panes": N_("Parts of this page"),
    "no_script": N_("This page needs JavaScript, which your browser does not run."),
    # the text
    "text": N_("Text"),
    "german_text": N_("German text"),
    "line": N_("Line {line}"),
    "problems": N_("Findings"),
    "no_problems": N_("Nothing to mend."),
    "typing": N_("Not saved yet…"),
    "saving": N_("Saving…"),
    "saved": N_("Saved"),
    "taken_over": N_("The file was changed elsewhere; this is its text now."),
    "not_saved": N_("Not saved"),
    "error": N_("Error"),
    "warning": N_("Warning"),
    "untranslated": N_("Not translated"),
    "untranslated_blocks": N_("Without a translation, and therefore in German: {count}"),
    "on_page": N_("on page {page}"),
    # the page of the edition
    "page": N_("Page"),
    "layout": N_("Layout"),
    "format": N_("Format"),
    "locale": N_("Language"),
    "fair": N_("Job fair"),
    "no_fair": N_("None"),
    "whole_page": N_("Whole page"),
    "page_width": N_("Width"),
    "zoom": N_("Size of the page"),
    "earlier_page": N_("Page before"),
    "next_page": N_("Next page"),
    "page_of": N_("Page {page} of {pages}"),
    "picture_of": N_("{edition}, page {page} of {pages}"),
    "printing": N_("Printing…"),
    "page_current": N_("The page shows your text."),
    "page_failed": N_("The page cannot be printed like this."),
    "page_last_good": N_("Shown is the last page that could be printed."),
    "page_trial": N_("Shown is what will not be printed before this is mended."),
    "page_none": N_("There is no page yet."),
    "fullness": N_("How full the page is"),
    "left_out": N_("Left out, because there is no room: {names}"),
    # the editions
    "editions": N_("Editions"),
    "blocks_in_german": N_("blocks in German: {count}"),
    "errors": N_("errors: {count}"),
    "warnings": N_("warnings: {count}"),
    "unknown": N_("not looked at yet"),
    "printing_all": N_("{done} of {total} done, {failed} failed"),
    "printed_all": N_("All done: {total}. Failed: {failed}."),
    "other_build": N_("Another build is at work here; waiting for it."),
    # what may happen
    "conflict": N_("The file was changed elsewhere"),
    "conflict_told": N_(
        "While you were writing, somebody else saved this text, in another window or program. "
        "Nothing is lost yet: which of the two is to stay?"
    ),
    "conflict_mine": N_("Yours, line {line}"),
    "conflict_file": N_("The file's, line {line}"),
    "conflict_empty": N_("(no such line)"),
    "keep_mine": N_("Keep mine"),
    "take_files": N_("Take the file's"),
    "decide_later": N_("Decide later"),
    "decide": N_("Decide…"),
    "undecided": N_("Not saved: the file was changed elsewhere."),
    "mine_kept": N_("Your version is kept as long as this page is open."),
    "bring_back": N_("Bring mine back"),
    "gone": N_(
        "The workspace is not there any more. Your text is kept on this page, and saved as soon as "
        "the folder is back."
    ),
    "unreachable": N_(
        "The desk cannot be reached. Your text is kept on this page, and saved as soon as it can "
        "be. If the desk was ended, start it again: this page then goes on by itself."
    ),
    "refused": N_(
        "This page belongs to an earlier start of the desk. Your text is kept on it: copy what is "
        "not saved, and open the desk anew."
    ),
}


def words(translate: Translate) -> dict[str, str]:
    """Return the words of the page in the user's language."""
    fields = {f"field_{name}": word for name, word in FIELD_WORDS.items()}
    shown = (bringing, fairgrid, home, looks, profilepictures, proposals, releasing)
    all_words = [WORDS, *(view.WORDS for view in (*shown, translating, writewords)), fields]
    return {key: translate(word) for each in all_words for key, word in each.items()}
