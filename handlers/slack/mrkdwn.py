"""Plain text on its way into Slack: cut, divided, and without accidental links."""

import html
import re
from collections.abc import Iterator

LONGEST_FALLBACK = 3_000
LONGEST_UPDATE = 4_000  # characters that chat.update takes as text
NO_TEXT = "(no text)"
ELLIPSIS = "…"
# A web or e-mail address, without the punctuation after it; 2,000 characters, as browsers take.
LINK = re.compile(r"""(?i)\b(?:https?://|mailto:)[^\s<>"]{0,1999}[^\s<>".,;:!?)\]'’”]""")

_LINK_START = re.compile(r"(?i)(https?|mailto|www)(?=[:.]\S)")
_WORD_JOINER = "\u2060"  # has no width, and Slack finds no address across it


def unlinked(text: str) -> str:
    """The same words; Slack makes no link of the addresses in them."""
    return _LINK_START.sub(rf"\1{_WORD_JOINER}", text)


def cut(text: str, longest: int) -> str:
    """At most `longest` characters, cut at a space where one is near the end."""
    if len(text) <= longest:
        return text
    kept = text[: longest - len(ELLIPSIS)]
    space = kept.rfind(" ", longest * 4 // 5)
    return (kept if space < 0 else kept[:space]) + ELLIPSIS


def pieces(text: str, longest: int) -> Iterator[str]:
    """The whole text in pieces of at most `longest` characters, divided at lines or spaces."""
    rest = text
    while len(rest) > longest:
        end = max(rest.rfind("\n", longest // 2, longest), rest.rfind(" ", longest // 2, longest))
        end = longest if end < 0 else end + 1
        yield rest[:end]
        rest = rest[end:]
    if rest:
        yield rest


def fallback(text: str) -> str:
    """For notifications and screen readers: escaped, never empty, at most LONGEST_UPDATE."""
    longest = LONGEST_FALLBACK
    while len(short := html.escape(unlinked(cut(text, longest)), quote=False)) > LONGEST_UPDATE:
        longest //= 2
    return short if short.strip() else NO_TEXT
