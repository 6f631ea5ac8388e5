"""A few plain pages behind the security of all pages, and a client that asks for them."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from desk.model.errors import WrongStep
from desk.model.sign_in import AccessLevel, SignedIn
from handlers.web.auth.login_method import LOGIN_METHOD
from handlers.web.auth.sessions import SESSIONS, signed_in, visitor
from handlers.web.pages import Pages
from handlers.web.security.csrf import FIELD, csrf_token
from handlers.web.security.middleware import Security, SecurityRules
from tests.desk.council import JANE
from tests.desk.fakes import FakeClock
from tests.toy_service import Toy, in_folder

Client = TestClient[web.Request, web.Application]
Scene = Callable[[Client], Awaitable[None]]


class AnyLogin:
    """Accepts every session that is open."""

    rechecks = False

    def accepts(self, _request: web.Request, _session: SignedIn) -> bool:
        return True

    def invitation(self, _request: web.Request) -> web.HTTPException:
        return web.HTTPForbidden()


async def form(request: web.Request) -> web.Response:
    return web.Response(text=csrf_token(request))


async def who(request: web.Request) -> web.Response:
    found = signed_in(request)
    return web.Response(text=f"{visitor(request).key} {found.access if found else ''}".strip())


async def enter(request: web.Request) -> web.Response:
    response = web.Response(text="in")
    await request.app[SESSIONS].open(request, response, JANE, AccessLevel.COMMS)
    return response


async def leave(request: web.Request) -> web.Response:
    response = web.Response(text="out")
    await request.app[SESSIONS].close(request, response)
    return response


async def breaks(_: web.Request) -> web.Response:
    raise ZeroDivisionError("how the bot's inside looks")


async def refuses(_: web.Request) -> web.Response:
    raise WrongStep("C-1 is closed <already>.")


def play(
    folder: Path,
    scene: Scene,
    clock: FakeClock | None = None,
    rules: SecurityRules | None = None,
) -> None:
    async def run() -> None:
        now = clock or FakeClock()
        desk = Toy(in_folder(folder), clock=now).desk()
        app, pages = web.Application(), Pages()
        Security(desk.sign_ins, now, rules or SecurityRules(), pages).register(app)
        app[LOGIN_METHOD] = AnyLogin()
        pages.register(app)
        for path, page in (("/", form), ("/who", who), ("/enter", enter), ("/leave", leave)):
            app.router.add_get(path, page)
        app.router.add_get("/breaks", breaks)
        app.router.add_get("/refuses", refuses)
        app.router.add_post("/do", who)
        app.router.add_post("/slack/events", enter)
        async with TestClient(TestServer(app)) as client:
            await scene(client)
        desk.close()

    asyncio.run(run())


async def token(client: Client) -> str:
    return await (await client.get("/")).text()


async def text(client: Client, path: str) -> str:
    return await (await client.get(path)).text()


def origin(client: Client) -> dict[str, str]:
    return {"Origin": str(client.make_url("/")).rstrip("/")}


async def sent(client: Client, headers: dict[str, str] | None = None) -> ClientResponse:
    data = {FIELD: await token(client)}
    return await client.post("/do", data=data, headers=headers or origin(client))
