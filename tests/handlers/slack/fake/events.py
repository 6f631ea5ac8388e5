"""The events of Slack's Events API, as JSON."""

import secrets
import time
from urllib.parse import urlsplit

from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.screen import Message, SharedLinks
from tests.handlers.slack.fake.workspace import APP, BOT_USER, TEAM, Channel


def envelope(event: Json) -> Json:
    """What is delivered: the event with an id that stays the same when it is delivered again."""
    return {
        "token": "verification-token",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(6).upper()}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def message(channel: Channel, written: Message, subtype: str = "") -> Json:
    event = written.as_json() | {
        "team": TEAM,
        "channel": channel.id,
        "event_ts": written.ts,
        "channel_type": channel.kind,
    }
    return event | ({"subtype": subtype} if subtype else {})


def mention(channel: Channel, written: Message) -> Json:
    event = message(channel, written) | {"type": "app_mention"}
    del event["channel_type"]
    return event


def changed(channel: Channel, before: Message, after: Message, ts: str) -> Json:
    return _about(channel, ts, "message_changed") | {
        "message": after.as_json(),
        "previous_message": before.as_json(),
    }


def deleted(channel: Channel, written: Message, ts: str) -> Json:
    return _about(channel, ts, "message_deleted") | {
        "deleted_ts": written.ts,
        "previous_message": written.as_json(),
    }


def link_shared(shared: SharedLinks, user: str, *, is_member: bool) -> Json:
    """`is_member`: whether the bot is in the channel; it is told all the same."""
    return {
        "type": "link_shared",
        "channel": shared.channel,
        "is_bot_user_member": is_member,
        "user": user,
        "message_ts": shared.ts,
        "unfurl_id": shared.id,
        "source": shared.source,
        "links": [{"url": url, "domain": urlsplit(url).hostname} for url in shared.urls],
        "event_ts": shared.ts,
    }


def home_opened(user: str, channel: Channel, tab: str, ts: str) -> Json:
    """The tab is "home" or "messages"; of an app with agent_view, the latter is its pane."""
    return {
        "type": "app_home_opened",
        "user": user,
        "channel": channel.id,
        "tab": tab,
        "event_ts": ts,
    }


def joined(user: str, channel: Channel, ts: str) -> Json:
    return {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.private else "C",
        "team": TEAM,
        "event_ts": ts,
    }


def reacted(user: str, on: Message, name: str, ts: str) -> Json:
    return {
        "type": "reaction_added",
        "user": user,
        "reaction": name,
        "item_user": on.user,
        "item": {"type": "message", "channel": on.channel, "ts": on.ts},
        "event_ts": ts,
    }


def subscription(event: Json) -> str:
    """The name under which an app subscribes to it."""
    if event["type"] != "message":
        return str(event["type"])
    return f"message.{_PLURALS[event['channel_type']]}"


_PLURALS = {"im": "im", "channel": "channels", "group": "groups"}


def _about(channel: Channel, ts: str, subtype: str) -> Json:
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.kind,
        "ts": ts,
        "event_ts": ts,
    }
