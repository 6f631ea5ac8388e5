"""Whether a request was made on the machine that runs the bot."""

import ipaddress

from aiohttp import web

# Where one of these stands, the request was made elsewhere and passed on.
PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


def is_loopback(request: web.Request) -> bool:
    """The name in the address counts, too: a foreign page may have its own lead here."""
    named = request.url.host or ""
    passed_on = any(name in request.headers for name in PASSED_ON)
    return _is_loopback(request.remote or "") and _is_loopback(named) and not passed_on


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
