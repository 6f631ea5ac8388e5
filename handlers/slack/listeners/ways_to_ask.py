"""Ways to ask besides a message: the command, the shortcuts, an offered choice, an example."""

import asyncio
from dataclasses import dataclass, replace

from aiohttp import ClientError
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from handlers.conversation.message_flags import MessageFlags, read_flags
from handlers.slack.address import Address, message_id, message_ref
from handlers.slack.blocks import asker_views
from handlers.slack.context import SlackContext
from handlers.slack.listeners.view_state import chosen, submitted, typed
from handlers.slack.message_text import plain, question_text
from handlers.slack.payloads import Json, ReplyTarget, reply_target
from handlers.slack.questions import Questions, SlackMessage
from handlers.slack.responder import notice

THREAD_SECONDS = 1.5  # of the three in which Slack wants a form to be acknowledged
CHOSEN = "You asked: “{choice}”"


@dataclass(frozen=True, slots=True)
class WaysToAsk:
    context: SlackContext
    questions: Questions

    async def command(self, ack: AsyncAck, body: Json) -> None:
        """Only the person who typed it sees the answer."""
        user, channel, trigger = body["user_id"], body["channel_id"], body["trigger_id"]
        flags = read_flags(plain(body.get("text") or ""))
        message = SlackMessage(trigger, user, trigger, flags, Address(channel, user=user))
        await self.questions.ask(message, reply_target(body))
        await ack()

    async def shortcut(self, body: Json) -> None:
        """Opens a form that begins with the words of the message."""
        message = body["message"]
        where = message_id(body["channel"]["id"], message["ts"])
        view = asker_views.ask_about(question_text(message, self.context.bot_user), where)
        await self.context.open_view(body, view)

    async def asked_about(self, ack: AsyncAck, body: Json, view: Json) -> None:
        channel, user = message_ref(view["private_metadata"]).channel, body["user"]["id"]
        flags = read_flags(typed(view))
        address = Address(channel, user=user)
        message = SlackMessage(view["id"], user, view["id"], flags, address)
        await submitted(ack, view, self.questions.ask(message, ReplyTarget(user, channel)))

    async def open_form(self, body: Json) -> None:
        """From anywhere in Slack."""
        user = await self.context.user(body)
        await self.context.open_view(body, asker_views.ask_policy(user.preferences))

    async def asked_in_form(self, ack: AsyncAck, body: Json, view: Json) -> None:
        ticked = chosen(view, asker_views.HOW_TO_ASK)
        flags = read_flags(typed(view))
        flags = replace(
            flags,
            unnamed=flags.unnamed or asker_views.UNNAMED in ticked,
            keep=flags.keep or asker_views.KEEP in ticked,
        )
        await submitted(ack, view, self._ask_in_chat(body["user"]["id"], view["id"], flags))

    async def example(self, body: Json, action: Json) -> None:
        """Asks the question on the button, which is in the App Home."""
        press = f"{body['view']['id']}/{action['action_ts']}"
        flags = MessageFlags(action["value"])
        self.context.start(body, self._ask_in_chat(body["user"]["id"], press, flags))

    async def _ask_in_chat(self, user_id: str, event_id: str, flags: MessageFlags) -> None:
        """In the direct message, in a thread that begins with the question."""
        address = await self._begin_thread(user_id, CHOSEN.format(choice=flags.text))
        message = SlackMessage(event_id, user_id, address.thread or event_id, flags, address)
        await self.questions.ask(message, ReplyTarget(user_id, address.channel, address.thread))

    async def _begin_thread(self, user_id: str, first: str) -> Address:
        """Where Slack takes long or refuses, the answer comes without a thread of its own."""
        client = self.context.client
        try:
            async with asyncio.timeout(THREAD_SECONDS):
                opened = await client.conversations_open(users=user_id)
                channel = str(opened["channel"]["id"])
                sent = await client.chat_postMessage(
                    channel=channel, unfurl_links=False, **notice(first).as_json()
                )
        except (SlackApiError, ClientError, OSError, TimeoutError):
            return Address(user_id)
        return Address(channel, str(sent["ts"]))

    async def choice(self, body: Json, action: Json) -> None:
        """Asks the question that the button offers, where it was offered."""
        where, user = body["container"], body["user"]["id"]
        id_of_press = f"{where['message_ts']}/{action['action_id']}"
        message = SlackMessage(
            event_id=f"{where['channel_id']}/{id_of_press}",
            user_id=user,
            ts=id_of_press,
            flags=MessageFlags(action["value"]),
            address=_address(where, user),
        )
        self.context.start(body, self._choose(reply_target(body), message))

    async def _choose(self, to: ReplyTarget, message: SlackMessage) -> None:
        await self.questions.ask(message, to)
        content = notice(CHOSEN.format(choice=message.text)).as_json()
        urls = self.context.responder.response_urls
        await urls.post(to.response_url, {**content, "replace_original": True})


def _address(container: Json, user: str) -> Address:
    channel = container["channel_id"]
    if container.get("is_ephemeral"):
        return Address(channel, user=user)
    thread = container.get("thread_ts") or container["message_ts"]
    return Address(channel, thread, asker="" if channel.startswith("D") else user)
