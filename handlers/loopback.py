"""Whether a request came straight from the machine that runs the bot.

What is allowed on that machine alone (the desk before a sign-in is set up, Teams on trial) must
stay closed to strangers who reach the bot through a proxy on the same machine.
"""

import ipaddress
from urllib.parse import urlsplit

from aiohttp import HttpVersion11, web

# RFC 7239, RFC 9110 and the headers that proxies commonly add.
FORWARDING_HEADERS = frozenset(
    "forwarded via x-real-ip x-client-ip x-cluster-client-ip true-client-ip "
    "cf-connecting-ip fastly-client-ip".split()
)
FORWARDING_PREFIXES = ("x-forwarded-", "x-original-", "x-envoy-")


def is_direct_loopback(request: web.Request) -> bool:
    """True if the connection is from a loopback address, the Host header names one, and no
    header says that a proxy passed the request on.

    nginx adds no header by default, but speaks HTTP/1.0 to the bot, which no browser does
    (before nginx 1.29.7, `proxy_http_version` is 1.0 unless it is set).
    """
    return (
        is_loopback_host(_peer(request))
        and is_loopback_host(_host_name(request.host))
        and request.version >= HttpVersion11
        and not any(map(_is_forwarding_header, request.headers))
    )


def is_loopback_host(host: str) -> bool:
    """`host` is a name or an address without a port: "localhost", "127.0.0.1", "::1"."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host.lower() == "localhost"
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def _peer(request: web.Request) -> str:
    """The address of the other end of the connection, whatever `request.remote` was set to."""
    peer = request.transport.get_extra_info("peername") if request.transport else None
    return str(peer[0]) if isinstance(peer, tuple) else ""


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_forwarding_header(name: str) -> bool:
    return name.lower() in FORWARDING_HEADERS or name.lower().startswith(FORWARDING_PREFIXES)
