"""Slack's views.* and assistant.threads.* methods."""

import secrets
from typing import Any

from tests.handlers.slack.fake.block_rules import check_view
from tests.handlers.slack.fake.posting import channel_to_write_in, with_block_ids
from tests.handlers.slack.fake.refusal import Json, Refusal
from tests.handlers.slack.fake.screen import View
from tests.handlers.slack.fake.state import State
from tests.handlers.slack.fake.workspace import APP, BOT, TEAM

MOST_ON_A_STACK = 3
MOST_PROMPTS = 4


def open_view(state: State, given: Json) -> Json:
    """The trigger is spent last: Slack does not spend it on a view that it refuses."""
    check_view(given.get("view"), "modal")
    user = state.triggers.exchange(given.get("trigger_id", ""))
    view = new_view(state, user, given["view"])
    state.screen.modals[user] = [view]
    return {"view": described(view)}


def push_view(state: State, given: Json) -> Json:
    check_view(given.get("view"), "modal")
    user = state.triggers.exchange(given.get("trigger_id", ""))
    return {"view": described(pushed(state, user, given["view"]))}


def update_view(state: State, given: Json) -> Json:
    check_view(given.get("view"), (given.get("view") or {}).get("type", "modal"))
    view = _view_named(state, given)
    if given.get("hash") and given["hash"] != view.hash:
        raise Refusal("hash_conflict")
    replaced(state, view, given["view"])
    return {"view": described(view)}


def publish(state: State, given: Json) -> Json:
    user = given.get("user_id", "")
    if user not in state.workspace.users:
        raise Refusal("user_not_found")
    check_view(given.get("view"), "home")
    shown = state.screen.homes.get(user)
    if shown and given.get("hash") and given["hash"] != shown.hash:
        raise Refusal("hash_conflict")
    if shown:
        replaced(state, shown, given["view"])
    else:
        state.screen.homes[user] = new_view(state, user, given["view"])
    return {"view": described(state.screen.homes[user])}


def set_status(state: State, given: Json) -> Json:
    channel = channel_to_write_in(state, given.get("channel_id", ""))
    _thread(state, channel.id, given)
    entry = (channel.id, given["thread_ts"], given.get("status") or "")
    state.screen.statuses.append(entry)
    return {}


def set_prompts(state: State, given: Json) -> Json:
    """Without a thread they stand at the top of the direct message, as agent_view shows them."""
    channel = channel_to_write_in(state, given.get("channel_id", ""))
    prompts = given.get("prompts") or []
    if not 1 <= len(prompts) <= MOST_PROMPTS or not all(
        each["title"] and each["message"] for each in prompts
    ):
        raise Refusal("invalid_arguments", ("prompts",))
    state.screen.prompts[channel.id] = given["prompts"]
    return {}


def set_title(state: State, given: Json) -> Json:
    channel = channel_to_write_in(state, given.get("channel_id", ""))
    _thread(state, channel.id, given)
    state.screen.titles[given["thread_ts"]] = given.get("title") or ""
    return {}


def pushed(state: State, user: str, given: Json) -> View:
    stack = state.screen.modals[user]
    if len(stack) >= MOST_ON_A_STACK:
        raise Refusal("push_limit_reached")
    view = new_view(state, user, given)
    stack.append(view)
    return view


def new_view(state: State, user: str, given: Json) -> View:
    _external_id_is_free(state, given, "")
    shown = {**given, "blocks": with_block_ids(given["blocks"])}
    return View(f"V{secrets.token_hex(5).upper()}", user, shown, secrets.token_hex(8))


def replaced(state: State, view: View, given: Json) -> None:
    _external_id_is_free(state, given, view.id)
    view.json = {**given, "blocks": with_block_ids(given["blocks"])}
    view.hash, view.errors = secrets.token_hex(8), {}


def described(view: View) -> Json:
    return {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "state": {"values": {}},
        **view.json,
        "id": view.id,
        "team_id": TEAM,
        "app_id": APP,
        "bot_id": BOT,
        "hash": view.hash,
        "root_view_id": view.id,
    }


def _view_named(state: State, given: Json) -> View:
    for view in _all_views(state):
        external = view.json.get("external_id")
        if view.id == given.get("view_id") or (external and external == given.get("external_id")):
            return view
    raise Refusal("not_found")


def _external_id_is_free(state: State, given: Json, but: str) -> None:
    used = {view.json.get("external_id") for view in _all_views(state) if view.id != but}
    if given.get("external_id") and given["external_id"] in used:
        raise Refusal("duplicate_external_id")


def _all_views(state: State) -> list[View]:
    stacked = [view for stack in state.screen.modals.values() for view in stack]
    return [*stacked, *state.screen.homes.values()]


def _thread(state: State, channel: str, given: Json) -> Any:
    if state.screen.message(channel, given.get("thread_ts", "")) is None:
        raise Refusal("invalid_thread_ts")
