"""Tells open pages of the chat that a message came.

An event says only up to which number the messages go; the page then asks for what it shows.
"""

import asyncio
from collections.abc import Callable, Mapping

from aiohttp import web
from aiohttp_sse import EventSourceResponse

from desk.model.people import Person
from desk.services.inbox import Inbox
from handlers.web.subscribers import Subscribers, last_seen


class ChatEventStream:
    def __init__(self, inbox: Inbox, visitor: Callable[[web.Request], Person]) -> None:
        self._inbox = inbox
        self._visitor = visitor
        self._subscribers = Subscribers(self._look)
        self._numbers: Mapping[str, int] = {}

    def register(self, app: web.Application) -> None:
        app.router.add_get("/events", self._stream)
        self._subscribers.register(app)

    def notify(self, key: str) -> None:
        """From any thread: something came for the person with this key."""
        self._subscribers.notify(key)

    async def _look(self) -> None:
        numbers = await asyncio.to_thread(self._inbox.numbers, self._subscribers.topics)
        for key, number in numbers.items():
            if self._numbers.get(key) != number:
                self.notify(key)
        self._numbers = numbers

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        key, seen = self._visitor(request).key, last_seen(request, "seen")

        async def send(stream: EventSourceResponse) -> bool:
            nonlocal seen
            numbers = await asyncio.to_thread(self._inbox.numbers, [key])
            number = numbers.get(key, 0)
            if number != seen:
                await stream.send(str(number), id=str(number))
                seen = number
            return True

        return await self._subscribers.stream(request, key, key, send)
