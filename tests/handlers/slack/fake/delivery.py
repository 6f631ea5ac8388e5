"""What Slack sends to its app, how often it tries, and what can go wrong."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from tests.handlers.slack.fake import events
from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.screen import Screen


class Kind(StrEnum):
    """By Slack's names in Socket Mode."""

    EVENT = "events_api"
    INTERACTION = "interactive"
    COMMAND = "slash_commands"


@dataclass(frozen=True)
class Ack:
    """`body` is {} where the app only acknowledged."""

    body: Json = field(default_factory=dict)


@dataclass
class Delivery:
    """One event, press or command, and each attempt to deliver it."""

    kind: Kind
    payload: Json
    acks: list[Ack] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def acked(self) -> bool:
        return bool(self.acks)

    @property
    def tries(self) -> int:
        return len(self.acks) + len(self.failures)

    @property
    def reason(self) -> str:
        """Why it is sent again; Slack has no word for a lost acknowledgement but this."""
        return self.failures[-1] if self.failures else "http_timeout"


@dataclass(eq=False)
class NotAcked(Exception):
    """`reason` is Slack's: http_timeout, http_error, connection_failed."""

    reason: str


class Transport(Protocol):
    async def send(self, delivery: Delivery, /) -> Ack:
        """Raises NotAcked. A delivery that was tried before is marked as a retry."""


class NotConnected:
    async def send(self, _: Delivery) -> Ack:
        raise NotAcked("connection_failed")


@dataclass
class Courier:
    """Only events are sent again. After a press that failed the person sees a warning."""

    screen: Screen
    transport: Transport = field(default_factory=NotConnected)
    sent: list[Delivery] = field(default_factory=list)
    _echoing: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def undelivered(self) -> list[Delivery]:
        return [each for each in self.sent if each.kind is Kind.EVENT and not each.acked]

    async def deliver(self, delivery: Delivery) -> Delivery:
        """Slack tries an event again at once, and then only after minutes: see `redeliver`."""
        if delivery not in self.sent:
            self.sent.append(delivery)
        await self._try(delivery)
        if delivery.kind is Kind.EVENT and not delivery.acked:
            await self._try(delivery)
        elif not delivery.acked:
            self._note(f"{delivery.kind} not acknowledged: {delivery.failures[-1]}")
        return delivery

    async def redeliver(self, deliveries: Iterable[Delivery]) -> None:
        for delivery in deliveries:
            await self._try(delivery)

    def echo(self, event: Json) -> None:
        """The app gets events of its own messages too; nobody waits for that."""
        task = asyncio.get_running_loop().create_task(self._echo(event))
        self._echoing.add(task)
        task.add_done_callback(self._echoing.discard)

    async def stop(self) -> None:
        for task in tuple(self._echoing):
            task.cancel()
        await asyncio.gather(*self._echoing, return_exceptions=True)

    async def _echo(self, event: Json) -> None:
        await self._try(Delivery(Kind.EVENT, events.envelope(event)))

    async def _try(self, delivery: Delivery) -> None:
        try:
            ack = await self.transport.send(delivery)
        except NotAcked as error:
            delivery.failures.append(error.reason)
        else:
            delivery.acks.append(ack)
        with self.screen.changed:
            self.screen.changed.notify_all()

    def _note(self, complaint: str) -> None:
        with self.screen.changed:
            self.screen.complaints.append(complaint)
