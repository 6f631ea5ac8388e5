"""The desk without an issuer: for whoever started the bot, on the machine where it runs."""

import ipaddress
import secrets
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.people import Person
from desk.sign_in import Standing
from handlers.web_entrance import ENTRANCE, HOME, sign_out
from handlers.web_security import SESSIONS

KEY = "key"
ELSEWHERE = (
    "Until a sign-in is set up (OIDC_ISSUER), the desk opens only on the machine that runs the bot."
)
BY_LINK = "Open the desk by the link that the bot printed when it started. It works once."
# Where one of these stands, the request was made on another machine and passed on.
PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


class LocalEntrance:
    messengers = ()

    def __init__(self, person: Person) -> None:
        self._person = person
        self._key = secrets.token_urlsafe(32)

    def link(self, address: str) -> str:
        """Opens the desk once. `address` is where the bot listens."""
        return f"{address}{HOME}?{KEY}={self._key}"

    def register(self, app: web.Application) -> None:
        app[ENTRANCE] = self
        app.router.add_post("/sign-out", sign_out)
        app.middlewares.append(self._open)

    def check(self, request: web.Request) -> None:
        if not _is_here(request):
            raise web.HTTPForbidden(text=ELSEWHERE)

    def invitation(self, _: web.Request) -> web.HTTPException:
        return web.HTTPForbidden(text=BY_LINK)

    @web.middleware
    async def _open(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path != HOME or KEY not in request.query:
            return await handler(request)
        self.check(request)
        if not self._take(request.query[KEY]):
            raise self.invitation(request)
        response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": HOME})
        # Who can start the bot can do all this in the terminal, too.
        await request.app[SESSIONS].open(response, self._person, Standing.OWNER)
        return response

    def _take(self, key: str) -> bool:
        if not self._key or not secrets.compare_digest(key.encode(), self._key.encode()):
            return False
        self._key = ""
        return True


def _is_here(request: web.Request) -> bool:
    """The name in the address counts, too: a foreign page may have its own lead here."""
    named = request.url.host or ""
    passed_on = any(name in request.headers for name in PASSED_ON)
    return _is_loopback(request.remote or "") and _is_loopback(named) and not passed_on


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
