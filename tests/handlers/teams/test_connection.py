"""What the bot asks of Microsoft's Connector API, and how it reads the answers."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from handlers.teams.address import Address, Place
from handlers.teams.bot_token import BotToken
from handlers.teams.connection import (
    LONGEST_WAIT_S,
    Connection,
    NotConnectedError,
    RefusedError,
    retry_after_s,
)
from handlers.teams.messages import text_message
from handlers.teams.microsoft import Cloud, Registration
from handlers.teams.service_urls import ServiceUrls
from tests.browser.serving import served
from tests.desk.fakes import FakeClock
from tests.handlers.teams.fake_teams import FakeTeams
from tests.handlers.teams.tenant import CHANNEL, TENANT

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
APP = Registration("the app", "its & secret", TENANT)
THREAD = Address(f"{CHANNEL};messageid=17", Place.CHANNEL, TENANT, "28:bot")


@dataclass
class FakeLogin:
    """Microsoft's sign-in for applications; each token is another. `answer` replaces them."""

    forms: list[dict[str, str]] = field(default_factory=list)
    answer: web.Response | None = None

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post(f"/{TENANT}/oauth2/v2.0/token", self._token)
        return app

    async def _token(self, request: web.Request) -> web.Response:
        self.forms.append({name: str(value) for name, value in (await request.post()).items()})
        if self.answer is not None:
            return self.answer
        return web.json_response({"access_token": f"token-{len(self.forms)}", "expires_in": 3600})


def connected(
    work: Callable[[Connection], Awaitable[None]], fake: FakeTeams, login: FakeLogin
) -> None:
    async def run(connector: str, cloud: Cloud) -> None:
        connection = Connection(BotToken(APP, cloud), ServiceUrls(connector), FakeClock())
        connection.open()
        try:
            await work(connection)
        finally:
            await connection.close()

    with served(fake.app()) as connector, served(login.app()) as address:
        asyncio.run(run(connector, Cloud(login=address)))


def test_a_thread_is_named_in_full_in_the_address() -> None:
    fake, login = FakeTeams(), FakeLogin()

    async def post(connection: Connection) -> None:
        number = await connection.post(THREAD, text_message("hello"))
        await connection.update(THREAD, number, text_message("changed"))

    connected(post, fake, login)
    (shown,) = fake.of(THREAD.conversation)
    assert (shown.activity["text"], shown.updates) == ("changed", 1)
    assert shown.activity["from"] == {"id": "28:bot"}


def test_the_token_is_fetched_once_with_the_secret_of_the_registration() -> None:
    fake, login = FakeTeams(), FakeLogin()

    async def post(connection: Connection) -> None:
        await asyncio.gather(*(connection.post(THREAD, text_message("x")) for _ in range(10)))

    connected(post, fake, login)
    assert login.forms == [
        {
            "grant_type": "client_credentials",
            "client_id": APP.app_id,
            "client_secret": APP.password,
            "scope": "https://api.botframework.com/.default",
        }
    ]
    assert set(fake.tokens) == {"Bearer token-1"}


def test_a_token_that_teams_refuses_is_fetched_anew_for_the_next_message() -> None:
    fake, login = FakeTeams(refusals=[(401, {})]), FakeLogin()

    async def post(connection: Connection) -> None:
        with pytest.raises(RefusedError):
            await connection.post(THREAD, text_message("x"))
        await connection.post(THREAD, text_message("x"))

    connected(post, fake, login)
    assert fake.tokens == ["Bearer token-1", "Bearer token-2"]


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(status=401),
        web.Response(status=500),
        web.json_response({}),
        web.json_response({"access_token": "t"}),
        web.json_response({"access_token": 1, "expires_in": 3600}),
        web.Response(text="nonsense"),
    ],
    ids=lambda answer: f"{answer.status} {answer.text}",
)
def test_without_a_token_nothing_is_sent(answer: web.Response) -> None:
    fake, login = FakeTeams(), FakeLogin(answer=answer)

    async def post(connection: Connection) -> None:
        for _ in range(3):
            with pytest.raises(NotConnectedError):
                await connection.post(THREAD, text_message("x"))

    connected(post, fake, login)
    assert fake.tokens == []
    assert len(login.forms) == 1


def test_the_secret_appears_nowhere() -> None:
    assert APP.password not in repr(APP)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        ("7", 7),
        ("99999999999", LONGEST_WAIT_S),
        (format_datetime(NOW + timedelta(seconds=90)), 90),
        (format_datetime(NOW - timedelta(seconds=90)), 0),
        (format_datetime(NOW + timedelta(days=90)), LONGEST_WAIT_S),
        ("Mon, 23 Nov 2026 11:00:30 GMT", 30),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("nan", None),
        ("soon", None),
    ],
)
def test_the_wait_is_read_as_seconds_or_as_a_date(header: str, seconds: float | None) -> None:
    assert retry_after_s(header, NOW) == seconds


@given(st.text(max_size=40) | st.from_regex(r"\w{3}, \d+ \w{3} \d+ \d+:\d+:\d+ .*", fullmatch=True))
def test_a_header_of_any_kind_gives_a_wait_that_can_be_waited(header: str) -> None:
    wait = retry_after_s(header, NOW)
    assert wait is None or 0 <= wait <= LONGEST_WAIT_S
