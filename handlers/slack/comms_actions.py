"""What comms do in Slack: the buttons of a case, the forms behind them, a reply in its thread."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from desk.model.case import Case, Quote
from desk.model.errors import NoSuchQuestion, Refused
from desk.model.people import Person
from desk.model.precedent import Precedent, Reviewed
from desk.model.question import AlreadySeen, InboundEvent
from desk.services.casework import Casework
from handlers.conversation.staff_context import StaffContext
from handlers.slack import comms_views as views
from handlers.slack.address import SURFACE, message_id
from handlers.slack.asking import Asking
from handlers.slack.block_kit import Shown, actions, button, primary, words
from handlers.slack.errors import Json, ReplyTarget, reply_target, said
from handlers.slack.mrkdwn import fallback, read
from handlers.slack.view_state import chosen, day, submitted, typed

YEAR = timedelta(days=365)
NOT_COMMS = "Only the communications team may do this."
IS_ANSWER = "Send this to everybody who asked, as the answer to {ref}?"
SENT = "Sent as the answer to {ref}."
LEFT = "It stays here, among the communications team."
PUBLISHED = "{ref} is {state}, to be reviewed by {day:%d %B %Y}."
DEEDS: dict[str, Callable[[Casework, str, Person], Case]] = {
    "claim": Casework.claim,
    "take_over": Casework.take_over,
    "release": Casework.release,
    "reopen": Casework.reopen,
}


@dataclass(frozen=True, slots=True)
class Comms:
    """`refresh` brings the App Home up to date after something was done from there."""

    asking: Asking
    channel: str
    refresh: Callable[[Json], Coroutine[Any, Any, None]]

    async def step(self, body: Json, action: Json) -> None:
        """What needs no form; the card says what became of it."""
        office = await self._office(body)
        step = DEEDS[action["action_id"]]
        await asyncio.to_thread(step, office.desk.casework, action["value"], office.by)

    async def answer(self, body: Json, action: Json) -> None:
        case = await self._case(body, action)
        await self._open(body, views.answer(case, self._clauses(case)))

    async def correct(self, body: Json, action: Json) -> None:
        case = await self._case(body, action)
        await self._open(body, views.correct(case, self._clauses(case)))

    async def publish(self, body: Json, action: Json) -> None:
        case = await self._case(body, action)
        review_by = (self.asking.service.clock.now() + YEAR).date()
        await self._open(body, views.publish(case, self._clauses(case), review_by))

    async def close(self, body: Json, action: Json) -> None:
        await self._open(body, views.close(await self._case(body, action)))

    async def answered(self, ack: AsyncAck, body: Json, view: Json) -> None:
        await self._filled_in(ack, body, view, _answer)

    async def corrected(self, ack: AsyncAck, body: Json, view: Json) -> None:
        await self._filled_in(ack, body, view, _correct)

    async def closed(self, ack: AsyncAck, body: Json, view: Json) -> None:
        await self._filled_in(ack, body, view, _close)

    async def published(self, ack: AsyncAck, body: Json, view: Json) -> None:
        await self._filled_in(ack, body, view, _publish)

    async def said_in_thread(self, body: Json, to: ReplyTarget) -> None:
        """Beneath a card it may be the answer, or a word among colleagues: one press tells."""
        event, intake = body["event"], self.asking.service.desk.intake
        card = message_id(event["channel"], event["thread_ts"])
        replied = InboundEvent(body["event_id"], SURFACE, Person(event["user"], ""))
        try:
            ref = await asyncio.to_thread(intake.case_of_reply, replied, card)
        except NoSuchQuestion:
            return
        if not isinstance(ref, AlreadySeen):
            await self.asking.teller.tell(to, _asked_whether(ref, event["thread_ts"], event["ts"]))

    async def send_reply(self, body: Json, action: Json) -> None:
        """What the message says at this moment: it may have been edited since."""
        ref, thread, ts = action["value"].split()
        office = await self._office(body)
        text = await self._text_of(thread, ts)
        await asyncio.to_thread(office.desk.casework.answer, ref, office.by, text)
        self._then(body, self.asking.teller.tell(reply_target(body), said(SENT.format(ref=ref))))

    async def leave_reply(self, body: Json, _: Json) -> None:
        self._then(body, self.asking.teller.tell(reply_target(body), said(LEFT)))

    async def _filled_in(
        self,
        ack: AsyncAck,
        body: Json,
        view: Json,
        do: Callable[[StaffContext, Json], Case | Precedent],
    ) -> None:
        office = await self._office(body)
        for outcome in await submitted(ack, asyncio.to_thread(do, office, view)):
            if isinstance(outcome, Precedent):
                self._then(body, self._tell_published(body, outcome))
        self._then(body, self.refresh(body))

    async def _tell_published(self, body: Json, published: Precedent) -> None:
        told = PUBLISHED.format(ref=published.ref, state=published.state, day=published.review_by)
        await self.asking.teller.tell(ReplyTarget(body["user"]["id"], self.channel), said(told))

    async def _office(self, body: Json) -> StaffContext:
        """The desk in the hands of who pressed. Raises Refused for others than comms."""
        user = body["user"]["id"]
        here = (body.get("channel") or {}).get("id") == self.channel
        if not here and not await self.asking.people.of_comms(user):
            raise Refused(NOT_COMMS)
        known = await self.asking.people.known(user)
        return self.asking.service.office(known.person)

    async def _case(self, body: Json, action: Json) -> Case:
        office = await self._office(body)
        return await asyncio.to_thread(office.desk.casework.show, action["value"])

    async def _text_of(self, thread: str, ts: str) -> str:
        found = await self.asking.client.conversations_replies(
            channel=self.channel, ts=thread, oldest=ts, latest=ts, inclusive=True
        )
        texts = [each.get("text", "") for each in found["messages"] if each["ts"] == ts]
        return read("".join(texts))

    def _clauses(self, case: Case) -> tuple[Quote, ...]:
        """The closest first."""
        every = [
            Quote(policy.name, clause.section, clause.heading, "")
            for policy in self.asking.service.policies
            for clause in policy.clauses
        ]
        return (*case.closest, *every)

    async def _open(self, body: Json, view: Json) -> None:
        await self.asking.client.views_open(trigger_id=body["trigger_id"], view=view)

    def _then(self, body: Json, deed: Coroutine[Any, Any, object]) -> None:
        self.asking.work.start(deed, reply_target(body))


def _asked_whether(ref: str, thread: str, ts: str) -> Shown:
    asked = IS_ANSWER.format(ref=ref)
    buttons = [
        primary(button("send_reply", "Send as the answer", f"{ref} {thread} {ts}")),
        button("leave_reply", "No", ref),
    ]
    return Shown([*words(asked), *actions(buttons)], fallback(asked))


def _answer(office: StaffContext, view: Json) -> Case:
    cited = office.quotes(chosen(view, views.CLAUSES))
    return office.desk.casework.answer(view["private_metadata"], office.by, typed(view), cited)


def _correct(office: StaffContext, view: Json) -> Case:
    cited = office.quotes(chosen(view, views.CLAUSES))
    return office.desk.casework.correct(view["private_metadata"], office.by, typed(view), cited)


def _close(office: StaffContext, view: Json) -> Case:
    return office.desk.casework.close(view["private_metadata"], office.by, typed(view))


def _publish(office: StaffContext, view: Json) -> Precedent:
    case = office.desk.casework.show(view["private_metadata"])
    reviewed = Reviewed(
        question=typed(view, views.QUESTION),
        text=typed(view),
        cited=office.interpreted(case, chosen(view, views.CLAUSES)),
        owner=typed(view, views.OWNER),
        review_by=day(view, views.REVIEW),
    )
    return office.desk.publishing.publish(case.ref, office.by, reviewed)
