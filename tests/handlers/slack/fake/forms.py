"""The fields of a view, and what a person may enter there."""

from collections.abc import Iterator, Mapping

from tests.handlers.slack.fake.reading import interactive
from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.screen import View

Entry = str | tuple[str, ...]


class CannotDo(AssertionError):
    """A person cannot do this with what Slack shows them; the sentence says why."""


def fields(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each block with each of its elements that holds a value."""
    for block in blocks:
        for element in interactive(block):
            if element["type"] not in ("button", "feedback_buttons", "icon_button", "overflow"):
                yield block, element


def filled_in(view: View, entries: Mapping[str, Entry]) -> Json:
    """`state.values` of the view; entries are named by label, block_id or action_id."""
    values = _so_far(view)
    for name, entry in entries.items():
        block, element = field_named(view, name)
        values[block["block_id"]][element["action_id"]] = entered(element, entry)
    return values


def unanswered(view: View, values: Json) -> list[str]:
    """Labels of the fields without which Slack does not send the form."""
    return [
        block["label"]["text"]
        for block, element in fields(view.json["blocks"])
        if block["type"] == "input"
        and not block.get("optional")
        and not any(_content(values[block["block_id"]][element["action_id"]]))
    ]


def entered(element: Json, entry: Entry) -> Json:
    """The state of the element after that; options are named by label or value."""
    kind: str = element["type"]
    match kind, entry:
        case "plain_text_input", str(text):
            return {"type": kind, "value": _typed(element, text) or None}
        case (("checkboxes" | "multi_static_select"), _):
            names = (entry,) if isinstance(entry, str) else entry
            return {"type": kind, "selected_options": [_option(element, name) for name in names]}
        case (("radio_buttons" | "static_select" | "overflow"), str(name)):
            return {"type": kind, "selected_option": _option(element, name)}
        case _, str(value) if kind in _SINGLE:
            return {"type": kind, _SINGLE[kind]: value}
        case "multi_users_select", tuple(users):
            return {"type": kind, "selected_users": list(users)}
        case _:
            raise CannotDo(f"{entry!r} does not fit into a {kind}")


_SINGLE = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
_INITIAL = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_conversation": "selected_conversation",
    "initial_channel": "selected_channel",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_date_time": "selected_date_time",
}
_EMPTY: Mapping[str, Json] = {
    "checkboxes": {"selected_options": []},
    "multi_static_select": {"selected_options": []},
    "multi_users_select": {"selected_users": []},
    "plain_text_input": {"value": None},
    "radio_buttons": {"selected_option": None},
    "static_select": {"selected_option": None},
}


def _so_far(view: View) -> Json:
    """What was there at first, unless the person chose otherwise since."""
    values: Json = {}
    for block, element in fields(view.json["blocks"]):
        of_block = values.setdefault(block["block_id"], {})
        chosen = view.chosen.get((block["block_id"], element["action_id"]))
        of_block[element["action_id"]] = chosen or _at_first(element)
    return values


def _at_first(element: Json) -> Json:
    kind = element["type"]
    given = {held: element[name] for name, held in _INITIAL.items() if name in element}
    return {"type": kind, **(given or _EMPTY.get(kind, {_SINGLE.get(kind, "value"): None}))}


def field_named(view: View, name: str) -> tuple[Json, Json]:
    names = []
    for block, element in fields(view.json["blocks"]):
        label = block.get("label", {}).get("text", "")
        if name in (label, block["block_id"], element["action_id"]):
            return block, element
        names.append(label or element["action_id"])
    raise CannotDo(f"there is no field {name!r}, only {names}")


def _typed(element: Json, text: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if not least <= len(text) <= most:
        raise CannotDo(f"the field takes {least} to {most} characters, not {len(text)}")
    return text


def _option(element: Json, name: str) -> Json:
    offered = [*element.get("options", ())]
    for group in element.get("option_groups", ()):
        offered += group["options"]
    for option in offered:
        if name in (option["value"], option["text"]["text"]):
            return dict(option)
    raise CannotDo(f"{name!r} is not offered, only {[o['text']['text'] for o in offered]}")


def _content(state: Json) -> Iterator[object]:
    return (value for name, value in state.items() if name != "type")
