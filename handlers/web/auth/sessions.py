"""Who sits at the browser: somebody signed in to the desk, or a visitor whom it remembers."""

import asyncio
import hashlib
import hmac
import re
from datetime import timedelta

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.model.clock import Clock
from desk.model.people import Person
from desk.model.sign_in import AccessLevel, SignedIn
from desk.services.sign_ins import SignIns
from handlers.web.auth.cookies import Cookies
from handlers.web.auth.login_method import LOGIN_METHOD
from handlers.web.auth.visitors import (
    Visitors,
    known_visitor_secret,
    visitor_of,
    visitor_secret,
)

COOKIE = "desk"
SECRET = re.compile(r"[\w-]{43}", re.ASCII)  # of secrets.token_urlsafe(32)

SESSIONS: web.AppKey["Sessions"] = web.AppKey("sessions")

_SIGNED_IN = web.RequestKey("signed_in", SignedIn)
_SECRET = web.RequestKey("session_secret", str)
_AGE = web.RequestKey("session_age", timedelta)


def signed_in(request: web.Request) -> SignedIn | None:
    return request.get(_SIGNED_IN)


def session_age(request: web.Request) -> timedelta:
    """How long ago the person's access was last confirmed; zero where nobody is signed in."""
    return request.get(_AGE) or timedelta()


def visitor(request: web.Request) -> Person:
    """Who asks: under their name where they are signed in, else as the visitor of this browser."""
    found = signed_in(request)
    return visitor_of(request) if found is None else found.person


def secret_of(request: web.Request) -> str:
    """What this browser alone knows and sends with each request."""
    return request.get(_SECRET) or visitor_secret(request)


def known_secret(request: web.Request) -> str:
    """The same, but empty where the browser brought no cookie of ours."""
    return request.get(_SECRET) or known_visitor_secret(request)


def session_label(request: web.Request) -> str:
    """Names this session in what the browser stores, and gives nothing of its secret away."""
    return hmac.new(secret_of(request).encode(), b"label", hashlib.sha256).hexdigest()[:16]


class Sessions:
    def __init__(self, sign_ins: SignIns, clock: Clock, cookies: Cookies, lasts: timedelta) -> None:
        """`lasts`: how long a session does after its access was last confirmed."""
        self._sign_ins = sign_ins
        self._clock = clock
        self._cookies = cookies
        self._lasts = lasts
        self.visitors = Visitors(cookies, sign_ins.signing_key())

    async def open(
        self, request: web.Request, response: web.Response, person: Person, access: AccessLevel
    ) -> None:
        """A new secret, since somebody may have planted the one that the browser brought; but
        a person whose session is only confirmed keeps theirs, and the forms of their open pages
        stay valid."""
        secret = request.get(_SECRET, "")
        renewed = secret and await asyncio.to_thread(
            self._sign_ins.renew, secret, person, access, self._lasts
        )
        if not renewed:
            secret = await asyncio.to_thread(self._sign_ins.open, person, access, self._lasts)
        self._cookies.set(response, COOKIE, secret, self._lasts)

    async def close(self, request: web.Request, response: web.Response) -> None:
        await asyncio.to_thread(self._sign_ins.close, self._cookies.read(request, COOKIE))
        self._cookies.delete(response, COOKIE)

    @web.middleware
    async def recognise(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.visitors.recognise(request)
        secret = self._cookies.read(request, COOKIE)
        if SECRET.fullmatch(secret):
            await self._recognise(request, secret)
        return await handler(request)

    async def look_again(self, request: web.Request) -> bool:
        """For a request that lasts, such as an event stream: whether its session goes on."""
        secret = request.get(_SECRET, "")
        return bool(secret) and await self._recognise(request, secret)

    async def _recognise(self, request: web.Request, secret: str) -> bool:
        found = await asyncio.to_thread(self._sign_ins.find, secret)
        method = request.app.get(LOGIN_METHOD)
        if found is None or method is None or not method.accepts(request, found):
            return False
        request[_SIGNED_IN], request[_SECRET] = found, secret
        request[_AGE] = self._clock.now() - (found.until - self._lasts)
        return True
