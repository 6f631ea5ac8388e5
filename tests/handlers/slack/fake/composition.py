"""Slack's composition objects: texts, options, confirmations.

Lengths: docs.slack.dev/reference/block-kit/composition-objects and slack_sdk.models.
"""

from typing import Any

from tests.handlers.slack.fake.shapes import (
    Check,
    Misshapen,
    a_bool,
    both,
    listed,
    one_of,
    shape,
    string,
    typed,
)

MOST_OPTIONS = 100


def plain(longest: int) -> Check:
    return shape(
        {"type": one_of("plain_text"), "text": string(longest)},
        {"emoji": a_bool},
    )


def mrkdwn(longest: int) -> Check:
    return shape(
        {"type": one_of("mrkdwn"), "text": string(longest)},
        {"verbatim": a_bool},
    )


def text(longest: int) -> Check:
    return typed({"plain_text": plain(longest), "mrkdwn": mrkdwn(longest)})


CONFIRM = shape(
    {
        "title": plain(100),
        "text": text(300),
        "confirm": plain(30),
        "deny": plain(30),
    },
    {"style": one_of("primary", "danger")},
)


def option(label: Check) -> Check:
    return shape(
        {"text": label, "value": string(150)},
        {"description": text(75), "url": string(3000)},
    )


def options(label: Check, most: int = MOST_OPTIONS, least: int = 1) -> Check:
    return both(listed(option(label), least, most), _different_values)


def _different_values(value: Any, where: str) -> None:
    values = [each["value"] for each in value]
    if len(set(values)) < len(values):
        raise Misshapen(f"{where}: option values must differ: {values}")


PLAIN_OPTIONS = options(plain(75))
GROUPS = listed(shape({"label": plain(75), "options": PLAIN_OPTIONS}), 1, MOST_OPTIONS)
DISPATCH = shape(
    {"trigger_actions_on": listed(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}
)


def initial_among_options(value: Any, where: str) -> None:
    """For an element whose shape is checked already."""
    offered = [*value.get("options", ())]
    for group in value.get("option_groups", ()):
        offered += group["options"]
    if not offered:
        raise Misshapen(f"{where}: needs options or option_groups")
    chosen = value.get("initial_options", [])
    if "initial_option" in value:
        chosen = [value["initial_option"]]
    for each in chosen:
        if each not in offered:
            raise Misshapen(f"{where}: initial option is not among the options: {each['value']}")
