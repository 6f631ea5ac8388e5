"""Brings what the desk has for somebody on Teams to them, and to comms."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from botbuilder.schema import Activity, ActivityTypes, Attachment

from desk.model.clock import Clock
from desk.model.messages import CannotTell, CaseCard, CaseNotice, NotSent, Outgoing, SentAs
from handlers.teams.address import SURFACE, Address, Place, activity_id, message_id, read_address
from handlers.teams.cards.case_cards import CommsCards
from handlers.teams.cards.elements import Element
from handlers.teams.cards.reply_cards import AskerCards
from handlers.teams.connection import Connection, MessageGoneError, thread_of

ADAPTIVE = "application/vnd.microsoft.card.adaptive"
# The outbox's lease is longer.
PATIENCE_S = 60


@dataclass
class TeamsMessenger:
    """`loop` is the application's, and is there from its start."""

    connection: Connection
    asker_cards: AskerCards
    comms_cards: CommsCards
    clock: Clock
    loop: asyncio.AbstractEventLoop | None = None
    surfaces: frozenset[str] = field(default=frozenset({SURFACE}), init=False)

    def send(self, outgoing: Outgoing) -> str:
        if self.loop is None:
            raise RuntimeError("The application has not started.")
        sending = asyncio.run_coroutine_threadsafe(self._send(outgoing), self.loop)
        try:
            return sending.result(PATIENCE_S)
        except TimeoutError:
            sending.cancel()
            raise

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:  # noqa: ARG002 -- the Protocol's names
        return CannotTell()

    async def _send(self, outgoing: Outgoing) -> str:
        address, message = read_address(outgoing.contact), self._message(outgoing)
        if outgoing.replaces:
            there, sent = _there(address, outgoing.replaces), activity_id(outgoing.replaces)
            try:
                await self.connection.update(there, sent, message)
            except MessageGoneError:
                message.id = None
            else:
                return outgoing.replaces
        if address.place is Place.CHANNEL and not address.post and not outgoing.under:
            post = await self.connection.begin(address, message)
            return message_id(thread_of(address, post).conversation, post)
        there = _there(address, outgoing.under)
        return message_id(there.conversation, await self.connection.post(there, message))

    def _message(self, outgoing: Outgoing) -> Activity:
        now = self.clock.now()
        match outgoing.message:
            case CaseCard(case=case):
                return as_message(self.comms_cards.case(case, now))
            case CaseNotice() as notice:
                return as_message(self.comms_cards.notice(notice, now))
            case message:
                return as_message(self.asker_cards.of(message, now))


def as_message(card: Element) -> Activity:
    """The summary is what a notification shows."""
    attachment = Attachment(content_type=ADAPTIVE, content=card)
    summary: Any = card["fallbackText"]
    return Activity(type=ActivityTypes.message, attachments=[attachment], summary=summary)


def _there(address: Address, message: str) -> Address:
    """Where a message of this place is, or is to stand under another: in a channel itself each
    post has a thread of its own."""
    at_top = address.place is Place.CHANNEL and not address.post and message
    return thread_of(address, activity_id(message)) if at_top else address
