"""People in Slack: what they say and ask for."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.handlers.slack.fake import events, interactions
from tests.handlers.slack.fake.delivery import Delivery, Kind
from tests.handlers.slack.fake.forms import CannotDo
from tests.handlers.slack.fake.reading import typed
from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.response_urls import respond
from tests.handlers.slack.fake.screen import Message
from tests.handlers.slack.fake.state import ResponseUrl
from tests.handlers.slack.fake.viewer import Sight
from tests.handlers.slack.fake.workspace import BOT_USER, Channel


@dataclass(frozen=True)
class Speech(Sight):
    """`deliver` waits until the app has acknowledged, or until Slack gives up."""

    deliver: Callable[[Delivery], Delivery]

    def say(self, text: str, channel: str = "", thread: str = "") -> Message:
        """Mentions are written as Slack stores them: "<@U0BOT> may I …?"."""
        where = self._member_of(channel)
        with self.state.shown.changed:
            ts = self.state.shown.next_ts()
            said = Message(where.id, ts, self.user.id, typed(text), thread_ts=thread)
            self.state.shown.messages.append(said)
        self._tell(where, events.message(where, said))
        if f"<@{BOT_USER}>" in text and not where.im:
            self._tell(where, events.mention(where, said))
        return said

    def edit(self, message: Message, text: str) -> None:
        where = self._own(message)
        with self.state.shown.changed:
            before = replace(message)
            message.text, message.edited = typed(text), message.edited + 1
        event = events.changed(where, before, message, self.state.shown.next_ts())
        self._tell(where, event)

    def delete(self, message: Message) -> None:
        where = self._own(message)
        message.deleted = True
        event = events.deleted(where, message, self.state.shown.next_ts())
        self._tell(where, event)

    def react(self, message: Message, name: str) -> None:
        where = self._member_of(message.channel)
        event = events.reacted(self.user.id, message, name, self.state.shown.next_ts())
        self._tell(where, event)

    def join(self, channel: str) -> None:
        where = self.state.workspace.channels[channel]
        where.members.add(self.user.id)
        ts = self.state.shown.next_ts()
        said = Message(channel, ts, self.user.id, f"<@{self.user.id}> has joined the channel")
        self.state.shown.messages.append(said)
        event = events.message(where, said, "channel_join")
        self._tell(where, event)
        self._tell(where, events.joined(self.user.id, where, ts))

    def open_home(self) -> None:
        self._open("home")

    def open_messages(self) -> None:
        """The Messages tab, which is the agent's pane for apps with agent_view."""
        self._open("messages")

    def command(self, name: str, text: str = "", channel: str = "") -> Delivery:
        """What the app says within its acknowledgement is shown."""
        where = self.state.workspace.channels[channel or self.dm.id]
        url = ResponseUrl(where.id, self.user.id)
        payload = interactions.command(self.user, where, name, text)
        delivery = self.send(Kind.COMMAND, payload, url)
        if delivery.acked and delivery.acks[-1].body:
            with self.state.shown.changed:
                respond(self.state, url, delivery.acks[-1].body)
        return delivery

    def shortcut(self, callback_id: str, message: Message) -> Delivery:
        """Of a message's menu."""
        where = self._member_of(message.channel)
        payload = interactions.message_shortcut(self.user, where, message, callback_id)
        url = ResponseUrl(where.id, self.user.id, message.thread_ts, message.ts)
        return self.send(Kind.INTERACTION, payload, url)

    def send(self, kind: Kind, payload: Json, url: ResponseUrl | None = None) -> Delivery:
        payload = {**payload, "trigger_id": self.state.triggers.issue(self.user.id)}
        if url:
            payload["response_url"] = self.state.new_response_url(url)
        return self.deliver(Delivery(kind, payload))

    def _tell(self, where: Channel, event: Json) -> None:
        wanted = events.subscription(event) in self.state.workspace.subscriptions
        if wanted and BOT_USER in where.members:
            payload = events.envelope(event) | {"is_ext_shared_channel": where.ext_shared}
            self.deliver(Delivery(Kind.EVENT, payload))

    def _open(self, tab: str) -> None:
        event = events.home_opened(self.user.id, self.dm, tab, self.state.shown.next_ts())
        self._tell(self.dm, event)

    def _member_of(self, channel: str) -> Channel:
        where = self.state.workspace.channels[channel] if channel else self.dm
        if self.user.id not in where.members:
            raise CannotDo(f"{self.user.id} is not in {where.id}")
        return where

    def _own(self, message: Message) -> Channel:
        if message.user != self.user.id:
            raise CannotDo(f"{self.user.id} did not write that message")
        return self.state.workspace.channels[message.channel]
