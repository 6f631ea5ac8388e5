"""Delivers the desk's messages to people in Slack."""

from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from desk.model.clock import Clock
from desk.model.hours import OfficeHours
from desk.model.messages import (
    BotReply,
    CannotTell,
    CaseCard,
    CaseClosed,
    CaseNotice,
    CommsAnswer,
    CorrectedAnswer,
    NotSent,
    Outgoing,
    Receipt,
    SentAs,
)
from handlers.conversation.policy_links import PublicPages
from handlers.conversation.reply_message import from_body
from handlers.slack.address import SURFACE, Address, address, message_id, message_ref
from handlers.slack.api_errors import (
    CHANNEL_CLOSED,
    NOT_EDITABLE,
    PERMANENT,
    THREAD_GONE,
    error_code,
    translate_slack_errors,
)
from handlers.slack.blocks import case_cards, reply_blocks
from handlers.slack.blocks.block_kit import MessageContent
from handlers.slack.payloads import Json

METADATA_TYPE = "policy_assistant_sent"
TIMEOUT_S = 20
MOST_SEARCHED = 200  # messages of a channel, among which a recent one is found


class SlackMessenger:
    """`client` must not retry by itself: after a lost answer it would send a message twice."""

    surfaces = frozenset({SURFACE})

    def __init__(
        self,
        client: WebClient,
        hours: OfficeHours,
        clock: Clock,
        pages: PublicPages = reply_blocks.NO_PAGES,
    ) -> None:
        self._client = client
        self._hours = hours
        self._clock = clock
        self._pages = pages

    def send(self, outgoing: Outgoing) -> str:
        """The id of the message. An asker whose channel is closed to the bot gets it in the
        direct message. Raises RetryAfter or Undeliverable, or what the client raises."""
        content, to = self._content(outgoing), address(outgoing.contact)
        with translate_slack_errors():
            if outgoing.replaces and (edited := self._edit(outgoing, content)):
                return edited
            if to.user and _is_prompt(outgoing):
                return self._post_ephemeral(to, outgoing, content)
            return self._post(_lasting(to, outgoing), outgoing, content)

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:
        to = address(outgoing.contact)
        if to.user and _is_prompt(outgoing):
            return CannotTell()
        for where in self._places(_lasting(to, outgoing)):
            for message in self._recent(where):
                if _key(message) == outgoing.key:
                    return SentAs(message_id(where.channel, message["ts"]))
        return NotSent()

    def _content(self, outgoing: Outgoing) -> MessageContent:
        now = self._clock.now()
        match outgoing.message:
            case BotReply(body=body):
                private = bool(address(outgoing.contact).user)
                build = reply_blocks.private_reply if private else reply_blocks.bot_reply
                content = build(from_body(body), self._pages)
            case Receipt() as receipt:
                content = reply_blocks.receipt(receipt, self._hours, now, self._pages)
            case CommsAnswer() as answer:
                content = reply_blocks.comms_answer(answer, self._pages)
            case CorrectedAnswer(answer=answer):
                content = reply_blocks.corrected_answer(answer, self._pages)
            case CaseClosed() as closed:
                content = reply_blocks.case_closed(closed)
            case CaseCard(case=case):
                content = case_cards.case_card(case, self._hours, self._pages.address)
            case CaseNotice() as notice:
                content = case_cards.case_notice(notice, self._hours, now)
        return content

    def _edit(self, outgoing: Outgoing, content: MessageContent) -> str:
        """Empty where the old message is not there any more, so that a new one is sent."""
        old = message_ref(outgoing.replaces)
        try:
            self._client.chat_update(
                channel=old.channel, ts=old.ts, metadata=_metadata(outgoing), **content.as_json()
            )
        except SlackApiError as error:
            if error_code(error) in NOT_EDITABLE | PERMANENT:
                return ""
            raise
        return outgoing.replaces

    def _post_ephemeral(self, to: Address, outgoing: Outgoing, content: MessageContent) -> str:
        """Where it was asked; else in the direct message, as the bot may not be in that channel."""
        try:
            sent = self._client.chat_postEphemeral(
                channel=to.channel, user=to.user, **content.as_json()
            )
        except SlackApiError as error:
            if error_code(error) not in PERMANENT:
                raise
            return self._post_message(Address(to.user), outgoing, content)
        return message_id(to.channel, str(sent["message_ts"]))

    def _post(self, to: Address, outgoing: Outgoing, content: MessageContent) -> str:
        try:
            return self._post_message(to, outgoing, content)
        except SlackApiError as error:
            code = error_code(error)
            if code == THREAD_GONE and to.thread:
                instead = Address(to.channel, asker=to.asker)
            elif code in CHANNEL_CLOSED and to.asker:
                instead = Address(to.asker)
            else:
                raise
        return self._post(instead, outgoing, content)

    def _post_message(self, to: Address, outgoing: Outgoing, content: MessageContent) -> str:
        sent = self._client.chat_postMessage(
            channel=to.channel,
            thread_ts=to.thread or None,
            metadata=_metadata(outgoing),
            unfurl_links=False,
            unfurl_media=False,
            **content.as_json(),
        )
        return message_id(str(sent["channel"]), str(sent["ts"]))

    def _places(self, to: Address) -> list[Address]:
        """Where a message to this address may be: in its channel, or in the direct message."""
        direct = [self._direct_message(to.asker)] if to.asker else []
        if to.channel.startswith(("U", "W")):
            return [self._direct_message(to.channel)]
        return [to, *direct]

    def _direct_message(self, user_id: str) -> Address:
        """The id of a person takes messages but has no history."""
        opened = self._client.conversations_open(users=user_id)
        return Address(str(opened["channel"]["id"]))

    def _recent(self, where: Address) -> list[Json]:
        """Nothing of a channel or thread that the bot does not see any more."""
        try:
            if where.thread:
                found = self._client.conversations_replies(
                    channel=where.channel, ts=where.thread, include_all_metadata=True, limit=1000
                )
            else:
                found = self._client.conversations_history(
                    channel=where.channel, include_all_metadata=True, limit=MOST_SEARCHED
                )
        except SlackApiError as error:
            if error_code(error) in CHANNEL_CLOSED | {THREAD_GONE}:
                return []
            raise
        messages: list[Json] = found["messages"]
        return messages


def _is_prompt(outgoing: Outgoing) -> bool:
    """Whether it follows the question at once. What comes later must not be ephemeral: the
    asker may have left the channel by then, and ephemeral messages do not stay."""
    return isinstance(outgoing.message, BotReply | Receipt)


def _lasting(to: Address, outgoing: Outgoing) -> Address:
    if to.user:
        return Address(to.user)
    if outgoing.under:
        return Address(to.channel, message_ref(outgoing.under).ts, asker=to.asker)
    return to


def _metadata(outgoing: Outgoing) -> dict[str, Any]:
    return {"event_type": METADATA_TYPE, "event_payload": {"key": outgoing.key}}


def _key(message: Json) -> str:
    return str(message.get("metadata", {}).get("event_payload", {}).get("key", ""))
