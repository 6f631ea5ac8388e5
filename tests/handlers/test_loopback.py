"""Who counts as sitting at the machine that runs the bot."""

import asyncio

import pytest
from aiohttp import ClientSession, HttpVersion, HttpVersion10, HttpVersion11, web
from aiohttp.test_utils import TestServer, make_mocked_request

from handlers.loopback import is_direct_loopback, is_loopback_host


async def tell(request: web.Request) -> web.Response:
    return web.json_response(is_direct_loopback(request))


def asked(headers: dict[str, str], version: HttpVersion = HttpVersion11) -> bool:
    """Whether the bot takes a request with these headers for one from its own machine."""

    async def run() -> bool:
        app = web.Application()
        app.router.add_get("/", tell)
        async with (
            TestServer(app) as server,
            ClientSession(version=version) as client,
            client.get(server.make_url("/"), headers=headers) as response,
        ):
            return bool(await response.json())

    return asyncio.run(run())


class Connection(asyncio.Transport):
    """From the address that it is given."""

    def __init__(self, peer: str) -> None:
        super().__init__({"peername": (peer, 50000)})


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST:3978", "[::1]:80"])
def test_a_browser_on_the_machine_is_local(name: str) -> None:
    assert asked({"Host": name})


@pytest.mark.parametrize(
    "name",
    ["policy.example.gov.uk", "10.0.0.7", "localhost.example", "127.0.0.1.nip.io", "[", "a:b:c"],
)
def test_another_host_name_is_not_local(name: str) -> None:
    assert not asked({"Host": name})


@pytest.mark.parametrize(
    "header",
    [
        "Forwarded",
        "Via",
        "X-Real-IP",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "x-forwarded-anything",
        "X-Original-Host",
        "CF-Connecting-IP",
    ],
)
def test_a_forwarded_request_is_not_local(header: str) -> None:
    assert not asked({header: "127.0.0.1"})
    assert not asked({header: ""})


def test_a_request_as_nginx_passes_it_on_is_not_local() -> None:
    assert not asked({"Connection": "close"}, version=HttpVersion10)


def test_what_a_trusted_proxy_says_makes_nobody_local() -> None:
    """`remote` is what a trusted proxy names; the connection itself comes from elsewhere."""
    request = make_mocked_request(
        "GET", "/", headers={"Host": "localhost"}, transport=Connection("10.0.0.7")
    )
    assert not is_direct_loopback(request.clone(remote="127.0.0.1"))


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_loopback_addresses(address: str) -> None:
    assert is_loopback_host(address)


@pytest.mark.parametrize("address", ["", "0.0.0.0", "::", "10.0.0.1", "::ffff:10.0.0.1", "example"])  # noqa: S104 -- compared only
def test_other_addresses(address: str) -> None:
    assert not is_loopback_host(address)
