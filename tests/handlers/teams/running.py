"""The bot over HTTP, with a server in the place of Teams; each step is taken by the test."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from aiohttp import web

from handlers.conversation.services import Services
from handlers.teams.app import registered_teams, trial_teams
from handlers.teams.microsoft import Cloud, Registration
from handlers.teams.surface import ROUTE, TeamsSurface
from tests.browser.serving import served
from tests.handlers.teams.fake_teams import FakeTeams, Json, Person
from tests.handlers.teams.tenant import CHANNEL

LONGEST_WAIT_S = 10


@dataclass
class Bot:
    service: Services
    surface: TeamsSurface
    fake: FakeTeams
    address: str
    connector: str
    headers: dict[str, str] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        """In their chat with the bot."""
        return Person(name, self.connector, f"a:{name}")

    def in_channel(self, name: str, thread: str = CHANNEL) -> Person:
        return Person(name, self.connector, thread, "channel")

    def hear(self, activity: Json) -> Any:
        """Send an activity, let everything happen that follows, return the body of the answer."""
        body = self.take(activity)
        self.settle()
        return body

    def take(self, activity: Json) -> Any:
        request = Request(  # noqa: S310 -- an address of this machine
            self.address + ROUTE,
            json.dumps(activity).encode(),
            {"Content-Type": "application/json", **self.headers},
        )
        with urlopen(request) as response:  # noqa: S310 -- see above
            return json.loads(response.read() or b"null")

    def status_of(self, activity: Json) -> int:
        try:
            self.take(activity)
        except HTTPError as error:
            return error.code
        return 200

    def settle(self) -> None:
        deadline = time.monotonic() + LONGEST_WAIT_S
        while self.surface.busy:
            assert time.monotonic() < deadline, "The bot is still busy."
            time.sleep(0.002)  # the bot works on its own loop, and tells nobody when it is done
        self.deliver()

    def deliver(self) -> None:
        (messenger,) = self.surface.messengers
        while self.service.desk.delivery.deliver_due(messenger):
            pass


@contextmanager
def running(
    service: Services, registration: Registration | None = None, cloud: Cloud | None = None
) -> Iterator[Bot]:
    """In a local trial, unless there is a registration."""
    fake, app = FakeTeams(), web.Application()
    registered = registration and registered_teams(service, registration, cloud=cloud)
    surface = registered or trial_teams(service)
    surface.register(app)
    with served(fake.app()) as connector, served(app) as address:
        yield Bot(service, surface, fake, address, connector)
    service.desk.close()
