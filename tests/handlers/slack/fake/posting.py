"""What of the bot's messages Slack shows, and where it may write."""

from typing import Any

from tests.handlers.slack.fake.block_rules import check_message
from tests.handlers.slack.fake.refusal import Json, Refusal
from tests.handlers.slack.fake.screen import Message
from tests.handlers.slack.fake.state import State
from tests.handlers.slack.fake.workspace import BOT_USER, Channel

LONGEST_TEXT = 40_000  # beyond which Slack cuts a message off


def message_of_bot(state: State, channel: str, given: Json) -> Message:
    """Not shown yet. Raises Refusal where Slack would not show it."""
    blocks = given.get("blocks") or []
    text = given.get("text") or ""
    check_message(blocks)
    if not text and not blocks:
        raise Refusal("no_text")
    _complain_of_fallback(state, text, blocks)
    return Message(
        channel,
        state.screen.next_ts(),
        BOT_USER,
        text[:LONGEST_TEXT],
        blocks=with_block_ids(blocks),
        metadata=given.get("metadata") or {},
        unfurls=given.get("unfurl_links") not in (False, "0", "false"),
    )


def change(state: State, message: Message, given: Json) -> None:
    new = message_of_bot(state, message.channel, {"text": message.text, **given})
    if "blocks" in given:
        message.blocks = new.blocks
    elif message.blocks:
        state.complain("chat.update keeps the blocks it is not given: pass blocks, or [] for none")
    if "metadata" in given:
        message.metadata = new.metadata
    message.text, message.edited = new.text, message.edited + 1


def channel_seen(state: State, channel_id: str) -> Channel:
    channel = state.workspace.channels.get(channel_id)
    if channel is None or not state.seen_by(BOT_USER, channel):
        raise Refusal("channel_not_found")
    return channel


def channel_to_write_in(state: State, channel_id: str) -> Channel:
    """The id of a user names the direct message with them."""
    users = state.workspace.users
    if channel_id in users and not users[channel_id].bot:
        channel_id = state.workspace.direct_message(channel_id).id
    channel = channel_seen(state, channel_id)
    if channel.archived:
        raise Refusal("is_archived")
    if channel.im and any(users[member].deleted for member in channel.members):
        raise Refusal("channel_not_found")
    if BOT_USER not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def with_block_ids(blocks: list[Json]) -> list[Json]:
    return [{"block_id": f"b{number}", **block} for number, block in enumerate(blocks)]


def _complain_of_fallback(state: State, text: str, blocks: list[Any]) -> None:
    if blocks and not text:
        state.complain("A message has blocks but no text for notifications and screen readers.")
    if len(text) > LONGEST_TEXT:
        state.complain(f"A message of {len(text)} characters was cut off at {LONGEST_TEXT}.")
