"""How much one browser, and one address, may ask of the pages in a minute."""

import math
import time
from collections.abc import Iterator

from aiohttp import web
from aiohttp.typedefs import Handler
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from handlers.web.auth.sessions import known_secret
from handlers.web.security.client_address import client_of, rate_limit_key

# The limits of one browser and of one address, from which a council's whole staff may come.
# `limits` keys its counters by the amount, so each kind of request needs amounts of its own.
READS = RateLimitItemPerMinute(240), RateLimitItemPerMinute(2400)
WRITES = RateLimitItemPerMinute(30), RateLimitItemPerMinute(600)
# Each try asks the issuer.
SIGN_INS = RateLimitItemPerMinute(10), RateLimitItemPerMinute(60)
# Each address may be a stranger's.
EMAILS = RateLimitItemPerMinute(6), RateLimitItemPerMinute(120)
SIGN_IN = "/sign-in"
EMAIL_ANSWER = "/email-answer"
SLOWER = "That was too much at once. Try again in {seconds} seconds."


class RateLimits:
    """The limits within this process: each replica counts for itself."""

    def __init__(self) -> None:
        self._counter = MovingWindowRateLimiter(MemoryStorage())

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        for limit, key in _limits(request):
            if not self._counter.hit(limit, key):
                raise self._too_many(limit, key)
        return await handler(request)

    def _too_many(self, limit: RateLimitItem, key: str) -> web.HTTPTooManyRequests:
        window = self._counter.get_window_stats(limit, key)
        seconds = max(1, math.ceil(window.reset_time - time.time()))
        return web.HTTPTooManyRequests(
            text=SLOWER.format(seconds=seconds), headers={"Retry-After": str(seconds)}
        )


def _limits(request: web.Request) -> Iterator[tuple[RateLimitItem, str]]:
    """A browser that brings no cookie of ours is told from others by its address alone."""
    of_browser, of_address = _amounts(request)
    secret = known_secret(request)
    if secret:
        yield of_browser, secret
    yield of_address, rate_limit_key(client_of(request))


def _amounts(request: web.Request) -> tuple[RateLimitItem, RateLimitItem]:
    if request.path.startswith(SIGN_IN):
        return SIGN_INS
    if request.path.startswith(EMAIL_ANSWER):
        return EMAILS
    return READS if request.method in ("GET", "HEAD") else WRITES
