"""NUL, lone surrogates and overlong ids harm nobody, on either database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.model.audit import Intact
from desk.model.case import Case
from desk.model.case_filter import CaseFilter
from desk.model.errors import (
    NoSuchCase,
    NoSuchPolicyVersion,
    NoSuchPrecedent,
    NoSuchQuestion,
    NothingSaid,
)
from desk.model.people import Person
from desk.model.policy_version import PolicyDetails
from desk.model.precedent import CitedClause, Reviewed
from desk.model.question import AlreadySeen, InboundEvent, Outcome, Verdict
from desk.model.sign_in import AccessLevel
from desk.services.desk import Desk
from tests.desk.council import ANN, CLAUSE, JANE, accepted, answered, event, incoming, opened
from tests.desk.fakes import RecordingMessenger

NASTY = "a\0b\ud800c"
CLEAN = "ab\ufffdc"
LONG = "x" * 5_000


def test_a_question_is_stored_without_strange_characters(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    asked = replace(incoming(text=NASTY), history=(NASTY,))
    number = accepted(desk, asked)
    question = desk.intake.asked_by(ANN, number)
    assert (question.text, question.history) == (CLEAN, (CLEAN,))
    desk.intake.finish(number, Outcome.ANSWERED, NASTY)
    desk.intake.feedback(number, ANN, Verdict.NOT_HELPFUL, NASTY)
    assert desk.privacy.export(ANN.key, JANE).feedback[0].remark == CLEAN
    assert desk.delivery.deliver_due(messenger) == 1


def test_a_case_is_worked_on_and_its_trail_is_intact(desk: Desk) -> None:
    case = opened(desk, text=NASTY, message="m-50")
    assert case.question == CLEAN
    desk.case_edits.follow_up(event(), case.ref, NASTY)
    assert isinstance(desk.case_edits.edited(event(), "m-50", f"{NASTY}?"), Case)
    desk.casework.answer(case.ref, JANE, NASTY)
    desk.casework.correct(case.ref, JANE, NASTY)
    desk.casework.close(case.ref, JANE, NASTY)
    assert [event.text for event in desk.casework.show(case.ref).events][-3:] == [CLEAN] * 3
    assert isinstance(desk.verify_audit(), Intact)


def test_a_search_ignores_strange_characters(desk: Desk) -> None:
    opened(desk, text="abc\ufffd and more")
    assert [case.ref for case in desk.queue.listed(CaseFilter(text="A\0BC"), 9)] == ["C-1"]
    assert desk.queue.listed(CaseFilter(text="\ud800x"), 9) == ()


def test_nul_characters_alone_are_no_answer(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(NothingSaid):
        desk.casework.answer(case.ref, JANE, "\0")


def test_a_published_answer_is_stored_without_strange_characters(desk: Desk) -> None:
    cited = (CitedClause("social-media", NASTY, "Purdah", "0" * 64),)
    reviewed = Reviewed(NASTY, NASTY, cited, NASTY, date(2027, 5, 1))
    precedent = desk.publishing.publish(answered(desk).ref, JANE, reviewed)
    assert (precedent.question, precedent.owner) == (CLEAN, CLEAN)
    assert precedent.cited[0].section == CLEAN


@pytest.mark.parametrize("name", [NASTY, "N" * 300, ""])
def test_a_person_of_any_name_asks_and_is_answered(
    desk: Desk, messenger: RecordingMessenger, name: str
) -> None:
    case = opened(desk, Person("terminal:ann", name))
    assert case.askers[0].person.name in (CLEAN, f"{'N' * 199}…", "")
    desk.casework.answer(case.ref, Person("terminal:jane", name), "No.")
    assert desk.delivery.deliver_due(messenger) == 3


@pytest.mark.parametrize("key", [NASTY, LONG])
def test_a_person_of_any_key_is_known_again(desk: Desk, key: str) -> None:
    person = Person(key, "Ann")
    number = accepted(desk, replace(incoming(person), contact=incoming().contact))
    assert desk.intake.asked_by(person, number).id == number
    assert desk.preferences.read(person) is not None
    desk.inbox.put(person, "k", NASTY)
    assert [each.body for each in desk.inbox.latest(person, 9)] == [CLEAN]
    assert desk.inbox.holds(person, "k") == "k"
    assert desk.privacy.erase(key, JANE).questions == 1


@pytest.mark.parametrize("number", [NASTY, LONG])
def test_an_event_and_a_message_of_any_id_are_known_again(desk: Desk, number: str) -> None:
    asked = replace(incoming(message=number), event_id=number)
    question = accepted(desk, asked)
    assert isinstance(desk.intake.accept(asked), AlreadySeen)
    assert isinstance(desk.intake.accept(replace(asked, event_id="another")), AlreadySeen), (
        "it is the same message"
    )
    assert question
    case = opened(desk, text="Something else?", message=f"{number}2")
    assert desk.intake.case_of_message("terminal", f"{number}2") == case.ref
    added = InboundEvent(f"{number}3", "terminal", ANN, f"{number}3")
    assert isinstance(desk.case_edits.follow_up(added, case.ref, "Soon."), Case)


def test_two_long_ids_that_begin_alike_are_two(desk: Desk) -> None:
    accepted(desk, replace(incoming(message=LONG + "a"), event_id=LONG + "a"))
    accepted(desk, replace(incoming(message=LONG + "b"), event_id=LONG + "b"))


@pytest.mark.parametrize("secret", ["\udcff", NASTY, LONG])
def test_a_cookie_of_any_bytes_opens_no_session(desk: Desk, secret: str) -> None:
    desk.sign_ins.open(JANE, AccessLevel.COMMS, timedelta(hours=8))
    assert desk.sign_ins.find(secret) is None
    desk.sign_ins.close(secret)


@pytest.mark.parametrize("ref", [NASTY, LONG, "C-9" * 9, "C-٣", "C-" + "9" * 18])
def test_a_reference_of_any_text_is_one_short_sentence(desk: Desk, ref: str) -> None:
    with pytest.raises(NoSuchCase) as refused:
        desk.casework.show(ref)
    assert len(str(refused.value)) < 400
    with pytest.raises(NoSuchPrecedent):
        desk.publishing.show(ref)


@pytest.mark.parametrize("number", [0, -1, 2**63, 2**200, -(2**63) - 1])
def test_a_number_of_any_size_is_no_question(desk: Desk, number: int) -> None:
    with pytest.raises(NoSuchQuestion):
        desk.intake.feedback(number, ANN, Verdict.HELPFUL)
    with pytest.raises(NoSuchQuestion):
        desk.intake.asked_by(ANN, number)


def test_a_policy_of_any_name_is_uploaded_and_found(desk: Desk) -> None:
    for name in (NASTY, LONG):
        version = desk.policy_versions.upload(name, f"{name}.txt", b"1. Text.", JANE)
        details = PolicyDetails(title=name, owner=name)
        described = desk.policy_versions.describe(version.id, details, JANE)
        assert len(described.details.title) in (len(CLEAN), 300)
        assert desk.policy_versions.put_in_force(version.id, JANE).in_force_from
    for number in (0, 2**63, -(2**200)):
        with pytest.raises(NoSuchPolicyVersion):
            desk.policy_versions.show(number)


@pytest.mark.parametrize("since", [-(2**200), 2**63, 2**200])
def test_news_since_any_number_are_asked_for(desk: Desk, since: int) -> None:
    answered(desk)
    assert CLAUSE
    assert isinstance(desk.queue.news(since), tuple)
