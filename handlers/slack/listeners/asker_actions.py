"""What askers do with a reply or a case: press a button, or send the form behind it."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from desk.model.case import Case, Naming
from desk.model.errors import Refused
from desk.model.question import InboundEvent, Verdict
from handlers.conversation.case_wording import REMARK_SAVED, WITH_COMMS, WITHDRAWN
from handlers.conversation.escalation import EscalationOptions
from handlers.conversation.message_flags import read_flags
from handlers.conversation.reply_message import ReplyMessage, Voice
from handlers.conversation.whole_clause import whole_clause
from handlers.slack.address import SURFACE
from handlers.slack.blocks import asker_views, comms_views, reply_blocks
from handlers.slack.blocks.reply_blocks import read_quote
from handlers.slack.context import SlackContext
from handlers.slack.listeners.view_state import submitted, typed
from handlers.slack.payloads import Json, reply_target
from handlers.slack.questions import Questions
from handlers.slack.users import SlackUser

NOT_SHARED = "My answer to this has changed, so I have not shared it. Please ask again."
UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class AskerActions:
    """`refresh_home` brings the App Home up to date after something was pressed there."""

    context: SlackContext
    questions: Questions
    refresh_home: Callable[[Json], Coroutine[Any, Any, None]]

    async def feedback(self, body: Json, action: Json) -> None:
        question_id, _, verdict = action["value"].partition(" ")
        self.context.start(body, self._feedback(body, int(question_id), Verdict(verdict)))

    async def confirm(self, body: Json, action: Json) -> None:
        question_id, _, number = action["value"].partition(" ")
        self.context.start(body, self._confirm(body, int(question_id), int(number)))

    async def ask_comms(self, body: Json, action: Json) -> None:
        self.context.start(body, self._ask_comms(body, action))

    async def show_clause(self, body: Json, action: Json) -> None:
        quote = read_quote(action["value"])
        found = whole_clause(self.context.service.policies, quote)
        await self.context.open_view(body, asker_views.whole_clause(found, quote.text))

    async def show_answer(self, body: Json, action: Json) -> None:
        for case in await self._cases(await self.context.user(body)):
            if case.ref == action["value"]:
                answer = comms_views.last_answer(case)
                await self.context.open_view(body, asker_views.whole_answer(case.ref, answer))

    async def open_follow_up(self, body: Json, action: Json) -> None:
        await self.context.open_view(body, asker_views.follow_up(action["value"]))

    async def open_remark(self, body: Json, action: Json) -> None:
        await self.context.open_view(body, asker_views.remark(action["value"]))

    async def withdraw(self, body: Json, action: Json) -> None:
        user = await self.context.user(body)
        withdraw = self.context.service.desk.case_edits.withdraw
        event = InboundEvent(body["trigger_id"], SURFACE, user.person)
        await asyncio.to_thread(withdraw, event, action["value"])
        self.context.tell(reply_target(body), WITHDRAWN)
        self.context.start(body, self.refresh_home(body))

    async def share(self, body: Json, action: Json) -> None:
        self.context.start(body, self._share(body, int(action["value"])))

    async def follow_up(self, ack: AsyncAck, body: Json, view: Json) -> None:
        user = await self.context.user(body)
        event = InboundEvent(view["id"], SURFACE, user.person)
        ref, flags = view["private_metadata"], read_flags(typed(view))
        await submitted(ack, view, self.questions.follow_up(event, ref, flags, user))
        self.context.start(body, self.refresh_home(body))

    async def remark(self, ack: AsyncAck, body: Json, view: Json) -> None:
        user, question_id = await self.context.user(body), int(view["private_metadata"])
        remark = self._judge(user, question_id, Verdict.NOT_HELPFUL, typed(view))
        if await submitted(ack, view, remark):
            self.context.tell(reply_target(body), REMARK_SAVED)

    async def _feedback(self, body: Json, question_id: int, verdict: Verdict) -> None:
        user = await self.context.user(body)
        reply = await self._judge(user, question_id, verdict)
        await self.context.responder.tell(reply_target(body), reply_blocks.after_verdict(reply))

    async def _confirm(self, body: Json, question_id: int, number: int) -> None:
        user = await self.context.user(body)
        confirm = self.context.service.question_actions.confirm
        reply = await asyncio.to_thread(confirm, question_id, user.person, number)
        await self.context.responder.tell(reply_target(body), reply_blocks.after_verdict(reply))

    async def _judge(
        self, user: SlackUser, question_id: int, verdict: Verdict, remark: str = ""
    ) -> ReplyMessage:
        judge = self.context.service.question_actions.judge
        return await asyncio.to_thread(judge, question_id, user.person, verdict, remark)

    async def _ask_comms(self, body: Json, action: Json) -> None:
        user = await self.context.user(body)
        actions = self.context.service.question_actions
        unhappy = action["action_id"].startswith("complain")
        to_comms = actions.complain if unhappy else actions.ask_comms
        unnamed = action["action_id"].endswith(UNNAMED)
        naming = Naming.UNNAMED if unnamed else user.preferences.naming
        options = EscalationOptions(naming, user.preferences.personal_data)
        before = {case.ref for case in await self._cases(user)}
        case = await asyncio.to_thread(to_comms, int(action["value"]), user.person, options)
        if case.ref in before:  # else the receipt says it
            self.context.tell(reply_target(body), WITH_COMMS.format(ref=case.ref))

    async def _cases(self, user: SlackUser) -> tuple[Case, ...]:
        return await asyncio.to_thread(self.context.service.desk.intake.cases_of, user.person)

    async def _share(self, body: Json, question_id: int) -> None:
        user = await self.context.user(body)
        intake = self.context.service.desk.intake
        question = await asyncio.to_thread(intake.asked_by, user.person, question_id)
        reply_now = self.context.service.question_actions.reply_now
        reply = await asyncio.to_thread(reply_now, question_id, user.person)
        if reply.voice is Voice.BOT:
            raise Refused(NOT_SHARED)
        pages = self.context.service.pages
        content = reply_blocks.shared_reply(reply, question.text, user.person.name, pages)
        in_channel = {"response_type": "in_channel", "replace_original": False}
        message = {**content.as_json(), **in_channel, "unfurl_links": False}
        await self.context.responder.response_urls.post(body["response_url"], message)
