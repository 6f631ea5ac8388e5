"""Slack's block elements, and in which blocks each may stand.

Lengths: docs.slack.dev/reference/block-kit/block-elements and slack_sdk.models.
"""

from collections.abc import Iterable
from typing import Any

from tests.handlers.slack.fake.composition import (
    CONFIRM,
    DISPATCH,
    GROUPS,
    MOST_OPTIONS,
    PLAIN_OPTIONS,
    initial_among_options,
    option,
    options,
    plain,
    text,
)
from tests.handlers.slack.fake.shapes import (
    Check,
    Misshapen,
    a_bool,
    anything,
    both,
    listed,
    one_of,
    shape,
    string,
    typed,
    whole,
)

ACTION = {"action_id": string(255)}
FOCUS = {"focus_on_load": a_bool}
ASKED = ACTION | FOCUS | {"confirm": CONFIRM, "placeholder": plain(150)}
LABELLED_FEEDBACK = shape(
    {"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)}
)


def _element(required: dict[str, Check], optional: dict[str, Check], *further: Check) -> Check:
    check = shape({"type": anything, **required}, optional)
    for each in further:
        check = both(check, each)
    return check


def _picker(initial: str) -> Check:
    return _element({}, {**ASKED, initial: string(255)})


def _select(initial: dict[str, Check], more: dict[str, Check]) -> Check:
    return _element({}, ASKED | initial | more)


def _static(initial: dict[str, Check], more: dict[str, Check]) -> Check:
    offered = {"options": PLAIN_OPTIONS, "option_groups": GROUPS}
    return _element({}, ASKED | offered | initial | more, initial_among_options)


def _ticked(initial: dict[str, Check]) -> Check:
    """Checkboxes and radio buttons; their labels may be marked up."""
    rest = ACTION | FOCUS | {"confirm": CONFIRM} | initial
    return _element({"options": options(text(75), 10)}, rest, initial_among_options)


def _typed_lengths(value: Any, where: str) -> None:
    least, most = value.get("min_length", 0), value.get("max_length", 3000)
    if least > most:
        raise Misshapen(f"{where}: min_length {least} is more than max_length {most}")
    if len(value.get("initial_value", "")) > most:
        raise Misshapen(f"{where}: initial_value is longer than max_length {most}")


MANY = {"max_selected_items": whole(1, MOST_OPTIONS)}
ONE_OPTION = {"initial_option": option(text(75))}
SOME_OPTIONS = {"initial_options": listed(option(text(75)), 1, MOST_OPTIONS)}
ELEMENTS: dict[str, Check] = {
    "button": _element(
        {"text": plain(75)},
        ACTION
        | {
            "url": string(3000),
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "checkboxes": _ticked(SOME_OPTIONS),
    "datepicker": _picker("initial_date"),
    "timepicker": _element({}, ASKED | {"initial_time": string(5), "timezone": string(255)}),
    "datetimepicker": _element(
        {}, ACTION | FOCUS | {"confirm": CONFIRM, "initial_date_time": whole(10**9, 10**10)}
    ),
    "feedback_buttons": _element(
        {"positive_button": LABELLED_FEEDBACK, "negative_button": LABELLED_FEEDBACK}, ACTION
    ),
    "icon_button": _element(
        {"icon": one_of("trash"), "text": plain(75)},
        ACTION
        | {
            "value": string(2000),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": listed(string(255), 1, 100),
        },
    ),
    "image": _element({"alt_text": string(2000), "image_url": string(3000)}, {}),
    "overflow": _element({"options": options(plain(75), 5)}, ACTION | {"confirm": CONFIRM}),
    "plain_text_input": _element(
        {},
        ACTION
        | FOCUS
        | {
            "initial_value": string(3000, 0),
            "multiline": a_bool,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
            "placeholder": plain(150),
            "dispatch_action_config": DISPATCH,
        },
        _typed_lengths,
    ),
    "radio_buttons": _ticked(ONE_OPTION),
    "static_select": _static(ONE_OPTION, {}),
    "multi_static_select": _static(SOME_OPTIONS, MANY),
    "users_select": _select({"initial_user": string(255)}, {}),
    "multi_users_select": _select({"initial_users": listed(string(255), 1, 100)}, MANY),
    "conversations_select": _select(
        {"initial_conversation": string(255)},
        {"default_to_current_conversation": a_bool, "filter": anything},
    ),
    "channels_select": _select({"initial_channel": string(255)}, {}),
}
ONE = "checkboxes datepicker radio_buttons static_select users_select conversations_select"
ONE_CHOICE = (*ONE.split(), "channels_select", "timepicker")
MANY_CHOICES = ("multi_static_select", "multi_users_select")


def among(names: Iterable[str]) -> Check:
    return typed({name: ELEMENTS[name] for name in names})


IN_ACTIONS = among(("button", "overflow", "datetimepicker", *ONE_CHOICE))
IN_SECTIONS = among(("button", "image", "overflow", *ONE_CHOICE, *MANY_CHOICES))
IN_INPUTS = among(("plain_text_input", "datetimepicker", *ONE_CHOICE, *MANY_CHOICES))
IN_CONTEXT_ACTIONS = among(("feedback_buttons", "icon_button"))
IN_CONTEXT = typed({"image": ELEMENTS["image"], "plain_text": plain(3000), "mrkdwn": text(3000)})
