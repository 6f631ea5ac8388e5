"""What Slack refuses as a modal or as a Home tab."""

import json
from typing import Any

from tests.handlers.slack.fake.checks import check_blocks
from tests.handlers.slack.fake.composition import plain
from tests.handlers.slack.fake.refusal import Json, Refusal
from tests.handlers.slack.fake.shapes import Check, Misshapen, a_bool, anything, shape, string

LARGEST = 250_000  # bytes
OF_ANY: dict[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
VIEWS = {
    "modal": shape(
        {"type": anything, "title": plain(24), "blocks": anything},
        OF_ANY
        | {
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": a_bool,
            "notify_on_close": a_bool,
            "submit_disabled": a_bool,
        },
    ),
    "home": shape({"type": anything, "blocks": anything}, OF_ANY),
}


def check_view(view: Any, surface: str) -> None:
    """Raises Refusal with the word that views.* methods use."""
    if not isinstance(view, dict) or view.get("type") != surface:
        raise Refusal("invalid_arguments", (f"view/type: must be {surface}",))
    if len(json.dumps(view).encode()) > LARGEST:
        raise Refusal("view_too_large")
    try:
        VIEWS[surface](view, "view")
        check_blocks(view["blocks"], surface)
        _submittable(view, surface)
    except Misshapen as error:
        raise Refusal("invalid_arguments", (str(error),)) from None


def _submittable(view: Json, surface: str) -> None:
    asks = any(block["type"] == "input" for block in view["blocks"])
    if surface == "modal" and asks and "submit" not in view:
        raise Misshapen("view: a modal with input blocks needs submit")
