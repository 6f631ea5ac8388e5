"""How much one browser, and one address, may ask of the pages."""

import math
import time

from aiohttp import web
from aiohttp.typedefs import Handler
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from handlers.web.auth.sessions import secret_of

# Of one browser and of one address; a council's whole staff may come from one address.
READS = RateLimitItemPerMinute(240), RateLimitItemPerMinute(2400)
WRITES = RateLimitItemPerMinute(30), RateLimitItemPerMinute(600)
# Each try asks the issuer, or fills the audit trail.
SIGN_INS = RateLimitItemPerMinute(10), RateLimitItemPerMinute(60)
SIGN_IN = "/sign-in"
LARGEST_FORM = 256 * 1024
SLOWER = "That was too much at once. Try again in {seconds} seconds."
TOO_LARGE = "That is too long: a form may hold 200,000 characters."


class Limits:
    """Of this process; replicas count each for itself."""

    def __init__(self) -> None:
        self._counter = MovingWindowRateLimiter(MemoryStorage())

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        for limit, whose in zip(_limits(request), _whose(request), strict=True):
            if not self._counter.hit(limit, whose):
                raise self._too_many(limit, whose)
        if (request.content_length or 0) > LARGEST_FORM:
            raise web.HTTPRequestEntityTooLarge(LARGEST_FORM, text=TOO_LARGE)
        return await handler(request)

    def _too_many(self, limit: RateLimitItem, whose: str) -> web.HTTPTooManyRequests:
        window = self._counter.get_window_stats(limit, whose)
        seconds = max(1, math.ceil(window.reset_time - time.time()))
        return web.HTTPTooManyRequests(
            text=SLOWER.format(seconds=seconds), headers={"Retry-After": str(seconds)}
        )


def _limits(request: web.Request) -> tuple[RateLimitItem, RateLimitItem]:
    """Each kind is counted apart, for no two of them are of the same height."""
    if request.path.startswith(SIGN_IN):
        return SIGN_INS
    return READS if request.method in ("GET", "HEAD") else WRITES


def _whose(request: web.Request) -> tuple[str, str]:
    """Behind a proxy all come from its address: then only the sessions are told apart."""
    return secret_of(request), request.remote or ""
