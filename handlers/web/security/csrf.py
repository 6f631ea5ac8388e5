"""Cross-site request forgery: a form counts only if it has our token and comes from our origin."""

import hashlib
import hmac

from aiohttp import web
from aiohttp.typedefs import Handler

from handlers.web.auth.sessions import secret_of
from handlers.web.forms import fields_of

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
FOREIGN = "This form was sent from another site, so nothing was done."
NOT_OURS = (
    "This form was sent from {origin}, which is not the address that this bot knows as its own, "
    "so nothing was done. If it is the right address, the person who runs the bot must set "
    "PUBLIC_URL={origin}."
)
STALE = (
    "This form is no longer valid, so nothing was done. Load the page again, and send it once more."
)


def csrf_token(request: web.Request) -> str:
    """For each form, in the field FIELD; a script sends it as HEADER."""
    return hmac.new(secret_of(request).encode(), b"csrf", hashlib.sha256).hexdigest()


class Csrf:
    def __init__(self, public_url: str) -> None:
        """`public_url`: "https://policy.example.gov.uk", or empty. Behind a proxy it is the origin
        that browsers name; on the machine itself they name the address that they asked."""
        self._public_url = public_url

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.method not in READING:
            self._check_origin(request)
            if not hmac.compare_digest(await _sent(request), csrf_token(request)):
                raise web.HTTPForbidden(text=STALE)
        return await handler(request)

    def _check_origin(self, request: web.Request) -> None:
        """Every browser of today names the sender of a form in one of these headers."""
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        origin = request.headers.get("Origin", "")
        named = bool(origin) or "Sec-Fetch-Site" in request.headers
        if not named or site != "same-origin":
            raise web.HTTPForbidden(text=FOREIGN)
        if origin not in ("", self._public_url, f"{request.scheme}://{request.host}"):
            raise web.HTTPForbidden(text=NOT_OURS.format(origin=_shown(origin)))


def _shown(origin: str) -> str:
    return origin[:200].encode("ascii", "replace").decode()


async def _sent(request: web.Request) -> str:
    given = request.headers.get(HEADER)
    if given is None:
        given = (await fields_of(request)).get(FIELD, "")
    # Other letters cannot be compared in constant time, and are in no token.
    return given if given.isascii() else ""
