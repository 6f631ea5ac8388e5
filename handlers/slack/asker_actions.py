"""What askers press in Slack, and the forms that follow."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.webhook.async_client import AsyncWebhookClient

from desk.model import question as asked
from desk.model.case import Case, Naming
from desk.model.errors import Refused
from desk.model.question import InboundEvent, Verdict
from handlers.conversation import case_wording, reply_message
from handlers.conversation.escalation import EscalationOptions
from handlers.conversation.question_actions import as_asked
from handlers.conversation.reply_message import ReplyMessage, Voice
from handlers.conversation.whole_clause import whole_clause
from handlers.slack import asker_views, comms_views, reply_blocks
from handlers.slack.address import SURFACE, Address, message_id, place
from handlers.slack.asking import Asking, SlackMessage
from handlers.slack.errors import Json, ReplyTarget, reply_target, said
from handlers.slack.mrkdwn import read
from handlers.slack.reply_blocks import read_quote
from handlers.slack.users import SlackUser
from handlers.slack.view_state import submitted, typed

NO_LONGER = "I would no longer answer this so. Ask me again."
CHOSEN = "You asked: “{choice}”"
UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Actions:
    """`refresh` brings the App Home up to date after something was pressed there."""

    asking: Asking
    refresh: Callable[[Json], Coroutine[Any, Any, None]]

    async def feedback(self, body: Json, action: Json) -> None:
        number, _, verdict = action["value"].partition(" ")
        self._then(body, self._judge(body, int(number), Verdict(verdict), ""))

    async def to_comms(self, body: Json, action: Json) -> None:
        self._then(body, self._pass_on(body, action))

    async def choice(self, body: Json, action: Json) -> None:
        """A question of its own, asked where the choice was offered."""
        where = body["container"]
        private = bool(where.get("is_ephemeral"))
        thread = "" if private else where.get("thread_ts") or where["message_ts"]
        user = body["user"]["id"]
        once = f"{where['message_ts']}/{action['action_id']}"
        spoken = SlackMessage(
            event_id=f"{where['channel_id']}/{once}",
            user=user,
            ts=once,
            text=action["value"],
            address=Address(where["channel_id"], thread, user if private else ""),
        )
        self._then(body, self._choose(body, spoken))

    async def clause(self, body: Json, action: Json) -> None:
        quote = read_quote(action["value"])
        found = whole_clause(self.asking.service.policies, quote)
        await self._open(body, asker_views.whole_clause(found, quote.text))

    async def read_on(self, body: Json, action: Json) -> None:
        known = await self._who(body)
        mine = await asyncio.to_thread(self.asking.service.desk.intake.cases_of, known.person)
        for case in mine:
            if case.ref == action["value"]:
                answer = comms_views.last_answer(case)
                await self._open(body, asker_views.whole_answer(case.ref, answer))

    async def add(self, body: Json, action: Json) -> None:
        await self._open(body, asker_views.add(action["value"]))

    async def tell(self, body: Json, action: Json) -> None:
        await self._open(body, asker_views.missing(action["value"]))

    async def withdraw(self, body: Json, action: Json) -> None:
        known = await self._who(body)
        withdraw = self.asking.service.desk.case_edits.withdraw
        deed = InboundEvent(body["trigger_id"], SURFACE, known.person)
        await asyncio.to_thread(withdraw, deed, action["value"])
        self._then(body, self.asking.teller.tell(reply_target(body), said(case_wording.WITHDRAWN)))
        self._then(body, self.refresh(body))

    async def share(self, body: Json, action: Json) -> None:
        self._then(body, self._share(body, int(action["value"])))

    async def added(self, ack: AsyncAck, body: Json, view: Json) -> None:
        known = await self._who(body)
        deed = InboundEvent(view["id"], SURFACE, known.person)
        await submitted(ack, self.asking.add(deed, view["private_metadata"], typed(view), known))
        self._then(body, self.refresh(body))

    async def told(self, ack: AsyncAck, body: Json, view: Json) -> None:
        await ack()
        number = int(view["private_metadata"])
        self._then(body, self._judge(body, number, Verdict.NOT_HELPFUL, typed(view)))

    async def shortcut(self, body: Json) -> None:
        """On somebody's message: what they wrote is where the question begins."""
        message = body["message"]
        where = message_id(body["channel"]["id"], message["ts"])
        await self._open(body, asker_views.ask_about(read(message.get("text", "")), where))

    async def asked_about(self, ack: AsyncAck, body: Json, view: Json) -> None:
        where = place(view["private_metadata"])
        user = body["user"]["id"]
        address = Address(where.channel, user=user)
        spoken = SlackMessage(view["id"], user, view["id"], typed(view), address)
        await submitted(ack, self.asking.ask(spoken, ReplyTarget(user, where.channel)))

    async def command(self, ack: AsyncAck, body: Json) -> None:
        """Only who typed it sees the answer."""
        user, channel, trigger = body["user_id"], body["channel_id"], body["trigger_id"]
        text, address = read(body.get("text", "")), Address(channel, user=user)
        spoken = SlackMessage(trigger, user, trigger, text, address)
        await self.asking.ask(spoken, reply_target(body))
        await ack()

    async def _judge(self, body: Json, number: int, verdict: Verdict, word: str) -> None:
        known = await self._who(body)
        judge = self.asking.service.question_actions.judge
        says = await asyncio.to_thread(judge, number, known.person, verdict, word)
        if word:
            says = ReplyMessage(number, says.voice, case_wording.REMARK_SAVED)
        await self.asking.teller.tell(reply_target(body), reply_blocks.unhelpful(says))

    async def _pass_on(self, body: Json, action: Json) -> None:
        known = await self._who(body)
        passing_on = self.asking.service.question_actions
        unhappy = action["action_id"].startswith("complain")
        pass_on = passing_on.complain if unhappy else passing_on.ask_comms
        unnamed = action["action_id"].endswith(UNNAMED)
        naming = Naming.UNNAMED if unnamed else known.chosen.naming
        how = EscalationOptions(naming, known.chosen.personal_data)
        before = await asyncio.to_thread(self._refs, known)
        case = await asyncio.to_thread(pass_on, int(action["value"]), known.person, how)
        if case.ref in before:  # else the receipt says so
            with_comms = said(case_wording.WITH_COMMS.format(ref=case.ref))
            await self.asking.teller.tell(reply_target(body), with_comms)

    def _refs(self, known: SlackUser) -> frozenset[str]:
        mine: tuple[Case, ...] = self.asking.service.desk.intake.cases_of(known.person)
        return frozenset(case.ref for case in mine)

    async def _choose(self, body: Json, spoken: SlackMessage) -> None:
        await self.asking.ask(spoken, reply_target(body))
        chosen = said(CHOSEN.format(choice=spoken.text))
        await AsyncWebhookClient(body["response_url"]).send_dict(
            {"replace_original": True, "text": chosen.text, "blocks": list(chosen.blocks)}
        )

    async def _share(self, body: Json, number: int) -> None:
        known = await self._who(body)
        reception = self.asking.service.desk.intake
        question = await asyncio.to_thread(reception.asked_by, known.person, number)
        says = await asyncio.to_thread(self._said_to, question)
        if says.voice is Voice.BOT:
            raise Refused(NO_LONGER)
        pages = self.asking.service.pages
        shown = reply_blocks.shared_reply(says, question.text, known.person.name, pages)
        await AsyncWebhookClient(body["response_url"]).send_dict(
            {
                "response_type": "in_channel",
                "replace_original": False,
                "text": shown.text,
                "blocks": list(shown.blocks),
                "unfurl_links": False,
            }
        )

    def _said_to(self, question: asked.Question) -> ReplyMessage:
        """What the bot says to it now: an answer that no longer holds is not spread."""
        conversation = self.asking.service.conversation
        precedent = conversation.published.answer_to(as_asked(question))
        if precedent is not None:
            return reply_message.from_precedent(
                precedent, question.id, conversation.desk.hours.zone
            )
        return reply_message.from_reply(conversation.answers.reply(as_asked(question)), question.id)

    async def _who(self, body: Json) -> SlackUser:
        return await self.asking.people.known(body["user"]["id"])

    async def _open(self, body: Json, view: Json) -> None:
        await self.asking.client.views_open(trigger_id=body["trigger_id"], view=view)

    def _then(self, body: Json, deed: Coroutine[Any, Any, object]) -> None:
        self.asking.work.start(deed, reply_target(body))
