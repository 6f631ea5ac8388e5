"""The communications team at work in their channel."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.model.people import Person as DeskPerson
from tests.handlers.slack import interactions
from tests.handlers.slack.council import COMMS
from tests.handlers.slack.delivery import Kind
from tests.handlers.slack.shown import Message
from tests.handlers.slack.slack_bot import RECEIPT, UNSURE, Council, council_with_bot
from tests.handlers.slack.state import ResponseUrl


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with council_with_bot(tmp_path) as here:
        yield here
        here.settle()
        assert here.slack.complaints == []


def card_of(council: Council, words: str = "C-1  open") -> Message:
    if not council.ben.answers(COMMS):
        council.ann.say(UNSURE)
        council.heard(council.ben, words, COMMS)
        council.settle()  # so that the desk knows under which name Slack shows it
    return council.heard(council.ben, words, COMMS)


def test_a_card_shows_the_case_and_stays_up_to_date(council: Council) -> None:
    card = card_of(council)
    assert "Asked by Ann Jones (staff). Reason: not in the policy." in card.words
    assert "due Tuesday 24 November 10:00" in card.words
    assert "“You should: Not post without training.”" in card.words
    council.ben.press(card, "Claim")
    council.slack.wait_for(lambda: "C-1  claimed, with Ben Evans" in card.words)
    council.ben.press(card, "Release")
    council.slack.wait_for(lambda: "C-1  open" in card.words)
    assert len(council.ben.answers(COMMS)) == 1


def test_the_answer_is_prefilled_with_the_draft_and_quotes_the_clauses_picked(
    council: Council,
) -> None:
    council.ben.press(card_of(council), "Answer")
    council.modal(council.ben)
    council.ben.submit({"Quote these clauses beneath it": ("toy:3",)})
    answer = council.heard(council.ann, "Ben Evans answers (C-1):")
    assert "“You should: Not post without training.”" in answer.words
    assert "A phone is permitted in a meeting." in answer.words


def test_a_reply_beneath_the_card_becomes_the_answer_by_one_press(council: Council) -> None:
    card = card_of(council)
    said = council.ben.say("Book it with <us> & HR.", COMMS, card.ts)
    asked = council.heard(council.ben, "as the answer to C-1?", COMMS)
    assert asked.only_for == council.ben.user.id
    council.ben.edit(said, "Book it with us & HR.")
    council.ben.press(asked, "Send as the answer")
    council.heard(council.ann, "Book it with us & HR.")
    council.heard(council.ben, "Sent as the answer to C-1.", COMMS)


def test_a_word_among_colleagues_stays_among_them(council: Council) -> None:
    council.ben.say("who knows?", COMMS, card_of(council).ts)
    council.ben.press(council.heard(council.ben, "as the answer", COMMS), "No")
    council.heard(council.ben, "It stays here", COMMS)
    council.settle()
    assert "who knows?" not in "".join(each.words for each in council.ann.answers())


def test_a_colleague_who_asks_in_the_channel_of_comms_goes_on_asking(council: Council) -> None:
    asked = council.ben.say(f"<@U0BOT> {UNSURE}", COMMS)
    receipt = council.heard(council.ben, RECEIPT, COMMS)
    assert receipt.thread_ts == asked.ts
    council.settle()
    council.ben.say("Also on Friday?", COMMS, asked.ts)
    council.heard(council.ben, "the asker added:", COMMS)


def test_what_the_asker_adds_appears_beneath_the_card(council: Council) -> None:
    card = card_of(council)
    asked = council.heard(council.ann, RECEIPT)
    council.ann.say("Also for <!channel> volunteers", "", asked.thread_ts)
    notice = council.heard(council.ben, "the asker added:", COMMS)
    assert notice.thread_ts == card.ts
    assert "Also for @channel volunteers" in notice.words
    assert notice.alive == ()


def test_not_for_us_needs_a_reason_that_the_asker_is_told(council: Council) -> None:
    card = card_of(council)
    council.ben.press(card, "Not for us")
    council.modal(council.ben)
    council.ben.submit({"Reason": "HR answers this."})
    council.heard(council.ann, "without an answer: HR answers this.")
    council.slack.wait_for(lambda: "C-1  closed" in card.words)


def test_a_published_answer_is_found_for_the_next_asker(council: Council) -> None:
    card = card_of(council)
    council.ben.press(card, "Answer")
    council.modal(council.ben)
    council.ben.submit({"Answer": "Book it with us."})
    council.slack.wait_for(lambda: "C-1  answered" in card.words)
    council.ben.press(card, "Publish")
    form = council.modal(council.ben)
    assert "Book it with us." in str(form.json)
    council.ben.submit({"Who answers for it": "HR"})
    council.heard(council.ben, "P-1 is published, to be reviewed by 23 November 2027.", COMMS)
    council.ben.say(UNSURE)
    council.heard(council.ben, "The communications team answered this on 23 November 2026:")


def test_the_second_to_answer_is_told_so_in_the_form(council: Council) -> None:
    council.ben.press(card_of(council), "Answer")
    council.modal(council.ben)
    desk = council.toy.desk()
    desk.casework.answer("C-1", DeskPerson("terminal:jane", "Jane"), "Yes.")
    desk.close()
    council.ben.submit({"Answer": "No."})
    form = council.modal(council.ben)
    assert "C-1 was already answered by Jane." in form.errors["words"]


def test_nobody_else_acts_for_comms(council: Council) -> None:
    card_of(council)
    pressed = {"action_id": "claim", "block_id": "b", "type": "button", "value": "C-1"}
    dm = council.ann.dm
    forged = Message(dm.id, council.slack.shown.next_ts(), "U0BOT", "")
    payload = interactions.pressed_in_message(council.ann.user, dm, forged, pressed)
    council.ann.send(Kind.INTERACTION, payload, ResponseUrl(dm.id, council.ann.user.id))
    council.heard(council.ann, "Only the communications team may do this.")
    assert "C-1  open" in card_of(council).words


def test_an_answer_given_elsewhere_arrives_and_the_card_follows(council: Council) -> None:
    card = card_of(council)
    desk = council.toy.desk()
    desk.casework.answer("C-1", DeskPerson("terminal:jane", "Jane"), "Yes.")
    desk.close()
    council.heard(council.ann, "Jane answers (C-1):")
    council.slack.wait_for(lambda: "C-1  answered, with Jane" in card.words)


def test_a_reminder_and_what_is_overdue_stand_beneath_the_card(tmp_path: Path) -> None:
    with council_with_bot(tmp_path) as here:
        card = card_of(here)
        here.toy.clock.advance(days=2)
        desk = here.toy.desk()
        desk.jobs.remind()
        desk.close()
        notice = here.heard(here.ben, "and has no answer", COMMS)
        assert notice.thread_ts == card.ts


def test_a_long_answer_is_read_to_its_end_in_a_form(council: Council) -> None:
    card_of(council)
    desk = council.toy.desk()
    long = f"{'Many words. ' * 1_200}The end."
    desk.casework.answer("C-1", DeskPerson("terminal:jane", "Jane"), long)
    desk.close()
    answer = council.heard(council.ann, "Jane answers (C-1):")
    assert "The end." not in answer.words
    council.ann.press(answer, "Read the whole answer")
    assert "The end." in council.modal(council.ann).words
