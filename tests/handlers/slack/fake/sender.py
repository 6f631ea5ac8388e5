"""People in Slack: what they write and ask for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from tests.handlers.slack.fake import events, interactions
from tests.handlers.slack.fake.delivery import Delivery, Kind
from tests.handlers.slack.fake.forms import CannotDo
from tests.handlers.slack.fake.reading import typed
from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.response_urls import respond
from tests.handlers.slack.fake.screen import Message, SharedLinks
from tests.handlers.slack.fake.state import ResponseUrl
from tests.handlers.slack.fake.viewer import Viewer
from tests.handlers.slack.fake.workspace import BOT_USER, Channel

WRITTEN_LINK = re.compile(r"https?://[^\s<>|]+")


@dataclass(frozen=True)
class Sender(Viewer):
    """`deliver` waits until the app has acknowledged, or until Slack gives up."""

    deliver: Callable[[Delivery], Delivery]

    def say(self, text: str, channel: str = "", thread: str = "") -> Message:
        """Mentions are written as Slack stores them: "<@U0BOT> may I …?"."""
        return self._send(Message(channel, "", self.user.id, typed(text), thread_ts=thread))

    def send_file(self, name: str, text: str = "", channel: str = "", thread: str = "") -> Message:
        message = Message(channel, "", self.user.id, typed(text), thread_ts=thread)
        message.files = [{"id": "F0FILE", "name": name, "mode": "hosted"}]
        return self._send(message, "file_share")

    def forward(
        self, forwarded: Message, text: str = "", channel: str = "", thread: str = ""
    ) -> Message:
        message = Message(channel, "", self.user.id, typed(text), thread_ts=thread)
        message.attachments = [
            {"is_share": True, "is_msg_unfurl": True, "ts": forwarded.ts, "text": forwarded.text}
        ]
        return self._send(message)

    def invite_bot(self, channel: str) -> None:
        where = self._member_of(channel)
        where.members.add(BOT_USER)
        self._tell(where, events.joined(BOT_USER, where, self.state.screen.next_ts()))

    def remove_bot(self, channel: str) -> None:
        self._member_of(channel).members.discard(BOT_USER)

    def edit(self, message: Message, text: str) -> None:
        where = self._own(message)
        with self.state.screen.changed:
            before = replace(message)
            message.text, message.edited = typed(text), message.edited + 1
        event = events.changed(where, before, message, self.state.screen.next_ts())
        self._tell(where, event)

    def delete(self, message: Message) -> None:
        where = self._own(message)
        message.deleted = True
        event = events.deleted(where, message, self.state.screen.next_ts())
        self._tell(where, event)

    def react(self, message: Message, name: str) -> None:
        where = self._member_of(message.channel)
        event = events.reacted(self.user.id, message, name, self.state.screen.next_ts())
        self._tell(where, event)

    def join(self, channel: str) -> None:
        where = self.state.workspace.channels[channel]
        where.members.add(self.user.id)
        ts = self.state.screen.next_ts()
        joined = Message(channel, ts, self.user.id, f"<@{self.user.id}> has joined the channel")
        self.state.screen.messages.append(joined)
        event = events.message(where, joined, "channel_join")
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
            with self.state.screen.changed:
                respond(self.state, url, delivery.acks[-1].body)
        return delivery

    def shortcut(self, callback_id: str, message: Message) -> Delivery:
        """Choose an entry of a message's menu."""
        where = self._member_of(message.channel)
        payload = interactions.message_shortcut(self.user, where, message, callback_id)
        url = ResponseUrl(where.id, self.user.id, message.thread_ts, message.ts)
        return self.send(Kind.INTERACTION, payload, url)

    def global_shortcut(self, callback_id: str) -> Delivery:
        """Choose an entry of the menu that is at hand everywhere in Slack."""
        payload = interactions.global_shortcut(self.user, callback_id)
        return self.send(Kind.INTERACTION, payload)

    def begin_to_write(self, text: str, channel: str) -> SharedLinks | None:
        """Without sending it: the app is told of links to its domain already."""
        where = self._member_of(channel)
        return self._share_links("composer", where, self.state.screen.next_ts(), text)

    def send(self, kind: Kind, payload: Json, url: ResponseUrl | None = None) -> Delivery:
        payload = {**payload, "trigger_id": self.state.triggers.issue(self.user.id)}
        if url:
            payload["response_url"] = self.state.new_response_url(url)
        return self.deliver(Delivery(kind, payload))

    def _send(self, message: Message, subtype: str = "") -> Message:
        where = self._member_of(message.channel)
        with self.state.screen.changed:
            message.channel, message.ts = where.id, self.state.screen.next_ts()
            self.state.screen.messages.append(message)
        self._tell(where, events.message(where, message, subtype))
        if f"<@{BOT_USER}>" in message.text and not where.im:
            self._tell(where, events.mention(where, message))
        self._share_links("conversations_history", where, message.ts, message.text)
        return message

    def _share_links(self, source: str, where: Channel, ts: str, text: str) -> SharedLinks | None:
        """The links to the app's domain; None where there are none."""
        domains = self.state.workspace.unfurl_domains
        found = [url.strip(".") for url in WRITTEN_LINK.findall(text)]
        urls = tuple(url for url in found if urlsplit(url).hostname in domains)
        if not urls or "link_shared" not in self.state.workspace.subscriptions:
            return None
        shared = SharedLinks(f"{where.id}.{ts}.{len(urls)}", source, where.id, ts, urls)
        with self.state.screen.changed:
            self.state.screen.links[shared.id] = shared
        event = events.link_shared(shared, self.user.id, is_member=BOT_USER in where.members)
        payload = events.envelope(event) | {"is_ext_shared_channel": where.ext_shared}
        self.deliver(Delivery(Kind.EVENT, payload))
        return shared

    def _tell(self, where: Channel, event: Json) -> None:
        wanted = events.subscription(event) in self.state.workspace.subscriptions
        if wanted and BOT_USER in where.members:
            payload = events.envelope(event) | {"is_ext_shared_channel": where.ext_shared}
            self.deliver(Delivery(Kind.EVENT, payload))

    def _open(self, tab: str) -> None:
        event = events.home_opened(self.user.id, self.dm, tab, self.state.screen.next_ts())
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
