"""People who ask without signing in: each browser is one visitor.

A visitor's cookie holds a secret that no table holds: their id is its digest, so that neither a
list of ids nor an export lets anybody in as them. It is signed, so that we accept only secrets
that we made.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from aiohttp import web

from desk.model.people import Person
from handlers.web.auth.cookies import Cookies

COOKIE = "visitor"
VISITOR = "Web visitor"
REMEMBERED = timedelta(days=400)  # browsers keep no cookie longer (RFC 6265bis, 5.5)

_SECRET = web.RequestKey("visitor_secret", str)
_NEW = web.RequestKey("new_visitor", bool)


class Visitors:
    def __init__(self, cookies: Cookies, signing_key: bytes) -> None:
        self._cookies = cookies
        self._key = signing_key

    def recognise(self, request: web.Request) -> None:
        secret, _, signature = self._cookies.read(request, COOKIE).partition(".")
        if signature.isascii() and hmac.compare_digest(self._signature(secret), signature):
            request[_SECRET] = secret

    def remember(self, request: web.Request, response: web.StreamResponse) -> None:
        """As the response leaves: a visitor who came without a cookie gets one."""
        if request.get(_NEW, False):
            secret = request[_SECRET]
            signed = f"{secret}.{self._signature(secret)}"
            self._cookies.set(response, COOKIE, signed, REMEMBERED)
            # By now aiohttp has made headers of the cookies, and does not look at them again.
            written = response.cookies[self._cookies.name(COOKIE)].output(header="")
            response.headers.add("Set-Cookie", written.strip())

    def forget(self, response: web.StreamResponse) -> None:
        self._cookies.delete(response, COOKIE)

    def _signature(self, secret: str) -> str:
        signed = secret.encode(errors="surrogateescape")
        return hmac.new(self._key, signed, hashlib.sha256).hexdigest()


def visitor_of(request: web.Request) -> Person:
    return Person(f"web:{_id_of(visitor_secret(request))}", VISITOR)


def known_visitor_secret(request: web.Request) -> str:
    """Empty for a browser that brought no cookie of ours."""
    return "" if request.get(_NEW, False) else request.get(_SECRET, "")


def visitor_secret(request: web.Request) -> str:
    """A browser that brought no cookie of ours gets its secret now."""
    if _SECRET not in request:
        request[_SECRET], request[_NEW] = secrets.token_urlsafe(32), True
    return request[_SECRET]


def _id_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:32]
