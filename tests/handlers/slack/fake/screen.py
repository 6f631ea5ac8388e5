"""What Slack would show to whom at this moment."""

import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Condition

from tests.handlers.slack.fake.reading import all_live_parts, emoji_elements, texts
from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.workspace import BOT, BOT_USER


@dataclass
class Message:
    """`only_for` is the one user who sees an ephemeral message, else ""; `response_url` posts
    may change it."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str = ""
    edited: int = 0
    deleted: bool = False
    only_for: str = ""
    metadata: Json = field(default_factory=dict)
    unfurls: bool = True
    reactions: list[str] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)

    @property
    def thread(self) -> str:
        """The ts to say something under it."""
        return self.thread_ts or self.ts

    @property
    def words(self) -> str:
        """All that a reader sees: the blocks, or the text where there are none."""
        return "\n".join(texts(self.blocks)) if self.blocks else self.text

    @property
    def live_parts(self) -> tuple[str, ...]:
        """Live mentions and links in it, the fallback included."""
        return all_live_parts((self.text, self.blocks))

    def as_json(self) -> Json:
        facts: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        if self.user == BOT_USER:
            facts |= {"bot_id": BOT}
        for name in ("attachments", "blocks", "files", "thread_ts", "metadata"):
            if getattr(self, name):
                facts[name] = getattr(self, name)
        if emoji := list(emoji_elements(self.text)):
            section = {"type": "rich_text_section", "elements": emoji}
            facts.setdefault("blocks", [{"type": "rich_text", "elements": [section]}])
        if self.edited:
            facts["edited"] = {"user": self.user, "ts": self.ts}
        return facts


@dataclass
class SharedLinks:
    """Links to the app's domain in a message, or in one that is still being written (`source`
    "composer"); `previews` are the blocks that the app showed below each."""

    id: str
    source: str
    channel: str
    ts: str
    urls: tuple[str, ...]
    previews: dict[str, list[Json]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return "\n".join(texts([*self.previews.values()]))


@dataclass
class View:
    """An open modal or a Home tab; `json` is the view as its app gave it, `chosen` what was
    chosen in it since, by block_id and action_id."""

    id: str
    user: str
    json: Json
    hash: str
    errors: Json = field(default_factory=dict)
    chosen: dict[tuple[str, str], Json] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return "\n".join(texts(self.json))

    @property
    def live_parts(self) -> tuple[str, ...]:
        return all_live_parts((self.json,))


@dataclass
class Screen:
    """All changes happen while `changed` is held, and notify it."""

    changed: Condition = field(default_factory=Condition)
    messages: list[Message] = field(default_factory=list)
    modals: dict[str, list[View]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[str, View] = field(default_factory=dict)
    statuses: list[tuple[str, str, str]] = field(default_factory=list)
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    links: dict[str, SharedLinks] = field(default_factory=dict)
    _last: int = 0

    def next_ts(self) -> str:
        """Unique and increasing, in microseconds as Slack's are."""
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return f"{self._last // 10**6}.{self._last % 10**6:06d}"

    def in_channel(self, channel: str, thread_ts: str = "") -> Iterator[Message]:
        """What everybody in it sees; with a thread, its first message and the replies."""
        for message in self.messages:
            here = message.channel == channel and not message.deleted and not message.only_for
            if here and (not thread_ts or thread_ts in (message.ts, message.thread_ts)):
                yield message

    def message(self, channel: str, ts: str) -> Message | None:
        here = (m for m in self.messages if (m.channel, m.ts) == (channel, ts))
        return next((m for m in here if not m.deleted), None)

    def view(self, view_id: str) -> View | None:
        stacked = [view for stack in self.modals.values() for view in stack]
        every = (*stacked, *self.homes.values())
        return next((view for view in every if view.id == view_id), None)
