"""The words that somebody wrote in a message to the bot.

A message carries more than its words: mentions, quotes of the message that it replies to, a
forwarded message, and HTML. Every pattern here takes time linear in the length of the message.
"""

import html
import re
from collections import defaultdict, deque
from dataclasses import dataclass

from handlers.teams.activity import Activity

# Teams writes tags of its own, and "&lt;" for a "<" that somebody typed.
_QUOTED = re.compile(r"<quoted\b([^<>]*)>(?:\s*</quoted>)?", re.IGNORECASE)
_MESSAGE_ID = re.compile(r'messageId="([^"<>]*)"', re.IGNORECASE)
_BLOCKQUOTE = re.compile(r"<(/?)blockquote\b([^<>]*)>", re.IGNORECASE)
_ITEM_ID = re.compile(r'itemid="([^"<>]*)"', re.IGNORECASE)
_MENTION = re.compile(r"<at\b[^<>]*>([^<>]*)</at>", re.IGNORECASE)
_MENTION_SPAN = re.compile(r"<span\b([^<>]*)>([^<>]*)</span>", re.IGNORECASE)
# html.unescape fails at more digits than Python turns into a number.
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}|x[0-9a-f]{7,});?", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\xa0]+")
_LINE_END = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|span|b|strong|i|em|u|s|strike|font|a|at|ul|ol|li|pre|code|img|attachment"
    r"|blockquote|h[1-6])\b[^<>]*>",
    re.IGNORECASE,
)
REPLY = "http://schema.skype.com/Reply"
FORWARD = "http://schema.skype.com/Forward"
MOST_QUOTES = 5  # of other messages in one message
MENTION = "http://schema.skype.com/Mention"
CARDS = "application/vnd.microsoft.card."


@dataclass(frozen=True, slots=True)
class MessageText:
    """`text`: the person's own words; other people who are mentioned are in it by name.

    `quoted`: ids of the messages that it replies to. `has_files`: pictures count too.
    `is_for_others`: it begins with mentions of other people and not of the bot.
    """

    text: str
    quoted: tuple[str, ...] = ()
    mentions_bot: bool = False
    has_files: bool = False
    is_forwarded: bool = False
    is_for_others: bool = False


def read_message(activity: Activity) -> MessageText:
    forwarded = next((each.html for each in activity.attachments if FORWARD in each.html), "")
    markup, quoted = _without_quotes(_MENTION_SPAN.sub(_as_element, forwarded) or activity.text)
    mentions = _mentions(markup, activity)
    return MessageText(
        text=_plain(_replaced(markup, mentions)),
        quoted=quoted,
        mentions_bot=any(each.is_bot for each in mentions),
        has_files=any(_is_file(each.content_type) for each in activity.attachments),
        is_forwarded=bool(forwarded),
        is_for_others=_is_for_others(markup, mentions),
    )


def plain_text(markup: str) -> str:
    """The words of HTML from Teams, with quotes of other messages left out."""
    return _plain(_without_quotes(markup)[0])


def _plain(markup: str) -> str:
    lines = _TAG.sub("", _LINE_END.sub("\n", markup))
    words = html.unescape(_NO_CHARACTER.sub("\ufffd", lines))
    return _SPACES.sub(" ", words).strip("\r\n \u200b\ufeff")


def _as_element(span: re.Match[str]) -> str:
    """In HTML a mention is a <span>, in the text of an activity an <at>."""
    return f"<at>{span[2]}</at>" if MENTION in span[1] else span[0]


def _without_quotes(markup: str) -> tuple[str, tuple[str, ...]]:
    """The markup outside quotes and forwarded messages, and the ids of the messages quoted."""
    ids = [found for each in _QUOTED.finditer(markup) for found in _MESSAGE_ID.findall(each[1])]
    outside, from_blocks = _outside_blockquotes(_QUOTED.sub(" ", markup))
    return outside, (*ids, *from_blocks)[:MOST_QUOTES]


def _outside_blockquotes(markup: str) -> tuple[str, list[str]]:
    """Blockquotes that Teams adds. Those in a person's own words stay; one may contain others."""
    kept: list[str] = []
    ids: list[str] = []
    depth = end = 0
    for tag in _BLOCKQUOTE.finditer(markup):
        closes, attributes = bool(tag[1]), tag[2]
        if depth:
            depth += -1 if closes else 1
            end = tag.end()
        elif REPLY in attributes or FORWARD in attributes:
            kept.append(markup[end : tag.start()])
            ids += _ITEM_ID.findall(attributes)
            depth, end = 1, tag.end()
    return "".join([*kept, "" if depth else markup[end:]]), ids


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention in the markup, from `start` to `end`."""

    start: int
    end: int
    name: str
    is_bot: bool


def _mentions(markup: str, activity: Activity) -> list[_Found]:
    """A mention is an <at> element. Its entity says whose it is: Teams lists the entities of one
    name in the order of their elements, and the bot's name is a word wherever it has no entity."""
    bots: dict[str, deque[bool]] = defaultdict(deque)
    for mention in activity.mentions:
        bots[_name(mention.text)].append(mention.account_id == activity.address.bot)
    found = []
    for element in _MENTION.finditer(markup):
        name = _name(element[0])
        is_bot = bots[name].popleft() if bots[name] else False
        found.append(_Found(element.start(), element.end(), name, is_bot))
    return found or _bare_mention(markup, activity)


def _bare_mention(markup: str, activity: Activity) -> list[_Found]:
    """Some clients leave the <at> element away and begin the text with the name alone."""
    for mention in activity.mentions:
        name = _name(mention.text)
        start = len(markup) - len(markup.lstrip(" @\xa0\r\n"))
        if mention.account_id == activity.address.bot and name and markup.startswith(name, start):
            return [_Found(0, start + len(name), name, is_bot=True)]
    return []


def _replaced(markup: str, mentions: list[_Found]) -> str:
    """With the bot's mentions left out and all others as names."""
    parts, end = [], 0
    for each in mentions:
        parts += [markup[end : each.start], " " if each.is_bot else each.name]
        end = each.end
    return "".join([*parts, markup[end:]])


def _is_for_others(markup: str, mentions: list[_Found]) -> bool:
    leading, end = [], 0
    for each in mentions:
        if _plain(markup[end : each.start]).strip(" ,;:&"):
            break
        leading.append(each.is_bot)
        end = each.end
    return bool(leading) and not any(leading)


def _name(mention: str) -> str:
    """ "Policy Assistant", of "<at id="0">Policy&nbsp;Assistant</at>"."""
    return " ".join(_plain(mention).split())


def _is_file(content_type: str) -> bool:
    return content_type != "text/html" and not content_type.startswith(CARDS)
