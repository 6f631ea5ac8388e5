"""The messenger alone, against the faked Slack."""

from collections.abc import Iterator
from datetime import UTC, datetime

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from desk.model.errors import RetryAfter, Undeliverable
from desk.model.hours import OfficeHours
from desk.model.messages import (
    BotReply,
    CannotTell,
    CommsAnswer,
    CorrectedAnswer,
    Message,
    Messenger,
    NotSent,
    Outgoing,
    SentAs,
)
from desk.model.people import PersonRef
from handlers.conversation.reply_message import ReplyMessage, Voice, as_body
from handlers.slack.address import Address, contact, message_ref
from handlers.slack.messenger import SlackMessenger
from handlers.slack.slack_api import NotConnectedError, SlackApi
from tests.desk.fakes import FakeClock
from tests.handlers.slack.council import ANN, BEN, ELSEWHERE, GENERAL, GONE, council
from tests.handlers.slack.fake.refusal import Refusal
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.fake.state import LostAnswer
from tests.handlers.slack.manifest import installed_in
from tests.handlers.slack.running_bot import on, own_loop

REPLY = BotReply(as_body(ReplyMessage(1, Voice.BOT, "Hello.")))
AT = datetime(2026, 11, 23, tzinfo=UTC)
ANSWER = CommsAnswer("C-1", 1, "May I?", "Yes.", (), PersonRef("w", "Jane"), AT)


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer(installed_in(council())) as server:
        yield server


@pytest.fixture
def messenger(slack: SlackServer) -> Iterator[Messenger]:
    api = SlackApi()
    with own_loop() as loop:
        session = on(loop, _opened(api, slack))
        yield SlackMessenger(api, OfficeHours(), FakeClock())
        on(loop, session.close())


async def _opened(api: SlackApi, slack: SlackServer) -> aiohttp.ClientSession:
    session = aiohttp.ClientSession()
    token, url = slack.workspace.bot_token, slack.api_url
    api.open(AsyncWebClient(token, url, session=session, retry_handlers=[]))
    return session


def outgoing(
    to: Address, message: Message = REPLY, key: str = "k1", replaces: str = "", under: str = ""
) -> Outgoing:
    return Outgoing(key, contact(to), message, replaces, under)


def test_it_keeps_the_protocol_and_names_the_message(
    slack: SlackServer, messenger: Messenger
) -> None:
    sent = messenger.send(outgoing(Address(GENERAL)))
    (message,) = slack.people[ANN].answers(GENERAL)
    assert sent == f"{GENERAL}/{message.ts}"
    assert messenger.surfaces == frozenset({"slack"})
    assert not message.unfurls


def test_before_the_application_has_started_nothing_is_sent() -> None:
    with pytest.raises(NotConnectedError):
        SlackMessenger(SlackApi(), OfficeHours(), FakeClock()).send(outgoing(Address(GENERAL)))


def test_messages_go_over_one_connection(slack: SlackServer, messenger: Messenger) -> None:
    for number in range(5):
        messenger.send(outgoing(Address(GENERAL), key=f"k{number}"))
    assert len(slack.state.connections) == 1


@pytest.mark.parametrize("to", [Address(GENERAL), Address(ANN)])
def test_a_sent_message_is_found_by_its_key(
    slack: SlackServer, messenger: Messenger, to: Address
) -> None:
    assert messenger.find_sent(outgoing(to)) == NotSent()
    slack.meet("chat.postMessage", LostAnswer())
    with pytest.raises(aiohttp.ServerDisconnectedError):
        messenger.send(outgoing(to))
    (message,) = [m for m in slack.screen.messages if m.metadata]
    assert messenger.find_sent(outgoing(to)) == SentAs(f"{message.channel}/{message.ts}")
    assert messenger.find_sent(outgoing(to, key="another")) == NotSent()


def test_a_message_sent_to_a_thread_is_found_there(
    slack: SlackServer, messenger: Messenger
) -> None:
    written = slack.people[ANN].say("hello", GENERAL)
    sent = messenger.send(outgoing(Address(GENERAL, written.ts)))
    assert messenger.find_sent(outgoing(Address(GENERAL, written.ts))) == SentAs(sent)
    assert slack.people[ANN].answers(GENERAL)[0].thread_ts == written.ts


