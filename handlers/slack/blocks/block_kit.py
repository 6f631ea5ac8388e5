"""Block Kit, so far as the bot speaks it.

Words stand in rich text or plain text alone: neither knows markup, so no text of anybody can
mention, link or format. Slack's limits are kept here and nowhere else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.slack.mrkdwn import cut, pieces, unlinked

# What Slack takes is JSON of its own; it is built here and leaves by the messenger.
Block = dict[str, Any]

LONGEST_PART = 3_000
LONGEST_LABEL = 75
LONGEST_VALUE = 2_000
LONGEST_SMALL = 500
MOST_BUTTONS = 25
MOST_BLOCKS = 50
MOST_IN_A_VIEW = 100
# Slack bounds the whole message too: about 13,200 characters, and each block costs about 125
# besides its text (github.com/slackapi/bolt-js/issues/2509).
MOST_CHARACTERS = 12_500
COST_OF_A_BLOCK = 125
MOST_CHARACTERS_IN_A_VIEW = 18_000  # 250,000 bytes, of which JSON may spend 12 on a character
LONGER = "There is more than Slack shows in one message."


@dataclass(frozen=True, slots=True)
class Shown:
    """A message: its blocks, and the text for notifications and screen readers."""

    blocks: Sequence[Block]
    text: str


def words(text: str) -> list[Block]:
    """Somebody's words or the bot's, as they are."""
    return [_rich("rich_text_section", [_text(part)]) for part in _parts(unlinked(text))]


def strong(text: str) -> list[Block]:
    return [
        _rich("rich_text_section", [_text(part) | {"style": {"bold": True}}])
        for part in _parts(unlinked(text))
    ]


def relayed(text: str) -> list[Block]:
    """What somebody else said, set apart."""
    return [_rich("rich_text_quote", [_text(part)]) for part in _parts(unlinked(text))]


def verbatim(text: str) -> list[Block]:
    """What a policy says, to the letter."""
    return [_rich("rich_text_quote", [_text(part)]) for part in _parts(text)]


def highlighted(before: str, marked: str, after: str) -> list[Block]:
    """A policy's words of which some are marked: in one piece, if they are short enough."""
    bold = {"style": {"bold": True}}
    if len(before) + len(marked) + len(after) <= LONGEST_PART:
        parts = [_text(before), _text(marked) | bold, _text(after)]
        said = [part for part in parts if part["text"]]
        return [_rich("rich_text_section", said)] if said else []
    blocks = [_rich("rich_text_section", [_text(part)]) for part in _parts(before)]
    blocks += [_rich("rich_text_section", [_text(part) | bold]) for part in _parts(marked)]
    return blocks + [_rich("rich_text_section", [_text(part)]) for part in _parts(after)]


def small(text: str) -> list[Block]:
    said = cut(unlinked(text), LONGEST_SMALL)
    return [{"type": "context", "elements": [plain(said)]}] if said.strip() else []


def linked(text: str, url: str) -> list[Block]:
    """To a page of the bot's own; words that stand alone where there is none."""
    if not url:
        return small(text)
    return [_rich("rich_text_section", [{"type": "link", "url": url, "text": text}])]


def title(text: str) -> Block:
    return {"type": "header", "text": plain(cut(text, 150))}


def divider() -> Block:
    return {"type": "divider"}


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def button(action: str, label: str, value: str) -> Block:
    return {
        "type": "button",
        "action_id": action,
        "text": plain(cut(label, LONGEST_LABEL)),
        "value": value,
    }


def confirmed(asked: Block, question: str, yes: str, no: str) -> Block:
    """The same button, which asks before it does anything."""
    said = {"title": plain(question), "text": plain(question), "confirm": plain(yes)}
    return asked | {"confirm": said | {"deny": plain(no)}}


def primary(asked: Block) -> Block:
    return asked | {"style": "primary"}


def actions(buttons: Iterable[Block]) -> list[Block]:
    """Buttons whose value Slack would not carry are left out."""
    fit = [each for each in buttons if 0 < len(each.get("value", "-")) <= LONGEST_VALUE]
    return [{"type": "actions", "elements": fit[:MOST_BUTTONS]}] if fit else []


def fitted(shown: Sequence[Block], kept: Sequence[Block]) -> list[Block]:
    """As much of `shown` as there is room for beside `kept`, which is short."""
    room = MOST_CHARACTERS - sum(map(_weight, kept)) - COST_OF_A_BLOCK - len(LONGER)
    places = MOST_BLOCKS - len(kept) - 1
    fit: list[Block] = []
    for block in shown:
        room -= _weight(block)
        if room < 0 or len(fit) == places:
            return [*fit, *small(LONGER), *kept]
        fit.append(block)
    return [*fit, *kept]


def fitted_view(blocks: Sequence[Block]) -> list[Block]:
    """As much as a modal or the Home tab takes, in blocks and in characters."""
    room, fit = MOST_CHARACTERS_IN_A_VIEW, []
    for block in blocks[:MOST_IN_A_VIEW]:
        room -= _weight(block)
        if room < 0:
            break
        fit.append(block)
    return fit


def _weight(block: Block) -> int:
    return COST_OF_A_BLOCK + sum(map(len, _texts(block)))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            told = name in ("text", "url") and isinstance(each, str)
            yield from [each] if told else _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _parts(text: str) -> list[str]:
    return [part for part in pieces(text, LONGEST_PART) if part.strip()]


def _rich(kind: str, parts: list[Block]) -> Block:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": parts}]}


def _text(text: str) -> Block:
    return {"type": "text", "text": text}
