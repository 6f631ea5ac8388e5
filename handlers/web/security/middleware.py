"""The checks that every request to a page passes, in their order.

Slack and Teams sign what they send and have no cookies. Of these checks only those of the body
and of the connection apply to their routes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from desk.model.clock import Clock
from desk.services.sign_ins import SignIns
from handlers.web.auth.cookies import Cookies
from handlers.web.auth.sessions import SESSIONS, Sessions, signed_in
from handlers.web.errors import catch
from handlers.web.forms import readable_address
from handlers.web.pages import Link, Pages
from handlers.web.security.bodies import Bodies
from handlers.web.security.client_address import ClientAddresses, Network
from handlers.web.security.connections import Connections
from handlers.web.security.csrf import FIELD, Csrf, csrf_token
from handlers.web.security.event_streams import EVENT_STREAMS, EventStreams
from handlers.web.security.headers import harden
from handlers.web.security.rate_limits import RateLimits

NO_PAGES = frozenset({"/slack/events", "/api/messages", "/healthz", "/readyz", "/metrics"})
STATIC = "/static/"
DESK = Link("Desk", "/desk")
SESSION_LASTS = timedelta(hours=8)

CONNECTIONS: web.AppKey[Connections] = web.AppKey("connections", Connections)


@dataclass(frozen=True, slots=True)
class SecurityRules:
    """`public_url`: the origin that browsers know, or empty. `proxies`: whose forwarding headers
    count."""

    public_url: str = ""
    session_lasts: timedelta = SESSION_LASTS
    proxies: Sequence[Network] = ()
    bodies: Bodies = field(default_factory=Bodies)


class Security:
    """A surface without messages of its own; it is the first to register."""

    messengers = ()

    def __init__(self, sign_ins: SignIns, clock: Clock, rules: SecurityRules, pages: Pages) -> None:
        self._cookies = Cookies(https=rules.public_url.startswith("https://"))
        self._sessions = Sessions(sign_ins, clock, self._cookies, rules.session_lasts)
        self._clients = ClientAddresses(rules.proxies)
        self._connections = Connections(self._clients.is_shared)
        self._streams = EventStreams(self._clients.is_shared)
        self._bodies = rules.bodies
        self._csrf = Csrf(rules.public_url)
        pages.give(_given)

    def register(self, app: web.Application) -> None:
        app[SESSIONS] = self._sessions
        app[CONNECTIONS] = self._connections
        app[EVENT_STREAMS] = self._streams
        app.on_response_prepare.append(self._prepare)
        app.middlewares.extend(
            (
                self._clients.find,
                _pages_only(catch),
                _pages_only(readable_address),
                _pages_only(self._sessions.recognise),
                _pages_only(RateLimits().check),
                self._bodies.read,
                self._answer,
                _pages_only(self._csrf.check),
            )
        )

    @web.middleware
    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        with self._connections.answering(request.protocol):
            return await handler(request)

    async def _prepare(self, request: web.Request, response: web.StreamResponse) -> None:
        if request.path in NO_PAGES:
            return
        static = request.path.startswith(STATIC)
        harden(response, secure=self._cookies.https, cached=static)
        if not static:
            self._sessions.visitors.remember(request, response)


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
