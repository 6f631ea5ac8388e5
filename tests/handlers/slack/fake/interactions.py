"""The payloads of presses, submissions, shortcuts and slash commands, as JSON."""

from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.screen import Message, View
from tests.handlers.slack.fake.view_methods import described
from tests.handlers.slack.fake.workspace import APP, TEAM, Channel, User

TOKEN = {"token": "verification-token", "api_app_id": APP}
OF_TEAM = {"team": {"id": TEAM, "domain": "council"}, "enterprise": None}


def pressed_in_message(user: User, channel: Channel, message: Message, action: Json) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.only_for),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = _by(user, "block_actions") | {
        "container": container,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "state": {"values": {}},
        "actions": [action],
    }
    # Slack sends no content of an ephemeral message, only its channel and timestamp.
    return payload if message.only_for else payload | {"message": message.as_json()}


def pressed_in_view(user: User, view: View, action: Json, values: Json) -> Json:
    return _by(user, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "view": _filled(view, values),
        "actions": [action],
    }


def submitted(user: User, view: View, values: Json) -> Json:
    return _by(user, "view_submission") | {"view": _filled(view, values), "response_urls": []}


def closed(user: User, view: View, values: Json) -> Json:
    return _by(user, "view_closed") | {"view": _filled(view, values), "is_cleared": False}


def message_shortcut(user: User, channel: Channel, message: Message, callback_id: str) -> Json:
    return _by(user, "message_action") | {
        "callback_id": callback_id,
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "message": message.as_json(),
    }


def global_shortcut(user: User, callback_id: str) -> Json:
    return _by(user, "shortcut") | {"callback_id": callback_id}


def command(user: User, channel: Channel, name: str, text: str) -> Json:
    return TOKEN | {
        "team_id": TEAM,
        "team_domain": "council",
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "is_enterprise_install": "false",
    }


def _by(user: User, kind: str) -> Json:
    who = {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team}
    return TOKEN | OF_TEAM | {"type": kind, "user": who, "is_enterprise_install": False}


def _filled(view: View, values: Json) -> Json:
    return described(view) | {"state": {"values": values}}


def _channel_name(channel: Channel) -> str:
    if channel.im:
        return "directmessage"
    return "privategroup" if channel.private else channel.name
