"""From something said in Slack to a question at the desk, or to more words for a case."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from desk.model.case import Case, Status
from desk.model.errors import NoSuchQuestion
from desk.model.question import Accepted, InboundEvent, Incoming
from handlers.conversation.escalation import EscalationOptions
from handlers.conversation.services import Services
from handlers.slack.address import SURFACE, Address, contact, message_id
from handlers.slack.errors import AnswerPending, BackgroundTasks, ReplyTarget, Responder, said
from handlers.slack.users import People, SlackUser

REMEMBERED = 5  # earlier messages of the conversation
THREAD_LIVES = timedelta(days=30)
LOOKING = "is looking it up…"
STATUS_S = 1.0  # longer it would hold up what it announces
NO_GUESTS = "I answer only people of this organisation."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """Something addressed to the bot. `ts` names the message in its channel, or stands for one
    that a command or a form took the place of; `event_id` is the platform's own."""

    event_id: str
    user: str
    ts: str
    text: str
    address: Address


@dataclass(frozen=True, slots=True)
class Asking:
    """`guests`: whether people from outside are answered."""

    service: Services
    client: AsyncWebClient
    people: People
    work: BackgroundTasks
    guests: bool

    @property
    def teller(self) -> Responder:
        return self.work.teller

    async def ask(self, spoken: SlackMessage, to: ReplyTarget) -> None:
        """Returns once the question cannot be lost; the answer follows."""
        known = await self.people.known(spoken.user)
        if known.guest and not self.guests:
            self.work.start(self.teller.tell(to, said(NO_GUESTS)), to)
            return
        accepted = await asyncio.to_thread(self._accepted, spoken, known)
        if isinstance(accepted, Accepted):
            self.work.start(self._settle(accepted, known, spoken), to)

    async def go_on(self, spoken: SlackMessage, to: ReplyTarget) -> None:
        """A reply in a thread: more words for its case, else a question with what came before."""
        known = await self.people.known(spoken.user)
        ref = await asyncio.to_thread(self._case_here, spoken, known)
        if ref:
            await self.add(
                InboundEvent(spoken.event_id, SURFACE, known.person), ref, spoken.text, known
            )
        else:
            await self.ask(spoken, to)

    async def add(self, deed: InboundEvent, ref: str, text: str, known: SlackUser) -> None:
        asker = self.service.desk.case_edits
        await asyncio.to_thread(asker.follow_up, deed, ref, text, known.chosen.personal_data)

    async def has_asked(self, spoken: SlackMessage) -> bool:
        """Whether this person has asked in this place, so that a reply there is for the bot."""
        if not await self.asked_at(spoken.address):
            return False
        known = await self.people.known(spoken.user)
        return bool(await asyncio.to_thread(self._earlier, spoken, known))

    async def asked_at(self, where: Address) -> bool:
        reception = self.service.desk.intake
        return await asyncio.to_thread(reception.asked_at, contact(where))

    def _accepted(self, spoken: SlackMessage, known: SlackUser) -> object:
        incoming = Incoming(
            event_id=spoken.event_id,
            message_id=message_id(spoken.address.channel, spoken.ts),
            contact=contact(spoken.address),
            person=known.person,
            role=known.role,
            text=spoken.text,
            history=self._earlier(spoken, known)[-REMEMBERED:],
        )
        return self.service.conversation.accept(incoming)

    def _earlier(self, spoken: SlackMessage, known: SlackUser) -> tuple[str, ...]:
        """A thread is one conversation; what begins one, or only its asker sees, has nothing."""
        if spoken.address.thread in ("", spoken.ts):
            return ()
        since = self.service.clock.now() - THREAD_LIVES
        where = contact(spoken.address)
        return self.service.desk.intake.earlier(known.person, where, since)

    def _case_here(self, spoken: SlackMessage, known: SlackUser) -> str:
        """Empty where nothing of the thread is with comms."""
        reception = self.service.desk.intake
        case = reception.case_at(known.person, contact(spoken.address))
        if case is None:
            case = self._case_of_thread(spoken, known)
        return case.ref if case is not None and case.status is not Status.WITHDRAWN else ""

    def _case_of_thread(self, spoken: SlackMessage, known: SlackUser) -> Case | None:
        """The thread may hang on what the bot said about a case that was asked elsewhere."""
        root = message_id(spoken.address.channel, spoken.address.thread)
        try:
            ref = self.service.desk.intake.case_of_message(SURFACE, root)
        except NoSuchQuestion:
            return None
        mine = self.service.desk.intake.cases_of(known.person)
        return next((case for case in mine if case.ref == ref), None)

    async def _settle(self, accepted: Accepted, known: SlackUser, spoken: SlackMessage) -> None:
        await self._show_status(spoken.address)
        settle = self.service.conversation.settle
        as_chosen = EscalationOptions(known.chosen.naming, known.chosen.personal_data)
        try:
            await asyncio.to_thread(settle, accepted, known.person, as_chosen)
        except Exception as error:
            raise AnswerPending from error

    async def _show_status(self, where: Address) -> None:
        """Slack takes it away again with the next message in the thread."""
        if not where.thread:
            return
        try:
            async with asyncio.timeout(STATUS_S):
                await self.client.assistant_threads_setStatus(
                    channel_id=where.channel, thread_ts=where.thread, status=LOOKING
                )
        except Exception as error:  # noqa: BLE001 -- the answer is worth more than the status
            log.debug("Slack shows no status: %s", type(error).__name__)
