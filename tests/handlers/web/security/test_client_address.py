"""Whose request it is, directly and behind proxies that are trusted or not."""

import asyncio
from ipaddress import ip_network
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from handlers.web.security.client_address import ClientAddresses, client_of, rate_limit_key
from handlers.web.security.middleware import SecurityRules
from handlers.web.security.rate_limits import SIGN_INS
from tests.handlers.web.protected_site import Client, play

MOST = SIGN_INS[1].amount
PROXIES = ClientAddresses((ip_network("10.0.0.0/8"), ip_network("fd00::/8")))


def client(peer: str, *forwarded: str) -> str:
    """The client of a request that comes from `peer` with these X-Forwarded-For headers."""
    headers = CIMultiDict([("X-Forwarded-For", each) for each in forwarded])
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=peer)

    async def handler(found: web.Request) -> web.Response:
        return web.Response(text=client_of(found))

    response = asyncio.run(PROXIES.find(request, handler))
    assert isinstance(response, web.Response)
    return response.text or ""


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("10.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        ("::ffff:10.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        ("10.0.0.1", ["192.0.2.7, 10.0.0.2"], "192.0.2.7"),
        ("10.0.0.1", ["192.0.2.7", "10.0.0.2"], "192.0.2.7"),
        ("10.0.0.1", ["192.0.2.7:50000"], "192.0.2.7"),
        ("10.0.0.1", ["[2001:db8::7]:50000"], "2001:db8::7"),
        ("fd00::1", ["2001:db8::7"], "2001:db8::7"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
    ],
)
def test_a_trusted_proxy_says_who_the_client_is(
    peer: str, forwarded: list[str], found: str
) -> None:
    assert client(peer, *forwarded) == found


@pytest.mark.parametrize("forged", ["198.51.100.1", "10.0.0.9", "127.0.0.1"])
def test_what_a_client_wrote_before_the_proxy_does_not_count(forged: str) -> None:
    assert client("10.0.0.1", f"{forged}, 192.0.2.7") == "192.0.2.7"
    assert client("10.0.0.1", forged, "192.0.2.7") == "192.0.2.7"


@pytest.mark.parametrize("forwarded", [[], [""], ["unknown"], ["192.0.2.7, <script>"], [",,,"]])
def test_a_header_without_an_address_at_its_end_leaves_the_proxy(forwarded: list[str]) -> None:
    assert client("10.0.0.1", *forwarded) == "10.0.0.1"


def test_nobody_else_says_who_a_client_is() -> None:
    assert client("192.0.2.7", "198.51.100.1") == "192.0.2.7"
    assert client("127.0.0.1", "198.51.100.1") == "127.0.0.1"
    assert client("", "198.51.100.1") == ""


def test_an_ipv6_client_is_its_network() -> None:
    assert rate_limit_key("2001:db8::7") == rate_limit_key("2001:db8::8") == "2001:db8::/64"
    assert rate_limit_key("2001:db8:0:1::7") != rate_limit_key("2001:db8::7")
    assert rate_limit_key("192.0.2.7") == "192.0.2.7"


def test_many_people_share_a_proxy_and_the_machine_itself() -> None:
    shared = [PROXIES.is_shared(each) for each in ("10.0.0.1", "127.0.0.1", "::1", "")]
    assert shared == [True] * 4
    assert not PROXIES.is_shared("192.0.2.7")
    assert not PROXIES.is_shared("2001:db8::7")


async def statuses(client: Client, forwarded: str, tries: int) -> list[int]:
    """The statuses of `tries` sign-ins without a cookie that name the address `forwarded`."""
    found = []
    for _ in range(tries):
        client.session.cookie_jar.clear()
        headers = {"X-Forwarded-For": forwarded}
        found.append((await client.get("/sign-in", headers=headers)).status)
    return found


def test_behind_a_trusted_proxy_each_client_has_its_own_limit(tmp_path: Path) -> None:
    rules = SecurityRules(proxies=(ip_network("127.0.0.1"),))

    async def scene(client: Client) -> None:
        assert (await statuses(client, "192.0.2.7", MOST + 1))[-2:] == [404, 429]
        assert await statuses(client, "192.0.2.8", 1) == [404]
        assert await statuses(client, "198.51.100.1, 192.0.2.7", 1) == [429]

    play(tmp_path, scene, rules=rules)


def test_without_a_trusted_proxy_nobody_escapes_the_limit_by_a_header(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        assert (await statuses(client, "192.0.2.7", MOST))[-1] == 404
        assert await statuses(client, "192.0.2.8", 1) == [429]

    play(tmp_path, scene)
