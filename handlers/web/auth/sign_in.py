"""Signing in to the desk, and out, through an OpenID Connect issuer."""

import asyncio
import re
from http import HTTPStatus
from urllib.parse import quote

from aiohttp import web

from desk.model.clock import Clock
from desk.model.errors import SignInRefused
from desk.model.sign_in import SignedIn
from desk.services.sign_ins import SignIns
from handlers.web.auth.cookies import Cookies
from handlers.web.auth.failed_sign_ins import FailedSignIns
from handlers.web.auth.groups import Groups, person_of
from handlers.web.auth.login_method import LOGIN_METHOD, is_from_issuer
from handlers.web.auth.login_state import LASTS, StateCookie, new_login_state
from handlers.web.auth.openid import NO_PROOF, Issuer, OpenId
from handlers.web.auth.permissions import HOME, sign_out
from handlers.web.auth.sessions import SESSIONS
from handlers.web.pages import render

SIGN_IN = "/sign-in"
BACK = "/sign-in/back"
COOKIE = "login-state"
# Another site's address must not travel through ours as a place to come back to.
OWN_PAGE = re.compile(r"/desk(/[\w-]+)*(\?[\w=&%+.-]{0,300})?", re.ASCII)


class SignIn:
    messengers = ()
    rechecks = True

    def __init__(
        self, issuer: Issuer, groups: Groups, public_url: str, sign_ins: SignIns, clock: Clock
    ) -> None:
        """`public_url`: the origin that the issuer knows; empty: that of the request."""
        self._openid = OpenId(issuer, clock)
        self._groups = groups
        self._public_url = public_url
        self._state = StateCookie(issuer.client_secret, clock)
        self._failed = FailedSignIns(sign_ins, clock)
        self._cookies = Cookies(https=public_url.startswith("https://"))

    def register(self, app: web.Application) -> None:
        app[LOGIN_METHOD] = self
        app.router.add_get(SIGN_IN, self._leave)
        app.router.add_get(BACK, self._come_back)
        app.router.add_post("/sign-out", sign_out)
        app.on_cleanup.append(self._close)

    def accepts(self, _request: web.Request, session: SignedIn) -> bool:
        """A session that was opened by the printed link, before there was an issuer, is over."""
        return is_from_issuer(session.person)

    def invitation(self, request: web.Request) -> web.HTTPException:
        return web.HTTPSeeOther(f"{SIGN_IN}?to={quote(request.path_qs)}")

    async def _leave(self, request: web.Request) -> web.Response:
        wanted = request.query.get("to", "")
        state = new_login_state(wanted if OWN_PAGE.fullmatch(wanted) else HOME)
        try:
            address = await self._openid.authorization_url(self._back_to(request), state.secrets)
        except SignInRefused as refused:
            return await self._refuse(request, refused)
        response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": address})
        self._cookies.set(response, COOKIE, self._state.sign(state), LASTS)
        return response

    async def _come_back(self, request: web.Request) -> web.Response:
        try:
            return await self._let_in(request)
        except SignInRefused as refused:
            return await self._refuse(request, refused)

    async def _let_in(self, request: web.Request) -> web.Response:
        given = request.query
        signed = self._cookies.read(request, COOKIE)
        state = self._state.read(signed, given.get("state", ""))
        if "code" not in given:
            raise SignInRefused(NO_PROOF, "the issuer refused")
        claims = await self._openid.claims(self._back_to(request), state.secrets, given["code"])
        response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": state.to})
        try:
            access = self._groups.access(claims)
        except SignInRefused as refused:
            return await self._refuse(request, refused, signs_out=True)
        await request.app[SESSIONS].open(request, response, person_of(claims), access)
        self._cookies.delete(response, COOKIE)
        return response

    async def _refuse(
        self, request: web.Request, refused: SignInRefused, *, signs_out: bool = False
    ) -> web.Response:
        """`signs_out`: the issuer has just said that the person may not see the desk any more."""
        await asyncio.to_thread(self._failed.note, refused.why)
        response = render(request, "auth/refused.html", HTTPStatus.FORBIDDEN, sentence=str(refused))
        if signs_out:
            await request.app[SESSIONS].close(request, response)
        self._cookies.delete(response, COOKIE)
        return response

    def _back_to(self, request: web.Request) -> str:
        return f"{self._public_url or request.url.origin()}{BACK}"

    async def _close(self, _: web.Application) -> None:
        await asyncio.to_thread(self._failed.close)
