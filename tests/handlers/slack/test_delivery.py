"""Nothing is lost and nothing said twice, whatever Slack does with what it delivers."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.errors import BadInput
from tests.desk import databases
from tests.handlers.slack import events
from tests.handlers.slack.council import ANN, COMMS, council
from tests.handlers.slack.delivery import Delivery, Kind
from tests.handlers.slack.manifest import installed_in
from tests.handlers.slack.refusal import Refusal
from tests.handlers.slack.running_bot import COMMS as COMMS_CONTACT
from tests.handlers.slack.running_bot import Mode, heard, installation, running
from tests.handlers.slack.server import SlackServer
from tests.handlers.slack.signed_http import encoded, signed
from tests.handlers.slack.slack_bot import LOGO, QUOTE, RECEIPT, UNSURE, Council, council_with_bot
from tests.handlers.slack.state import LostAnswer, Slow, Trouble
from tests.toy_service import Toy, in_folder

SLOW_DOWN = Refusal("ratelimited", retry_after=1, status=429)


@pytest.fixture(params=Mode)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Council]:
    with council_with_bot(tmp_path, request.param) as here:
        yield here


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Council]:
    with council_with_bot(tmp_path) as council:
        yield council


def test_a_question_delivered_again_is_answered_once(both: Council) -> None:
    both.ann.say(LOGO)
    both.heard(both.ann, QUOTE)
    both.slack.redeliver(both.slack.courier.sent[-1])
    both.slack.redeliver(both.slack.courier.sent[-1])
    both.settle()
    assert len(both.ann.answers()) == 1


def test_a_follow_up_delivered_again_is_added_once(both: Council) -> None:
    asked = both.ann.say(UNSURE)
    both.heard(both.ann, RECEIPT)
    both.ann.say("Also on Friday?", "", asked.ts)
    both.slack.redeliver(both.slack.courier.sent[-1])
    both.heard(both.ben, "the asker added:", COMMS)
    both.settle()
    assert len(both.ben.answers(COMMS)) == 2


def test_a_reply_of_comms_delivered_again_is_asked_about_once(both: Council) -> None:
    both.ann.say(UNSURE)
    card = both.heard(both.ben, "C-1  open", COMMS)
    both.settle()
    both.ben.say("Book it.", COMMS, card.ts)
    both.slack.redeliver(both.slack.courier.sent[-1])
    both.heard(both.ben, "as the answer to C-1?", COMMS)
    both.settle()
    assert len(both.ben.answers(COMMS)) == 2


def test_a_question_with_replies_that_is_deleted_is_withdrawn(here: Council) -> None:
    """Slack leaves a tombstone where replies hang on a message."""
    asked = here.ann.say(UNSURE)
    here.heard(here.ann, RECEIPT)
    gone = replace(asked, user="USLACKBOT", text="This message was deleted.")
    event = events.changed(here.ann.dm, asked, gone, here.slack.shown.next_ts())
    event["message"]["subtype"] = "tombstone"
    here.ann.deliver(Delivery(Kind.EVENT, events.envelope(event)))
    here.heard(here.ann, "Withdrawn.")
    here.heard(here.ben, "C-1  withdrawn", COMMS)


def test_a_link_that_slack_unfurls_is_no_edit(here: Council) -> None:
    asked = here.ann.say(UNSURE)
    card = here.heard(here.ben, "C-1  open", COMMS)
    event = events.changed(here.ann.dm, asked, asked, here.slack.shown.next_ts())
    here.ann.deliver(Delivery(Kind.EVENT, events.envelope(event)))
    here.settle()
    assert "edited" not in card.words


def test_questions_that_come_late_doubled_and_reversed_are_answered_once_each(
    both: Council,
) -> None:
    with both.slack.held() as held:
        first, second = both.ann.say(LOGO), both.ann.say("phone in a meeting?")
        held.reverse()
        held.append(held[0])
    both.slack.wait_for(lambda: len(both.ann.answers()) == 2)
    both.settle()
    threads = {each.thread_ts: each.words for each in both.ann.answers()}
    assert QUOTE in threads[first.ts]
    assert "A phone is permitted" in threads[second.ts]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_disconnection_loses_nothing(tmp_path: Path, reason: str) -> None:
    with council_with_bot(tmp_path, Mode.SOCKET) as here:
        before = len(here.slack.calls("apps.connections.open"))
        here.slack.disconnect(reason)
        here.slack.wait_for(lambda: len(here.slack.calls("apps.connections.open")) > before)
        here.slack.wait_for(lambda: here.slack.socket_mode.links)
        here.ann.say(LOGO)
        here.heard(here.ann, QUOTE)


def test_what_was_asked_while_the_bot_was_away_is_answered_when_it_is_back(
    tmp_path: Path,
) -> None:
    with SlackServer(installed_in(council())) as slack:
        ann, toy = slack.people[ANN], Toy(in_folder(tmp_path), comms=COMMS_CONTACT)
        with running(toy.service(), slack, installation(slack)):
            ann.say(LOGO)
            heard(slack, ann, QUOTE)
        ann.say(UNSURE)
        with running(toy.service(), slack, installation(slack)):
            slack.redeliver()
            slack.redeliver(*slack.courier.sent)
            heard(slack, ann, RECEIPT)
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


def test_slack_asking_for_patience_is_given_it(here: Council) -> None:
    here.slack.meet("chat.postMessage", SLOW_DOWN)
    here.ann.say(LOGO)
    here.slack.wait_for(lambda: here.slack.calls("chat.postMessage"))
    assert here.ann.answers() == []
    here.pass_time_until(here.ann.answers)
    here.settle()
    assert len(here.ann.answers()) == 1


@pytest.mark.parametrize("trouble", [SLOW_DOWN, Slow(5), LostAnswer()])
def test_a_status_that_slack_does_not_show_holds_nothing_up(
    here: Council, trouble: Trouble
) -> None:
    here.slack.meet("assistant.threads.setStatus", trouble)
    here.ann.say(LOGO)
    here.heard(here.ann, QUOTE)


def test_an_answer_whose_sending_was_not_confirmed_is_not_said_twice(here: Council) -> None:
    here.slack.meet("chat.postMessage", LostAnswer())
    here.ann.say(LOGO)
    here.heard(here.ann, QUOTE)
    desk = here.toy.desk()
    here.pass_time_until(lambda: not desk.backlog().waiting)
    desk.close()
    assert len(here.ann.answers()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        signed("another secret", "{}"),
        signed("signing-secret", "{}", at=time.time() - 600),
        signed("signing-secret", "something else"),
        {},
    ],
)
def test_what_slack_did_not_sign_just_now_is_refused(
    here: Council, headers: dict[str, str]
) -> None:
    assert here.slack.post(here.slack.events_url, "{}", headers) == 401


@pytest.mark.parametrize(
    ("mode", "setting"), [(Mode.HTTP, "SLACK_BOT_TOKEN"), (Mode.SOCKET, "SLACK_APP_TOKEN")]
)
def test_a_token_that_slack_refuses_stops_the_start(
    tmp_path: Path, mode: Mode, setting: str
) -> None:
    with SlackServer(installed_in(council())) as slack:
        installed = installation(slack, mode)
        revoked = "bot_token" if mode is Mode.HTTP else "app_token"
        setattr(slack.workspace, revoked, "a newer one")
        service = Toy(in_folder(tmp_path)).service()
        with (
            pytest.raises(BadInput, match=f"Slack refuses {setting}"),
            running(service, slack, installed),
        ):
            pass
        service.desk.close()
