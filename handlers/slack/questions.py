"""From a message in Slack to a question at the desk, or to more words for its case."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from desk.model.case import Case, Status
from desk.model.errors import NoSuchQuestion
from desk.model.question import Accepted, AlreadySeen, InboundEvent, Incoming
from handlers.conversation.acknowledgement import is_acknowledgement
from handlers.conversation.case_wording import ACKNOWLEDGED
from handlers.conversation.message_flags import MessageFlags
from handlers.slack.address import SURFACE, Address, contact, message_id
from handlers.slack.context import SlackContext
from handlers.slack.payloads import ReplyTarget
from handlers.slack.responder import AnswerPending
from handlers.slack.users import SlackUser

LONGEST_HISTORY = 5  # earlier messages of the conversation
THREAD_ENDS_AFTER = timedelta(days=30)
LOOKING = "is looking it up…"
LOOKING_AFTER_S = 0.5  # most answers are there by then, and a status would hold them up
STATUS_SECONDS = 1.0  # allowed for showing the status, which is optional
NO_GUESTS = "I answer only people in this organisation."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """Something addressed to the bot. `ts` names the message in its channel; a command or a form
    has none, and gives an id of its own. `event_id` is Slack's."""

    event_id: str
    user_id: str
    ts: str
    flags: MessageFlags
    address: Address

    @property
    def text(self) -> str:
        return self.flags.text


@dataclass(frozen=True, slots=True)
class Questions:
    context: SlackContext

    async def ask(self, message: SlackMessage, to: ReplyTarget) -> None:
        """Returns once the question is stored; the answer follows."""
        user = await self.context.users.user(message.user_id)
        if user.guest and not self.context.answer_guests:
            await self.context.tell_once(message.event_id, to, NO_GUESTS)
            return
        accepted = await asyncio.to_thread(self._accept, message, user)
        if isinstance(accepted, Accepted):
            self.context.background.start(self._answer(accepted, user, message), to)

    async def continue_thread(self, message: SlackMessage, to: ReplyTarget) -> None:
        """A reply in a thread adds to the case of the thread, unless it says no more than
        "thanks". Where there is no case it is the next question."""
        user = await self.context.users.user(message.user_id)
        case = await asyncio.to_thread(self.case_in_thread, message.address, user)
        if case is None:
            await self.ask(message, to)
        elif is_acknowledgement(message.text, case):
            await self.context.tell_once(message.event_id, to, ACKNOWLEDGED.format(ref=case.ref))
        else:
            said_in = message_id(message.address.channel, message.ts)
            event = InboundEvent(message.event_id, SURFACE, user.person, said_in)
            await self.follow_up(event, case.ref, message.flags, user)

    async def follow_up(
        self, event: InboundEvent, ref: str, flags: MessageFlags, user: SlackUser
    ) -> None:
        """Raises Refused with a sentence for the asker."""
        follow_up = self.context.service.case_additions.follow_up
        personal_data = flags.options(user.preferences).personal_data
        await asyncio.to_thread(follow_up, event, ref, flags.text, personal_data, user.role)

    async def has_asked(self, user_id: str, address: Address) -> bool:
        """Whether this person has asked in this thread, so that a reply there is for the bot."""
        if not await self.asked_at(address):
            return False
        user = await self.context.users.user(user_id)
        return bool(await asyncio.to_thread(self._earlier, address, user))

    async def asked_at(self, address: Address) -> bool:
        return await asyncio.to_thread(self.context.service.desk.intake.asked_at, contact(address))

    def case_in_thread(self, address: Address, user: SlackUser) -> Case | None:
        """The case of this person that the thread is about, unless it was withdrawn."""
        case = self.context.service.desk.intake.case_at(user.person, contact(address))
        if case is None:
            case = self._case_under(message_id(address.channel, address.thread), user)
        return None if case is None or case.status is Status.WITHDRAWN else case

    def _case_under(self, first_message: str, user: SlackUser) -> Case | None:
        """The thread may be under a message of the bot about a case that was opened elsewhere."""
        intake = self.context.service.desk.intake
        try:
            ref = intake.case_of_message(SURFACE, first_message)
        except NoSuchQuestion:
            return None
        return next((case for case in intake.cases_of(user.person) if case.ref == ref), None)

    def _accept(self, message: SlackMessage, user: SlackUser) -> Accepted | AlreadySeen:
        new_conversation = message.address.thread in ("", message.ts)
        earlier = () if new_conversation else self._earlier(message.address, user)
        incoming = Incoming(
            event_id=message.event_id,
            message_id=message_id(message.address.channel, message.ts),
            contact=contact(message.address),
            person=user.person,
            role=user.role,
            text=message.text,
            history=earlier[-LONGEST_HISTORY:],
        )
        return self.context.service.conversation.accept(incoming)

    def _earlier(self, address: Address, user: SlackUser) -> tuple[str, ...]:
        """What this person asked in the thread, oldest first."""
        since = self.context.service.clock.now() - THREAD_ENDS_AFTER
        return self.context.service.desk.intake.earlier(user.person, contact(address), since)

    async def _answer(self, accepted: Accepted, user: SlackUser, message: SlackMessage) -> None:
        service, options = self.context.service, message.flags.options(user.preferences)
        settle = partial(service.conversation.settle, accepted, options)
        answer = asyncio.get_running_loop().run_in_executor(service.answering, settle)
        try:
            await self._show_status(message.address, answer)
            await answer
        except Exception as error:
            raise AnswerPending from error

    async def _show_status(self, address: Address, answer: asyncio.Future[None]) -> None:
        """While the answer takes long. Slack removes it with the next message in the thread."""
        done, _ = await asyncio.wait([answer], timeout=LOOKING_AFTER_S)
        if done or not address.thread:
            return
        await self._set_status(address, LOOKING)
        if answer.done():  # it may have been in the thread before the status
            await self._set_status(address, "")

    async def _set_status(self, address: Address, status: str) -> None:
        try:
            async with asyncio.timeout(STATUS_SECONDS):
                await self.context.client.assistant_threads_setStatus(
                    channel_id=address.channel, thread_ts=address.thread, status=status
                )
        except Exception as error:  # noqa: BLE001 -- the answer matters more than the status
            log.debug("Slack shows no status: %s", type(error).__name__)
