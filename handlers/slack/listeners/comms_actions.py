"""What comms press on a card, and what they write below it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from desk.model.case import Case, Quote
from desk.model.errors import NoSuchQuestion
from desk.model.people import Person
from desk.model.question import AlreadySeen, InboundEvent
from desk.services.casework import Casework
from handlers.conversation.publishing import REVIEW_AFTER
from handlers.slack.address import SURFACE, Address, contact, message_id
from handlers.slack.blocks import comms_views
from handlers.slack.blocks.block_kit import MessageContent, actions, button, paragraphs
from handlers.slack.context import SlackContext
from handlers.slack.listeners.view_state import typed
from handlers.slack.message_text import answer_text, is_to_colleague
from handlers.slack.mrkdwn import fallback
from handlers.slack.payloads import Json, ReplyTarget, reply_target

IS_ANSWER = "Send this to everybody who asked, as the answer to {ref}?"
SEND_REPLY = "Send as the answer"
SENT = "Sent as the answer to {ref}."
NOT_SENT = "I have not sent it. Only people in this channel see it."
NO_TEXT = "I can send only text as an answer to {ref}. Please type it."
# By the action of the button.
STEPS: dict[str, Callable[[Casework, str, Person], Case]] = {
    "claim": Casework.claim,
    "take_over": Casework.take_over,
    "release": Casework.release,
    "reopen": Casework.reopen,
}


@dataclass(frozen=True, slots=True)
class CommsActions:
    context: SlackContext

    async def step(self, body: Json, action: Json) -> None:
        """A step that needs no form; the card shows the result."""
        staff = await self.context.staff(body)
        step = STEPS[action["action_id"]]
        await asyncio.to_thread(step, staff.desk.casework, action["value"], staff.by)

    async def open_answer(self, body: Json, action: Json) -> None:
        case = await self._case(body, action)
        await self.context.open_view(body, comms_views.answer(case, self._clauses(case)))

    async def insert_draft(self, body: Json, action: Json) -> None:
        case, form = await self._case(body, action), body["view"]
        view = comms_views.answer_with_draft(case, self._clauses(case), typed(form))
        await self.context.client.views_update(view_id=form["id"], hash=form["hash"], view=view)

    async def open_correction(self, body: Json, action: Json) -> None:
        case = await self._case(body, action)
        of_case = self.context.service.desk.publishing.of_case
        published = await asyncio.to_thread(of_case, case.ref)
        view = comms_views.correct(case, self._clauses(case), published)
        await self.context.open_view(body, view)

    async def open_publication(self, body: Json, action: Json) -> None:
        case, staff = await self._case(body, action), await self.context.staff(body)
        review_by = staff.today + REVIEW_AFTER
        view = comms_views.publish(case, self._clauses(case), review_by)
        await self.context.open_view(body, view)

    async def open_closing(self, body: Json, action: Json) -> None:
        await self.context.open_view(body, comms_views.close(await self._case(body, action)))

    async def reply_below_card(self, body: Json, to: ReplyTarget) -> None:
        """It may be the answer, or a word among colleagues: a button tells."""
        event, intake = body["event"], self.context.service.desk.intake
        if is_to_colleague(event.get("text") or "", self.context.bot_user):
            return
        card = message_id(event["channel"], event["thread_ts"])
        reply = InboundEvent(body["event_id"], SURFACE, Person(event["user"], ""))
        try:
            ref = await asyncio.to_thread(intake.case_of_reply, reply, card)
        except NoSuchQuestion:
            return
        if isinstance(ref, AlreadySeen):
            return
        if (event.get("text") or "").strip():
            question = _whether_answer(ref, event["thread_ts"], event["ts"])
            self.context.start(body, self.context.responder.tell(to, question))
        else:
            self.context.tell(to, NO_TEXT.format(ref=ref))

    async def send_reply(self, body: Json, action: Json) -> None:
        """As the message is now: it may have been edited since."""
        ref, thread, ts = action["value"].split()
        staff = await self.context.staff(body)
        text = await self._text(await self._message(thread, ts))
        await asyncio.to_thread(staff.desk.casework.answer, ref, staff.by, text)
        self.context.tell(reply_target(body), SENT.format(ref=ref))

    async def keep_reply(self, body: Json, _: Json) -> None:
        self.context.tell(reply_target(body), NOT_SENT)

    async def bot_joined(self, body: Json) -> None:
        """In the channel of comms, for the first time or again: cases whose card could not be
        delivered get it now, also where nothing else happens to them."""
        event, channel = body["event"], self.context.comms_channel
        if event["user"] == self.context.bot_user and event["channel"] == channel:
            show_again = self.context.service.desk.comms_contacts.show_again
            await asyncio.to_thread(show_again, contact(Address(channel)))

    async def _case(self, body: Json, action: Json) -> Case:
        staff = await self.context.staff(body)
        return await asyncio.to_thread(staff.desk.casework.show, action["value"])

    async def _message(self, thread: str, ts: str) -> Json:
        found = await self.context.client.conversations_replies(
            channel=self.context.comms_channel, ts=thread, oldest=ts, latest=ts, inclusive=True
        )
        messages: list[Json] = found["messages"]
        return next((each for each in messages if each["ts"] == ts), {})

    async def _text(self, message: Json) -> str:
        names = await self.context.users.names_in(message.get("text") or "")
        return answer_text(message, names)

    def _clauses(self, case: Case) -> tuple[Quote, ...]:
        """All clauses of all policies, those closest to the case first."""
        every = [
            Quote(policy.name, clause.section, clause.heading, "")
            for policy in self.context.service.policies
            for clause in policy.clauses
        ]
        return (*case.closest, *every)


def _whether_answer(ref: str, thread: str, ts: str) -> MessageContent:
    question = IS_ANSWER.format(ref=ref)
    buttons = [
        button("send_reply", SEND_REPLY, f"{ref} {thread} {ts}", primary=True),
        button("keep_reply", "No", ref),
    ]
    return MessageContent([*paragraphs(question), *actions(buttons)], fallback(question))
