"""Into the desk by the link that the start prints, on this machine alone."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from handlers.web.auth.local_login import LocalLogin
from handlers.web.pages import Pages
from handlers.web.security.middleware import Security
from tests.desk.council import JANE
from tests.handlers.web.door import Client, add_pages
from tests.toy_service import Toy, in_folder


def play_locally(folder: Path, scene: Callable[[Client, LocalLogin], Awaitable[None]]) -> None:
    async def run() -> None:
        desk = Toy(in_folder(folder)).desk()
        app, pages, entrance = web.Application(), Pages(), LocalLogin(JANE)
        Security(desk.sign_ins, timedelta(hours=8), "", pages).register(app)
        pages.register(app)
        entrance.register(app)
        add_pages(app)
        async with TestClient(TestServer(app)) as client:
            await scene(client, entrance)
        desk.close()

    asyncio.run(run())


def test_the_printed_link_opens_the_desk_once(tmp_path: Path) -> None:
    async def scene(client: Client, entrance: LocalLogin) -> None:
        assert "by the link" in await (await client.get("/desk")).text()
        link = entrance.link("")
        opened = await client.get(link)
        assert await opened.text() == "Jane Smith at /desk"
        assert "key" not in opened.url.query
        client.session.cookie_jar.clear()
        assert (await client.get(link)).status == 403

    play_locally(tmp_path, scene)


@pytest.mark.parametrize(
    "headers", [{"Host": "policy.example.gov.uk"}, {"X-Forwarded-For": "10.0.0.7"}]
)
def test_another_machine_gets_one_sentence_even_with_the_link(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    async def scene(client: Client, entrance: LocalLogin) -> None:
        for path in ("/desk", entrance.link(""), "/desk/cases/C-1"):
            response = await client.get(path, headers=headers)
            assert response.status == 403
            assert "only on the machine that runs the bot" in await response.text()
        assert (await client.get(entrance.link(""))).status == 200

    play_locally(tmp_path, scene)


def test_a_guessed_link_opens_nothing(tmp_path: Path) -> None:
    async def scene(client: Client, entrance: LocalLogin) -> None:
        for guess in ("", "guess", "ü"):
            assert (await client.get("/desk", params={"key": guess})).status == 403
        assert (await client.get(entrance.link(""))).status == 200

    play_locally(tmp_path, scene)
