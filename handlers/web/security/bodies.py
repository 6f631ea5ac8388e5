"""Reads the body of a request once, within a time and a size, before anything looks at it."""

import asyncio

from aiohttp import web
from aiohttp.typedefs import Handler

from handlers.web.auth.sessions import signed_in
from handlers.web.forms import LARGEST_UPLOAD, UPLOAD

BODY_S = 20.0
UPLOAD_S = 120.0
TOO_SLOW = "This came too slowly, so nothing was done. Send it again."
BROKEN = "This arrived damaged, so nothing was done. Send it again."


class Bodies:
    def __init__(self, seconds: float = BODY_S) -> None:
        """`seconds`: for the whole body, however it arrives. Its size is limited by aiohttp's
        `client_max_size`."""
        self._seconds = seconds

    @web.middleware
    async def read(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        is_upload = _may_upload(request)
        if is_upload:
            request = request.clone(client_max_size=LARGEST_UPLOAD)
        if request.can_read_body:
            try:
                async with asyncio.timeout(UPLOAD_S if is_upload else self._seconds):
                    await request.read()
            except TimeoutError:
                raise web.HTTPRequestTimeout(text=TOO_SLOW) from None
            except web.RequestPayloadError:
                raise web.HTTPBadRequest(text=BROKEN) from None
        return await handler(request)


def _may_upload(request: web.Request) -> bool:
    """A large body is read only from somebody who may send one."""
    found = signed_in(request) if request.path == UPLOAD else None
    return found is not None and found.access.may_administer
