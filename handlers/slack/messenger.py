"""Delivers the desk's messages to people in Slack."""

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
from handlers.slack.sent_messages import SentMessages, metadata
from handlers.slack.slack_api import SlackApi


class SlackMessenger:
    surfaces = frozenset({SURFACE})

    def __init__(
        self,
        api: SlackApi,
        hours: OfficeHours,
        clock: Clock,
        pages: PublicPages = reply_blocks.NO_PAGES,
    ) -> None:
        self._api = api
        self._sent = SentMessages(api)
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
        found = self._sent.find(outgoing, _lasting(to, outgoing))
        return SentAs(message_id(found.channel, found.ts)) if found else NotSent()

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
        old, message = message_ref(outgoing.replaces), content.as_json()
        try:
            self._api.call(
                lambda client: client.chat_update(
                    channel=old.channel,
                    ts=old.ts,
                    metadata=metadata(outgoing),
                    **message,
                )
            )
        except SlackApiError as error:
            if error_code(error) in NOT_EDITABLE | PERMANENT:
                return ""
            raise
        return outgoing.replaces

    def _post_ephemeral(self, to: Address, outgoing: Outgoing, content: MessageContent) -> str:
        """Where it was asked; else in the direct message, as the bot may not be in that channel."""
        message = content.as_json()
        try:
            sent = self._api.call(
                lambda client: client.chat_postEphemeral(
                    channel=to.channel,
                    user=to.user,
                    **message,
                )
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
        message = content.as_json()
        sent = self._api.call(
            lambda client: client.chat_postMessage(
                channel=to.channel,
                thread_ts=to.thread or None,
                metadata=metadata(outgoing),
                unfurl_links=False,
                unfurl_media=False,
                **message,
            )
        )
        return message_id(str(sent["channel"]), str(sent["ts"]))


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
