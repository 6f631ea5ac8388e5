"""Slack's auth.*, users.*, usergroups.* and conversations.* methods."""

import secrets
from decimal import Decimal

from tests.handlers.slack.fake.posting import channel_seen
from tests.handlers.slack.fake.refusal import Json, Refusal
from tests.handlers.slack.fake.screen import Message
from tests.handlers.slack.fake.state import State
from tests.handlers.slack.fake.workspace import APP, BOT, BOT_USER, TEAM, Channel, User


def auth_test(state: State, _: Json) -> Json:
    return {
        "url": "https://council.slack.com/",
        "team": "Council",
        "user": state.workspace.users[BOT_USER].name,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "app_id": APP,
        "is_enterprise_install": False,
    }


def open_connection(state: State, _: Json) -> Json:
    ticket = secrets.token_hex(8)
    state.tickets.add(ticket)
    return {"url": f"{state.address.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={APP}"}


def user_info(state: State, given: Json) -> Json:
    return {"user": _user(state, given.get("user", "")).profile()}


def users_list(state: State, _: Json) -> Json:
    members = [user.profile() for user in state.workspace.users.values()]
    return {"members": members, "response_metadata": {"next_cursor": ""}}


def usergroups_list(state: State, _: Json) -> Json:
    groups = state.workspace.usergroups
    return {
        "usergroups": [
            {"id": group, "team_id": TEAM, "handle": group, "name": group, "user_count": len(users)}
            for group, users in groups.items()
        ]
    }


def usergroup_users(state: State, given: Json) -> Json:
    group = given.get("usergroup", "")
    if group not in state.workspace.usergroups:
        raise Refusal("no_such_subteam")
    return {"users": list(state.workspace.usergroups[group])}


def open_conversation(state: State, given: Json) -> Json:
    """Open a conversation with one other person; a bot of this kind opens no groups."""
    if given.get("channel"):
        return {"channel": channel_seen(state, given["channel"]).described()}
    user = _user(state, given.get("users", ""))
    if user.bot:
        raise Refusal("cannot_dm_bot")
    if user.deleted:
        raise Refusal("user_disabled")
    return {"channel": {"id": state.workspace.direct_message(user.id).id}}


def conversation_info(state: State, given: Json) -> Json:
    return {"channel": channel_seen(state, given.get("channel", "")).described()}


def members(state: State, given: Json) -> Json:
    channel = channel_seen(state, given.get("channel", ""))
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


def history(state: State, given: Json) -> Json:
    """Newest first, and replies are not among them."""
    channel = _channel_read(state, given)
    top = [m for m in state.screen.in_channel(channel.id) if m.thread_ts in ("", m.ts)]
    return _page(sorted(top, key=lambda m: m.ts, reverse=True), given)


def replies(state: State, given: Json) -> Json:
    """Oldest first, beginning with what they reply to."""
    channel = _channel_read(state, given)
    thread = list(state.screen.in_channel(channel.id, given.get("ts", "")))
    if not thread:
        raise Refusal("thread_not_found")
    return _page(sorted(thread, key=lambda m: m.ts), given)


def _page(messages: list[Message], given: Json) -> Json:
    oldest, latest = given.get("oldest") or "0", given.get("latest") or "9" * 10
    between = [m for m in messages if _within(m.ts, oldest, latest, given)]
    kept = between[: int(given.get("limit") or 100)]
    return {"messages": [m.as_json() for m in kept], "has_more": len(kept) < len(between)}


def _within(ts: str, oldest: str, latest: str, given: Json) -> bool:
    if given.get("inclusive") in (True, "1", "true"):
        return Decimal(oldest) <= Decimal(ts) <= Decimal(latest)
    return Decimal(oldest) < Decimal(ts) < Decimal(latest)


def _channel_read(state: State, given: Json) -> Channel:
    channel = channel_seen(state, given.get("channel", ""))
    if BOT_USER not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _user(state: State, user_id: str) -> User:
    if user_id not in state.workspace.users:
        raise Refusal("user_not_found")
    return state.workspace.users[user_id]
