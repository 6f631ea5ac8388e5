"""The whole way of a question that the bot cannot answer, on both databases."""

from dataclasses import replace
from datetime import date

from desk.model.case import Quote, Status, Step
from desk.model.messages import (
    CaseCard,
    CaseNotice,
    CommsAnswer,
    CorrectedAnswer,
    Message,
    MessageKind,
    Outgoing,
    Receipt,
)
from desk.model.precedent import CitedClause, Reviewed
from desk.model.question import Verdict
from desk.services.desk import Desk
from tests.desk.council import ANN, CLAUSE, COMMS, JANE, QUESTION, followed_up, opened
from tests.desk.fakes import FakeClock, RecordingMessenger


def test_a_question_becomes_a_case_and_its_answer_travels_back(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    case = opened(desk)
    desk.casework.claim(case.ref, JANE)
    clock.advance(hours=1)
    desk.casework.answer(case.ref, JANE, "No, wait until polling day.", (CLAUSE,))
    desk.delivery.deliver_due(messenger)
    receipt, answer = messenger.to(ANN.key)
    assert isinstance(receipt, Receipt)
    assert (receipt.ref, receipt.sent, receipt.body) == (case.ref, QUESTION, "to the asker")
    assert isinstance(answer, CommsAnswer)
    assert (answer.question, answer.text) == (QUESTION, "No, wait until polling day.")
    assert answer.answered_by.name == "Jane Smith"
    assert answer.cited == (CLAUSE,)
    desk.intake.feedback(answer.question_id, ANN, Verdict.HELPFUL)


def test_a_follow_up_reopens_the_case_and_its_answer_reaches_the_asker(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    desk.casework.answer(case.ref, JANE, "No.")
    reopened = followed_up(desk, case.ref, ANN, "And from my own account?")
    assert reopened.status is Status.REOPENED
    desk.casework.answer(case.ref, JANE, "Yes, from your own.")
    desk.delivery.deliver_due(messenger)
    assert _texts(messenger.to(ANN.key)) == ["No.", "Yes, from your own."]


def test_a_correction_takes_the_place_of_the_delivered_answer(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(messenger)
    first = messenger.sent.index(_answer(messenger)) + 1
    desk.casework.correct(case.ref, JANE, "Yes, after the count.")
    desk.delivery.deliver_due(messenger)
    edit = next(sent for sent in messenger.sent if isinstance(sent.message, CorrectedAnswer))
    assert edit.replaces == f"m{first}"
    assert isinstance(edit.message, CorrectedAnswer)
    assert edit.message.answer.text == "Yes, after the count."


def test_a_correction_made_before_the_answer_left_comes_after_it(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    desk.casework.answer(case.ref, JANE, "No.")
    desk.casework.correct(case.ref, JANE, "Yes.")
    desk.delivery.deliver_due(messenger)
    kinds = [type(message) for message in messenger.to(ANN.key)]
    assert kinds == [Receipt, CommsAnswer, CorrectedAnswer]


def test_a_published_answer_is_in_the_next_version(desk: Desk) -> None:
    case = opened(desk)
    desk.casework.answer(case.ref, JANE, "No.")
    before = desk.publishing.version()
    cited = (CitedClause("social-media", "4(c)", "Purdah", "0" * 64),)
    reviewed = Reviewed(QUESTION, "No.", cited, "Communications", date(2027, 5, 1))
    precedent = desk.publishing.publish(case.ref, JANE, reviewed)
    assert desk.publishing.version() > before
    assert desk.publishing.published() == (precedent,)


def test_comms_see_one_card_that_follows_the_case(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    desk.delivery.deliver_due(messenger)
    desk.casework.claim(case.ref, JANE)
    desk.casework.release(case.ref, JANE)
    desk.casework.claim(case.ref, JANE)
    desk.delivery.deliver_due(messenger)
    cards = [sent for sent in messenger.sent if isinstance(sent.message, CaseCard)]
    assert len(cards) == 2, "updates that nobody has sent yet are one"
    assert cards[1].replaces == f"m{messenger.sent.index(cards[0]) + 1}"
    assert isinstance(cards[1].message, CaseCard)
    assert cards[1].message.case.status is Status.CLAIMED


def test_comms_are_told_of_a_follow_up_under_the_card(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    desk.delivery.deliver_due(messenger)
    card = next(
        f"m{number}"
        for number, sent in enumerate(messenger.sent, start=1)
        if isinstance(sent.message, CaseCard)
    )
    followed_up(desk, case.ref, ANN, "It is for tomorrow.")
    desk.delivery.deliver_due(messenger)
    notice = next(sent for sent in messenger.sent if isinstance(sent.message, CaseNotice))
    assert isinstance(notice.message, CaseNotice)
    assert (notice.message.kind, notice.message.text) == (
        MessageKind.FOLLOW_UP,
        "It is for tomorrow.",
    )
    assert notice.under == card
    assert notice.contact == COMMS


def test_a_case_lists_its_events_with_person_and_time(desk: Desk, clock: FakeClock) -> None:
    case = opened(desk)
    clock.advance(hours=1)
    claimed = desk.casework.claim(case.ref, JANE)
    steps = [(event.step, event.person.name) for event in claimed.events]
    assert steps == [(Step.OPENED, "Ann Asker"), (Step.CLAIMED, "Jane Smith")]
    assert claimed.events[1].at == clock.now()


def test_a_case_keeps_what_helps_to_answer_it(desk: Desk) -> None:
    case = desk.casework.show(opened(desk).ref)
    assert case.closest == (Quote("social-media", "4(c)", "Purdah", CLAUSE.text),)
    assert case.draft == "Section 4(c) says no."


def _texts(messages: list[Message]) -> list[str]:
    return [message.text for message in messages if isinstance(message, CommsAnswer)]


def _answer(messenger: RecordingMessenger) -> Outgoing:
    return next(sent for sent in messenger.sent if isinstance(sent.message, CommsAnswer))


def test_a_clause_that_the_answer_quotes_itself_is_not_repeated_below_it(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    other = replace(CLAUSE, section="5", text="You may ask.")
    text = f"No: “{CLAUSE.text}” (section 4(c), Purdah)"
    case = desk.casework.answer(opened(desk).ref, JANE, text, (CLAUSE, other))
    assert case.answers[0].cited == (CLAUSE, other), "the case keeps both"
    desk.delivery.deliver_due(messenger)
    answer = messenger.to(ANN.key)[-1]
    assert isinstance(answer, CommsAnswer)
    assert answer.cited == (other,)
