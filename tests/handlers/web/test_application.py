import asyncio
import errno
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from app.web_application import application
from desk.model.case import Status
from desk.model.messages import BotReply, CaseCard, CaseNotice, CommsAnswer
from desk.model.people import Contact
from handlers.conversation.services import Services
from handlers.web.health import Health
from tests.desk.council import ANN, COMMS, JANE, accepted, at_home, incoming
from tests.desk.fakes import RecordingMessenger
from tests.toy_service import Toy, in_folder

Client = TestClient[web.Request, web.Application]
LONGEST_WAIT_S = 10
UNSURE = "who runs the training and the meeting?"


@dataclass
class Recorded:
    """A surface without routes, whose messages are kept."""

    messenger: RecordingMessenger = field(default_factory=RecordingMessenger)

    @property
    def messengers(self) -> tuple[RecordingMessenger, ...]:
        return (self.messenger,)

    def register(self, app: web.Application) -> None:
        app.router.add_get("/recorded", self._page)

    async def _page(self, _: web.Request) -> web.Response:
        return web.Response(text="here")


@asynccontextmanager
async def running(service: Services, surface: Recorded) -> AsyncIterator[Client]:
    app = application(service, [Health(service), surface])
    async with TestClient(TestServer(app)) as client:
        yield client
    service.desk.close()


def play(
    folder: Path,
    scene: Callable[[Services, Recorded, Client], Awaitable[None]],
    comms: tuple[Contact, ...] = (),
) -> None:
    async def run() -> None:
        service, surface = Toy(in_folder(folder), comms=comms).service(), Recorded()
        async with running(service, surface) as client:
            await scene(service, surface, client)

    asyncio.run(run())


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONGEST_WAIT_S):
        while not condition():  # noqa: ASYNC110 -- what is waited for happens in threads
            await asyncio.sleep(0.01)


def test_a_reply_is_delivered_without_anybody_asking_for_it(tmp_path: Path) -> None:
    async def scene(service: Services, surface: Recorded, _: Client) -> None:
        await asyncio.to_thread(service.conversation.ask, incoming(text="logo on my blog"))
        await until(lambda: len(surface.messenger.sent) == 1)
        assert isinstance(surface.messenger.sent[0].message, BotReply)

    play(tmp_path, scene)


def test_an_answer_given_elsewhere_arrives(tmp_path: Path) -> None:
    """Another process has no way to wake this one, which looks by itself."""

    async def scene(service: Services, surface: Recorded, _: Client) -> None:
        await asyncio.to_thread(service.conversation.ask, incoming(text=UNSURE))
        another = Toy(in_folder(tmp_path)).desk()
        await asyncio.to_thread(another.casework.answer, "C-1", JANE, "HR do.")
        another.close()
        await until(lambda: CommsAnswer in map(type, surface.messenger.to(at_home(ANN).address)))

    play(tmp_path, scene)


def test_a_question_left_by_a_process_that_died_is_answered(tmp_path: Path) -> None:
    left = Toy(in_folder(tmp_path)).desk()
    accepted(left, incoming(text="logo on my blog"))
    left.close()

    toy = Toy(in_folder(tmp_path))
    toy.clock.advance(minutes=3)

    async def run() -> None:
        surface = Recorded()
        async with running(toy.service(), surface):
            await until(lambda: len(surface.messenger.sent) == 1)

    asyncio.run(run())


def test_comms_are_reminded_by_the_worker(tmp_path: Path) -> None:
    toy = Toy(in_folder(tmp_path), comms=(COMMS,))
    before = toy.service()
    before.conversation.ask(incoming(text=UNSURE))
    before.desk.close()
    toy.clock.advance(days=2)

    async def run() -> None:
        surface = Recorded()
        async with running(toy.service(), surface):
            await until(lambda: len(surface.messenger.to(COMMS.address)) == 2)
        card, notice = surface.messenger.to(COMMS.address)
        assert isinstance(card, CaseCard)
        assert isinstance(notice, CaseNotice)

    asyncio.run(run())


def test_an_answered_case_is_closed_by_the_worker(tmp_path: Path) -> None:
    toy = Toy(in_folder(tmp_path))
    before = toy.service()
    before.conversation.ask(incoming(text=UNSURE))
    before.desk.casework.answer("C-1", JANE, "HR do.")
    before.desk.delivery.deliver_due(RecordingMessenger())
    before.desk.close()
    toy.clock.advance(days=15)

    async def run() -> None:
        service = toy.service()
        async with running(service, Recorded()):
            await until(lambda: service.desk.casework.show("C-1").status is Status.CLOSED)

    asyncio.run(run())


def test_health_and_the_routes_of_the_surfaces_are_served(tmp_path: Path) -> None:
    async def scene(_: Services, __: Recorded, client: Client) -> None:
        assert (await client.get("/healthz")).status == 200
        assert await (await client.get("/recorded")).text() == "here"
        ready = await client.get("/readyz")
        assert (await ready.json())["outbox"]["waiting"] == 0

    play(tmp_path, scene)


def test_a_bot_whose_disk_refused_a_write_is_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    async def scene(service: Services, _: Recorded, client: Client) -> None:
        with monkeypatch.context() as failing:
            failing.setattr(os, "fsync", refuse)
            with pytest.raises(OSError, match="Input/output"):
                accepted(service.desk, incoming())
        ready = await client.get("/readyz")
        assert ready.status == 503
        assert "start the bot again" in (await ready.json())["status"]
        assert (await client.get("/healthz")).status == 200

    play(tmp_path, scene)


def test_a_bot_without_its_database_is_not_ready(tmp_path: Path) -> None:
    async def scene(service: Services, _: Recorded, client: Client) -> None:
        service.desk.close()
        (tmp_path / "desk.db").rename(tmp_path / "gone.db")
        (tmp_path / "desk.db").mkdir()
        ready = await client.get("/readyz")
        assert ready.status == 503
        assert (await client.get("/healthz")).status == 200

    play(tmp_path, scene)
