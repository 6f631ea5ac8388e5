"""Who and where, in the JSON that Slack delivers."""

from dataclasses import dataclass
from typing import Any

# Slack's own JSON, as it came in.
Json = dict[str, Any]

SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class ReplyTarget:
    """Where one person is told something that concerns only them. Any of it may be empty."""

    user: str
    channel: str = ""
    thread: str = ""
    response_url: str = ""


def reply_target(body: Json) -> ReplyTarget:
    """Where to reply to an event, a press, a form, a shortcut or a command."""
    if "event" in body:
        return _of_event(body["event"])
    container = body.get("container", {})
    message = body.get("message", {})
    return ReplyTarget(
        user=body.get("user_id") or body.get("user", {}).get("id", ""),
        channel=body.get("channel_id") or (body.get("channel") or {}).get("id", ""),
        thread=container.get("thread_ts") or message.get("thread_ts", ""),
        response_url=body.get("response_url", ""),
    )


def by_a_person(message: Json) -> bool:
    return message.get("user", SLACKBOT) != SLACKBOT and not message.get("bot_id")


def _of_event(event: Json) -> ReplyTarget:
    message = event.get("previous_message") or event.get("message") or event
    return ReplyTarget(
        user=message.get("user", ""),
        channel=event.get("channel", ""),
        thread=message.get("thread_ts") or message.get("ts", ""),
    )
