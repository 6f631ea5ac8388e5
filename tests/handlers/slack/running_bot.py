"""The bot over the toy policy, running against a council's faked Slack, in either mode."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiohttp import web

from app.web_application import application
from desk.model.people import Contact
from handlers.conversation.question_actions import Answers
from handlers.conversation.services import Services
from handlers.slack.address import Address, contact
from handlers.slack.app import EVENTS, Installation, SlackSurface
from handlers.slack.users import Groups
from tests.handlers.slack import council as names
from tests.handlers.slack.council import council
from tests.handlers.slack.fake.own_loop import close_down, wind_down
from tests.handlers.slack.fake.people import Person
from tests.handlers.slack.fake.screen import Message, View
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.manifest import installed_in
from tests.toy_service import Toy, in_folder

T = TypeVar("T")
# A question that the toy policy answers, and the words that answer it; one that goes to comms.
LOGO, QUOTE = "may I have the logo on my blog", "“Avoid use of the council logo on a blog.”"
UNSURE, RECEIPT = "training meeting", "Your reference is C-1."
COMMS_CONTACT: tuple[Contact, ...] = (contact(Address(names.COMMS)),)


class Mode(StrEnum):
    HTTP = "signed HTTP"
    SOCKET = "Socket Mode"


IN_BOTH_MODES = pytest.mark.parametrize("bot", Mode, indirect=True)


@dataclass
class RunningBot:
    """Ann asks. Ben is of comms and a manager."""

    slack: SlackServer
    toy: Toy
    surface: SlackSurface

    @property
    def ann(self) -> Person:
        return self.slack.people[names.ANN]

    @property
    def ben(self) -> Person:
        return self.slack.people[names.BEN]

    def message(self, person: Person, words: str, channel: str = "") -> Message:
        """The message with these words that the bot has shown to this person."""
        return message_to(self.slack, person, words, channel)

    def modal(self, person: Person) -> View:
        found = self.slack.wait_for(lambda: person.modal)
        assert found is not None
        return found

    def home(self, person: Person, words: str) -> View:
        person.open_home()
        return self.home_now(person, words)

    def home_now(self, person: Person, words: str) -> View:
        found = self.slack.wait_for(
            lambda: person.home if person.home and words in person.home.words else None
        )
        assert found is not None
        return found

    def pass_time_until(self, condition: Callable[[], object]) -> None:
        """The outbox waits by a clock that only this moves."""

        def after_a_second() -> object:
            self.toy.clock.advance(seconds=1)
            return condition()

        self.slack.wait_for(after_a_second)

    def settle(self) -> None:
        """Wait until the bot has nothing left to do. The clock of the outbox does not move."""
        desk = self.toy.desk()
        self.slack.wait_for(lambda: self.surface.idle and not desk.backlog().waiting)
        desk.close()


@contextmanager
def running_bot(
    folder: Path,
    mode: Mode = Mode.HTTP,
    *,
    answer_guests: bool = False,
    public_url: str = "",
    answers: Answers | None = None,
) -> Iterator[RunningBot]:
    with SlackServer(installed_in(council())) as slack:
        toy = Toy(in_folder(folder), comms=COMMS_CONTACT, public_url=public_url)
        toy.answers = answers or toy.answers
        installed = installation(slack, mode, answer_guests=answer_guests)
        with running(toy.service(), slack, installed) as surface:
            yield RunningBot(slack, toy, surface)


def installation(
    slack: SlackServer, mode: Mode = Mode.HTTP, *, answer_guests: bool = False
) -> Installation:
    workspace = slack.workspace
    return Installation(
        bot_token=workspace.bot_token,
        signing_secret=workspace.signing_secret,
        app_token=workspace.app_token if mode is Mode.SOCKET else "",
        api_url=slack.api_url,
        comms_channel=names.COMMS,
        groups=Groups(managers=(names.MANAGERS,)),
        answer_guests=answer_guests,
    )


@contextmanager
def running(
    service: Services, slack: SlackServer, installed: Installation
) -> Iterator[SlackSurface]:
    """Slack sends to it meanwhile."""
    with own_loop() as loop:
        surface = SlackSurface(service, installed)
        app = application(service, [surface])
        runner = web.AppRunner(app, shutdown_timeout=1)
        try:
            address = on(loop, _listening(runner))
            if installed.app_token:
                slack.send_by_socket()
            else:
                slack.send_to(f"{address}{EVENTS}")
            yield surface
        finally:
            on(loop, close_down(runner))
            service.desk.close()


def message_to(slack: SlackServer, person: Person, words: str, channel: str = "") -> Message:
    def with_words() -> Message | None:
        shown = (each for each in person.answers(channel) if words in each.words)
        return next(shown, None)

    found = slack.wait_for(with_words)
    assert found is not None
    return found


async def _listening(runner: web.AppRunner) -> str:
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


@contextmanager
def own_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="bot")
    thread.start()
    try:
        yield loop
    finally:
        on(loop, wind_down())
        on(loop, loop.shutdown_default_executor())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def on(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=30)
