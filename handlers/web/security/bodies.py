"""Reads the body of a request once, within a time and a size, before anything looks at it."""

import asyncio

from aiohttp import web
from aiohttp.typedefs import Handler

BODY_S = 20.0
TOO_SLOW = "This came too slowly, so nothing was done. Send it again."
BROKEN = "This arrived damaged, so nothing was done. Send it again."


class Bodies:
    def __init__(self, seconds: float = BODY_S) -> None:
        """`seconds`: for the whole body, however it arrives. Its size is limited by aiohttp's
        `client_max_size`."""
        self._seconds = seconds

    @web.middleware
    async def read(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.can_read_body:
            try:
                async with asyncio.timeout(self._seconds):
                    await request.read()
            except TimeoutError:
                raise web.HTTPRequestTimeout(text=TOO_SLOW) from None
            except web.RequestPayloadError:
                raise web.HTTPBadRequest(text=BROKEN) from None
        return await handler(request)
