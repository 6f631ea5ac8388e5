"""The desk without a sign-in service: for the person who started the bot, on its own machine."""

import secrets
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.model.people import Person
from desk.model.sign_in import AccessLevel, SignedIn
from handlers.loopback import is_direct_loopback
from handlers.web.auth.login_method import LOGIN_METHOD, is_from_issuer
from handlers.web.auth.permissions import HOME, sign_out
from handlers.web.auth.sessions import SESSIONS

KEY = "key"
ELSEWHERE = (
    "Until a sign-in is set up (OIDC_ISSUER), the desk opens only on the machine that runs the bot."
)
BY_LINK = (
    "Open the desk by the link that the bot printed when it started. It works once: "
    "start the bot again for another."
)


class LocalLogin:
    messengers = ()
    rechecks = False

    def __init__(self, person: Person) -> None:
        self._person = person
        self._key = secrets.token_urlsafe(32)

    def link(self, address: str) -> str:
        """Opens the desk once. `address` is where the bot listens."""
        return f"{address}{HOME}?{KEY}={self._key}"

    def register(self, app: web.Application) -> None:
        app[LOGIN_METHOD] = self
        app.router.add_post("/sign-out", sign_out)
        app.middlewares.append(self._open)

    def accepts(self, request: web.Request, session: SignedIn) -> bool:
        return is_direct_loopback(request) and not is_from_issuer(session.person)

    def invitation(self, request: web.Request) -> web.HTTPException:
        return web.HTTPForbidden(text=BY_LINK if is_direct_loopback(request) else ELSEWHERE)

    @web.middleware
    async def _open(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.method != "GET" or request.path != HOME or KEY not in request.query:
            return await handler(request)
        if not is_direct_loopback(request) or not self._take(request.query[KEY]):
            raise self.invitation(request)
        response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": HOME})
        # The person who can start the bot can do all this in the terminal, too.
        await request.app[SESSIONS].open(request, response, self._person, AccessLevel.OWNER)
        return response

    def _take(self, key: str) -> bool:
        if not self._key or not secrets.compare_digest(key.encode(), self._key.encode()):
            return False
        self._key = ""
        return True
