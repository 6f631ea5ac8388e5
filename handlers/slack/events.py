"""What people say to the bot in Slack, and what becomes of what they said."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from desk.model.case import Case
from desk.model.question import InboundEvent, NoCase
from handlers.conversation import case_wording
from handlers.slack.address import SURFACE, Address, message_id
from handlers.slack.asking import Asking, SlackMessage
from handlers.slack.errors import Json, ReplyTarget, reply_target, said
from handlers.slack.home_view import EXAMPLES
from handlers.slack.mrkdwn import mentions, read, without_mention
from handlers.slack.users import SlackUser

# Whatever else a message event may be (somebody joined, a topic was set) is not said to the bot.
SPOKEN = frozenset(["", "file_share", "thread_broadcast", "me_message"])
TOMBSTONE, SLACKBOT = "tombstone", "USLACKBOT"
NO_OUTSIDERS = (
    "People from outside are in this channel, so I answer no questions here. "
    "Ask me in a direct message or with /policy."
)


@dataclass(frozen=True, slots=True)
class Events:
    """`by_comms` takes what is said in the channel of comms."""

    asking: Asking
    bot_user: str
    comms_channel: str
    by_comms: Callable[[Json, ReplyTarget], Awaitable[None]]

    async def message(self, body: Json) -> None:
        event = body["event"]
        match event.get("subtype", ""):
            case "message_changed":
                await self._changed(body, event)
            case "message_deleted":
                await self._deleted(body, event.get("previous_message", {}))
            case subtype if subtype in SPOKEN and _by_a_person(event):
                await self._heard(body, event)

    async def mention(self, body: Json) -> None:
        event = body["event"]
        if self._among_outsiders(body):
            to = reply_target(body)
            self.asking.work.start(self.asking.teller.tell(to, said(NO_OUTSIDERS)), to)
        elif _by_a_person(event) and not event.get("edited"):
            await self._take(body, event, in_thread=bool(event.get("thread_ts")))

    async def suggest(self, body: Json) -> None:
        """Somebody opened the conversation with the bot, in which nothing may be said yet."""
        event = body["event"]
        known = await self.asking.people.known(event["user"])
        first = EXAMPLES[known.role]
        prompts = [first, *(each for each in EXAMPLES.values() if each != first)]
        await self.asking.client.assistant_threads_setSuggestedPrompts(
            channel_id=event["channel"],
            title="For example",
            prompts=[{"title": each, "message": each} for each in prompts],
        )

    async def _heard(self, body: Json, event: Json) -> None:
        in_thread = bool(event.get("thread_ts"))
        if event["channel_type"] == "im":
            await self._take(body, event, in_thread=in_thread)
        elif mentions(event.get("text", ""), self.bot_user):
            return  # comes as a mention too
        elif not in_thread or self._among_outsiders(body):
            return
        elif await self.asking.has_asked(self._spoken(body, event)):
            await self._take(body, event, in_thread=True)
        elif event["channel"] == self.comms_channel:
            await self.by_comms(body, reply_target(body))

    def _among_outsiders(self, body: Json) -> bool:
        return bool(body.get("is_ext_shared_channel")) and not self.asking.guests

    async def _take(self, body: Json, event: Json, *, in_thread: bool) -> None:
        spoken = self._spoken(body, event)
        take = self.asking.go_on if in_thread else self.asking.ask
        await take(spoken, reply_target(body))

    def _spoken(self, body: Json, event: Json) -> SlackMessage:
        return SlackMessage(
            event_id=body["event_id"],
            user=event["user"],
            ts=event["ts"],
            text=read(without_mention(event.get("text", ""), self.bot_user)),
            address=Address(event["channel"], event.get("thread_ts") or event["ts"]),
        )

    async def _changed(self, body: Json, event: Json) -> None:
        message, before = event.get("message", {}), event.get("previous_message", {})
        if message.get("subtype") == TOMBSTONE:  # what was deleted had replies
            await self._deleted(body, before)
        elif _by_a_person(message) and message.get("text") != before.get("text"):
            # Else Slack only tells that it has unfurled a link.
            await self._edited(body, message)

    async def _edited(self, body: Json, message: Json) -> None:
        if not await self._was_asked(body, message):
            return
        known = await self.asking.people.known(message["user"])
        text = read(without_mention(message.get("text", ""), self.bot_user))
        edited = self.asking.service.desk.case_edits.edited
        await asyncio.to_thread(edited, _deed(body, known), self._id(body, message), text)

    async def _deleted(self, body: Json, message: Json) -> None:
        if not _by_a_person(message) or not await self._was_asked(body, message):
            return
        known = await self.asking.people.known(message["user"])
        deleted = self.asking.service.desk.case_edits.deleted
        case = await asyncio.to_thread(deleted, _deed(body, known), self._id(body, message))
        to = reply_target(body)
        if isinstance(case, Case):
            await self.asking.teller.tell(to, said(case_wording.WITHDRAWN))
        elif isinstance(case, NoCase) and body["event"].get("channel_type") == "im":
            await self.asking.teller.tell(to, said(case_wording.NOTHING_WITHDRAWN))

    async def _was_asked(self, body: Json, message: Json) -> bool:
        """People edit and delete all day where the bot only listens."""
        thread = message.get("thread_ts") or message["ts"]
        return await self.asking.asked_at(Address(body["event"]["channel"], thread))

    def _id(self, body: Json, message: Json) -> str:
        return message_id(body["event"]["channel"], message["ts"])


def _by_a_person(message: Json) -> bool:
    return message.get("user", SLACKBOT) != SLACKBOT and not message.get("bot_id")


def _deed(body: Json, known: SlackUser) -> InboundEvent:
    return InboundEvent(body["event_id"], SURFACE, known.person)
