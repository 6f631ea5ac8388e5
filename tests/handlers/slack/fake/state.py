"""Everything the fake knows, shared by its Web API, its deliveries and its people."""

import secrets
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.handlers.slack.fake.refusal import Json, Refusal
from tests.handlers.slack.fake.screen import Screen
from tests.handlers.slack.fake.workspace import Channel, Workspace

USES_OF_A_RESPONSE_URL = 5


@dataclass
class Triggers:
    """A press gives its app a few seconds and one use to open a modal."""

    seconds: float = 3.0
    _issued: dict[str, tuple[str, float]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def issue(self, user: str) -> str:
        trigger = secrets.token_hex(12)
        self._issued[trigger] = (user, time.monotonic() + self.seconds)
        return trigger

    def exchange(self, trigger: str) -> str:
        """Return the user who sees the view."""
        if trigger not in self._issued:
            raise Refusal("invalid_trigger_id")
        if trigger in self._used:
            raise Refusal("exchanged_trigger_id")
        user, until = self._issued[trigger]
        if time.monotonic() > until:
            raise Refusal("expired_trigger_id")
        self._used.add(trigger)
        return user

    def expire(self) -> None:
        """All of those issued so far, without waiting for it."""
        self._issued = {trigger: (user, 0.0) for trigger, (user, _) in self._issued.items()}


@dataclass(frozen=True)
class LostAnswer:
    """The call is carried out, and the connection breaks before its answer."""


@dataclass(frozen=True)
class Slow:
    seconds: float


Trouble = Refusal | LostAnswer | Slow


@dataclass
class Limits:
    """Slack's own: a message a second in a channel, with a small burst. Off unless asked for."""

    on: bool = False
    burst: int = 3
    _spent: dict[str, tuple[float, float]] = field(default_factory=dict)

    def spend(self, channel: str) -> None:
        now = time.monotonic()
        tokens, since = self._spent.get(channel, (float(self.burst), now))
        tokens = min(float(self.burst), tokens + now - since)
        if self.on and tokens < 1:
            raise Refusal("ratelimited", retry_after=1, status=429)
        self._spent[channel] = (tokens - 1, now)


@dataclass
class ResponseUrl:
    channel: str
    user: str
    thread_ts: str = ""
    ts: str = ""
    uses: int = 0


@dataclass(frozen=True)
class Call:
    """One call of the Web API as it came in, refused or not."""

    method: str
    arguments: Json


@dataclass
class State:
    """`connections`: the addresses that calls of the Web API came from, with their ports."""

    workspace: Workspace
    screen: Screen = field(default_factory=Screen)
    triggers: Triggers = field(default_factory=Triggers)
    limits: Limits = field(default_factory=Limits)
    troubles: dict[str, deque[Trouble]] = field(default_factory=lambda: defaultdict(deque))
    calls: list[Call] = field(default_factory=list)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    connections: set[object] = field(default_factory=set)
    tickets: set[str] = field(default_factory=set)
    echoes: list[Json] = field(default_factory=list)
    address: str = ""
    redirect_response_urls_to: str = ""

    def new_response_url(self, url: ResponseUrl) -> str:
        key = secrets.token_hex(8)
        self.response_urls[key] = url
        return f"{self.address}/response/{key}"

    def seen_by(self, user: str, channel: Channel) -> bool:
        return user in channel.members or not (channel.private or channel.im)

    def complain(self, sentence: str) -> None:
        self.screen.complaints.append(sentence)
