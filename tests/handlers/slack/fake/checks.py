"""What Slack refuses to show: blocks and messages that break its published rules."""

from typing import Any

from tests.handlers.slack.fake import rich_text
from tests.handlers.slack.fake.composition import plain, text
from tests.handlers.slack.fake.elements import (
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUTS,
    IN_SECTIONS,
)
from tests.handlers.slack.fake.reading import interactive, texts
from tests.handlers.slack.fake.refusal import Json, Refusal
from tests.handlers.slack.fake.shapes import (
    Check,
    Misshapen,
    a_bool,
    anything,
    listed,
    shape,
    string,
    typed,
)

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
# Measured by others (github.com/slackapi/bolt-js/issues/2509): one markdown block of 13,297
# characters passes, and each further block costs about 125 besides its text.
MOST_CHARACTERS = 13_422
COST_OF_A_BLOCK = 125


def _block(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    return shape({"type": anything, **required}, {"block_id": string(255), **(optional or {})})


def _section(value: Any, where: str) -> None:
    fields = listed(text(2000), 1, 10)
    more = {"text": text(3000), "fields": fields, "accessory": IN_SECTIONS, "expand": a_bool}
    _block({}, more)(value, where)
    if "text" not in value and "fields" not in value:
        raise Misshapen(f"{where}: a section needs text or fields")


EVERYWHERE: dict[str, Check] = {
    "actions": _block({"elements": listed(IN_ACTIONS, 1, 25)}),
    "context": _block({"elements": listed(IN_CONTEXT, 1, 10)}),
    "divider": _block({}),
    "header": _block({"text": plain(150)}),
    "image": _block({"image_url": string(3000), "alt_text": string(2000)}, {"title": plain(2000)}),
    "input": _block(
        {"label": plain(2000), "element": IN_INPUTS},
        {"hint": plain(2000), "optional": a_bool, "dispatch_action": a_bool},
    ),
    "rich_text": _block({"elements": listed(rich_text.ELEMENTS, 1, 1000)}),
    "section": _section,
}
IN_MESSAGES = EVERYWHERE | {
    "context_actions": _block({"elements": listed(IN_CONTEXT_ACTIONS, 1, 5)}),
    "markdown": _block({"text": string(12_000)}),
}
BLOCKS = {
    "message": typed(IN_MESSAGES),
    "modal": typed(EVERYWHERE),
    "home": typed(EVERYWHERE),
}


def check_blocks(blocks: Any, surface: str) -> None:
    """Raises Misshapen. The surface is "message", "modal" or "home"."""
    listed(BLOCKS[surface], 0, MOST_BLOCKS[surface])(blocks, "blocks")
    _all_different([b["block_id"] for b in blocks if "block_id" in b], "blocks", "block_id")
    for number, block in enumerate(blocks):
        ids = [e["action_id"] for e in interactive(block) if "action_id" in e]
        _all_different(ids, f"blocks/{number}", "action_id")


def check_message(blocks: Any) -> None:
    """Raises Refusal with the word that chat.* methods use."""
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    try:
        check_blocks(blocks, "message")
    except Misshapen as error:
        raise Refusal("invalid_blocks", (str(error),)) from None
    if weight(blocks) > MOST_CHARACTERS:
        raise Refusal("msg_blocks_too_long")


def weight(blocks: list[Json]) -> int:
    """Characters by which Slack bounds a whole message."""
    return sum(COST_OF_A_BLOCK + sum(map(len, texts(block))) for block in blocks)


def _all_different(names: list[str], where: str, what: str) -> None:
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise Misshapen(f"{where}: {what} used twice: {', '.join(sorted(doubled))}")
