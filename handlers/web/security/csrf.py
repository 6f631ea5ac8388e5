"""A form counts only where one of our own pages sent it: two independent signs must agree."""

import hashlib
import hmac

from aiohttp import web
from aiohttp.typedefs import Handler

from handlers.web.auth.sessions import secret_of

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
FOREIGN = "This form was sent from another site, so nothing was done."
STALE = (
    "This form is no longer valid, so nothing was done. Go back, load the page again, "
    "and send it once more."
)


def csrf_token(request: web.Request) -> str:
    """For each form, in the field FIELD; a script sends it as HEADER."""
    return hmac.new(secret_of(request).encode(), b"csrf", hashlib.sha256).hexdigest()


class Csrf:
    def __init__(self, public_origin: str) -> None:
        """`public_origin`: "https://policy.example.gov.uk", or empty. Behind a proxy it is what
        browsers name; on the machine itself they name the address that they asked."""
        self._public_origin = public_origin

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.method not in READING:
            if not self._from_us(request):
                raise web.HTTPForbidden(text=FOREIGN)
            if not hmac.compare_digest(await _sent(request), csrf_token(request)):
                raise web.HTTPForbidden(text=STALE)
        return await handler(request)

    def _from_us(self, request: web.Request) -> bool:
        """Every browser of today names the sender of a form in one of these."""
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        origin = request.headers.get("Origin", "")
        ours = (self._public_origin, f"{request.scheme}://{request.host}")
        named = bool(origin) or "Sec-Fetch-Site" in request.headers
        return named and site == "same-origin" and origin in ("", *ours)


async def _sent(request: web.Request) -> str:
    given = request.headers.get(HEADER)
    if given is None:
        field = (await request.post()).get(FIELD, "")
        given = field if isinstance(field, str) else ""
    # Other letters cannot be compared in constant time, and are in no token.
    return given if given.isascii() else ""
