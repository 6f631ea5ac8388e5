"""People in Slack: what they see."""

from dataclasses import dataclass

from tests.handlers.slack.fake.screen import Message, View
from tests.handlers.slack.fake.state import State
from tests.handlers.slack.fake.workspace import BOT_USER, Channel, User


@dataclass(frozen=True)
class Viewer:
    user: User
    state: State

    @property
    def dm(self) -> Channel:
        """With the bot."""
        return self.state.workspace.direct_message(self.user.id)

    def sees(self, channel: str = "", thread: str = "") -> list[Message]:
        """The messages there at this moment, oldest first; without a channel, in the dm."""
        here = channel or self.dm.id
        if not self.state.seen_by(self.user.id, self.state.workspace.channels[here]):
            return []
        messages = [*self.state.screen.in_channel(here, thread), *self._only_mine(here, thread)]
        return sorted(messages, key=lambda message: message.ts)

    def answers(self, channel: str = "", thread: str = "") -> list[Message]:
        """Those of the bot."""
        return [m for m in self.sees(channel, thread) if m.user == BOT_USER]

    @property
    def home(self) -> View | None:
        return self.state.screen.homes.get(self.user.id)

    @property
    def modal(self) -> View | None:
        """The one on top."""
        stack = self.state.screen.modals[self.user.id]
        return stack[-1] if stack else None

    def _only_mine(self, channel: str, thread: str) -> list[Message]:
        return [
            message
            for message in self.state.screen.messages
            if message.only_for == self.user.id
            and message.channel == channel
            and not message.deleted
            and (not thread or message.thread_ts == thread)
        ]
