"""Messages that people write, change and delete where the bot reads them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from desk.model.case import Case
from desk.model.question import InboundEvent, NoCase, StillWithComms
from handlers.conversation.case_wording import FOLLOW_UP_KEPT, NOTHING_WITHDRAWN, WITHDRAWN
from handlers.conversation.edited_messages import take_edit
from handlers.conversation.message_flags import MessageFlags, read_flags
from handlers.slack.address import SURFACE, Address, message_id
from handlers.slack.blocks.home_view import EXAMPLES
from handlers.slack.context import SlackContext
from handlers.slack.message_text import is_to_colleague, mentions, question_text, why_unreadable
from handlers.slack.payloads import Json, ReplyTarget, by_a_person, reply_target
from handlers.slack.questions import Questions, SlackMessage
from handlers.slack.users import SlackUser

# Other message events (somebody joined, a topic was set) are no words of a person.
WRITTEN = frozenset(["", "file_share", "thread_broadcast", "me_message"])
TOMBSTONE = "tombstone"
NO_OUTSIDERS = (
    "People from outside are in this channel, so I answer no questions here. "
    "Ask me in a direct message or with /policy."
)


@dataclass(frozen=True, slots=True)
class Messages:
    """`comms_reply` takes what is written in a thread of the channel of comms."""

    context: SlackContext
    questions: Questions
    comms_reply: Callable[[Json, ReplyTarget], Awaitable[None]]

    async def message(self, body: Json) -> None:
        event = body["event"]
        match event.get("subtype", ""):
            case "message_changed":
                await self._changed(body, event)
            case "message_deleted":
                await self._deleted(body, event.get("previous_message", {}))
            case subtype if subtype in WRITTEN and by_a_person(event):
                await self._written(body, event)

    async def mention(self, body: Json) -> None:
        event = body["event"]
        if not by_a_person(event) or event.get("edited") or self._to_colleague(event):
            return
        if self._with_outsiders(body):
            await self.context.tell_once(body["event_id"], reply_target(body), NO_OUTSIDERS)
        else:
            await self._take(body, event)

    async def suggest(self, body: Json) -> None:
        """The person opened the conversation with the bot, which may be empty."""
        event = body["event"]
        user = await self.context.users.user(event["user"])
        first = EXAMPLES[user.role]
        prompts = [first, *(each for each in EXAMPLES.values() if each != first)]
        await self.context.client.assistant_threads_setSuggestedPrompts(
            channel_id=event["channel"],
            title="For example",
            prompts=[{"title": each, "message": each} for each in prompts],
        )

    async def _written(self, body: Json, event: Json) -> None:
        if event["channel_type"] == "im":
            await self._take(body, event)
        elif self._is_for_bot_in_thread(body, event):
            address = _address(event)
            if await self.questions.has_asked(event["user"], address):
                await self._take(body, event)
            elif event["channel"] == self.context.comms_channel:
                await self.comms_reply(body, reply_target(body))

    def _is_for_bot_in_thread(self, body: Json, event: Json) -> bool:
        """Not if it mentions the bot: then it comes as a mention too."""
        if mentions(event.get("text") or "", self.context.bot_user) or self._to_colleague(event):
            return False
        return bool(event.get("thread_ts")) and not self._with_outsiders(body)

    def _to_colleague(self, event: Json) -> bool:
        return is_to_colleague(event.get("text") or "", self.context.bot_user)

    def _with_outsiders(self, body: Json) -> bool:
        return bool(body.get("is_ext_shared_channel")) and not self.context.answer_guests

    async def _take(self, body: Json, event: Json) -> None:
        to = reply_target(body)
        if unreadable := why_unreadable(event, self.context.bot_user):
            await self.context.tell_once(body["event_id"], to, unreadable)
            return
        message = SlackMessage(
            body["event_id"], event["user"], event["ts"], self._flags(event), _address(event)
        )
        if event.get("thread_ts"):
            await self.questions.continue_thread(message, to)
        else:
            await self.questions.ask(message, to)

    def _flags(self, message: Json) -> MessageFlags:
        """The flags of a message, whether it is new, changed or deleted."""
        return read_flags(question_text(message, self.context.bot_user))

    async def _changed(self, body: Json, event: Json) -> None:
        after, before = event.get("message", {}), event.get("previous_message", {})
        if after.get("subtype") == TOMBSTONE:  # what was deleted had replies
            await self._deleted(body, before)
        elif by_a_person(after) and self._flags(after) != self._flags(before):
            # Where the words are the same, Slack tells of an unfurled link or of formatting.
            await self._edited(body, after)

    async def _edited(self, body: Json, after: Json) -> None:
        if not await self._was_asked(body, after):
            return
        user = await self.context.users.user(after["user"])
        edit = await asyncio.to_thread(
            take_edit,
            self.context.service.case_additions,
            _inbound(body, user),
            _id(body, after),
            self._flags(after),
            user.preferences,
        )
        if edit.notice:
            self.context.tell(reply_target(body), edit.notice)

    async def _deleted(self, body: Json, message: Json) -> None:
        if not by_a_person(message) or not await self._was_asked(body, message):
            return
        user = await self.context.users.user(message["user"])
        deleted = self.context.service.desk.case_edits.deleted
        case = await asyncio.to_thread(deleted, _inbound(body, user), _id(body, message))
        to = reply_target(body)
        if isinstance(case, Case):
            self.context.tell(to, WITHDRAWN)
        elif isinstance(case, StillWithComms):
            self.context.tell(to, FOLLOW_UP_KEPT.format(ref=case.ref))
        elif isinstance(case, NoCase) and body["event"].get("channel_type") == "im":
            await self.context.tell_once(body["event_id"], to, NOTHING_WITHDRAWN)

    async def _was_asked(self, body: Json, message: Json) -> bool:
        """People edit and delete all day where the bot only listens."""
        address = _address({**message, "channel": body["event"]["channel"]})
        return await self.questions.asked_at(address)


def _address(message: Json) -> Address:
    thread = message.get("thread_ts") or message["ts"]
    channel = message["channel"]
    asker = "" if channel.startswith("D") else message["user"]
    return Address(channel, thread, asker=asker)


def _id(body: Json, message: Json) -> str:
    return message_id(body["event"]["channel"], message["ts"])


def _inbound(body: Json, user: SlackUser) -> InboundEvent:
    return InboundEvent(body["event_id"], SURFACE, user.person)
