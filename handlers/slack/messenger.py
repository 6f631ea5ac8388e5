"""Brings what is due to people in Slack."""

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
from handlers.slack.address import SURFACE, Address, address, message_id, place
from handlers.slack.api_errors import GONE, NEVER, NO_THREAD, translate_slack_errors
from handlers.slack.blocks import case_cards, reply_blocks
from handlers.slack.blocks.block_kit import Shown

SENT_BY_THE_DESK = "policy_assistant_sent"
PATIENCE_S = 20
LOOKED_THROUGH = 200  # messages of a place among which one sent lately is found


class SlackMessenger:
    """`client` must not retry by itself: after a lost answer it would say things twice."""

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
        shown, to = self._shown(outgoing), address(outgoing.contact)
        with translate_slack_errors():
            if outgoing.replaces and (edited := self._edited(outgoing, shown)):
                return edited
            if to.user and _at_once(outgoing):
                return self._privately(to, outgoing, shown)
            return self._posted(_lasting(to, outgoing), outgoing, shown)

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:
        to = address(outgoing.contact)
        if to.user and _at_once(outgoing):
            return CannotTell()
        where = self._in_channel(_lasting(to, outgoing))
        for message in self._lately(where):
            if _key(message) == outgoing.key:
                return SentAs(message_id(where.channel, message["ts"]))
        return NotSent()

    def _shown(self, outgoing: Outgoing) -> Shown:
        now = self._clock.now()
        match outgoing.message:
            case BotReply(body=body):
                private = bool(address(outgoing.contact).user)
                said = from_body(body)
                reply = reply_blocks.private_reply if private else reply_blocks.bot_reply
                shown = reply(said, self._pages)
            case Receipt() as receipt:
                shown = reply_blocks.receipt(receipt, self._hours, now, self._pages)
            case CommsAnswer() as answer:
                shown = reply_blocks.comms_answer(answer, self._pages)
            case CorrectedAnswer(answer=answer):
                shown = reply_blocks.corrected_answer(answer, self._pages)
            case CaseClosed() as closed:
                shown = reply_blocks.case_closed(closed)
            case CaseCard(case=case):
                shown = case_cards.case_card(case, self._hours)
            case CaseNotice() as notice:
                shown = case_cards.case_notice(notice, self._hours, now)
        return shown

    def _edited(self, outgoing: Outgoing, shown: Shown) -> str:
        """Empty where the message is not there any more, so that it is said anew."""
        old = place(outgoing.replaces)
        try:
            self._client.chat_update(
                channel=old.channel, ts=old.ts, metadata=_metadata(outgoing), **_content(shown)
            )
        except SlackApiError as error:
            if error.response["error"] in GONE | NEVER:
                return ""
            raise
        return outgoing.replaces

    def _privately(self, to: Address, outgoing: Outgoing, shown: Shown) -> str:
        """Where it was asked, else in the direct message: the bot may not be in that channel."""
        try:
            sent = self._client.chat_postEphemeral(
                channel=to.channel, user=to.user, **_content(shown)
            )
        except SlackApiError as error:
            if error.response["error"] not in NEVER:
                raise
            return self._posted(Address(to.user), outgoing, shown)
        return message_id(to.channel, str(sent["message_ts"]))

    def _posted(self, to: Address, outgoing: Outgoing, shown: Shown) -> str:
        thread: dict[str, Any] = {"thread_ts": to.thread} if to.thread else {}
        try:
            return self._post(to.channel, outgoing, shown, thread)
        except SlackApiError as error:
            if error.response["error"] not in NO_THREAD:
                raise
            return self._post(to.channel, outgoing, shown, {})

    def _post(self, channel: str, outgoing: Outgoing, shown: Shown, thread: dict[str, Any]) -> str:
        sent = self._client.chat_postMessage(
            channel=channel,
            metadata=_metadata(outgoing),
            unfurl_links=False,
            unfurl_media=False,
            **thread,
            **_content(shown),
        )
        return message_id(str(sent["channel"]), str(sent["ts"]))

    def _in_channel(self, where: Address) -> Address:
        """A person's id takes messages but has no history: their direct message has."""
        if not where.channel.startswith(("U", "W")):
            return where
        opened = self._client.conversations_open(users=where.channel)
        return Address(str(opened["channel"]["id"]))

    def _lately(self, where: Address) -> list[dict[str, Any]]:
        if where.thread:
            found = self._client.conversations_replies(
                channel=where.channel, ts=where.thread, include_all_metadata=True, limit=1000
            )
        else:
            found = self._client.conversations_history(
                channel=where.channel, include_all_metadata=True, limit=LOOKED_THROUGH
            )
        messages: list[dict[str, Any]] = found["messages"]
        return messages


def _at_once(outgoing: Outgoing) -> bool:
    """What comes later is lost as a private message in a channel: nobody looks there then."""
    return isinstance(outgoing.message, BotReply | Receipt)


def _lasting(to: Address, outgoing: Outgoing) -> Address:
    if to.user:
        return Address(to.user)
    return Address(to.channel, place(outgoing.under).ts) if outgoing.under else to


def _content(shown: Shown) -> dict[str, Any]:
    return {"text": shown.text, "blocks": list(shown.blocks)}


def _metadata(outgoing: Outgoing) -> dict[str, Any]:
    return {"event_type": SENT_BY_THE_DESK, "event_payload": {"key": outgoing.key}}


def _key(message: dict[str, Any]) -> str:
    return str(message.get("metadata", {}).get("event_payload", {}).get("key", ""))
