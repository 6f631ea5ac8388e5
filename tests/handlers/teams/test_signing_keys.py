"""While Microsoft's keys cannot be had, tokens are refused and nothing else is held up."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest
from aiohttp import web
from joserfc.jwk import RSAKey

from handlers.teams.app import registered_teams
from handlers.teams.fetched_value import UnavailableError
from handlers.teams.microsoft import Cloud, Registration
from handlers.teams.signing_keys import SigningKeys
from tests.browser.serving import served
from tests.handlers.teams.fake_teams import FakeTeams
from tests.handlers.teams.issuer import KEY_ID, Issuer, issuing, public
from tests.handlers.teams.running import Bot
from tests.handlers.teams.tenant import TENANT
from tests.toy_service import Toy, in_folder

APP = Registration("the-app", "its-secret", TENANT)
FORGED = 32  # tokens at once, twice as many as the application has threads


@dataclass
class SilentMicrosoft:
    """Takes connections and does not answer until it may."""

    may: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)
    requests: int = 0

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/keys", self._wait)
        return app

    async def _wait(self, _: web.Request) -> web.Response:
        self.requests += 1
        self.asked.set()
        await asyncio.to_thread(self.may.wait, 60)
        raise web.HTTPServiceUnavailable


@contextmanager
def bot_with(folder: Path, cloud: Cloud) -> Iterator[Bot]:
    """With a page that needs a thread, as /readyz does."""

    async def readyz(_: web.Request) -> web.Response:
        return web.Response(text=await asyncio.to_thread(str, "ready"))

    services, fake, app = Toy(in_folder(folder)).service(), FakeTeams(), web.Application()
    surface = registered_teams(services, APP, cloud=cloud)
    surface.register(app)
    app.router.add_get("/readyz", readyz)
    with served(fake.app()) as connector, served(app) as address:
        yield Bot(services, surface, fake, address, connector)
    services.desk.close()


def test_forged_tokens_hold_no_thread_and_ask_microsoft_once(tmp_path: Path) -> None:
    microsoft, issuer = SilentMicrosoft(), Issuer()
    with served(microsoft.app()) as address, ThreadPoolExecutor(FORGED) as strangers:
        cloud = Cloud(keys=f"{address}/keys", timeout_s=60)
        with bot_with(tmp_path, cloud) as bot:
            bot.headers = {"Authorization": f"Bearer {issuer.token()}"}
            question = bot.person("Eve").says("logo")
            forged = [strangers.submit(bot.status_of, question) for _ in range(FORGED)]
            assert microsoft.asked.wait(10)
            with urlopen(f"{bot.address}/readyz", timeout=10) as page:  # noqa: S310 -- this machine
                assert page.read() == b"ready"
            assert not any(each.done() for each in forged)
            microsoft.may.set()
            assert {each.result() for each in forged} == {503}
    assert microsoft.requests == 1


def test_without_keys_teams_is_asked_to_come_again(tmp_path: Path) -> None:
    issuer = Issuer()
    with bot_with(tmp_path, Cloud(keys="http://127.0.0.1:9/keys")) as bot:
        bot.headers = {"Authorization": f"Bearer {issuer.token()}"}
        assert bot.status_of(bot.person("Ann").says("logo")) == 503


def test_microsoft_does_not_keep_the_bot_waiting(tmp_path: Path) -> None:
    microsoft, issuer = SilentMicrosoft(), Issuer()
    with served(microsoft.app()) as address:
        with bot_with(tmp_path, Cloud(keys=f"{address}/keys", timeout_s=0.2)) as bot:
            bot.headers = {"Authorization": f"Bearer {issuer.token()}"}
            assert bot.status_of(bot.person("Ann").says("logo")) == 503
        microsoft.may.set()


def test_the_keys_are_fetched_once_for_known_and_unknown_ids() -> None:
    async def find(issuer: Issuer) -> None:
        keys = SigningKeys(issuer.cloud)
        assert await keys.find(KEY_ID) is not None
        for number in range(20):
            assert await keys.find(f"unknown {number}") is None
        assert issuer.fetched == 1

    with issuing() as issuer:
        asyncio.run(find(issuer))


@pytest.mark.parametrize("published", [[], [{"kty": "EC", "kid": "curve", "crv": "P-9999"}]])
def test_a_list_without_a_usable_key_counts_as_unavailable(published: list[object]) -> None:
    async def find(issuer: Issuer) -> None:
        with pytest.raises(UnavailableError):
            await SigningKeys(issuer.cloud).find(KEY_ID)

    with issuing() as issuer:
        issuer.published[:] = published  # type: ignore[assignment] # of any kind, as it may come
        asyncio.run(find(issuer))


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"nonsense", b"\xff", b"[" * 100_000, b"1" * 5_000, b'"' + b"x" * 2_000_000],
)
def test_an_answer_that_is_no_list_of_keys_counts_as_unavailable(body: bytes) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=body)

    async def find(address: str) -> None:
        with pytest.raises(UnavailableError):
            await SigningKeys(Cloud(keys=f"{address}/keys")).find(KEY_ID)

    app = web.Application()
    app.router.add_get("/keys", answer)
    with served(app) as address:
        asyncio.run(find(address))


def test_a_key_that_microsoft_adds_is_found_some_minutes_later() -> None:
    added = RSAKey.generate_key(2048)

    async def find(issuer: Issuer) -> None:
        now = [0.0]
        keys = SigningKeys(issuer.cloud, clock=lambda: now[0])
        assert await keys.find("added") is None
        issuer.published.append(public(added, "added"))
        assert await keys.find("added") is None
        now[0] = 301.0
        assert await keys.find("added") is not None

    with issuing() as issuer:
        asyncio.run(find(issuer))
