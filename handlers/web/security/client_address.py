"""Whose request it is: the other end's of the connection, or whom a trusted proxy names."""

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from aiohttp import web
from aiohttp.typedefs import Handler

FORWARDED_FOR = "X-Forwarded-For"
# A provider gives each household or office at least this much of IPv6 (RFC 6177).
IPV6_CLIENT_BITS = 64

_CLIENT = web.RequestKey("client_address", str)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class ClientAddresses:
    def __init__(self, proxies: Sequence[Network] = ()) -> None:
        """`proxies`: the networks whose X-Forwarded-For is believed. From all others it is not."""
        self._proxies = tuple(proxies)

    @web.middleware
    async def find(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        request[_CLIENT] = self._client(request)
        return await handler(request)

    def is_shared(self, address: str) -> bool:
        """Whether many people may come from this address: it is a proxy, or this machine itself,
        where a proxy may run that nobody named."""
        found = _parsed(address)
        return found is None or found.is_loopback or self._is_proxy(found)

    def _client(self, request: web.Request) -> str:
        """Each proxy adds at the end whom it heard from. Anybody can write what comes before."""
        address = _parsed(request.remote or "")
        given = ",".join(request.headers.getall(FORWARDED_FOR, ())).split(",")
        while given and address is not None and self._is_proxy(address):
            named = _parsed(_without_port(given.pop().strip()))
            if named is None:
                break
            address = named
        return str(address or "")

    def _is_proxy(self, address: Address) -> bool:
        return any(address in network for network in self._proxies)


def client_of(request: web.Request) -> str:
    """The client's address as text; empty where the connection has none, as on a Unix socket."""
    found = request.get(_CLIENT)
    return (request.remote or "") if found is None else found


def rate_limit_key(address: str) -> str:
    """The address, or the whole network of an IPv6 client, who can take any address in it."""
    if isinstance(_parsed(address), IPv6Address):
        return str(ip_network((address, IPV6_CLIENT_BITS), strict=False))
    return address


def _parsed(text: str) -> Address | None:
    """None for no address. A socket for both kinds shows an IPv4 client as "::ffff:192.0.2.7"."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _without_port(text: str) -> str:
    """Some proxies add the client's port: "192.0.2.7:50000", "[2001:db8::7]:50000"."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
