"""Whom a registered bot hears: Microsoft, for the council's own tenant, with a signed token."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from handlers.teams.microsoft import Registration
from tests.handlers.teams.fake_teams import Json
from tests.handlers.teams.issuer import ISSUER, KEY_ID, Issuer, issuing, public
from tests.handlers.teams.running import Bot, running
from tests.handlers.teams.tenant import TENANT
from tests.toy_service import Toy, in_folder

APP = Registration("the-app", "its-secret", TENANT)
LONG_AGO = 1_700_000_000  # seconds since 1970
WEBCHAT = RSAKey.generate_key(2048)
UNUSABLE: tuple[Any, ...] = (
    {"kty": "EC", "kid": "curve", "crv": "P-9999", "x": "AA", "y": "AA"},
    {"kty": "RSA", "kid": "broken", "n": "!", "e": "AQAB"},
    {"kty": "RSA", "kid": "empty"},
    {"kty": "oct", "kid": "secret", "k": "c2VjcmV0"},
    {"kty": ["a", "list"], "kid": "odd"},
    "nonsense",
    None,
)
ANOTHER = "00000000-0000-0000-0000-000000000001"


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    """It publishes keys of every kind, as Microsoft may one day."""
    with issuing() as started:
        started.published += [public(WEBCHAT, "webchat", endorsements=["webchat"]), *UNUSABLE]
        yield started


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory, issuer: Issuer) -> Iterator[Bot]:
    folder = tmp_path_factory.mktemp("registered")
    with running(Toy(in_folder(folder)).service(), APP, issuer.cloud) as started:
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
        {"exp": None},
        {"exp": "soon"},
        {"nbf": 4 * LONG_AGO},
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


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "é", "..", "e30.e30.", "x" * 7_000])
def test_no_token_and_nonsense_are_refused(bot: Bot, token: str) -> None:
    assert status(bot, token) == 401


def test_a_token_that_somebody_else_signed_is_refused(bot: Bot, issuer: Issuer) -> None:
    assert status(bot, good(bot, issuer, key=RSAKey.generate_key(2048))) == 401


@pytest.mark.parametrize("algorithm", ["RS512", "PS256"])
def test_a_token_signed_by_another_algorithm_is_refused(
    bot: Bot, issuer: Issuer, algorithm: str
) -> None:
    claims = {"iss": ISSUER, "aud": APP.app_id, "serviceurl": bot.connector, "exp": 4 * LONG_AGO}
    header = {"alg": algorithm, "kid": KEY_ID}
    assert status(bot, jwt.encode(header, claims, issuer.key, [algorithm])) == 401


@pytest.mark.parametrize(
    "header",
    [{"alg": "none"}, {"alg": "HS256"}, {"alg": "RS256", "kid": 7}, {"alg": ["RS256"]}, [], 1],
    ids=str,
)
def test_a_forged_header_is_refused(bot: Bot, issuer: Issuer, header: object) -> None:
    _, claims, signature = good(bot, issuer).split(".")
    named = {"kid": KEY_ID} | header if isinstance(header, dict) else header
    forged = base64.urlsafe_b64encode(json.dumps(named).encode()).decode().rstrip("=")
    assert status(bot, f"{forged}.{claims}.{signature}") == 401


def test_a_key_that_signs_for_another_channel_is_refused(bot: Bot, issuer: Issuer) -> None:
    assert status(bot, good(bot, issuer, key=WEBCHAT, key_id="webchat")) == 401


def test_a_key_that_microsoft_does_not_publish_is_refused(bot: Bot, issuer: Issuer) -> None:
    assert status(bot, good(bot, issuer, key_id="unheard of")) == 401


@pytest.mark.parametrize("unusable", UNUSABLE, ids=lambda key: str(key)[:40])
def test_a_key_that_cannot_be_used_is_refused_and_harms_no_other(
    bot: Bot, issuer: Issuer, unusable: Any
) -> None:
    key_id = unusable.get("kid", "") if isinstance(unusable, dict) else ""
    assert status(bot, good(bot, issuer, key_id=key_id)) == 401
    assert status(bot, good(bot, issuer)) == 200


def test_another_tenant_is_refused_although_its_token_is_good(bot: Bot, issuer: Issuer) -> None:
    stranger = replace(bot.person("Eve"), tenant=ANOTHER)
    assert status(bot, good(bot, issuer), stranger.says("logo on my blog")) == 403


def test_a_tenant_that_the_activity_does_not_name_is_refused(bot: Bot, issuer: Issuer) -> None:
    stranger = replace(bot.person("Eve"), tenant="")
    assert status(bot, good(bot, issuer), stranger.says("logo on my blog")) == 403


def test_a_tenant_that_stands_in_the_conversation_alone_will_do(bot: Bot, issuer: Issuer) -> None:
    question = bot.person("Ann").says("logo on my blog", channelData={})
    assert status(bot, good(bot, issuer), question) == 200


def test_another_channel_than_teams_is_refused(bot: Bot, issuer: Issuer) -> None:
    activity = bot.person("Ann").says("logo", channelId="webchat")
    assert status(bot, good(bot, issuer), activity) == 403
