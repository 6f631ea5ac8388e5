"""Ways to ask besides a message: the command, the shortcut on a message, an offered choice."""

from dataclasses import dataclass

from slack_bolt.context.ack.async_ack import AsyncAck

from handlers.conversation.message_flags import MessageFlags, read_flags
from handlers.slack.address import Address, message_id, message_ref
from handlers.slack.blocks import asker_views
from handlers.slack.context import SlackContext
from handlers.slack.listeners.view_state import submitted, typed
from handlers.slack.message_text import plain, question_text
from handlers.slack.payloads import Json, ReplyTarget, reply_target
from handlers.slack.questions import Questions, SlackMessage
from handlers.slack.responder import notice

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
