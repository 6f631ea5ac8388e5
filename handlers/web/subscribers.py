"""Open pages that wait for something new, each on a stream of server-sent events."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

from aiohttp import web
from aiohttp_sse import EventSourceResponse, sse_response

from handlers.web.security.event_streams import EVENT_STREAMS

# What another replica did is found by looking.
LOOK_S = 1.0
# A stream writes a comment this often, which keeps proxies from closing it and finds pages that
# are gone.
PING_S = 15.0

# Writes what is new; False ends the stream.
Send = Callable[[EventSourceResponse], Awaitable[bool]]


class Subscribers:
    def __init__(self, look: Callable[[], Awaitable[object]]) -> None:
        """`look` is called every second while a page is open, and notifies whom it concerns."""
        self._look = look
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = False

    def register(self, app: web.Application) -> None:
        app.cleanup_ctx.append(self._looking)
        app.on_shutdown.append(self._close)

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(self._waiting)

    def notify(self, topic: str) -> None:
        """From any thread: something is new for the pages that wait for this."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake, topic)

    async def stream(
        self, request: web.Request, topic: str, person: str, send: Send
    ) -> web.StreamResponse:
        """Answers the request with what `send` writes, now and after each notification of
        `topic`. Raises HTTPTooManyRequests, counted by `person`."""
        with request.app[EVENT_STREAMS].opened(request, person), self._subscribed(topic) as new:
            async with sse_response(request, ping_interval=PING_S) as stream:
                with suppress(ConnectionError, TimeoutError):
                    await self._send(stream, new, send)
        return stream

    async def _send(self, stream: EventSourceResponse, new: asyncio.Event, send: Send) -> None:
        while not self._closing and stream.is_connected():
            new.clear()
            if not await send(stream):
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(PING_S):
                    await new.wait()

    async def _looking(self, _: web.Application) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        task = asyncio.create_task(self._keep_looking())
        yield
        self._loop = None
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            if self._waiting:
                with suppress(Exception):  # a database that is gone for a moment comes back
                    await self._look()

    async def _close(self, _: web.Application) -> None:
        """An open stream would hold up the end of the process."""
        self._closing = True
        for topic in self.topics:
            self._wake(topic)

    def _wake(self, topic: str) -> None:
        for waiting in self._waiting.get(topic, ()):
            waiting.set()

    @contextmanager
    def _subscribed(self, topic: str) -> Iterator[asyncio.Event]:
        new = asyncio.Event()
        self._waiting[topic].add(new)
        try:
            yield new
        finally:
            self._waiting[topic].discard(new)
            if not self._waiting[topic]:
                del self._waiting[topic]


def last_seen(request: web.Request, parameter: str) -> int:
    """The last number that the page has: from the browser at a reconnection, else from the page."""
    given = request.headers.get("Last-Event-ID") or request.query.get(parameter, "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0
