"""Nothing is lost and nothing said twice, whatever Slack does with what it delivers."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk import databases
from tests.handlers.slack.council import ANN, COMMS, council
from tests.handlers.slack.fake import events
from tests.handlers.slack.fake.delivery import Delivery, Kind
from tests.handlers.slack.fake.refusal import Refusal
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.fake.signed_http import encoded, signed
from tests.handlers.slack.fake.state import LostAnswer
from tests.handlers.slack.manifest import installed_in
from tests.handlers.slack.running_bot import (
    COMMS_CONTACT,
    IN_BOTH_MODES,
    LOGO,
    QUOTE,
    RECEIPT,
    UNSURE,
    Mode,
    RunningBot,
    installation,
    message_to,
    running,
    running_bot,
)
from tests.toy_service import Toy, in_folder

SLOW_DOWN = Refusal("ratelimited", retry_after=1, status=429)


@IN_BOTH_MODES
def test_a_question_delivered_again_is_answered_once(bot: RunningBot) -> None:
    bot.ann.say(LOGO)
    bot.message(bot.ann, QUOTE)
    bot.slack.redeliver(bot.slack.courier.sent[-1])
    bot.slack.redeliver(bot.slack.courier.sent[-1])
    bot.settle()
    assert len(bot.ann.answers()) == 1


@IN_BOTH_MODES
def test_a_follow_up_delivered_again_is_added_once(bot: RunningBot) -> None:
    asked = bot.ann.say(UNSURE)
    bot.message(bot.ann, RECEIPT)
    bot.ann.say("Also on Friday?", "", asked.ts)
    bot.slack.redeliver(bot.slack.courier.sent[-1])
    bot.message(bot.ben, "the asker added:", COMMS)
    bot.settle()
    assert len(bot.ben.answers(COMMS)) == 2


@IN_BOTH_MODES
def test_a_reply_of_comms_delivered_again_is_asked_about_once(
    bot: RunningBot,
) -> None:
    bot.ann.say(UNSURE)
    card = bot.message(bot.ben, "C-1  open", COMMS)
    bot.settle()
    bot.ben.say("Book it.", COMMS, card.ts)
    bot.slack.redeliver(bot.slack.courier.sent[-1])
    bot.message(bot.ben, "as the answer to C-1?", COMMS)
    bot.settle()
    assert len(bot.ben.answers(COMMS)) == 2


def test_a_question_with_replies_that_is_deleted_is_withdrawn(bot: RunningBot) -> None:
    """Slack leaves a tombstone where replies hang on a message."""
    asked = bot.ann.say(UNSURE)
    bot.message(bot.ann, RECEIPT)
    gone = replace(asked, user="USLACKBOT", text="This message was deleted.")
    event = events.changed(bot.ann.dm, asked, gone, bot.slack.screen.next_ts())
    event["message"]["subtype"] = "tombstone"
    bot.ann.deliver(Delivery(Kind.EVENT, events.envelope(event)))
    bot.message(bot.ann, "Withdrawn.")
    bot.message(bot.ben, "C-1  withdrawn", COMMS)


def test_a_link_that_slack_unfurls_is_no_edit(bot: RunningBot) -> None:
    asked = bot.ann.say(UNSURE)
    card = bot.message(bot.ben, "C-1  open", COMMS)
    event = events.changed(bot.ann.dm, asked, asked, bot.slack.screen.next_ts())
    bot.ann.deliver(Delivery(Kind.EVENT, events.envelope(event)))
    bot.settle()
    assert "edited" not in card.words


@IN_BOTH_MODES
def test_questions_that_come_late_doubled_and_reversed_are_answered_once_each(
    bot: RunningBot,
) -> None:
    with bot.slack.held() as held:
        first, second = bot.ann.say(LOGO), bot.ann.say("phone in a meeting?")
        held.reverse()
        held.append(held[0])
    bot.slack.wait_for(lambda: len(bot.ann.answers()) == 2)
    bot.settle()
    threads = {each.thread_ts: each.words for each in bot.ann.answers()}
    assert QUOTE in threads[first.ts]
    assert "A phone is permitted" in threads[second.ts]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_disconnection_loses_nothing(tmp_path: Path, reason: str) -> None:
    with running_bot(tmp_path, Mode.SOCKET) as bot:
        before = len(bot.slack.calls("apps.connections.open"))
        bot.slack.disconnect(reason)
        bot.slack.wait_for(lambda: len(bot.slack.calls("apps.connections.open")) > before)
        bot.slack.wait_for(lambda: bot.slack.socket_mode.links)
        bot.ann.say(LOGO)
        bot.message(bot.ann, QUOTE)


def test_a_question_asked_while_the_bot_was_down_is_answered_later(
    tmp_path: Path,
) -> None:
    with SlackServer(installed_in(council())) as slack:
        ann, toy = slack.people[ANN], Toy(in_folder(tmp_path), comms=COMMS_CONTACT)
        with running(toy.service(), slack, installation(slack)):
            ann.say(LOGO)
            message_to(slack, ann, QUOTE)
        ann.say(UNSURE)
        with running(toy.service(), slack, installation(slack)):
            slack.redeliver()
            slack.redeliver(*slack.courier.sent)
            message_to(slack, ann, RECEIPT)
        assert len(ann.answers()) == 2


@pytest.fixture
def shared() -> Iterator[str]:
    with databases.postgresql() as server:
        address = databases.fresh(server)
        yield address
        databases.drop(server, address)


def test_two_replicas_on_one_postgresql_answer_once(shared: str) -> None:
    with SlackServer(installed_in(council())) as slack:
        ann, toy = slack.people[ANN], Toy(shared, comms=COMMS_CONTACT)
        first, second = toy.service(), toy.service()
        with running(first, slack, installation(slack)) as one:
            addresses = [slack.events_url]
            with running(second, slack, installation(slack)) as other:
                addresses.append(slack.events_url)
                with slack.held() as held:
                    for text in (LOGO, UNSURE, "phone in a meeting?"):
                        ann.say(text)
                    bodies = [encoded(each)[0] for each in held]
                    held.clear()
                assert to_both(slack, addresses, bodies) == {200}
                slack.wait_for(lambda: one.idle and other.idle)
                slack.wait_for(lambda: not first.desk.backlog().waiting)
                slack.wait_for(lambda: len(ann.answers()) == 3)


def to_both(slack: SlackServer, addresses: list[str], bodies: list[str]) -> set[int]:
    """Each event to each replica at once, twice; gives the HTTP statuses."""
    secret, kind = slack.workspace.signing_secret, {"Content-Type": "application/json"}
    with ThreadPoolExecutor(12) as slacks:
        posts = [
            slacks.submit(slack.post, address, body, signed(secret, body) | kind)
            for body in bodies
            for address in addresses * 2
        ]
    return {post.result() for post in posts}


def test_a_message_that_slack_rate_limits_is_sent_later(bot: RunningBot) -> None:
    bot.slack.meet("chat.postMessage", SLOW_DOWN)
    bot.ann.say(LOGO)
    bot.slack.wait_for(lambda: bot.slack.calls("chat.postMessage"))
    assert bot.ann.answers() == []
    bot.pass_time_until(bot.ann.answers)
    bot.settle()
    assert len(bot.ann.answers()) == 1


def test_an_answer_whose_sending_was_not_confirmed_is_not_sent_twice(bot: RunningBot) -> None:
    bot.slack.meet("chat.postMessage", LostAnswer())
    bot.ann.say(LOGO)
    bot.message(bot.ann, QUOTE)
    desk = bot.toy.desk()
    bot.pass_time_until(lambda: not desk.backlog().waiting)
    desk.close()
    assert len(bot.ann.answers()) == 1
