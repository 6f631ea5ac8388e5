"""What a reader finds in a message or a view: texts, live mentions, links, things to press."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.handlers.slack.fake.refusal import Json

CONTROL = re.compile(r"<([^<>\s][^<>]*)>")
EMOJI = {"+1": "1f44d", "pray": "1f64f", "tada": "1f389"}
BARE_LINK = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>|]+")


@dataclass(frozen=True)
class Rendered:
    """`people` are user and group ids that are notified, `broadcasts` channel, here, everyone."""

    plain: str
    people: tuple[str, ...] = ()
    broadcasts: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def live_parts(self) -> tuple[str, ...]:
        """All that notifies or leads somewhere."""
        return self.people + self.broadcasts + self.channels + self.links


def rendered(text: str) -> Rendered:
    """A text as Slack's mrkdwn shows it; bare addresses become links."""
    found: dict[str, list[str]] = {"@": [], "!": [], "#": [], "": []}

    def shown(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        kind = target[0] if target[0] in found else ""
        name = target.removeprefix(kind)
        if name.startswith("date^"):
            return label
        kind = "@" if name.startswith("subteam^") else kind
        found[kind].append(name)
        return label or kind + name

    plain = CONTROL.sub(shown, text)
    found[""] += BARE_LINK.findall(CONTROL.sub("", text))
    return Rendered(
        html.unescape(plain),
        tuple(found["@"]),
        tuple(found["!"]),
        tuple(found["#"]),
        tuple(found[""]),
    )


def typed(text: str) -> str:
    """What Slack stores of what a person types; mentions are taken as picked from the list."""
    kept = re.compile(r"(<[@#!][^<>]+>)")
    parts = (
        part if kept.fullmatch(part) else BARE_LINK.sub(r"<\g<0>>", html.escape(part, quote=False))
        for part in kept.split(text)
    )
    return "".join(parts)


def emoji_elements(text: str) -> Iterator[Json]:
    """As Slack adds them, with their characters, to the blocks of what a person types."""
    for name in re.findall(r":([\w+-]+):", text):
        if name in EMOJI:
            yield {"type": "emoji", "name": name, "unicode": EMOJI[name]}


def all_live_parts(values: Iterable[Any]) -> tuple[str, ...]:
    """Everything live in texts and blocks."""
    return tuple(live_parts for value in values for live_parts in _live_parts(value))


def _live_parts(value: Any) -> Iterator[str]:
    """Rich and plain text have no markup; an address may become a link all the same."""
    match value:
        case {"type": "plain_text" | "text", "text": str(text)}:
            yield from BARE_LINK.findall(text)
        case {"type": "user" | "usergroup" | "broadcast" | "channel" | "link" as kind}:
            yield kind
        case {"text": str(text)} | str(text):
            yield from rendered(text).live_parts
        case Mapping():
            yield from _live_parts([each for each in value.values() if not isinstance(each, str)])
        case list():
            yield from (live_parts for each in value for live_parts in _live_parts(each))


def texts(value: Any) -> Iterator[str]:
    """Every text that a reader sees in a block or a part of one."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name == "text" and isinstance(each, str):
                yield each
            else:
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def interactive(block: Json) -> list[Json]:
    """The elements of a block that people can press, choose or type in."""
    match block.get("type"):
        case "actions" | "context_actions":
            return list(block["elements"])
        case "section" if block.get("accessory", {}).get("type", "image") != "image":
            return [block["accessory"]]
        case "input":
            return [block["element"]]
        case _:
            return []
