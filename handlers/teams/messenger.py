"""Delivers what is in the desk's outbox for people on Teams, and for comms there."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from desk.model.clock import Clock
from desk.model.errors import Undeliverable
from desk.model.messages import CannotTell, CaseCard, CaseNotice, NotSent, Outgoing, SentAs
from handlers.teams.activity import Json
from handlers.teams.address import (
    SURFACE,
    Address,
    Place,
    activity_id,
    is_in,
    message_id,
    read_address,
)
from handlers.teams.cards.case_cards import CommsCards
from handlers.teams.cards.reply_cards import AskerCards
from handlers.teams.connection import Connection, NotConnectedError, thread_of
from handlers.teams.messages import card_message

LONGEST_SEND_S = 60  # the outbox leases a message for longer


@dataclass
class TeamsMessenger:
    """`loop` is the application's, from the moment that it starts."""

    connection: Connection
    asker_cards: AskerCards
    comms_cards: CommsCards
    clock: Clock
    loop: asyncio.AbstractEventLoop | None = None
    surfaces: frozenset[str] = field(default=frozenset({SURFACE}), init=False)

    def send(self, outgoing: Outgoing) -> str:
        """As the Protocol says; called in a worker thread."""
        if self.loop is None:
            raise NotConnectedError("The application has not started.")
        sending = asyncio.run_coroutine_threadsafe(self._send(outgoing), self.loop)
        try:
            return sending.result(LONGEST_SEND_S)
        except TimeoutError:
            sending.cancel()
            raise

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:  # noqa: ARG002 -- the Protocol's names
        return CannotTell()

    async def _send(self, outgoing: Outgoing) -> str:
        """An asker among several people gets it in their own chat where the conversation takes
        nothing from the bot any more: it was removed from the team, or the channel is gone."""
        address, message = read_address(outgoing.contact), self._message(outgoing)
        if not address.asker:
            return await self._deliver(address, outgoing, message)
        if not _is_elsewhere(outgoing.replaces, address):
            with suppress(Undeliverable):
                return await self._deliver(address, outgoing, message)
        chat = await self.connection.direct_chat(address)
        return await self._deliver(chat, outgoing, message)

    async def _deliver(self, address: Address, outgoing: Outgoing, message: Json) -> str:
        if outgoing.replaces and not _is_elsewhere(outgoing.replaces, address):
            there = _of_message(address, outgoing.replaces)
            # Where it cannot be changed, as somebody deleted it, it is sent anew.
            with suppress(Undeliverable):
                await self.connection.update(there, activity_id(outgoing.replaces), message)
                return outgoing.replaces
        if address.place is Place.CHANNEL and not address.post and not outgoing.under:
            post = await self.connection.begin(address, message)
            return message_id(thread_of(address, post).conversation, post)
        there = _of_message(address, outgoing.under)
        return message_id(there.conversation, await self.connection.post(there, message))

    def _message(self, outgoing: Outgoing) -> Json:
        now = self.clock.now()
        match outgoing.message:
            case CaseCard(case=case):
                return card_message(self.comms_cards.case(case, now))
            case CaseNotice() as notice:
                return card_message(self.comms_cards.notice(notice, now))
            case message:
                return card_message(self.asker_cards.of(message, now))


def _is_elsewhere(message: str, address: Address) -> bool:
    """Whether the message was sent in another conversation, such as the asker's own chat."""
    return bool(message) and not is_in(message, _of_message(address, message))


def _of_message(address: Address, message: str) -> Address:
    """The conversation of this message: in a channel each post begins a thread of its own."""
    begins_thread = address.place is Place.CHANNEL and not address.post and message
    return thread_of(address, activity_id(message)) if begins_thread else address
