"""Who sits at the browser: somebody signed in to the desk, or a visitor whom it remembers.

A visitor's cookie is a secret that no table holds: their id is its digest, so that neither a
list of ids nor an export lets anybody come in as them.
"""

import asyncio
import hashlib
import re
import secrets
from datetime import timedelta

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.model.people import Person
from desk.model.sign_in import AccessLevel, SignedIn
from desk.services.sign_ins import SignIns
from handlers.loopback import is_direct_loopback

SESSION, VISITING = "desk", "visitor"
VISITOR = "Web visitor"
REMEMBERED = timedelta(days=400)  # browsers keep no cookie longer
SECRET = re.compile(r"[\w-]{43}", re.ASCII)

_SIGNED_IN = web.RequestKey("signed_in", SignedIn)
_SECRET = web.RequestKey("secret", str)
_VISITOR = web.RequestKey("visitor", str)
_NEW = web.RequestKey("new", bool)


def signed_in(request: web.Request) -> SignedIn | None:
    return request.get(_SIGNED_IN)


def visitor(request: web.Request) -> Person:
    """Who asks: under their name where they are signed in, else one and the same stranger."""
    found = signed_in(request)
    if found is not None:
        return found.person
    return Person(f"web:{_id_of(_visitor_secret(request))}", VISITOR)


def secret_of(request: web.Request) -> str:
    """What this browser alone knows and sends with each request."""
    return request.get(_SECRET) or _visitor_secret(request)


class Sessions:
    """`https`: the public address begins with it, so cookies travel by nothing else; but for
    whoever sits at the machine itself, where there is none."""

    def __init__(self, sign_ins: SignIns, lasting: timedelta, *, https: bool) -> None:
        self._sign_ins = sign_ins
        self._lasting = lasting
        self._https = https

    def secure(self, request: web.Request) -> bool:
        return self._https and not is_direct_loopback(request)

    async def open(
        self, request: web.Request, response: web.Response, person: Person, standing: AccessLevel
    ) -> None:
        """A new secret at each sign-in: one that somebody planted before is worth nothing."""
        secret = await asyncio.to_thread(self._sign_ins.open, person, standing, self._lasting)
        self._set(request, response, SESSION, secret, self._lasting)

    async def close(self, request: web.Request, response: web.Response) -> None:
        name, secure = self._name(request, SESSION), self.secure(request)
        await asyncio.to_thread(self._sign_ins.close, request.cookies.get(name, ""))
        response.del_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")

    @web.middleware
    async def recognise(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        secret = request.cookies.get(self._name(request, SESSION), "")
        if SECRET.fullmatch(secret):
            found = await asyncio.to_thread(self._sign_ins.find, secret)
            if found is not None:
                request[_SIGNED_IN], request[_SECRET] = found, secret
        visiting = request.cookies.get(self._name(request, VISITING), "")
        if SECRET.fullmatch(visiting):
            request[_VISITOR] = visiting
        return await handler(request)

    async def remember(self, request: web.Request, response: web.StreamResponse) -> None:
        """As the response leaves: a visitor who came without a cookie gets one."""
        if request.get(_NEW, False):
            self._set(request, response, VISITING, request[_VISITOR], REMEMBERED)
            # By now aiohttp has turned the cookies into headers, and looks at them no more.
            written = response.cookies[self._name(request, VISITING)].output(header="")
            response.headers.add("Set-Cookie", written.strip())

    def _name(self, request: web.Request, cookie: str) -> str:
        """The prefix keeps other hosts of the same domain from setting the cookie."""
        return f"__Host-{cookie}" if self.secure(request) else cookie

    def _set(
        self,
        request: web.Request,
        response: web.StreamResponse,
        cookie: str,
        value: str,
        lasting: timedelta,
    ) -> None:
        response.set_cookie(
            self._name(request, cookie),
            value,
            max_age=int(lasting.total_seconds()),
            path="/",
            secure=self.secure(request),
            httponly=True,
            samesite="Lax",
        )


def _visitor_secret(request: web.Request) -> str:
    if _VISITOR not in request:
        request[_VISITOR], request[_NEW] = secrets.token_urlsafe(32), True
    return request[_VISITOR]


def _id_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:32]
