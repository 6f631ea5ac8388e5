"""In and out of the desk by an OpenID Connect issuer."""

import asyncio
import re
from http import HTTPStatus
from urllib.parse import quote

from aiohttp import web

from desk.model.clock import Clock
from desk.model.errors import SignInRefused
from desk.services.sign_ins import SignIns
from handlers.web.auth.groups import Groups, person_of
from handlers.web.auth.login_state import LASTS_S, LoginState, StateCookie, new_login_state
from handlers.web.auth.openid import NO_PROOF, Issuer, OpenId
from handlers.web.auth.permissions import ENTRANCE, HOME, sign_out
from handlers.web.pages import render
from handlers.web.security.middleware import SESSIONS

SIGN_IN = "/sign-in"
BACK = "/sign-in/back"
# Another site's address must not travel through ours as a place to come back to.
OWN_PAGE = re.compile(r"/desk(/[\w-]+)*", re.ASCII)


class SignIn:
    messengers = ()

    def __init__(
        self, issuer: Issuer, groups: Groups, address: str, sign_ins: SignIns, clock: Clock
    ) -> None:
        """`address` is the public one, which the issuer knows; empty: that of the request."""
        self._openid = OpenId(issuer, clock)
        self._groups = groups
        self._address = address
        self._seal = StateCookie(issuer.client_secret, clock)
        self._sign_ins = sign_ins
        self._cookie = "__Host-away" if address.startswith("https://") else "away"

    def register(self, app: web.Application) -> None:
        app[ENTRANCE] = self
        app.router.add_get(SIGN_IN, self._leave)
        app.router.add_get(BACK, self._come_back)
        app.router.add_post("/sign-out", sign_out)

    def check(self, request: web.Request) -> None:
        """Whoever has signed in may come from anywhere."""

    def invitation(self, request: web.Request) -> web.HTTPException:
        return web.HTTPSeeOther(f"{SIGN_IN}?to={quote(request.path)}")

    async def _leave(self, request: web.Request) -> web.Response:
        wanted = request.query.get("to", "")
        departure = new_login_state(wanted if OWN_PAGE.fullmatch(wanted) else HOME)
        try:
            address = await self._openid.departure(self._back_to(request), departure.secrets)
        except SignInRefused as refused:
            return await self._refuse(request, refused)
        response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": address})
        self._keep(response, departure)
        return response

    async def _come_back(self, request: web.Request) -> web.Response:
        try:
            return await self._let_in(request)
        except SignInRefused as refused:
            return await self._refuse(request, refused)

    async def _let_in(self, request: web.Request) -> web.Response:
        given = request.query
        sealed = request.cookies.get(self._cookie, "")
        departure = self._seal.open(sealed, given.get("state", ""))
        if "code" not in given:
            raise SignInRefused(NO_PROOF, "the issuer refused")
        back_to = self._back_to(request)
        claims = await self._openid.claims(back_to, departure.secrets, given["code"])
        standing = self._groups.standing(claims)
        response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": departure.to})
        await request.app[SESSIONS].open(request, response, person_of(claims), standing)
        self._forget(response)
        return response

    async def _refuse(self, request: web.Request, refused: SignInRefused) -> web.Response:
        await asyncio.to_thread(self._sign_ins.refused, refused.why)
        response = render(
            request, "sign_in_refused.html", HTTPStatus.FORBIDDEN, sentence=str(refused)
        )
        self._forget(response)
        return response

    def _back_to(self, request: web.Request) -> str:
        return f"{self._address or request.url.origin()}{BACK}"

    def _keep(self, response: web.Response, departure: LoginState) -> None:
        response.set_cookie(
            self._cookie,
            self._seal.close(departure),
            max_age=LASTS_S,
            path="/",
            secure=self._cookie.startswith("__Host-"),
            httponly=True,
            samesite="Lax",
        )

    def _forget(self, response: web.Response) -> None:
        secure = self._cookie.startswith("__Host-")
        response.del_cookie(self._cookie, path="/", secure=secure, httponly=True, samesite="Lax")
