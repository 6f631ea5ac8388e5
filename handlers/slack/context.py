"""What every listener works with."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from desk.model.errors import Refused
from desk.model.people import Person
from desk.model.question import InboundEvent
from handlers.conversation.services import Services
from handlers.conversation.staff_context import StaffContext
from handlers.slack.address import SURFACE
from handlers.slack.payloads import Json, ReplyTarget, reply_target
from handlers.slack.responder import BackgroundTasks, Responder, notice
from handlers.slack.users import SlackUser, Users

NOT_COMMS = "Only the communications team may do this."


@dataclass(frozen=True, slots=True)
class SlackContext:
    """`bot_user` is the bot's id. `comms_channel` may be empty. `answer_guests`: whether people
    from outside the organisation are answered."""

    service: Services
    client: AsyncWebClient
    users: Users
    background: BackgroundTasks
    bot_user: str
    comms_channel: str
    answer_guests: bool

    @property
    def responder(self) -> Responder:
        return self.background.responder

    async def user(self, body: Json) -> SlackUser:
        """Who pressed or submitted."""
        return await self.users.user(body["user"]["id"])

    async def staff(self, body: Json) -> StaffContext:
        """The desk for the colleague of comms who pressed. Raises Refused for everybody else: a
        channel may be public, so that seeing a card is not enough."""
        if not await self.users.is_comms(body["user"]["id"]):
            raise Refused(NOT_COMMS)
        user = await self.user(body)
        return self.service.office(user.person)

    async def open_view(self, body: Json, view: View) -> None:
        await self.client.views_open(trigger_id=body["trigger_id"], view=view)

    def start(self, body: Json, work: Coroutine[Any, Any, object]) -> None:
        """Goes on after the acknowledgement of `body`."""
        self.background.start(work, reply_target(body))

    def tell(self, to: ReplyTarget, text: str) -> None:
        self.background.start(self.responder.tell(to, notice(text)), to)

    async def tell_once(self, event_id: str, to: ReplyTarget, text: str) -> None:
        """Slack may deliver the event again; the sentence is not repeated."""
        event = InboundEvent(event_id, SURFACE, Person(to.user, ""))
        if await asyncio.to_thread(self.service.desk.intake.is_first, event):
            self.tell(to, text)
