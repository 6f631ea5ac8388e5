"""Delivery over the WebSockets of Socket Mode."""

import asyncio
import json
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.handlers.slack.fake.delivery import Ack, Delivery, Kind, NotAcked
from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.state import State
from tests.handlers.slack.fake.workspace import APP


@dataclass(eq=False)
class Link:
    """One connection, and what waits on it for an acknowledgement."""

    socket: web.WebSocketResponse
    request: web.Request
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)

    async def ask(self, envelope: Json) -> Json:
        """Raises NotAcked when the connection is lost meanwhile."""
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self.waiting[envelope["envelope_id"]] = answer
        try:
            await self.socket.send_json(envelope)
            return await answer
        except ConnectionError:
            raise NotAcked("connection_failed") from None
        finally:
            del self.waiting[envelope["envelope_id"]]

    def received(self, text: str) -> None:
        ack = json.loads(text)
        answer = self.waiting.get(ack.get("envelope_id", ""))
        if answer and not answer.done():
            answer.set_result(ack.get("payload") or {})

    def lost(self) -> None:
        for answer in self.waiting.values():
            if not answer.done():
                answer.set_exception(NotAcked("connection_failed"))


@dataclass
class SocketMode:
    """`connected` is called with each new connection, once it has said hello."""

    state: State
    seconds: float
    connected: Callable[[], Coroutine[None, None, None]]
    links: list[Link] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> Ack:
        if not self.links:
            raise NotAcked("connection_failed")
        try:
            async with asyncio.timeout(self.seconds):
                return Ack(await self.links[-1].ask(_envelope(delivery)))
        except TimeoutError:
            raise NotAcked("http_timeout") from None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self.state.tickets:
            return web.Response(status=404)
        self.state.tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self._serve(Link(socket, request))
        return socket

    async def disconnect(self, reason: str) -> None:
        """As Slack announces it: "warning" leaves the old connection to its app for now,
        "refresh_requested" ends it."""
        for link in tuple(self.links):
            notice = {"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}}
            await link.socket.send_json(notice)
            if reason != "warning":
                self._forget(link)
                await link.socket.close()

    async def cut(self) -> None:
        """Without a notice."""
        for link in tuple(self.links):
            self._forget(link)
            if link.request.transport:
                link.request.transport.abort()

    async def stop(self) -> None:
        for link in tuple(self.links):
            self._forget(link)
            await link.socket.close()

    async def _serve(self, link: Link) -> None:
        await link.socket.send_json(_hello(len(self.links) + 1))
        with self.state.screen.changed:
            self.links.append(link)
            self.state.screen.changed.notify_all()
        welcome = asyncio.create_task(self.connected())
        try:
            async for message in link.socket:
                if message.type is WSMsgType.TEXT:
                    link.received(message.data)
        finally:
            self._forget(link)
            await welcome

    def _forget(self, link: Link) -> None:
        link.lost()
        with self.state.screen.changed:
            if link in self.links:
                self.links.remove(link)
            self.state.screen.changed.notify_all()


def _hello(number: int) -> Json:
    return {
        "type": "hello",
        "num_connections": number,
        "connection_info": {"app_id": APP},
        "debug_info": {"host": "fake", "approximate_connection_time": 18060},
    }


def _envelope(delivery: Delivery) -> Json:
    envelope: Json = {
        "envelope_id": secrets.token_hex(12),
        "type": str(delivery.kind),
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind is not Kind.EVENT,
    }
    if delivery.kind is Kind.EVENT:
        retries = {"retry_attempt": delivery.tries, "retry_reason": ""}
        envelope |= retries | ({"retry_reason": delivery.reason} if delivery.tries else {})
    return envelope
