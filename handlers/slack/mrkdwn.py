"""Text on its way into Slack and out of it."""

import html
import re
from collections.abc import Iterator

LONGEST_FALLBACK = 3_000
LONGEST_UPDATE = 4_000  # characters in which chat.update takes a text
NOTHING = "(no words)"
SHORTENED = "…"

_CONTROL = re.compile(r"<([^<>\s][^<>]*)>")
_LINK = re.compile(r"(?i)(https?|mailto|www)(?=[:.]\S)")
_NO_LINK = "\u2060"  # a word joiner: takes no room, and Slack finds no address across it


def read(text: str) -> str:
    """What somebody typed, as they saw it. Who is mentioned stays unnamed."""
    return html.unescape(_CONTROL.sub(_as_seen, text)).strip()


def mentions(text: str, user: str) -> bool:
    return f"<@{user}>" in text or f"<@{user}|" in text


def without_mention(text: str, user: str) -> str:
    return re.sub(rf"<@{re.escape(user)}(\|[^>]*)?>", "", text)


def unlinked(text: str) -> str:
    """The same words, of which Slack makes no link."""
    return _LINK.sub(rf"\1{_NO_LINK}", text)


def cut(text: str, longest: int) -> str:
    """At a space where there is one near the end."""
    if len(text) <= longest:
        return text
    kept = text[: longest - len(SHORTENED)]
    space = kept.rfind(" ", longest * 4 // 5)
    return (kept if space < 0 else kept[:space]) + SHORTENED


def pieces(text: str, longest: int) -> Iterator[str]:
    """The whole text in parts, parted at a line or a space where one is near."""
    rest = text
    while len(rest) > longest:
        end = max(rest.rfind("\n", longest // 2, longest), rest.rfind(" ", longest // 2, longest))
        end = longest if end < 0 else end + 1
        yield rest[:end]
        rest = rest[end:]
    if rest:
        yield rest


def fallback(text: str) -> str:
    """What notifications show and screen readers say: nothing in it is alive."""
    longest = LONGEST_FALLBACK
    while len(said := html.escape(unlinked(cut(text, longest)), quote=False)) > LONGEST_UPDATE:
        longest //= 2
    return said if said.strip() else NOTHING


def _as_seen(match: re.Match[str]) -> str:
    target, _, label = match[1].partition("|")
    if target.startswith("@"):
        return "@somebody"
    if target.startswith(("#", "!")):
        name = label or target[1:].partition("^")[0]
        return f"{target[0].replace('!', '@')}{name.lstrip('@#')}"
    return label or target.removeprefix("mailto:")
