"""Slack's chat.* and reactions.* methods."""

from dataclasses import replace

from tests.handlers.slack.fake import events
from tests.handlers.slack.fake.block_rules import check_message
from tests.handlers.slack.fake.posting import (
    change,
    channel_seen,
    channel_to_write_in,
    message_of_bot,
)
from tests.handlers.slack.fake.refusal import Json, Refusal
from tests.handlers.slack.fake.screen import Message
from tests.handlers.slack.fake.state import State
from tests.handlers.slack.fake.workspace import BOT_USER, Channel

LONGEST_UPDATE = 4_000


def post_message(state: State, given: Json) -> Json:
    channel = channel_to_write_in(state, given.get("channel", ""))
    thread_ts = given.get("thread_ts") or ""
    if thread_ts and state.screen.message(channel.id, thread_ts) is None:
        raise Refusal("thread_not_found")
    state.limits.spend(channel.id)
    message = message_of_bot(state, channel.id, given)
    message.thread_ts = thread_ts
    state.screen.messages.append(message)
    state.echoes.append(events.message(channel, message))
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json()}


def post_ephemeral(state: State, given: Json) -> Json:
    channel = channel_to_write_in(state, given.get("channel", ""))
    user = given.get("user", "")
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    message = message_of_bot(state, channel.id, given)
    message.only_for, message.thread_ts = user, given.get("thread_ts") or ""
    state.screen.messages.append(message)
    return {"message_ts": message.ts}


def update(state: State, given: Json) -> Json:
    channel = channel_to_write_in(state, given.get("channel", ""))
    message = _own_message(state, channel, given, "cant_update_message")
    if len(given.get("text") or "") > LONGEST_UPDATE:
        raise Refusal("msg_too_long")
    state.limits.spend(channel.id)
    before = replace(message)
    change(state, message, given)
    state.echoes.append(events.changed(channel, before, message, state.screen.next_ts()))
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message.as_json(),
    }


def delete(state: State, given: Json) -> Json:
    channel = channel_to_write_in(state, given.get("channel", ""))
    message = _own_message(state, channel, given, "cant_delete_message")
    message.deleted = True
    state.echoes.append(events.deleted(channel, message, state.screen.next_ts()))
    return {"channel": channel.id, "ts": message.ts}


def unfurl(state: State, given: Json) -> Json:
    """By unfurl_id and source, which the app needs where it is not in the channel."""
    for name in ("unfurl_id", "source", "unfurls"):
        if not given.get(name):
            raise Refusal(f"missing_{name}")
    shared = state.screen.links.get(given["unfurl_id"])
    if shared is None or given["source"] != shared.source:
        raise Refusal("invalid_unfurl_id" if shared is None else "invalid_source")
    if not isinstance(given["unfurls"], dict):
        raise Refusal("invalid_unfurls_format")
    for url, preview in given["unfurls"].items():
        if url not in shared.urls:
            raise Refusal("cannot_unfurl_url")
        if preview.keys() != {"blocks"}:
            raise Refusal("cannot_parse_attachment")
        check_message(preview["blocks"])
        shared.previews[url] = preview["blocks"]
    return {}


def permalink(state: State, given: Json) -> Json:
    channel = channel_seen(state, given.get("channel", ""))
    message = state.screen.message(channel.id, given.get("message_ts", ""))
    if message is None:
        raise Refusal("message_not_found")
    link = f"https://council.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def add_reaction(state: State, given: Json) -> Json:
    channel = channel_to_write_in(state, given.get("channel", ""))
    message = state.screen.message(channel.id, given.get("timestamp", ""))
    if message is None:
        raise Refusal("message_not_found")
    if given.get("name") in message.reactions:
        raise Refusal("already_reacted")
    message.reactions.append(given["name"])
    return {}


def _own_message(state: State, channel: Channel, given: Json, refusal: str) -> Message:
    message = state.screen.message(channel.id, given.get("ts", ""))
    if message is None or message.only_for:
        raise Refusal("message_not_found")
    if message.user != BOT_USER:
        raise Refusal(refusal)
    return message
