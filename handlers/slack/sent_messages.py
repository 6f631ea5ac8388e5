"""Finds a message that the bot has sent in Slack, by the key that the message carries."""

from typing import Any

from slack_sdk.errors import SlackApiError

from desk.model.messages import Outgoing
from handlers.slack.address import Address, MessageRef
from handlers.slack.api_errors import CHANNEL_CLOSED, THREAD_GONE, error_code
from handlers.slack.payloads import Json
from handlers.slack.slack_api import SlackApi

METADATA_TYPE = "policy_assistant_sent"
MOST_SEARCHED = 200  # messages of a channel, among which a recent one is found


class SentMessages:
    def __init__(self, api: SlackApi) -> None:
        self._api = api

    def find(self, outgoing: Outgoing, to: Address) -> MessageRef | None:
        """The channel and timestamp of the message; None where it was not sent. Raises
        SlackApiError."""
        for where in self._places(to):
            for message in self._recent(where):
                if _key(message) == outgoing.key:
                    return MessageRef(where.channel, message["ts"])
        return None

    def _places(self, to: Address) -> list[Address]:
        """Where a message to this address may be: in its channel, or in the direct message."""
        direct = [self._direct_message(to.asker)] if to.asker else []
        if to.channel.startswith(("U", "W")):
            return [self._direct_message(to.channel)]
        return [to, *direct]

    def _direct_message(self, user_id: str) -> Address:
        """The id of a person takes messages but has no history."""
        opened = self._api.call(lambda client: client.conversations_open(users=user_id))
        return Address(str(opened["channel"]["id"]))

    def _recent(self, where: Address) -> list[Json]:
        """Nothing of a channel or thread that the bot does not see any more."""
        try:
            if where.thread:
                found = self._api.call(
                    lambda client: client.conversations_replies(
                        channel=where.channel,
                        ts=where.thread,
                        include_all_metadata=True,
                        limit=1000,
                    )
                )
            else:
                found = self._api.call(
                    lambda client: client.conversations_history(
                        channel=where.channel,
                        include_all_metadata=True,
                        limit=MOST_SEARCHED,
                    )
                )
        except SlackApiError as error:
            if error_code(error) in CHANNEL_CLOSED | {THREAD_GONE}:
                return []
            raise
        messages: list[Json] = found["messages"]
        return messages


def metadata(outgoing: Outgoing) -> dict[str, Any]:
    """What a message carries, so that it can be found again."""
    return {"event_type": METADATA_TYPE, "event_payload": {"key": outgoing.key}}


def _key(message: Json) -> str:
    return str(message.get("metadata", {}).get("event_payload", {}).get("key", ""))
