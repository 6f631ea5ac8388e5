"""Opening the desk by the link that the start prints, on this machine alone."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from desk.model.people import Person
from desk.model.sign_in import AccessLevel
from desk.services.desk import Desk
from handlers.web.auth.local_login import LocalLogin
from handlers.web.auth.login_method import NoLogin
from handlers.web.pages import Pages
from handlers.web.security.middleware import SESSION_LASTS, Security, SecurityRules
from tests.desk.council import JANE
from tests.desk.fakes import FakeClock
from tests.handlers.web.login_site import PAGES, Client, add_pages
from tests.toy_service import Toy, in_folder

FROM_ELSEWHERE = [
    {"Host": "policy.example.gov.uk"},
    {"X-Forwarded-For": "10.0.0.7"},
    {"X-Real-IP": "127.0.0.1"},
    {"Via": "1.1 proxy"},
]


@dataclass
class Site:
    client: Client
    desk: Desk
    login: LocalLogin
    clock: FakeClock


def play(folder: Path, scene: Callable[[Site], Awaitable[None]], *, public: bool = False) -> None:
    async def run() -> None:
        clock = FakeClock()
        desk = Toy(in_folder(folder), clock=clock).desk()
        login = LocalLogin(JANE, desk.sign_ins)
        app, pages = web.Application(), Pages()
        Security(desk.sign_ins, clock, SecurityRules(), pages).register(app)
        pages.register(app)
        (NoLogin() if public else login).register(app)
        add_pages(app)
        async with TestClient(TestServer(app)) as client:
            await scene(Site(client, desk, login, clock))
        desk.close()

    asyncio.run(run())


def test_the_printed_link_opens_the_desk_once(tmp_path: Path) -> None:
    async def scene(site: Site) -> None:
        assert "by the link" in await (await site.client.get("/desk")).text()
        link = site.login.link("")
        opened = await site.client.get(link)
        assert await opened.text() == "Jane Smith at /desk"
        assert "key" not in opened.url.query
        site.client.session.cookie_jar.clear()
        assert (await site.client.get(link)).status == 403

    play(tmp_path, scene)


def test_a_used_link_leads_somebody_who_is_signed_in_to_the_desk(tmp_path: Path) -> None:
    async def scene(site: Site) -> None:
        link = site.login.link("")
        for _ in range(2):
            opened = await site.client.get(link)
            assert await opened.text() == "Jane Smith at /desk"
        for path in ("/desk?key=", "/desk?key=guess"):
            assert (await site.client.get(path)).status == 200

    play(tmp_path, scene)


def test_each_link_works_once_and_for_a_day(tmp_path: Path) -> None:
    async def scene(site: Site) -> None:
        links = [site.login.link("") for _ in range(3)]
        for link in links[:2]:
            assert (await site.client.get(link)).status == 200
            site.client.session.cookie_jar.clear()
            assert (await site.client.get(link)).status == 403
        site.clock.advance(days=1)
        assert (await site.client.get(links[2])).status == 403

    play(tmp_path, scene)


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
def test_another_machine_gets_one_sentence_even_with_the_link(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    async def scene(site: Site) -> None:
        for path in ("/desk", site.login.link(""), "/desk/cases/C-1"):
            response = await site.client.get(path, headers=headers)
            assert response.status == 403
            assert "only on the machine that runs the bot" in await response.text()
        assert (await site.client.get(site.login.link(""))).status == 200

    play(tmp_path, scene)


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
def test_an_open_session_is_worth_nothing_from_another_machine(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    async def scene(site: Site) -> None:
        await site.client.get(site.login.link(""))
        assert (await site.client.get("/desk")).status == 200
        for path in PAGES:
            assert (await site.client.get(path, headers=headers)).status == 403

    play(tmp_path, scene)


def test_a_guessed_link_opens_nothing(tmp_path: Path) -> None:
    async def scene(site: Site) -> None:
        for guess in ("", "guess", "ü"):
            assert (await site.client.get("/desk", params={"key": guess})).status == 403
        assert (await site.client.get(site.login.link(""))).status == 200

    play(tmp_path, scene)


def test_a_session_that_an_issuer_opened_does_not_count(tmp_path: Path) -> None:
    async def scene(site: Site) -> None:
        person = Person("oidc:u-1", "Ann")
        secret = site.desk.sign_ins.open(person, AccessLevel.OWNER, SESSION_LASTS)
        cookies = {"Cookie": f"desk={secret}"}
        assert (await site.client.get("/desk", headers=cookies)).status == 403

    play(tmp_path, scene)


def test_with_a_public_address_and_no_issuer_the_desk_stays_closed(tmp_path: Path) -> None:
    async def scene(site: Site) -> None:
        secret = site.desk.sign_ins.open(JANE, AccessLevel.OWNER, SESSION_LASTS)
        for headers in ({}, {"Cookie": f"desk={secret}"}):
            response = await site.client.get(site.login.link(""), headers=headers)
            assert response.status == 403
            assert "must set OIDC_ISSUER first" in await response.text()

    play(tmp_path, scene, public=True)
