"""Lets in only who has the preview's token and comes from its own page; others get a bare 403.

The preview writes the user's files. Three things must not get at them: a page from elsewhere in the
same browser, a host name that was made to lead to this machine, and another account on it. So every
request must be for the preview's own address (Host), and come from the preview's own page (Origin,
Sec-Fetch-Site). The page is opened by an address with a token, which is new at each start. From
then on it is known by the secret in its cookie, which the browser forgets when it ends.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
TOKEN_BYTES = 32
SAFE_METHODS = frozenset({"GET", "HEAD"})
# Nothing from elsewhere, no code but the page's own files, no markup made of text, no framing. A
# picture may be one that the page itself has made of what it holds (blob:).
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
}


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets only holders of the secret reach the application `app`, on a port of this machine.

    Whoever brings the token gets the secret.
    """

    app: ASGIApp
    port: int
    token: str = field(repr=False)
    secret: str = field(repr=False)

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
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        answer: ASGIApp = Response(status_code=403)
        if self._comes_from_here(scope):
            if self._opens(scope):  # from then on, the address does not show the token
                cookie = f"{self.cookie}={self.secret}; HttpOnly; SameSite=Strict; Path=/"
                headers = {"location": "/", "set-cookie": cookie}
                answer = Response(status_code=303, headers=headers)
            elif _is_same(self._cookie_value(scope), self.secret):
                answer = self.app
        await answer(scope, receive, _with_headers(send))

    def _comes_from_here(self, scope: Scope) -> bool:
        """Tell whether a request is for this host, and from its own page or the address bar."""
        given = Headers(scope=scope)
        origins = given.getlist("origin")
        if given.getlist("host") != [f"{HOST}:{self.port}"]:
            return False
        if origins != [self.address] and (origins or scope["method"] not in SAFE_METHODS):
            return False
        return all(site in {"same-origin", "none"} for site in given.getlist("sec-fetch-site"))

    def _opens(self, scope: Scope) -> bool:
        """Tell whether a request brings the token in its address."""
        if scope["method"] != "GET" or scope["path"] != "/" or not scope["query_string"]:
            return False
        query = parse_qs(scope["query_string"].decode("latin-1"))
        given = query.get("token", [])
        return len(given) == 1 and _is_same(given[0], self.token)

    def _cookie_value(self, scope: Scope) -> str:
        # Read by hand: SimpleCookie fails at cookies that other programs here may have set.
        written = ";".join(Headers(scope=scope).getlist("cookie"))
        given = (pair.strip().split("=", 1) for pair in written.split(";") if "=" in pair)
        return next((value for name, value in given if name == self.cookie), "")


def _is_same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _with_headers(send: Send) -> Send:
    """Return a `send` that adds the guard's headers to answers; only pictures may be cached."""

    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return send_guarded
