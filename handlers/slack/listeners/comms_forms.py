"""The forms that comms send: answer, correct, publish, close."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_bolt.context.ack.async_ack import AsyncAck

from desk.model.case import Case
from desk.model.precedent import Precedent, Reviewed
from handlers.conversation import publishing
from handlers.conversation.publishing import Correction, correction_line
from handlers.conversation.staff_context import StaffContext
from handlers.slack.blocks import comms_views
from handlers.slack.context import SlackContext
from handlers.slack.listeners.view_state import chosen, day, submitted, typed
from handlers.slack.payloads import Json, ReplyTarget

T = TypeVar("T", Case, Correction, Precedent)
PUBLISHED = "{ref} is {state}, to be reviewed by {day:%d %B %Y}."


@dataclass(frozen=True, slots=True)
class CommsForms:
    """`refresh_home` brings the App Home up to date, from where a form may have been opened."""

    context: SlackContext
    refresh_home: Callable[[Json], Coroutine[Any, Any, None]]

    async def answer(self, ack: AsyncAck, body: Json, view: Json) -> None:
        await self._submit(ack, body, view, _answer)

    async def correct(self, ack: AsyncAck, body: Json, view: Json) -> None:
        corrected = await self._submit(ack, body, view, _correct)
        if corrected is not None and (line := correction_line(corrected)):
            self.context.tell(self._in_channel(body), line)

    async def close(self, ack: AsyncAck, body: Json, view: Json) -> None:
        await self._submit(ack, body, view, _close)

    async def publish(self, ack: AsyncAck, body: Json, view: Json) -> None:
        published = await self._submit(ack, body, view, _publish)
        if published is not None:
            text = PUBLISHED.format(
                ref=published.ref, state=published.state, day=published.review_by
            )
            self.context.tell(self._in_channel(body), text)

    async def _submit(
        self, ack: AsyncAck, body: Json, view: Json, work: Callable[[StaffContext, Json], T]
    ) -> T | None:
        staff = await self.context.staff(body)
        done = await submitted(ack, view, asyncio.to_thread(work, staff, view))
        self.context.start(body, self.refresh_home(body))
        return done.result if done else None

    def _in_channel(self, body: Json) -> ReplyTarget:
        """A form does not say from where it was opened."""
        return ReplyTarget(body["user"]["id"], self.context.comms_channel)


def _answer(staff: StaffContext, view: Json) -> Case:
    cited = staff.quotes(chosen(view, comms_views.CLAUSES))
    return staff.desk.casework.answer(view["private_metadata"], staff.by, typed(view), cited)


def _correct(staff: StaffContext, view: Json) -> Correction:
    cited = staff.quotes(chosen(view, comms_views.CLAUSES))
    published_too = bool(chosen(view, comms_views.PUBLISHED_TOO))
    return publishing.correct(
        staff, view["private_metadata"], typed(view), cited, published_too=published_too
    )


def _close(staff: StaffContext, view: Json) -> Case:
    return staff.desk.casework.close(view["private_metadata"], staff.by, typed(view))


def _publish(staff: StaffContext, view: Json) -> Precedent:
    case = staff.desk.casework.show(view["private_metadata"])
    reviewed = Reviewed(
        question=typed(view, comms_views.QUESTION),
        text=typed(view),
        cited=staff.interpreted(case, chosen(view, comms_views.CLAUSES)),
        owner=typed(view, comms_views.OWNER),
        review_by=day(view, comms_views.REVIEW),
    )
    return publishing.publish(staff, case.ref, reviewed)
