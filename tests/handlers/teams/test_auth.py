"""Whom the bot hears: Microsoft for the council's own tenant; unregistered, its own machine."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from handlers.teams.app import ROUTE
from handlers.teams.auth import Authority, Cloud, Registration
from tests.handlers.teams.fake_teams import Json
from tests.handlers.teams.issuer import Issuer, issuing, new_key
from tests.handlers.teams.running import Bot, running
from tests.handlers.teams.tenant import TENANT
from tests.toy_service import Toy, in_folder

APP = Registration("the-app", "its-secret", TENANT)
LONG_AGO = 1_700_000_000  # seconds since 1970
ANOTHER = "00000000-0000-0000-0000-000000000001"


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with issuing() as started:
        yield started


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[Bot]:
    folder = tmp_path_factory.mktemp("registered")
    cloud = Cloud(issuer.authority, token="token-of-the-bot")  # noqa: S106 -- opens nothing
    with running(Toy(in_folder(folder)).service(), APP, cloud) as started:
        yield started


@pytest.fixture(scope="module")
def unregistered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with running(Toy(in_folder(tmp_path_factory.mktemp("open"))).service()) as started:
        yield started


def status(bot: Bot, token: str, activity: Json | None = None) -> int:
    bot.headers = {"Authorization": f"Bearer {token}"} if token else {}
    return bot.status_of(activity or bot.person("Ann").says("logo on my blog"))


def good(bot: Bot, issuer: Issuer, **claims: Any) -> str:
    return issuer.token(**{"aud": APP.app_id, "serviceurl": bot.connector} | claims)


def test_a_good_token_is_acknowledged_and_answered(bot: Bot, issuer: Issuer) -> None:
    bot.headers = {"Authorization": f"Bearer {good(bot, issuer)}"}
    bot.hear(bot.person("Gwen").says("logo on my blog"))
    assert len(bot.fake.of("a:Gwen")) == 1
    assert bot.fake.tokens[-1] == "Bearer token-of-the-bot"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-app"},
        {"aud": None},
        {"iss": None},
        {"exp": LONG_AGO},
        {"serviceurl": "https://evil.example"},
        {"serviceurl": None},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_is_refused(
    bot: Bot, issuer: Issuer, claims: dict[str, object]
) -> None:
    assert status(bot, good(bot, issuer, **claims)) == 401
    assert not bot.surface.busy


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
def test_no_token_and_nonsense_are_refused(bot: Bot, token: str) -> None:
    assert status(bot, token) == 401


def test_a_token_that_somebody_else_signed_is_refused(bot: Bot, issuer: Issuer) -> None:
    assert status(bot, good(bot, issuer, key=new_key())) == 401


def test_another_tenant_is_refused_although_its_token_is_good(bot: Bot, issuer: Issuer) -> None:
    stranger = replace(bot.person("Eve"), tenant=ANOTHER)
    assert status(bot, good(bot, issuer), stranger.says("logo on my blog")) == 403


def test_a_tenant_that_the_activity_does_not_name_is_refused(bot: Bot, issuer: Issuer) -> None:
    stranger = replace(bot.person("Eve"), tenant="")
    assert status(bot, good(bot, issuer), stranger.says("logo on my blog")) == 403


def test_a_tenant_that_stands_in_the_conversation_alone_will_do(bot: Bot, issuer: Issuer) -> None:
    feedback = bot.person("Ann").says("logo on my blog", channelData={})
    assert status(bot, good(bot, issuer), feedback) == 200


def test_another_channel_than_teams_is_refused(bot: Bot, issuer: Issuer) -> None:
    activity = bot.person("Ann").says("logo", channelId="webchat")
    assert status(bot, good(bot, issuer), activity) == 403


def test_when_the_keys_cannot_be_had_teams_is_asked_to_come_again(
    tmp_path: Path, issuer: Issuer
) -> None:
    nowhere = Cloud(Authority(keys="http://127.0.0.1:9/keys"), token="t")  # noqa: S106 -- opens nothing
    with running(Toy(in_folder(tmp_path)).service(), APP, nowhere) as bot:
        assert status(bot, good(bot, issuer)) == 503


def test_an_unregistered_bot_hears_its_own_machine(unregistered: Bot) -> None:
    assert status(unregistered, "") == 200


@pytest.mark.parametrize("host", ["policy.example.gov.uk", "evil.example:3978"])
def test_an_unregistered_bot_is_not_led_astray_by_another_name(
    unregistered: Bot, host: str
) -> None:
    unregistered.headers = {"Host": host}
    assert unregistered.status_of(unregistered.person("Ann").says("logo")) == 403
    unregistered.headers = {}


def test_an_unregistered_bot_answers_to_its_own_machine_alone(unregistered: Bot) -> None:
    elsewhere = unregistered.person("Ann").says("logo", serviceUrl="http://169.254.169.254/")
    assert unregistered.status_of(elsewhere) == 403


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("text/plain", b"{}", 415),
        ("application/json", b"nonsense", 400),
        ("application/json", b"[]", 400),
        ("application/json", b'{"type": "message"}', 400),
    ],
)
def test_what_is_no_activity_is_refused(
    unregistered: Bot, kind: str, body: bytes, expected: int
) -> None:
    request = Request(unregistered.address + ROUTE, body, {"Content-Type": kind})  # noqa: S310 -- this machine
    with pytest.raises(OSError, match=str(expected)):
        urlopen(request)  # noqa: S310 -- this machine
