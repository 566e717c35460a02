"""Serves the desk over HTTP, on this machine alone: its page, and the data that this shows.

Names of editions and profiles are looked up in what the workspace offers, names of the page's own
files in a list: no path is ever made of what a request says.
"""

import asyncio
import json
import mimetypes
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import jinja2
import uvicorn
from pydantic import ValidationError, validate_call
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition
from careerprint.core.messages import LANGUAGES, browser_language
from careerprint.core.reader import Reader
from careerprint.core.workspace import starter_folder
from careerprint.desk.actions import ACTIONS, DOWNLOADS
from careerprint.desk.desk import Desk
from careerprint.desk.formwords import WAY_NAMES
from careerprint.desk.guard import Guard
from careerprint.desk.guide import desk_help
from careerprint.desk.looks import TOKENS
from careerprint.desk.place import place
from careerprint.desk.profiletext import MOST_BYTES
from careerprint.desk.shown import Shown
from careerprint.layouts.colours import read_tokens, style_sheet
from careerprint.output.releasing import released_name

ASSETS = Path(__file__).parent / "page"
MOST_BODY = 2 * MOST_BYTES  # bytes of a request: JSON may write a character in several
MOST_FILE = 60_000_000  # bytes of a file that is brought; what it is made of judges less
BREATH = 0.5  # seconds between two checks whether the server ends
FAREWELL = 3  # seconds that answers may take after that
_FOR_EVER = {"cache-control": "private, max-age=31536000, immutable"}
_WORD = re.compile(r'\bword\(("(?:[^"\\]|\\.)*")')  # word("Saved") in a script
_MISSING = Response(status_code=404)

T = TypeVar("T")
Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Pages:
    """Answers the requests of the desk's page; `ends` is set when the server is about to end."""

    desk: Desk
    ends: Callable[[], bool]

    def application(self) -> Starlette:
        """Return the application without its guard."""
        routes = [
            Route("/", self._page),
            Route("/help", self._help),
            Route("/desk", self._there(self._desk)),
            Route("/text/{profile}", self._there(self._text)),
            Route("/text/{profile}", self._there(self._save), methods=["PUT"]),
            Route("/look", self._there(self._look), methods=["POST"]),
            Route("/places", self._there(self._places)),
            Route("/picture/{name}/{page:int}/{width:int}", self._there(self._picture)),
            Route("/pdf", self._there(self._pdf)),
            Route("/do/{action}", self._there(self._do), methods=["POST"]),
            Route("/download/{name}", self._there(self._download)),
            Route("/events", self._events),
            *(Route(f"/{name}", self._asset(content, kind)) for name, content, kind in _assets()),
        ]
        wrong = dict.fromkeys((ValueError, KeyError, TypeError), _asked_by_no_page_of_ours)
        handlers: dict[Any, Any] = {Refused: self._refused, **wrong}
        application = Starlette(routes=routes, exception_handlers=handlers)
        application.router.redirect_slashes = False
        return application

    def _there(self, answer: Answer) -> Answer:
        """Wrap a handler: where the workspace is gone, the answer says so."""

        async def answer_if_there(request: Request) -> Response:
            if not self.desk.is_there:
                return JSONResponse({"gone": True}, 404)
            return await answer(request)

        return answer_if_there

    async def _refused(self, _: Request, refused: Refused) -> Response:
        findings = self.desk.shower.findings(refused.diagnostics)
        return JSONResponse({"gone": not self.desk.is_there, "findings": findings}, 404)

    async def _page(self, request: Request) -> Response:
        if not self.desk.is_there:
            return _MISSING
        if self.desk.follows:
            wanted = browser_language(request.headers.get("accept-language", ""))
            chosen = (await _done(place, self.desk))["language"]
            known = (each for each in (chosen, wanted) if each in LANGUAGES)
            self.desk.speak(next(known, self.desk.shower.language))
        words = {word: self.desk.shower.translate(word) for word in _words()}
        return self._rendered("index.html.j2", ways=WAY_NAMES, words=words)

    async def _help(self, _: Request) -> Response:
        return self._rendered("help.html.j2", guide=await _done(desk_help))

    def _rendered(self, template: str, **given: object) -> Response:
        shower = self.desk.shower
        environment = jinja2.Environment(
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            loader=jinja2.FileSystemLoader(ASSETS),
        )
        made = environment.get_template(template)
        html = made.render(_=shower.translate, language=shower.language, **given)
        return Response(html, media_type="text/html")

    @staticmethod
    def _asset(content: bytes, kind: str) -> Answer:
        async def answer(_: Request) -> Response:
            return Response(content, media_type=kind)

        return answer

    async def _desk(self, _: Request) -> Response:
        return JSONResponse(await _done(self.desk.shown))

    async def _do(self, request: Request) -> Response:
        """Call an action by its name, with what a JSON object holds, or with a file's content."""
        action = ACTIONS.get(request.path_params["action"])
        if action is None:
            return _MISSING
        if request.headers.get("content-type") == "application/octet-stream":
            content = await _bytes(request, MOST_FILE)
            given: dict[str, Any] = {**request.query_params, "content": content}
        else:
            given = await _body(request)
        called = validate_call(partial(action, self.desk))
        return await _done(lambda: JSONResponse(called(**given)))

    async def _download(self, request: Request) -> Response:
        made = DOWNLOADS.get(request.path_params["name"])
        if made is None:
            return _MISSING
        called = validate_call(partial(made, self.desk))
        file = await _done(called, **request.query_params)
        if file is None:
            return _MISSING
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
        return Response(file.content, media_type=file.kind, headers=headers)

    async def _text(self, request: Request) -> Response:
        slug = request.path_params["profile"]
        return JSONResponse(await _done(self.desk.text, slug))

    async def _save(self, request: Request) -> Response:
        slug, given = request.path_params["profile"], await _body(request)
        text, based_on = _string(given, "text"), _string(given, "basedOn")
        saved = await _done(self.desk.save, slug, text, based_on)
        return JSONResponse(saved, 409 if saved["conflict"] else 200)

    async def _look(self, request: Request) -> Response:
        given = await _body(request)
        edition = self._edition(_string(given, "output"))
        future = self.desk.room.look(_string(given, "viewer"), edition)
        try:
            sight = await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if not future.cancelled():
                raise
            return JSONResponse({"superseded": True})
        return JSONResponse(await _done(self.desk.seen, edition, sight))

    async def _places(self, request: Request) -> Response:
        edition, name = self._edition_of(request), request.query_params["pdf"]
        return JSONResponse(await _done(self.desk.places, edition, name))

    async def _picture(self, request: Request) -> Response:
        edition, wanted = self._edition_of(request), request.path_params
        picture = await _done(
            self.desk.picture, edition, wanted["name"], wanted["page"], wanted["width"]
        )
        return Response(picture, media_type="image/png", headers=_FOR_EVER) if picture else _MISSING

    async def _pdf(self, request: Request) -> Response:
        edition = self._edition_of(request)
        pdf = await _done(self.desk.pdf, edition)
        if pdf is None:
            return _MISSING
        name = released_name(edition, self.desk.shower.language)
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(pdf, media_type="application/pdf", headers=headers)

    async def _events(self, _: Request) -> Response:
        return StreamingResponse(self._happenings(), media_type="text/event-stream")

    async def _happenings(self) -> AsyncIterator[str]:
        """Yield what happens, as server-sent events, until the server ends or nobody listens."""
        loop, happened = asyncio.get_running_loop(), asyncio.Queue[Shown]()

        def tell(event: Shown) -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(happened.put_nowait, event)

        forget = self.desk.listen(tell)
        try:
            yield _event({"kind": "listening"} if self.desk.is_there else {"kind": "gone"})
            while not self.ends():
                with suppress(TimeoutError):
                    yield _event(await asyncio.wait_for(happened.get(), BREATH))
        finally:
            forget()

    def _edition_of(self, request: Request) -> Edition:
        return self._edition(request.query_params["output"])

    def _edition(self, output: str) -> Edition:
        """Return the edition that has a path; the answer is a 404 where none is offered."""
        edition = self.desk.offering.edition(output)
        if edition is None:
            raise HTTPException(404)
        return edition


