"""Signing in to the desk, and out, through an issuer that runs in the test."""

import asyncio
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desk.model.errors import SignInRefused
from handlers.web.auth.groups import Groups, person_of
from handlers.web.auth.login_state import new_login_state
from handlers.web.auth.openid import Issuer, OpenId, usable_keys
from handlers.web.security.csrf import FIELD
from tests.desk.fakes import FakeClock
from tests.handlers.web.issuer import CLIENT, SECRET, FakeIssuer, Lie
from tests.handlers.web.login_site import GROUPS, PAGES, World, play


def encoded(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_a_colleague_signs_in_and_comes_to_the_page_they_wanted(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        response = await world.client.get("/desk/cases/C-1")
        assert await response.text() == "Jane Smith at /desk/cases/C-1"
        assert world.trail() == [("signed in", "comms")]

    play(tmp_path, scene)


@pytest.mark.parametrize(
    ("groups", "statuses"),
    [
        (["all-staff"], [200, 403, 403]),
        (["comms-team"], [200, 200, 403]),
        (["all-staff", "heads"], [200, 200, 200]),
    ],
)
def test_groups_say_who_may_do_what(tmp_path: Path, groups: list[str], statuses: list[int]) -> None:
    async def scene(world: World) -> None:
        world.issuer.groups = groups
        await world.sign_in()
        assert [await world.status(page) for page in PAGES] == statuses

    play(tmp_path, scene)


def other(claim: str, value: object) -> Lie:
    return lambda claims: claims.update({claim: value})


def without(claim: str) -> Lie:
    def lie(claims: dict[str, object]) -> None:
        del claims[claim]

    return lie


@dataclass
class Wrong:
    why: str
    lie: Lie = field(default=lambda _: None)
    forge: bool = False
    shared: bool = False
    denies: bool = False


WRONG = [
    Wrong("the token's nonce is wrong", other("nonce", "another")),
    Wrong("the token's nonce is wrong", without("nonce")),
    Wrong("the token's aud is wrong", other("aud", "another-client")),
    Wrong("the token's azp is wrong", other("azp", "another-client")),
    Wrong("the token's iss is wrong", other("iss", "https://evil.example")),
    Wrong("the token has expired", other("exp", 1)),
    Wrong("the token's exp is wrong", without("exp")),
    Wrong("the token's sub is wrong", without("sub")),
    Wrong("the token's iat is wrong", other("iat", 9999999999)),
    Wrong("the token is not the issuer's", forge=True),
    Wrong("the token is not the issuer's", shared=True),
    Wrong("the issuer refused", denies=True),
    Wrong("in no group of the desk", other("groups", ["parks"])),
    Wrong("in no group of the desk", other("groups", [])),
    Wrong("in no group of the desk", without("groups")),
    Wrong("in no group of the desk", other("groups", {"comms-team": True})),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.why)
def test_who_cannot_prove_who_they_are_is_refused_and_noted(tmp_path: Path, wrong: Wrong) -> None:
    async def scene(world: World) -> None:
        issuer = world.issuer
        issuer.lie, issuer.forge, issuer.shared = wrong.lie, wrong.forge, wrong.shared
        issuer.denies = wrong.denies
        refused = await world.sign_in()
        assert refused.status == 403
        assert await world.status("/desk") == 303
        assert world.trail() == [("sign-in refused", wrong.why)]

    play(tmp_path, scene)


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        started = await world.client.get("/sign-in", allow_redirects=False)
        answer = await world.answered(started)
        world.client.session.cookie_jar.clear()
        assert (await world.client.session.get(answer)).status == 403
        await world.client.get("/sign-in", allow_redirects=False)
        assert (await world.client.session.get(answer)).status == 403
        assert {why for _, why in world.trail()} == {
            "no sign-in was begun here",
            "the state is of another sign-in",
        }

    play(tmp_path, scene)


def test_an_answer_is_taken_once(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        started = await world.client.get("/sign-in", allow_redirects=False)
        answer = await world.answered(started)
        assert (await world.client.session.get(answer)).status == 200
        assert (await world.client.session.get(answer)).status == 403

    play(tmp_path, scene)


def test_a_sign_in_that_takes_too_long_is_begun_again(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        started = await world.client.get("/sign-in", allow_redirects=False)
        answer = await world.answered(started)
        world.clock.advance(minutes=12)
        assert (await world.client.session.get(answer)).status == 403
        assert (await world.sign_in()).status == 200

    play(tmp_path, scene)


@pytest.mark.parametrize(
    "to",
    ["https://evil.example", "//evil.example", "/desk/../..//evil.example", "/desk\\@evil", ""],
)
def test_nobody_is_sent_to_another_site(tmp_path: Path, to: str) -> None:
    async def scene(world: World) -> None:
        response = await world.sign_in(to)
        assert response.url.path == "/desk"
        assert response.url.host == "127.0.0.1"

    play(tmp_path, scene)


def test_signing_out_ends_the_session_and_is_noted(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        await world.sign_in()
        token = await (await world.client.get("/form")).text()
        origin = str(world.client.make_url("")).rstrip("/")
        await world.client.post("/sign-out", data={FIELD: token}, headers={"Origin": origin})
        assert await world.status("/desk") == 303
        assert world.trail() == [("signed in", "comms"), ("signed out", "comms")]

    play(tmp_path, scene)


def test_an_issuer_that_says_it_is_another_is_refused(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        world.issuer.url = "https://evil.example"
        response = await world.sign_in()
        assert response.status == 403
        assert "not be trusted" in await response.text()

    play(tmp_path, scene)


def test_an_issuer_that_does_not_answer_is_one_sentence() -> None:
    silent = OpenId(Issuer("http://127.0.0.1:1", CLIENT, SECRET), FakeClock())
    secrets = new_login_state("/desk").secrets
    with pytest.raises(SignInRefused, match="does not answer"):
        asyncio.run(silent.authorization_url("http://127.0.0.1/back", secrets))


def test_an_issuer_with_new_keys_is_asked_for_them(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        await world.sign_in()
        fresh = FakeIssuer(world.clock)
        world.issuer.key = fresh.key
        assert (await world.sign_in()).status == 200

    play(tmp_path, scene)


def test_an_issuer_without_https_is_refused() -> None:
    with pytest.raises(SignInRefused, match="OIDC_ISSUER"):
        OpenId(Issuer("http://login.example", CLIENT, SECRET), FakeClock())


def test_an_address_opens_the_desk_only_where_it_is_verified() -> None:
    by_address = Groups("email", frozenset(), frozenset({"jane@example.org"}), frozenset())
    for verified in (True, "true"):
        assert by_address.access(
            {"email": "jane@example.org", "email_verified": verified}
        ).may_answer
    for claims in ({}, {"email_verified": False}, {"email_verified": "false"}):
        with pytest.raises(SignInRefused, match="is verified"):
            by_address.access({"email": "jane@example.org", **claims})


@pytest.mark.parametrize("set_as", ["Jane@Example.org", "jane@example.org"])
@pytest.mark.parametrize("named", ["JANE@example.org", "jane@example.org"])
def test_addresses_compare_without_case(set_as: str, named: str) -> None:
    by_address = Groups("email", frozenset(), frozenset({set_as}), frozenset())
    assert by_address.access({"email": named, "email_verified": True}).may_answer


def test_ids_of_groups_compare_with_case() -> None:
    with pytest.raises(SignInRefused):
        GROUPS.access({"groups": ["Comms-Team"]})


def test_too_many_groups_for_a_token_are_named() -> None:
    with pytest.raises(SignInRefused, match="more groups"):
        GROUPS.access({"_claim_names": {"groups": "src1"}})


def test_an_address_that_is_not_verified_is_nobodys_name() -> None:
    claims = {"sub": "u-1", "email": "chief@example.org"}
    assert person_of(claims).name == "A colleague"
    assert person_of(claims | {"email_verified": True}).name == "chief@example.org"


STRANGE_KEYS: list[object] = [
    {"kty": "EC", "crv": "P-999", "x": "a", "y": "b", "kid": "1"},
    {"kty": "EC", "crv": [], "x": "a", "y": "b"},
    {"kty": "OKP", "crv": "X-new", "x": "a"},
    {"kty": "new"},
    {"kty": []},
    {"kty": "RSA", "n": "", "e": ""},
    {},
    5,
    None,
]


def test_keys_of_kinds_that_we_do_not_know_are_left_out(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        world.issuer.more_keys = STRANGE_KEYS
        assert (await world.sign_in()).status == 200

    play(tmp_path, scene)


@pytest.mark.parametrize("listed", [None, 5, {}, [], STRANGE_KEYS])
def test_an_issuer_without_any_key_that_we_know_is_one_sentence(listed: object) -> None:
    with pytest.raises(SignInRefused, match="could not be trusted"):
        usable_keys(listed)


MALFORMED = [
    "",
    "a.b.c",
    "é.b.c",
    f"{encoded('[' * 300)}.e30.c",
    f"{encoded('[]')}.e30.c",
    f"{encoded('{}')}.e30.c",
    f"{encoded(json.dumps({'alg': 'HS256', 'crit': 5}))}.e30.c",
    f"{encoded(json.dumps({'alg': 'HS256', 'kid': []}))}.e30.c",
    f"{encoded(json.dumps({'alg': 'none'}))}.e30.",
]


@pytest.mark.parametrize("cookie", MALFORMED)
def test_a_malformed_state_cookie_is_one_sentence(tmp_path: Path, cookie: str) -> None:
    async def scene(world: World) -> None:
        headers = {"Cookie": f"login-state={cookie}"}
        response = await world.client.get("/sign-in/back?state=x&code=y", headers=headers)
        assert response.status == 403
        assert "Start again" in await response.text()

    play(tmp_path, scene)


@pytest.mark.parametrize("token", [*MALFORMED, f"{encoded('{}')}.{encoded('[' * 100_000)}.c"])
def test_a_malformed_token_is_one_sentence(tmp_path: Path, token: str) -> None:
    async def scene(world: World) -> None:
        world.issuer.sends = token
        response = await world.sign_in()
        assert response.status == 403
        assert "could not be trusted" in await response.text()

    play(tmp_path, scene)
