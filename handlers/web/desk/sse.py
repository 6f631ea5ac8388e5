"""Tells open pages of the desk what colleagues and askers do, as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from aiohttp import web

from desk.services.queue import Queue, QueueEvent
from desk.services.sign_ins import SignIns
from handlers.web.auth.permissions import reader
from handlers.web.auth.sessions import secret_of

# What happened in another replica is found by looking.
LOOK_S = 1.0
QUIET_S = 15.0
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class DeskEventStream:
    def __init__(self, queue: Queue, sign_ins: SignIns, did: Callable[[QueueEvent], str]) -> None:
        """`did` says in words what an event was."""
        self._queue = queue
        self._sign_ins = sign_ins
        self._did = did
        self._bells: set[asyncio.Event] = set()
        self._last = 0
        self._closing = False

    def register(self, app: web.Application) -> None:
        app.router.add_get("/desk/news", self._stream)
        app.cleanup_ctx.append(self._looking)
        app.on_shutdown.append(self._close)

    def ring(self) -> None:
        """From the application's own thread."""
        for bell in self._bells:
            bell.set()

    async def _looking(self, _: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(self._look())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _close(self, _: web.Application) -> None:
        self._closing = True
        self.ring()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            if self._bells:
                with suppress(Exception):  # a database that is gone for a moment comes back
                    last = await asyncio.to_thread(self._queue.last_event)
                    if last != self._last:
                        self._last = last
                        self.ring()

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        reader(request)
        stream = web.StreamResponse(headers=HEADERS)
        stream.content_type = "text/event-stream"
        await stream.prepare(request)
        bell = asyncio.Event()
        self._bells.add(bell)
        try:
            with suppress(ConnectionError):
                await self._send(request, stream, bell)
        finally:
            self._bells.discard(bell)
        return stream

    async def _send(
        self, request: web.Request, stream: web.StreamResponse, bell: asyncio.Event
    ) -> None:
        seen, secret = _seen(request), secret_of(request)
        # Whoever signs out, or whose session ends, hears no more.
        while not self._closing and await self._may_hear(secret):
            bell.clear()
            news = await asyncio.to_thread(self._queue.news, seen)
            for each in news:
                await stream.write(self._line(each))
                seen = each.event.id
            if not news:
                await stream.write(b": quiet\n\n")
            with suppress(TimeoutError):
                await asyncio.wait_for(bell.wait(), QUIET_S)

    async def _may_hear(self, secret: str) -> bool:
        return await asyncio.to_thread(self._sign_ins.find, secret) is not None

    def _line(self, news: QueueEvent) -> bytes:
        told = {"ref": news.case.ref, "event": news.event.id, "text": self._did(news)}
        return f"id: {news.event.id}\ndata: {json.dumps(told)}\n\n".encode()


def _seen(request: web.Request) -> int:
    given = request.headers.get("Last-Event-ID") or request.query.get("since", "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0
