"""The commands that open the workspace in a browser: as a whole, or at one profile."""

import os
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from careerprint.commands.console import say
from careerprint.commands.runs import here, is_in_workspace, is_language_asked
from careerprint.core.diagnostics import N_, refuse
from careerprint.core.messages import Translate

if TYPE_CHECKING:
    from socket import socket
    from webbrowser import BaseBrowser

PACKAGES = ("platformdirs", "starlette", "tomlkit", "uvicorn")  # the extra “desk”


_port_option = click.option(
    "--port",
    metavar="N",
    type=click.IntRange(1, 65535),
    help=N_("The port of this machine to use. Default: any that is free."),
)
_no_browser_option = click.option(
    "--no-browser", is_flag=True, help=N_("Open no browser; only say the address.")
)


@click.command(
    "desk",
    help=N_(
        "Do everything in the browser: bring in texts, write, translate, print fairs, release. "
        "Nothing leaves this machine. Ends with Ctrl-C."
    ),
)
@_port_option
@_no_browser_option
@click.option(
    "--documents",
    is_flag=True,
    help=N_("Open the workspace “careerprint” in your documents. The first time, it is made."),
)
@click.pass_obj
def desk_command(translate: Translate, port: int | None, no_browser: bool, documents: bool) -> None:
    """Serve the desk until Ctrl-C."""
    _need_packages()
    if documents:
        os.chdir(_of_documents())
    elif not is_in_workspace():
        begin_here(translate)
    _serve(translate, port, "", to_open=not no_browser)


@click.command(
    "preview",
    help=N_(
        "Open one profile in the browser: write on the left, see the page on the right, print. "
        "Nothing leaves this machine. Ends with Ctrl-C."
    ),
)
@click.argument("profile", required=False, default="")
@_port_option
@_no_browser_option
@click.pass_obj
def preview_command(translate: Translate, profile: str, port: int | None, no_browser: bool) -> None:
    """Serve the desk, opened where a profile is written, until Ctrl-C."""
    _serve(translate, port, f"#/write/{profile}", to_open=not no_browser)


def _serve(translate: Translate, port: int | None, view: str, *, to_open: bool) -> None:
    """Serve the desk until Ctrl-C; `view` is the part of the address that says what is shown.

    Where the workspace's desk is open already, that one is shown.
    """
    _need_packages()
    workspace = here()
    from careerprint.desk.desk import Desk
    from careerprint.desk.door import Door, door_of, keep_door
    from careerprint.desk.guard import new_token
    from careerprint.desk.server import Server
    from careerprint.desk.shown import Shower

    shower = Shower(workspace.language, translate, workspace.root)
    with suppress(KeyboardInterrupt), door_of(workspace.root) as door:
        if not door.is_ours:
            told = N_("The desk is open already: {address}")
            say(translate, told, address=f"{door.address}{view}")
            if to_open and (browser := _browser(translate)):
                browser.open(f"{door.address}{view}")
            return
        with (
            _listening(port, door.port) as listening,
            Desk(workspace.root, workspace.out, shower, follows=not is_language_asked()) as desk,
        ):
            server = Server(desk, listening, new_token(), door.secret)
            address = server.guard.opening_address
            keep_door(workspace.root, Door(server.guard.port, door.secret, address, door.made))
            say(translate, N_("The desk: {address}"), address=f"{address}{view}")
            say(translate, N_("Whoever has this address can change your texts. Ctrl-C ends it."))
            if to_open and (browser := _browser(translate)):
                # Some browsers return only when they are closed.
                Thread(target=browser.open, args=(f"{address}{view}",), daemon=True).start()
            server.run(sockets=[listening])


def _need_packages() -> None:
    """Raise Refused where the packages of the extra are not installed."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise refuse(
            "careerprint desk",
            N_("The desk needs packages that are not installed: {names}."),
            N_("Install them: {python} -m pip install {names}"),
            names=" ".join(missing),
            python=Path(sys.executable),
        )


def _of_documents() -> Path:
    """Return the workspace in the user's documents, made where there is none.

    Raises Refused where it cannot be made.
    """
    from platformdirs import user_documents_path

    from careerprint.core.workspace import CONFIGURATION_FILE
    from careerprint.intake.starter import make_workspace

    folder = user_documents_path() / "careerprint"
    if not (folder / CONFIGURATION_FILE).exists():
        make_workspace(folder)
    return folder


def begin_here(translate: Translate) -> None:
    """Make a workspace where the command was called, and go there; raises Refused.

    It is made in an empty folder. Where there are other files, it is a new folder among them, if
    whoever sits at the terminal says so.
    """
    from careerprint.core.workspace import CONFIGURATION_FILE
    from careerprint.intake.starter import is_empty, make_workspace

    folder = Path.cwd()
    if not is_empty(folder):
        folder /= "careerprint"
        can_be = is_empty(folder) or (folder / CONFIGURATION_FILE).is_file()
        if not (can_be and _is_wanted(translate, folder)):
            raise refuse(
                str(folder.parent),
                N_("This folder holds other files, and no workspace."),
                N_("Begin in an empty folder, or in your documents: careerprint desk --documents"),
            )
    if not (folder / CONFIGURATION_FILE).is_file():
        make_workspace(folder)
        say(translate, N_("A workspace was begun here: {folder}"), folder=folder)
    os.chdir(folder)


def _is_wanted(translate: Translate, folder: Path) -> bool:
    """Ask at the terminal whether to begin in a folder; nobody who could answer is a no."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    say(translate, N_("This folder holds other files, and no workspace."))
    told = N_("Enter opens a workspace of its own in it, {folder}; Ctrl-C ends.")
    say(translate, told, folder=folder)
    input()
    return True


def _listening(port: int | None, former: int) -> "socket":
    """Return a socket that listens on this machine alone; raises Refused where that cannot be.

    Without a `port`, it is the `former` one if that is free, so that open pages go on.
    """
    from socket import create_server

    from careerprint.desk.guard import HOST

    if port is None and former:
        with suppress(OSError, OverflowError):
            return create_server((HOST, former))
    try:
        return create_server((HOST, port or 0))
    except OSError as failure:
        raise refuse(
            "--port",
            N_("The port {port} cannot be used ({reason})."),
            N_("Another program, perhaps another desk, has it: name another, or none."),
            port=port,
            reason=failure.strerror or failure,
        ) from None


def has_screen() -> bool:
    """Tell whether this machine can show a browser; on Linux, one without a screen cannot."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return not sys.platform.startswith("linux") or any(map(os.environ.get, screens))


def _browser(translate: Translate) -> "BaseBrowser | None":
    """Return a browser; where there is none, say what to do instead."""
    import webbrowser

    browser = None
    if has_screen():  # without one, the only browsers are those of a terminal
        with suppress(webbrowser.Error):
            browser = webbrowser.get()
    if browser is None:
        told = N_("No browser was found. Open this address in one on this machine.")
        click.echo(translate(told), err=True)
    return browser