def test_a_private_reply_cannot_be_looked_for(slack: SlackServer, messenger: Messenger) -> None:
    to = Address(GENERAL, user=ANN)
    messenger.send(outgoing(to))
    assert slack.people[BEN].answers(GENERAL) == []
    assert slack.people[ANN].answers(GENERAL)[0].only_for == ANN
    assert messenger.find_sent(outgoing(to)) == CannotTell()


def test_a_later_answer_to_a_private_question_comes_to_the_direct_message(
    slack: SlackServer, messenger: Messenger
) -> None:
    to = Address(GENERAL, user=ANN)
    sent = messenger.send(outgoing(to, ANSWER))
    assert "Yes." in slack.people[ANN].answers()[0].words
    assert messenger.find_sent(outgoing(to, ANSWER)) == SentAs(sent)


def test_the_wait_that_slack_names_is_passed_on(slack: SlackServer, messenger: Messenger) -> None:
    slack.meet("chat.postMessage", Refusal("ratelimited", retry_after=7, status=429))
    with pytest.raises(RetryAfter) as asked:
        messenger.send(outgoing(Address(GENERAL)))
    assert asked.value.seconds == 7


def test_a_wait_that_slack_does_not_name_is_half_a_minute(
    slack: SlackServer, messenger: Messenger
) -> None:
    slack.meet("chat.postMessage", Refusal("ratelimited", status=429))
    with pytest.raises(RetryAfter) as asked:
        messenger.send(outgoing(Address(GENERAL)))
    assert asked.value.seconds == 30


def test_where_the_channel_is_closed_the_asker_gets_it_in_the_direct_message(
    slack: SlackServer, messenger: Messenger
) -> None:
    to = Address(ELSEWHERE, "1.2", asker=ANN)
    assert messenger.find_sent(outgoing(to)) == NotSent()
    sent = messenger.send(outgoing(to))
    assert len(slack.people[ANN].answers()) == 1
    assert messenger.find_sent(outgoing(to)) == SentAs(sent)


@pytest.mark.parametrize("channel", [GONE, ELSEWHERE, "C0NOWHERE"])
def test_an_address_that_slack_refuses_is_undeliverable(messenger: Messenger, channel: str) -> None:
    with pytest.raises(Undeliverable, match="Slack says"):
        messenger.send(outgoing(Address(channel)))


@pytest.mark.parametrize("code", ["internal_error", "account_inactive", "token_revoked"])
def test_slacks_trouble_or_the_tokens_is_no_reason_to_give_up(
    slack: SlackServer, messenger: Messenger, code: str
) -> None:
    slack.meet("chat.postMessage", Refusal(code))
    with pytest.raises(SlackApiError):
        messenger.send(outgoing(Address(GENERAL)))


def test_a_correction_replaces_the_answer(slack: SlackServer, messenger: Messenger) -> None:
    first = messenger.send(outgoing(Address(ANN), ANSWER))
    corrected = CorrectedAnswer(ANSWER)
    again = messenger.send(outgoing(Address(ANN), corrected, key="k2", replaces=first))
    (message,) = slack.people[ANN].answers()
    assert again == first
    assert message.edited
    assert "Corrected" in message.words
    assert messenger.find_sent(outgoing(Address(ANN), corrected, key="k2")) == SentAs(first)


def test_a_change_to_a_message_that_is_gone_is_sent_as_a_new_one(
    slack: SlackServer, messenger: Messenger
) -> None:
    first = messenger.send(outgoing(Address(ANN), ANSWER))
    slack.people[ANN].answers()[0].deleted = True
    again = messenger.send(outgoing(Address(ANN), ANSWER, key="k2", replaces=first))
    assert again != first
    assert len(slack.people[ANN].answers()) == 1


def test_a_reply_to_a_message_that_is_gone_is_sent_to_the_channel(
    slack: SlackServer, messenger: Messenger
) -> None:
    first = messenger.send(outgoing(Address(GENERAL)))
    second = messenger.send(outgoing(Address(GENERAL), key="k2", under=first))
    slack.people[ANN].answers(GENERAL)[0].deleted = True
    messenger.send(outgoing(Address(GENERAL), key="k3", under=first))
    threads = {m.ts: m.thread_ts for m in slack.people[ANN].answers(GENERAL)}
    assert threads[message_ref(second).ts] == message_ref(first).ts
    assert "" in threads.values()
