from dataclasses import replace
from datetime import timedelta

import pytest

from desk.model.errors import AlreadyFinished, NoSuchQuestion, NotYours, Refused
from desk.model.messages import BotReply, Receipt
from desk.model.people import Contact
from desk.model.policy_version import FOLDER_VERSION, Period
from desk.model.question import AlreadySeen, Escalation, InboundEvent, Outcome, Verdict
from desk.services.desk import Desk
from knowledge.reason import Reason
from tests.desk.council import ANN, BOB, CLAUSE, accepted, incoming, opened
from tests.desk.fakes import RecordingMessenger


def test_an_answered_question_gets_the_reply_once(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    number = accepted(desk, incoming())
    desk.intake.finish(number, Outcome.ANSWERED, "the reply", (CLAUSE,))
    with pytest.raises(AlreadyFinished):
        desk.intake.finish(number, Outcome.CLARIFY, "another reply")
    desk.delivery.deliver_due(messenger)
    assert messenger.to(ANN.key) == [BotReply("the reply")]


def test_a_repeated_event_is_not_a_second_question(desk: Desk) -> None:
    question = incoming()
    accepted(desk, question)
    assert isinstance(desk.intake.accept(question), AlreadySeen)


def test_one_message_that_comes_as_two_events_is_one_question(desk: Desk) -> None:
    accepted(desk, incoming(message="m-20"))
    assert isinstance(desk.intake.accept(incoming(message="m-20")), AlreadySeen)


def test_a_question_that_went_to_comms_gets_no_reply_of_the_bot(desk: Desk) -> None:
    number = accepted(desk, incoming())
    desk.escalations.hand_over(Escalation(number, Reason.NEAR_MISS))
    with pytest.raises(AlreadyFinished):
        desk.intake.finish(number, Outcome.ANSWERED, "too late")


def test_an_answered_question_is_not_handed_over(desk: Desk) -> None:
    number = accepted(desk, incoming())
    desk.intake.finish(number, Outcome.ANSWERED, "the reply")
    with pytest.raises(AlreadyFinished):
        desk.escalations.hand_over(Escalation(number, Reason.NEAR_MISS))
    assert desk.casework.listed() == ()


def test_asking_comms_twice_opens_one_case_and_says_so_once(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    number = accepted(desk, incoming())
    why = Escalation(number, Reason.ASKED_FOR_COMMS)
    assert desk.escalations.ask_comms(why) == desk.escalations.ask_comms(why)
    desk.delivery.deliver_due(messenger)
    assert len([told for told in messenger.to(ANN.key) if isinstance(told, Receipt)]) == 1


def test_an_unhappy_asker_takes_an_answered_question_to_comms(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    number = accepted(desk, incoming())
    desk.intake.finish(number, Outcome.ANSWERED, "the reply")
    case = desk.escalations.ask_comms(Escalation(number, Reason.UNHAPPY))
    assert case.reason is Reason.UNHAPPY
    desk.delivery.deliver_due(messenger)
    assert [type(told) for told in messenger.to(ANN.key)] == [BotReply, Receipt]


def test_an_unknown_question_opens_no_case(desk: Desk) -> None:
    with pytest.raises(NoSuchQuestion, match="There is no question 77"):
        desk.escalations.hand_over(Escalation(77, Reason.SENSITIVE))


def test_another_press_of_feedback_replaces_the_first(desk: Desk) -> None:
    number = accepted(desk, incoming())
    desk.intake.feedback(number, ANN, Verdict.HELPFUL)
    desk.intake.feedback(number, ANN, Verdict.NOT_HELPFUL, "wrong section")
    given = desk.privacy.export(ANN.key, BOB).feedback
    assert [(each.verdict, each.remark) for each in given] == [
        (Verdict.NOT_HELPFUL, "wrong section")
    ]


def test_only_who_asked_says_whether_the_answer_helped(desk: Desk) -> None:
    number = accepted(desk, incoming())
    with pytest.raises(NotYours, match="Only the person who asked"):
        desk.intake.feedback(number, BOB, Verdict.NOT_HELPFUL, "spam")


def test_a_confirmed_section_becomes_the_answer_and_counts_as_feedback(desk: Desk) -> None:
    number = accepted(desk, incoming())
    other = replace(CLAUSE, section="9", text="Another sentence.")
    desk.intake.finish(number, Outcome.OFFERED, "the reply", (other, CLAUSE))
    assert _answered_from(desk, "9", CLAUSE.section) == []
    desk.intake.confirm(number, ANN, 2)
    desk.intake.confirm(number, ANN, 1)  # pressed after it: the first choice stays
    assert _answered_from(desk, "9", CLAUSE.section) == [CLAUSE.section]
    assert desk.intake.asked_by(ANN, number).outcome is Outcome.ANSWERED
    given = desk.privacy.export(ANN.key, BOB).feedback
    assert [each.verdict for each in given] == [Verdict.HELPFUL]


def _answered_from(desk: Desk, *sections: str) -> list[str]:
    """The sections among these that answered somebody."""
    clauses = {replace(CLAUSE, section=section).clause_ref for section in sections}
    always = (Period(FOLDER_VERSION, None, None),)
    found = desk.policy_versions.to_be_told(1, clauses, always, timedelta(days=1))
    return [quote.section for answered in found for quote in answered.cited]


@pytest.mark.parametrize("section", [0, 2, 10**9])
def test_a_section_that_was_not_offered_cannot_be_confirmed(desk: Desk, section: int) -> None:
    number = accepted(desk, incoming())
    desk.intake.finish(number, Outcome.OFFERED, "the reply", (CLAUSE,))
    with pytest.raises(Refused, match="no longer offered"):
        desk.intake.confirm(number, ANN, section)


def test_a_section_cannot_be_confirmed_once_comms_have_the_question(desk: Desk) -> None:
    number = accepted(desk, incoming())
    desk.intake.finish(number, Outcome.OFFERED, "the reply", (CLAUSE,))
    desk.escalations.ask_comms(Escalation(number, Reason.ASKED_FOR_COMMS))
    with pytest.raises(Refused, match="Withdraw it there first"):
        desk.intake.confirm(number, ANN, 1)
    assert desk.intake.asked_by(ANN, number).outcome is Outcome.OFFERED


def test_only_who_asked_confirms_a_section(desk: Desk) -> None:
    number = accepted(desk, incoming())
    desk.intake.finish(number, Outcome.OFFERED, "the reply", (CLAUSE,))
    with pytest.raises(NotYours, match="Only the person who asked"):
        desk.intake.confirm(number, BOB, 1)


def test_comms_see_as_much_of_the_history_as_the_bot_passes_on(desk: Desk) -> None:
    asked = replace(incoming(), history=("a private matter", "Who pays?"))
    number = accepted(desk, asked)
    why = Escalation(number, Reason.NEAR_MISS, history=("Who pays?",))
    assert desk.escalations.hand_over(why).history == ("Who pays?",)


def test_the_same_message_number_on_another_surface_is_another_message(desk: Desk) -> None:
    question = incoming(message="m-21")
    accepted(desk, question)
    elsewhere = type(question)(
        event_id=question.event_id,
        message_id=question.message_id,
        contact=Contact("comms", ANN.key),
        person=ANN,
        role=question.role,
        text=question.text,
    )
    accepted(desk, elsewhere)


def test_a_message_without_a_case_is_refused(desk: Desk) -> None:
    opened(desk)
    with pytest.raises(NoSuchQuestion, match="belongs to no case"):
        desk.intake.case_of_message("terminal", "m-404")


def test_only_the_asker_gets_the_question_back(desk: Desk) -> None:
    number = accepted(desk, incoming(ANN, "May I?"))
    assert desk.intake.asked_by(ANN, number).text == "May I?"
    with pytest.raises(NotYours, match="Only the person who asked"):
        desk.intake.asked_by(BOB, number)


def test_an_event_is_the_first_of_its_kind_once(desk: Desk) -> None:
    event = InboundEvent("event-of-a-greeting", "terminal", ANN)
    assert desk.intake.is_first(event)
    assert not desk.intake.is_first(event)
