"""The door of the desk: who may do what behind it, and the way out."""

from typing import Protocol

from aiohttp import web

from desk.model.sign_in import SignedIn
from handlers.web.auth.sessions import signed_in
from handlers.web.security.middleware import SESSIONS

HOME = "/desk"
READS_ONLY = "You may read the desk, not work at it."
NOT_OWNER = "Only an owner of the desk may do this."


class LoginMethod(Protocol):
    def check(self, request: web.Request) -> None:
        """Raises HTTPForbidden for whom not even a session lets in."""
        ...

    def invitation(self, request: web.Request) -> web.HTTPException:
        """What somebody without a session is told, or where they are sent."""
        ...


ENTRANCE: web.AppKey[LoginMethod] = web.AppKey("entrance", LoginMethod)


def reader(request: web.Request) -> SignedIn:
    """Who reads this page of the desk; raises what sends all others away."""
    entrance = request.app[ENTRANCE]
    entrance.check(request)
    found = signed_in(request)
    if found is None:
        raise entrance.invitation(request)
    return found


def worker(request: web.Request) -> SignedIn:
    found = reader(request)
    if not found.standing.works:
        raise web.HTTPForbidden(text=READS_ONLY)
    return found


def owner(request: web.Request) -> SignedIn:
    found = reader(request)
    if not found.standing.owns:
        raise web.HTTPForbidden(text=NOT_OWNER)
    return found


async def sign_out(request: web.Request) -> web.Response:
    response = web.HTTPSeeOther("/")
    await request.app[SESSIONS].close(request, response)
    raise response
