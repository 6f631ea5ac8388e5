"""What a message in Slack says: its mrkdwn as the plain text that its writer saw."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from handlers.slack.payloads import Json

FILES_ONLY = "I can't read files. Please type your question, and say in it what the file is about."
FORWARDED = (
    "I can't tell what you want to know about the forwarded message. Please type your question. "
    "Or open the menu of the message itself and choose “Ask about the policy”."
)
LINKS_ONLY = "I can't open links. Please type your question in words."

# https://docs.slack.dev/messaging/formatting-message-text: <@user>, <#channel>, <!group>, <link>.
_CONTROL = re.compile(r"<([^<>\s][^<>]*)>")
_LEADING_MENTIONS = re.compile(r"[\s,:;*_~]*((?:<[@!][^<>]+>[\s,:;*_~]*)+)")
_LINK = re.compile(r"<(?:https?|mailto|tel):[^<>]+>")
_EMOJI = re.compile(r":([\w+'-]{1,60}):(?::skin-tone-\d:)?")


@dataclass(frozen=True, slots=True)
class SlackNames:
    """The names of people and channels by their Slack id, and the address of the workspace
    ("https://council.slack.com/")."""

    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    workspace_url: str = ""


def question_text(message: Json, bot_user: str) -> str:
    """The words of an asker, without the mention of the bot. Other people stay unnamed."""
    text = _with_emoji(message, without_mention(message.get("text") or "", bot_user))
    return html.unescape(_CONTROL.sub(_without_address, text)).strip()


def answer_text(message: Json, names: SlackNames) -> str:
    """The words of a colleague of comms, readable on every surface: links, people and channels
    are written out with their address."""

    def shown(match: re.Match[str]) -> str:
        return _with_address(match[1], names)

    text = _with_emoji(message, message.get("text") or "")
    return html.unescape(_CONTROL.sub(shown, text)).strip()


def plain(text: str) -> str:
    """Mrkdwn without any message around it, such as the text of a command."""
    return html.unescape(_CONTROL.sub(_without_address, text)).strip()


def mentions(text: str, user: str) -> bool:
    return f"<@{user}>" in text or f"<@{user}|" in text


def without_mention(text: str, user: str) -> str:
    return re.sub(rf"<@{re.escape(user)}(\|[^>]*)?>", "", text)


def is_to_colleague(text: str, bot_user: str) -> bool:
    """Whether the message begins with the mention of somebody else than the bot."""
    leading = _LEADING_MENTIONS.match(text)
    return leading is not None and not mentions(leading[1], bot_user)


def people_in(text: str) -> tuple[str, ...]:
    return tuple(_ids(text, "@"))


def channels_in(text: str) -> tuple[str, ...]:
    return tuple(_ids(text, "#"))


def why_unreadable(message: Json, bot_user: str) -> str:
    """What to tell the writer of a message without words of their own; empty if it has some."""
    text = without_mention(message.get("text") or "", bot_user)
    if _LINK.sub("", text).strip():
        return ""
    if any(each.get("is_share") for each in message.get("attachments") or ()):
        return FORWARDED
    if message.get("files"):
        return FILES_ONLY
    return LINKS_ONLY if text.strip() else ""


def _ids(text: str, kind: str) -> Iterator[str]:
    for content in _CONTROL.findall(text):
        if content.startswith(kind):
            yield content[1:].partition("|")[0]


def _without_address(match: re.Match[str]) -> str:
    target, _, label = match[1].partition("|")
    if target.startswith("@"):
        return "@somebody"
    if target.startswith(("#", "!")):
        return _group_or_channel(target, label)
    return label or target.removeprefix("mailto:")


def _with_address(content: str, names: SlackNames) -> str:
    target, _, label = content.partition("|")
    if target.startswith("@"):
        name = names.people.get(target[1:]) or label or "a colleague"
        return _addressed(name, names, f"team/{target[1:]}")
    if target.startswith("#"):
        name = names.channels.get(target[1:]) or label
        shown = f"#{name}" if name else "a channel"
        return _addressed(shown, names, f"archives/{target[1:]}")
    if target.startswith("!"):
        return _group_or_channel(target, label)
    address = target.removeprefix("mailto:")
    # Slack gives addresses that were typed without "https://" themselves as their label.
    return address if not label or label in address else f"{label} ({address})"


def _addressed(name: str, names: SlackNames, path: str) -> str:
    return f"{name} ({names.workspace_url}{path})" if names.workspace_url else name


def _group_or_channel(target: str, label: str) -> str:
    if target.startswith("!date^"):
        return label
    name = label or target[1:].partition("^")[0]
    return f"{target[0].replace('!', '@')}{name.lstrip('@#')}"


def _with_emoji(message: Json, text: str) -> str:
    """ ":+1:" as the character that it shows: Slack sends it in the blocks of the message."""
    characters = dict(_emoji(message.get("blocks")))

    def shown(match: re.Match[str]) -> str:
        return characters.get(match[1], match[0])

    return _EMOJI.sub(shown, text) if characters else text


def _emoji(blocks: object) -> Iterator[tuple[str, str]]:
    """Each emoji's name with its character, given as in "1f44d-1f3fd"."""
    if isinstance(blocks, list):
        for each in blocks:
            yield from _emoji(each)
    elif isinstance(blocks, dict):
        if blocks.get("type") == "emoji" and blocks.get("unicode"):
            codes = str(blocks["unicode"]).split("-")
            yield str(blocks.get("name")), "".join(chr(int(code, 16)) for code in codes)
        yield from _emoji(blocks.get("elements"))
