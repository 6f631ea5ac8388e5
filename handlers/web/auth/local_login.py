"""The desk without a sign-in service: for the person who started the bot, on its own machine."""

import asyncio
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.model.people import Person
from desk.model.sign_in import AccessLevel, SignedIn
from desk.services.sign_ins import SignIns
from handlers.conversation.desk_link import KEY, desk_link
from handlers.loopback import is_direct_loopback
from handlers.web.auth.login_method import LOGIN_METHOD, is_from_issuer
from handlers.web.auth.permissions import HOME, sign_out
from handlers.web.auth.sessions import SESSIONS, signed_in

ELSEWHERE = (
    "Until a sign-in is set up (OIDC_ISSUER), the desk opens only on the machine that runs the bot."
)
BY_LINK = (
    "Open the desk by the link that the bot printed when it started. It works once, within a day: "
    "run “python bot.py desk link” for another."
)


class LocalLogin:
    messengers = ()
    rechecks = False

    def __init__(self, person: Person, sign_ins: SignIns) -> None:
        self._person = person
        self._sign_ins = sign_ins

    def link(self, address: str) -> str:
        """A new link, which opens the desk once. `address` is where the bot listens."""
        return desk_link(self._sign_ins, address)

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
        if not is_direct_loopback(request):
            raise self.invitation(request)
        response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": HOME})
        if await asyncio.to_thread(self._sign_ins.use_link, request.query[KEY]):
            # The person who can start the bot can do all this in the terminal, too.
            await request.app[SESSIONS].open(request, response, self._person, AccessLevel.OWNER)
        elif signed_in(request) is None:
            raise self.invitation(request)
        return response
