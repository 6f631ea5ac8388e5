"""What stands before every page of the browser, and before nothing else.

Slack and Teams sign what they send, and know no cookies: their routes are left alone.
"""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from desk.services.sign_ins import SignIns
from handlers.web.auth.sessions import Sessions, signed_in
from handlers.web.errors import caught
from handlers.web.pages import Link, Pages
from handlers.web.security.csrf import FIELD, Csrf, csrf_token
from handlers.web.security.headers import harden
from handlers.web.security.rate_limits import Limits

NO_PAGES = frozenset({"/slack/events", "/api/messages", "/healthz", "/readyz", "/metrics"})
STATIC = "/static/"
DESK = Link("Desk", "/desk")

SESSIONS = web.AppKey("sessions", Sessions)


class Security:
    """A surface without messages of its own; it is the first to register."""

    messengers = ()

    def __init__(self, sign_ins: SignIns, lasting: timedelta, address: str, pages: Pages) -> None:
        """`lasting`: how long a session at the desk does; `address`: the public one, or empty."""
        https = address.startswith("https://")
        self._sessions = Sessions(sign_ins, lasting, https=https)
        self._csrf = Csrf(_origin(address))
        self._limits = Limits()
        pages.give(_given)

    def register(self, app: web.Application) -> None:
        app[SESSIONS] = self._sessions
        app.on_response_prepare.append(self._prepare)
        inside = (caught, self._sessions.recognise, self._limits.check, self._csrf.check)
        app.middlewares.extend(_pages_only(each) for each in inside)

    async def _prepare(self, request: web.Request, response: web.StreamResponse) -> None:
        if request.path in NO_PAGES:
            return
        static = request.path.startswith(STATIC)
        harden(response, secure=self._sessions.secure(request), cached=static)
        if not static:
            await self._sessions.remember(request, response)


def _given(request: web.Request) -> Mapping[str, object]:
    found = signed_in(request)
    return {
        FIELD: csrf_token(request),
        "signed_in_as": found.person.name if found else "",
        "more_links": (DESK,) if found else (),
    }


def _pages_only(inner: Middleware) -> Middleware:
    @web.middleware
    async def outer(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path in NO_PAGES or request.path.startswith(STATIC):
            return await handler(request)
        return await inner(request, handler)

    return outer


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
