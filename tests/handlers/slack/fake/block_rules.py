"""What Slack refuses to show. slack_sdk's models check each block; the rest is checked here: which
blocks a view may hold, which ids and values must differ, and how large the whole may be."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.handlers.slack.fake.reading import interactive, texts
from tests.handlers.slack.fake.refusal import Json, Refusal

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
# Measured by others (github.com/slackapi/bolt-js/issues/2509): one markdown block of 13,297
# characters passes, and each further block costs about 125 besides its text.
MOST_CHARACTERS = 13_422
BLOCK_COST = 125
LARGEST_VIEW = 250_000  # bytes
LONGEST_INPUT = 3_000

EVERYWHERE = frozenset("actions context divider header image input rich_text section".split())
BLOCKS = {
    "message": EVERYWHERE | {"context_actions", "markdown"},
    "modal": EVERYWHERE,
    "home": EVERYWHERE,
}
MENUS = "channels_select checkboxes conversations_select datepicker radio_buttons static_select"
ONE_CHOICE = frozenset(f"{MENUS} timepicker users_select".split())
# Which elements may stand in which block: docs.slack.dev/reference/block-kit/block-elements.
ELEMENTS = {
    "actions": ONE_CHOICE | {"button", "datetimepicker", "overflow"},
    "context_actions": {"feedback_buttons", "icon_button"},
    "input": ONE_CHOICE
    | {"datetimepicker", "multi_static_select", "multi_users_select", "plain_text_input"},
}
PLAIN_ONLY = frozenset("label hint title submit close confirm deny placeholder".split())


class BadBlocks(Exception):
    """Something that Slack would not show; the sentence says where and why."""


def check_message(blocks: Any) -> None:
    """Raises Refusal with the word that chat.* methods use."""
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    try:
        check_blocks(blocks, "message")
    except BadBlocks as error:
        raise Refusal("invalid_blocks", (str(error),)) from None
    if weight(blocks) > MOST_CHARACTERS:
        raise Refusal("msg_blocks_too_long")


def check_view(view: Any, surface: str) -> None:
    """Raises Refusal with the word that views.* methods use."""
    if not isinstance(view, dict) or view.get("type") != surface:
        raise Refusal("invalid_arguments", (f"the view must be a {surface}",))
    if len(json.dumps(view).encode()) > LARGEST_VIEW:
        raise Refusal("view_too_large")
    try:
        check_blocks(view["blocks"], surface)
        _same(View(**view).to_dict(), view, "view")
        _check_submit(view)
    except (BadBlocks, SlackObjectFormationError) as error:
        raise Refusal("invalid_arguments", (str(error),)) from None


def check_blocks(blocks: Sequence[Json], surface: str) -> None:
    """Raises BadBlocks. The surface is "message", "modal" or "home"."""
    if len(blocks) > MOST_BLOCKS[surface]:
        raise BadBlocks(f"{len(blocks)} blocks in a {surface}")
    for block in blocks:
        if block.get("type") not in BLOCKS[surface]:
            raise BadBlocks(f"no block in a {surface}: {block.get('type')!r}")
        _check_block(block)
    _all_different([block["block_id"] for block in blocks if "block_id" in block], "block_id")


def weight(blocks: Sequence[Json]) -> int:
    """Characters by which Slack bounds a whole message."""
    return sum(BLOCK_COST + sum(map(len, texts(block))) for block in blocks)


def _check_block(block: Json) -> None:
    where = str(block["type"])
    try:
        model = Block.parse(block)
        read = model.to_dict() if model else None
    except (SlackObjectFormationError, TypeError, AttributeError) as error:
        raise BadBlocks(f"{where}: {error}") from None
    _same(read, block, where)
    _check_texts(block, where)
    elements = interactive(block)
    for element in elements:
        if element["type"] not in ELEMENTS.get(where, {element["type"]}):
            raise BadBlocks(f"{where}: no place for {element['type']!r}")
        _check_element(element)
    _all_different([each["action_id"] for each in elements if "action_id" in each], "action_id")


def _same(read: object, given: object, where: str) -> None:
    """What the model leaves out when it reads the JSON, it does not know, or Slack would refuse
    it as empty."""
    if isinstance(given, Mapping) and isinstance(read, Mapping):
        for name, value in given.items():
            _same(read.get(name), value, f"{where}/{name}")
    elif isinstance(given, list) and isinstance(read, list) and len(given) == len(read):
        for number, value in enumerate(given):
            _same(read[number], value, f"{where}/{number}")
    elif read != given or given in ("", [], {}):
        raise BadBlocks(f"{where}: unknown, empty or unsupported: {given!r}")


def _check_texts(value: object, name: str) -> None:
    """Headers, buttons, options and labels take no markup."""
    if isinstance(value, Mapping):
        plain = name in PLAIN_ONLY or value.get("type") in ("header", "button")
        text = value if name in PLAIN_ONLY else value.get("text")
        if plain and isinstance(text, Mapping) and text.get("type") == "mrkdwn":
            raise BadBlocks(f"{name}: must be plain_text")
        for key, each in value.items():
            _check_texts(each, key)
    elif isinstance(value, list):
        for each in value:
            _check_texts(each, "")


def _check_element(element: Json) -> None:
    offered = list(_options(element))
    _all_different([option["value"] for option in offered], "option value")
    initial = [*element.get("initial_options", [])]
    initial += [element["initial_option"]] if "initial_option" in element else []
    for option in initial:
        if option not in offered:
            raise BadBlocks(f"initial option is not among the options: {option['value']}")
    longest = element.get("max_length", LONGEST_INPUT)
    if not 1 <= longest <= LONGEST_INPUT:
        raise BadBlocks(f"max_length must be from 1 to {LONGEST_INPUT}, not {longest}")
    if len(element.get("initial_value", "")) > longest:
        raise BadBlocks(f"initial_value is longer than max_length {longest}")


def _options(element: Json) -> Iterator[Json]:
    yield from element.get("options", ())
    for group in element.get("option_groups", ()):
        yield from group["options"]


def _check_submit(view: Json) -> None:
    asks = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and asks and "submit" not in view:
        raise BadBlocks("a modal with input blocks needs submit")


def _all_different(names: Sequence[str], what: str) -> None:
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise BadBlocks(f"{what} used twice: {', '.join(sorted(twice))}")
