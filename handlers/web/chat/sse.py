"""Tells open pages that a letter came: as server-sent events, one stream for each page.

The event says only up to which number the letters go; the page then asks for what it shows.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from aiohttp import web

from desk.model.people import Person
from desk.services.inbox import Inbox

# What another replica delivered is found by looking.
LOOK_S = 1.0
# A line that says nothing keeps proxies from closing a quiet stream, and finds closed pages.
QUIET_S = 15.0
RECONNECT_MS = 2000
MOST_STREAMS = 20  # of one person
# The second keeps a proxy from holding back what it deems too little.
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class ChatEventStream:
    def __init__(self, mailbox: Inbox, visitor: Callable[[web.Request], Person]) -> None:
        self._mailbox = mailbox
        self._visitor = visitor
        self._bells: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._numbers: Mapping[str, int] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = False

    def register(self, app: web.Application) -> None:
        app.router.add_get("/news", self._stream)
        app.cleanup_ctx.append(self._looking)
        app.on_shutdown.append(self._close)

    def ring(self, key: str) -> None:
        """From any thread: something came for the person with this key."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._ring, key)

    async def _looking(self, _: web.Application) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        task = asyncio.create_task(self._look())
        yield
        self._loop = None
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _close(self, _: web.Application) -> None:
        """An open stream would hold up the end of the process."""
        self._closing = True
        for key in tuple(self._bells):
            self._ring(key)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            if self._bells:
                with suppress(Exception):  # a database that is gone for a moment comes back
                    self._tell(await asyncio.to_thread(self._mailbox.numbers, tuple(self._bells)))

    def _tell(self, numbers: Mapping[str, int]) -> None:
        for key, number in numbers.items():
            if self._numbers.get(key) != number:
                self._ring(key)
        self._numbers = numbers

    def _ring(self, key: str) -> None:
        for bell in self._bells.get(key, ()):
            bell.set()

    @contextmanager
    def _listening(self, key: str) -> Iterator[asyncio.Event]:
        bell = asyncio.Event()
        self._bells[key].add(bell)
        try:
            yield bell
        finally:
            self._bells[key].discard(bell)
            if not self._bells[key]:
                del self._bells[key]

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        key = self._visitor(request).key
        if len(self._bells.get(key, ())) >= MOST_STREAMS:
            raise web.HTTPTooManyRequests
        stream = web.StreamResponse(headers=HEADERS)
        stream.content_type = "text/event-stream"
        await stream.prepare(request)
        await stream.write(f"retry: {RECONNECT_MS}\n\n".encode())
        with self._listening(key) as bell, suppress(ConnectionError):
            await self._send(stream, key, bell, _seen(request))
        return stream

    async def _send(
        self, stream: web.StreamResponse, key: str, bell: asyncio.Event, seen: int
    ) -> None:
        while not self._closing:
            bell.clear()
            number = (await asyncio.to_thread(self._mailbox.numbers, [key])).get(key, 0)
            said = f"id: {number}\ndata: {number}\n\n" if number != seen else ": quiet\n\n"
            await stream.write(said.encode())
            seen = number
            with suppress(TimeoutError):
                await asyncio.wait_for(bell.wait(), QUIET_S)


def _seen(request: web.Request) -> int:
    """The last number that the page has: from the browser at a reconnection, else from the page."""
    given = request.headers.get("Last-Event-ID") or request.query.get("seen", "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0