async def _done(work: Callable[..., T], *given: object, **named: object) -> T:
    """Do the desk's work in a thread; what fails in it is careerprint's fault, not the request's.

    pydantic tells by a ValidationError that the request does not fit its parameters.
    """
    try:
        return await run_in_threadpool(work, *given, **named)
    except ValidationError:
        raise
    except (KeyError, TypeError, ValueError) as mistake:
        raise RuntimeError from mistake


async def _asked_by_no_page_of_ours(_: Request, __: Exception) -> Response:
    return Response(status_code=400)


def _event(event: Shown) -> str:
    return f"data: {json.dumps(event)}\n\n"


async def _bytes(request: Request, most: int) -> bytes:
    """Return what a request brings; the answer is a 413 where it is more than `most` bytes."""
    body = bytearray()
    with suppress(ClientDisconnect):
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise HTTPException(413)
    return bytes(body)


async def _body(request: Request) -> dict[str, Any]:
    """Return the JSON object that a request brings; raises ValueError or TypeError for another."""
    given = json.loads(await _bytes(request, MOST_BODY))
    if not isinstance(given, dict):
        raise TypeError
    return given


def _string(given: dict[str, Any], key: str) -> str:
    if not isinstance(given[key], str):
        raise TypeError
    return str(given[key])


def _words() -> list[str]:
    """Return what the page's scripts say, in English."""
    scripts = (file.read_text("utf-8") for file in sorted(ASSETS.glob("*.js")))
    return sorted({json.loads(said) for script in scripts for said in _WORD.findall(script)})


def _assets() -> list[tuple[str, bytes, str]]:
    """Return the page's own files: name, content and media type of each."""
    starter = starter_folder()
    found = [
        (
            file.relative_to(ASSETS).as_posix(),
            file.read_bytes(),
            mimetypes.types_map.get(file.suffix, "text/plain"),
        )
        for file in sorted(ASSETS.rglob("*"))
        if file.suffix in {".css", ".js", ".svg"}
    ]
    tokens = read_tokens(Reader(starter), TOKENS)
    fonts = sorted((starter / "fonts").glob("IBMPlexSans_*.ttf"))
    return [
        *((n, c, "text/javascript" if n.endswith(".js") else kind) for n, c, kind in found),
        ("tokens.css", style_sheet(tokens.palette), "text/css"),
        *((f"fonts/{file.name}", file.read_bytes(), "font/ttf") for file in fonts),
    ]


class Server(uvicorn.Server):
    """Serves a desk for holders of a token or a secret, on the port of a listening socket.

    `run` it with that socket: it raises KeyboardInterrupt at Ctrl-C, once all answers are given.
    """

    def __init__(self, desk: Desk, listening: socket.socket, token: str, secret: str) -> None:
        pages = Pages(desk, lambda: self.should_exit)
        self.guard = Guard(pages.application(), listening.getsockname()[1], token, secret)
        super().__init__(
            uvicorn.Config(
                self.guard,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=FAREWELL,
            )
        )
