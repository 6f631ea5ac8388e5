"""The whole bot on a loop of its own, against the faked Slack, in either mode."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, TypeVar

from aiohttp import web

from app.web_application import application
from desk.model.people import Contact
from handlers.conversation.services import Services
from handlers.slack.address import Address, contact
from handlers.slack.app import EVENTS, Installation, SlackSurface
from handlers.slack.users import Groups
from tests.handlers.slack import council
from tests.handlers.slack.fake.own_loop import close_down, wind_down
from tests.handlers.slack.fake.people import Person
from tests.handlers.slack.fake.screen import Message
from tests.handlers.slack.fake.server import SlackServer

T = TypeVar("T")
COMMS: tuple[Contact, ...] = (contact(Address(council.COMMS)),)


class Mode(StrEnum):
    HTTP = "signed HTTP"
    SOCKET = "Socket Mode"


def installation(
    slack: SlackServer, mode: Mode = Mode.HTTP, *, answer_guests: bool = False
) -> Installation:
    workspace = slack.workspace
    return Installation(
        bot_token=workspace.bot_token,
        signing_secret=workspace.signing_secret,
        app_token=workspace.app_token if mode is Mode.SOCKET else "",
        api_url=slack.api_url,
        comms_channel=council.COMMS,
        groups=Groups(managers=(council.MANAGERS,)),
        answer_guests=answer_guests,
    )


@contextmanager
def running(
    service: Services, slack: SlackServer, installed: Installation
) -> Iterator[SlackSurface]:
    """Slack sends to it meanwhile."""
    with _own_loop() as loop:
        surface = SlackSurface(service, installed)
        app = application(service, [surface])
        runner = web.AppRunner(app, shutdown_timeout=1)
        address = _on(loop, _listening(runner))
        if installed.app_token:
            slack.send_by_socket()
        else:
            slack.send_to(f"{address}{EVENTS}")
        try:
            yield surface
        finally:
            _on(loop, close_down(runner))
            service.desk.close()


async def _listening(runner: web.AppRunner) -> str:
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


@contextmanager
def _own_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="bot")
    thread.start()
    try:
        yield loop
    finally:
        _on(loop, wind_down())
        _on(loop, loop.shutdown_default_executor())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _on(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=30)


def heard(slack: SlackServer, person: Person, words: str, channel: str = "") -> Message:
    """The message with these words that the bot has said to this person."""

    def with_words() -> Message | None:
        said = (each for each in person.answers(channel) if words in each.words)
        return next(said, None)

    found = slack.wait_for(with_words)
    assert found is not None
    return found
