"""Slack, faked as a server: the Web API, Socket Mode and everybody who talks to the bot.

    with SlackServer(workspace) as slack:
        ...  # start the bot with base_url=slack.api_url
        slack.send_to(bot_url)  # or let it connect in Socket Mode
        slack.people["U1"].say("May I post at work?")
        slack.wait_for(lambda: slack.people["U1"].answers())

All that people do waits until the bot has acknowledged it.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp
from aiohttp import web

from tests.handlers.slack.fake import events
from tests.handlers.slack.fake.delivery import Courier, Delivery
from tests.handlers.slack.fake.own_loop import close_down, wind_down
from tests.handlers.slack.fake.people import Person
from tests.handlers.slack.fake.response_urls import ResponseUrls
from tests.handlers.slack.fake.signed_http import SignedHttp
from tests.handlers.slack.fake.socket_mode import SocketMode
from tests.handlers.slack.fake.state import Call, State, Trouble
from tests.handlers.slack.fake.web_api import WebApi
from tests.handlers.slack.fake.workspace import Workspace

T = TypeVar("T")
PATIENCE = 20.0  # seconds, for what takes far less
LOOK_AGAIN = 0.05  # seconds


class SlackServer:
    """`ack_seconds` is how long an acknowledgement may take: 3 at Slack."""

    def __init__(self, workspace: Workspace, ack_seconds: float = 3.0) -> None:
        self.state = State(workspace)
        self.workspace = workspace
        self.screen = self.state.screen
        self.courier = Courier(self.screen)
        self.socket_mode = SocketMode(self.state, ack_seconds, self._redeliver_all)
        self.people: Mapping[str, Person] = {
            user.id: Person(user, self.state, self._deliver)
            for user in workspace.users.values()
            if not user.bot
        }
        self.events_url = ""
        self._ack_seconds = ack_seconds
        self._held: list[Delivery] | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="slack")

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._start())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def api_url(self) -> str:
        """The base_url of the bot's clients."""
        return f"{self.state.address}/api/"

    @property
    def complaints(self) -> list[str]:
        """What Slack would let pass and a careful bot does not do."""
        return self.screen.complaints

    def calls(self, method: str) -> list[Call]:
        return [call for call in self.state.calls if call.method == method]

    def send_to(self, url: str) -> None:
        """From now on by HTTP, signed, everything to this address."""
        self.events_url = url
        secret = self.workspace.signing_secret
        self.courier.transport = SignedHttp(self._session, url, secret, self._ack_seconds)

    def send_by_socket(self) -> None:
        """From now on in Socket Mode; waits until the bot is connected."""
        self.courier.transport = self.socket_mode
        self.wait_for(lambda: self.socket_mode.links)

    def wait_for(self, condition: Callable[[], T], seconds: float = PATIENCE) -> T:
        """What the condition gives once that is true. It is looked at after each change here,
        and now and then, for it may look at more than Slack."""
        until = time.monotonic() + seconds
        with self.screen.changed:
            while not (met := condition()):
                if time.monotonic() > until:
                    raise AssertionError(f"not within {seconds} s; complaints: {self.complaints}")
                self.screen.changed.wait(LOOK_AGAIN)
        return met

    def meet(self, method: str, *troubles: Trouble) -> None:
        """The next calls of the method ("*": of any) run into these, one each."""
        self.state.troubles[method].extend(troubles)

    @contextmanager
    def held(self) -> Iterator[list[Delivery]]:
        """What people do within is not sent until the end, in the order of the list: reverse
        it, take from it, put something in twice."""
        self._held = []
        try:
            yield self._held
        finally:
            held, self._held = self._held, None
        for delivery in held:
            self._run(self.courier.deliver(delivery))

    def redeliver(self, *deliveries: Delivery) -> None:
        """Again what was not acknowledged, or these, acknowledged or not."""
        self._run(self.courier.redeliver(deliveries or self.courier.undelivered))

    def disconnect(self, reason: str = "refresh_requested") -> None:
        self._run(self.socket_mode.disconnect(reason))

    def cut_connections(self) -> None:
        self._run(self.socket_mode.cut())

    def post(self, url: str, body: str, headers: Mapping[str, str]) -> int:
        """As anybody may; gives the HTTP status."""
        return self._run(self._post(url, body, headers))

    def _deliver(self, delivery: Delivery) -> Delivery:
        if self._held is None:
            return self._run(self.courier.deliver(delivery))
        self._held.append(delivery)
        return delivery

    async def _redeliver_all(self) -> None:
        await self.courier.redeliver(self.courier.undelivered)

    async def _post(self, url: str, body: str, headers: Mapping[str, str]) -> int:
        async with self._session.post(url, data=body, headers=headers) as answer:
            return answer.status

    def _send_echoes(self) -> None:
        while self.state.echoes:
            echo = self.state.echoes.pop(0)
            if events.subscription(echo) in self.workspace.subscriptions:
                self.courier.echo(echo)

    async def _start(self) -> None:
        self._session = aiohttp.ClientSession()
        app = web.Application()
        app.router.add_route("*", "/api/{method}", WebApi(self.state, self._send_echoes).handle)
        app.router.add_post("/response/{key}", ResponseUrls(self.state).handle)
        app.router.add_get("/link", self.socket_mode.handle)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.state.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _stop(self) -> None:
        await self.courier.stop()
        await self.socket_mode.stop()
        await self._session.close()
        await close_down(self._runner)
        await wind_down()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        running: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return running.result(timeout=60)
