"""The Block Kit blocks that the bot uses, made with slack_sdk's models, which validate them.

Text goes into rich text or plain text only: neither reads markup, so nobody's words can mention
somebody, link or format. Slack's limits that the models do not know are kept here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InteractiveElement,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
)
from slack_sdk.models.views import View

from handlers.slack.mrkdwn import LINK, cut, pieces, unlinked

LONGEST_PART = 3_000  # characters in one element of rich text
LONGEST_CONTEXT = 500
MOST_BLOCKS = 50  # in a message
# Slack bounds the whole message too: about 13,200 characters, and each block costs about 125
# besides its text (github.com/slackapi/bolt-js/issues/2509).
MOST_CHARACTERS = 12_500
BLOCK_COST = 125
MOST_CHARACTERS_IN_VIEW = 18_000  # 250,000 bytes; JSON may need 12 bytes for a character
TOO_LONG = "This is too long to show in full in one Slack message."
BOLD = RichTextElementParts.TextStyle(bold=True)


@dataclass(frozen=True, slots=True)
class MessageContent:
    """A message: its blocks, and the text for notifications and screen readers."""

    blocks: Sequence[Block]
    text: str

    def as_json(self) -> dict[str, Any]:
        """Arguments of Slack's methods. Raises SlackObjectFormationError for a bad block."""
        return {"text": self.text, "blocks": [block.to_dict() for block in self.blocks]}


def paragraphs(text: str) -> list[Block]:
    """The text as it is, in as many blocks as it needs; addresses in it do not become links."""
    return [_section(_text(part)) for part in _parts(unlinked(text))]


def bold(text: str) -> list[Block]:
    return [_section(_text(part, BOLD)) for part in _parts(unlinked(text))]


def quoted(text: str) -> list[Block]:
    """Somebody else's words, indented."""
    return [_quote(_text(part)) for part in _parts(unlinked(text))]


def verbatim(text: str) -> list[Block]:
    """A policy's words, indented and unchanged to the letter."""
    return [_quote(_text(part)) for part in _parts(text)]


def highlighted(before: str, marked: str, after: str) -> list[Block]:
    """A policy's words with some of them bold; one block if they are short enough."""
    if len(before) + len(marked) + len(after) <= LONGEST_PART:
        parts = [_text(before), _text(marked, BOLD), _text(after)]
        filled = [part for part in parts if part.text]
        return [_section(*filled)] if filled else []
    blocks = [_section(_text(part)) for part in _parts(before)]
    blocks += [_section(_text(part, BOLD)) for part in _parts(marked)]
    return blocks + [_section(_text(part)) for part in _parts(after)]


def with_links(text: str) -> list[Block]:
    """Words of a colleague of comms, in which web and e-mail addresses are links."""
    return [_section(*_linked_parts(part)) for part in _parts(text)]


def section(text: str) -> Block:
    """Plain text, cut to what one block takes: rich text may not be shown below a link."""
    return SectionBlock(text=plain_text(cut(text, SectionBlock.text_max_length)))


def context(text: str) -> list[Block]:
    """Small grey text, cut to LONGEST_CONTEXT characters."""
    short = cut(unlinked(text), LONGEST_CONTEXT)
    return [ContextBlock(elements=[plain_text(short)])] if short.strip() else []


def link(text: str, url: str, label: str = "") -> list[Block]:
    """A link to a page of the bot, after a label; small text where there is no page."""
    before = f"{label}; " if label else ""
    if not url:
        return context(f"{before}{text}")
    labelled = [_text(before)] if before else []
    return [_section(*labelled, RichTextElementParts.Link(url=url, text=text))]


def header(text: str) -> Block:
    return HeaderBlock(text=plain_text(cut(text, HeaderBlock.text_max_length)))


def divider() -> Block:
    return DividerBlock()


def plain_text(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)


def button(
    action_id: str, label: str, value: str, *, primary: bool = False, confirm: str = ""
) -> ButtonElement:
    """`confirm` is the label of the button in the question whether to do it; empty: no question."""
    return ButtonElement(
        action_id=action_id,
        text=plain_text(cut(label, ButtonElement.text_max_length)),
        value=value,
        style="primary" if primary else None,
        confirm=_confirmation(label, confirm) if confirm else None,
    )


def actions(elements: Iterable[InteractiveElement]) -> list[Block]:
    """One row; buttons with no value, or one too long for Slack, are left out."""
    fit = [each for each in elements if _fits(each)][: ActionsBlock.elements_max_length]
    return [ActionsBlock(elements=fit)] if fit else []


def fitted(content: Sequence[Block], kept: Sequence[Block]) -> list[Block]:
    """As much of `content` as fits into a message beside `kept`, which is short."""
    room = MOST_CHARACTERS - sum(map(_weight, kept)) - BLOCK_COST - len(TOO_LONG)
    most = MOST_BLOCKS - len(kept) - 1
    fit: list[Block] = []
    for block in content:
        room -= _weight(block)
        if room < 0 or len(fit) == most:
            return [*fit, *context(TOO_LONG), *kept]
        fit.append(block)
    return [*fit, *kept]


def fitted_view(blocks: Sequence[Block]) -> list[Block]:
    """As much as a modal or the App Home takes, in blocks and in characters."""
    room, fit = MOST_CHARACTERS_IN_VIEW, []
    for block in blocks[: View.blocks_max_length]:
        room -= _weight(block)
        if room < 0:
            break
        fit.append(block)
    return fit


def _confirmation(question: str, yes: str) -> ConfirmObject:
    asked = plain_text(f"{question}?")
    return ConfirmObject(
        title=asked, text=asked, confirm=plain_text(yes), deny=plain_text("Cancel")
    )


def _fits(element: InteractiveElement) -> bool:
    if not isinstance(element, ButtonElement) or element.url:
        return True
    return 0 < len(element.value or "") <= ButtonElement.value_max_length


def _linked_parts(text: str) -> Iterable[RichTextElement]:
    end = 0
    for found in LINK.finditer(text):
        if found.start() > end:
            yield _text(text[end : found.start()])
        yield RichTextElementParts.Link(url=found[0], text=found[0])
        end = found.end()
    if end < len(text):
        yield _text(text[end:])


def _weight(block: Block) -> int:
    return BLOCK_COST + sum(map(len, _texts(block.to_dict())))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            counted = name in ("text", "url") and isinstance(each, str)
            yield from [each] if counted else _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _parts(text: str) -> list[str]:
    return [part for part in pieces(text, LONGEST_PART) if part.strip()]


def _section(*parts: RichTextElement) -> Block:
    return RichTextBlock(elements=[RichTextSectionElement(elements=parts)])


def _quote(*parts: RichTextElement) -> Block:
    return RichTextBlock(elements=[RichTextQuoteElement(elements=parts)])


def _text(
    text: str, style: RichTextElementParts.TextStyle | None = None
) -> RichTextElementParts.Text:
    return RichTextElementParts.Text(text=text, style=style)
