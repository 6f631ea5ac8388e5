"""In and out of the desk by an issuer that runs here."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desk.model.errors import SignInRefused
from handlers.web.auth.groups import Groups
from handlers.web.auth.login_state import new_login_state
from handlers.web.auth.openid import Issuer, OpenId
from handlers.web.security.csrf import FIELD
from tests.desk.fakes import FakeClock
from tests.handlers.web.door import GROUPS, PAGES, World, play
from tests.handlers.web.issuer import CLIENT, SECRET, FakeIssuer, Lie


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
    with pytest.raises(SignInRefused, match="does not answer"):
        asyncio.run(silent.departure("http://127.0.0.1/back", new_login_state("/desk").secrets))


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


def test_one_word_counts_as_one_group_and_an_unproven_address_as_none() -> None:
    by_address = Groups("email", frozenset(), frozenset({"jane@example.org"}), frozenset())
    assert by_address.standing({"email": "jane@example.org"}).works
    with pytest.raises(SignInRefused):
        by_address.standing({"email": "jane@example.org", "email_verified": False})
    with pytest.raises(SignInRefused, match="more groups"):
        GROUPS.standing({"_claim_names": {"groups": "src1"}})
