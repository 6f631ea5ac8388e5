"""Pages of the desk that need a sign-in through an issuer, and a browser that asks for them."""

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from desk.services.desk import Desk
from handlers.web.auth.groups import Groups
from handlers.web.auth.openid import Issuer
from handlers.web.auth.permissions import owner, reader, worker
from handlers.web.auth.sign_in import SignIn
from handlers.web.pages import Pages
from handlers.web.security.csrf import csrf_token
from handlers.web.security.middleware import Security, SecurityRules
from tests.desk.fakes import FakeClock
from tests.handlers.web.issuer import CLIENT, SECRET, FakeIssuer
from tests.toy_service import Toy, in_folder

Client = TestClient[web.Request, web.Application]
GROUPS = Groups("groups", frozenset({"all-staff"}), frozenset({"comms-team"}), frozenset({"heads"}))
PAGES = {"/desk": reader, "/desk/cases/C-1": worker, "/desk/exports": owner}


async def form(request: web.Request) -> web.Response:
    return web.Response(text=csrf_token(request))


@dataclass
class World:
    """A browser before a desk that asks an issuer."""

    client: Client
    issuer: FakeIssuer
    desk: Desk
    clock: FakeClock

    async def sign_in(self, to: str = "/desk") -> ClientResponse:
        return await self.client.get("/sign-in", params={"to": to})

    async def answered(self, started: ClientResponse) -> str:
        """Where the issuer sends the browser that it was sent."""
        asked = started.headers["Location"]
        back = await self.client.session.get(asked, allow_redirects=False)
        return back.headers["Location"]

    async def status(self, page: str) -> int:
        return (await self.client.get(page, allow_redirects=False)).status

    def trail(self) -> list[tuple[str, str]]:
        rows = csv.DictReader(io.StringIO(self.desk.audit_csv()))
        return [(row["action"], row["subject"]) for row in rows]


Scene = Callable[[World], Awaitable[None]]


def add_pages(app: web.Application) -> None:
    for path, entry in PAGES.items():

        async def page(request: web.Request, entry: object = entry) -> web.Response:
            assert callable(entry)
            return web.Response(text=f"{entry(request).person.name} at {request.path}")

        app.router.add_route("*", path, page)
    app.router.add_get("/form", form)


def play(folder: Path, scene: Scene) -> None:
    async def run() -> None:
        clock = FakeClock()
        issuer, desk = FakeIssuer(clock), Toy(in_folder(folder), clock=clock).desk()
        async with TestServer(issuer.application()) as server:
            issuer.url = str(server.make_url("")).rstrip("/")
            app, pages = web.Application(), Pages()
            Security(desk.sign_ins, clock, SecurityRules(), pages).register(app)
            pages.register(app)
            named = Issuer(issuer.url, CLIENT, SECRET)
            SignIn(named, GROUPS, "", desk.sign_ins, clock).register(app)
            add_pages(app)
            async with TestClient(TestServer(app)) as client:
                await scene(World(client, issuer, desk, clock))
        desk.close()

    asyncio.run(run())
