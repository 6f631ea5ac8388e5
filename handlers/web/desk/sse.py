"""Tells open pages of the desk what colleagues and askers do."""

import asyncio
import json
from collections.abc import Callable

from aiohttp import web
from aiohttp_sse import EventSourceResponse

from desk.services.queue import Queue, QueueEvent
from handlers.web.auth.permissions import reader, still_reads
from handlers.web.subscribers import Subscribers, last_seen

CASES = "cases"


class DeskEventStream:
    def __init__(self, queue: Queue, described: Callable[[QueueEvent], str]) -> None:
        """`described`: what happened, as a sentence."""
        self._queue = queue
        self._described = described
        self._subscribers = Subscribers(self._look)
        self._last = 0

    def register(self, app: web.Application) -> None:
        app.router.add_get("/desk/events", self._stream)
        self._subscribers.register(app)

    def notify(self) -> None:
        """From any thread: something happened to a case."""
        self._subscribers.notify(CASES)

    async def _look(self) -> None:
        last = await asyncio.to_thread(self._queue.last_event)
        if last != self._last:
            self._last = last
            self.notify()

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        me, seen = reader(request), last_seen(request, "since")

        async def send(stream: EventSourceResponse) -> bool:
            """Somebody who signs out, or whose session ends, hears no more."""
            nonlocal seen
            if not await still_reads(request):
                return False
            for each in await asyncio.to_thread(self._queue.news, seen):
                await stream.send(self._told(each), id=str(each.event.id))
                seen = each.event.id
            return True

        return await self._subscribers.stream(request, CASES, me.person.key, send)

    def _told(self, event: QueueEvent) -> str:
        told = {"ref": event.case.ref, "event": event.event.id, "text": self._described(event)}
        return json.dumps(told)
