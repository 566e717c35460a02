"""Lets in only who has the preview's token and comes from its own page; others get a bare 403.

The preview writes the user's files. Three things must not get at them: a page from elsewhere in the
same browser, a host name that was made to lead to this machine, and another account on it. So every
request must be for the preview's own address (Host), come from the preview's own page (Origin,
Sec-Fetch-Site), and bring the token: once in the address, from then on in a cookie.
"""

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

HOST = "127.0.0.1"
TOKEN_BYTES = 32
SAFE_METHODS = frozenset({b"GET", b"HEAD"})
# Nothing from elsewhere, no code but the page's own files, no markup made of text, no framing.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-embedder-policy", b"require-corp"),
)
KEEP_NOTHING = (b"cache-control", b"no-store")

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets only holders of the token reach the application `app`, on a port of this machine."""

    app: App
    port: int
    token: str = field(repr=False)

    @property
    def address(self) -> str:
        """The origin of the preview: scheme, host and port."""
        return f"http://{HOST}:{self.port}"

    @property
    def opening_address(self) -> str:
        """The address that opens it."""
        return f"{self.address}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """The cookie's name, with the port: browsers send a cookie to all ports of a host."""
        return f"careerprint-{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, open the page to one that brings the token, refuse all others."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] != "http" or not self._comes_from_here(scope):
            await _refuse(scope, send)
        elif self._opens(scope):
            await self._open(send)
        elif self._is_known(self._cookie_value(scope)):
            await self.app(scope, receive, _with_headers(send))
        else:
            await _refuse(scope, send)

    def _comes_from_here(self, scope: Scope) -> bool:
        """Tell whether a request is for this host, and from its own page or the address bar."""
        hosts, origins = _values(scope, b"host"), _values(scope, b"origin")
        sites = _values(scope, b"sec-fetch-site")
        here = self.address.encode()
        if hosts != [f"{HOST}:{self.port}".encode()]:
            return False
        if origins != [here] and (origins or scope["method"].encode() not in SAFE_METHODS):
            return False
        return all(site in {b"same-origin", b"none"} for site in sites)

    def _opens(self, scope: Scope) -> bool:
        """Tell whether a request brings the token in its address."""
        if scope["method"] != "GET" or scope["path"] != "/" or not scope["query_string"]:
            return False
        query = parse_qs(scope["query_string"].decode("latin-1"))
        given = query.get("token", [])
        return len(given) == 1 and self._is_known(given[0])

    def _cookie_value(self, scope: Scope) -> str:
        # Read by hand: SimpleCookie fails at cookies that other programs here may have set.
        given = (pair.split("=", 1) for pair in _cookies(scope) if "=" in pair)
        return next((value for name, value in given if name == self.cookie), "")

    def _is_known(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token.encode())

    async def _open(self, send: Send) -> None:
        """Give the token as a cookie, and lead on to an address that does not show it."""
        cookie = f"{self.cookie}={self.token}; HttpOnly; SameSite=Strict; Path=/"
        headers = [(b"location", b"/"), (b"set-cookie", cookie.encode()), (b"content-length", b"0")]
        await send(
            {
                "type": "http.response.start",
                "status": 303,
                "headers": [*headers, *HEADERS, KEEP_NOTHING],
            }
        )
        await send({"type": "http.response.body", "body": b""})


def _values(scope: Scope, name: bytes) -> list[bytes]:
    return [value for key, value in scope["headers"] if key.lower() == name]


def _cookies(scope: Scope) -> list[str]:
    written = b";".join(_values(scope, b"cookie")).decode("latin-1")
    return [pair.strip() for pair in written.split(";")]


async def _refuse(scope: Scope, send: Send) -> None:
    """Answer 403, and nothing else."""
    if scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-length", b"0"), *HEADERS, KEEP_NOTHING]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _with_headers(send: Send) -> Send:
    """Return a `send` that adds the guard's headers to answers; only pictures may be cached."""

    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", []))
            kept = any(key.lower() == b"cache-control" for key, _ in given)
            message["headers"] = [*given, *HEADERS, *(() if kept else (KEEP_NOTHING,))]
        await send(message)

    return send_guarded
