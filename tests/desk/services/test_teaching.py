"""Owners teach a policy with questions; what people asked is proposed and never taken unseen."""

import pytest

from desk.model.audit import Intact
from desk.model.case import Quote
from desk.model.errors import NoSuchTaughtQuestion, NothingSaid, Overtaken, TooManyQuestions
from desk.model.question import Outcome, Verdict
from desk.model.taught_question import MOST_QUESTIONS, Origin
from desk.services.desk import Desk
from knowledge.bank import BankQuestion, Intent
from knowledge.policy import Role
from knowledge.question import Question
from tests.desk.council import ANN, CLAUSE, JANE, accepted, answered, incoming, opened

POLICY = CLAUSE.policy
OLIVE = JANE


def asked(text: str, sentence: str = CLAUSE.text, role: Role = Role.STAFF) -> BankQuestion:
    return BankQuestion("", Question(text, role), Intent.ANSWERABLE, ((sentence,),))


def texts(desk: Desk) -> list[str]:
    return [each.question.asked.text for each in desk.teaching.of_policy(POLICY)]


def test_questions_are_added_once_and_every_change_is_counted(desk: Desk) -> None:
    before = desk.teaching.version()
    two = [asked("post in purdah?"), asked("Post in  purdah?")]
    assert desk.teaching.add(POLICY, two, Origin.IMPORTED, OLIVE) == 1
    assert desk.teaching.version() == before + 1
    assert desk.teaching.add(POLICY, two, Origin.IMPORTED, OLIVE) == 0
    assert desk.teaching.version() == before + 1
    other = [asked("post in purdah?", role=Role.COUNCILLOR)]
    assert desk.teaching.add(POLICY, other, Origin.WRITTEN, OLIVE) == 1
    assert desk.teaching.by_policy().keys() == {POLICY}
    assert isinstance(desk.verify_audit(), Intact)


def test_what_is_stored_comes_back_as_it_was(desk: Desk) -> None:
    near = BankQuestion(
        "", Question("a flag?", Role.MANAGER, ("hi",)), Intent.NEAR, closest=(CLAUSE.text,)
    )
    desk.teaching.add(POLICY, [asked("one?"), near], Origin.IMPORTED, OLIVE)
    one, two = desk.teaching.of_policy(POLICY)
    assert one.question.needed == ((CLAUSE.text,),)
    assert (two.question.asked, two.question.closest) == (near.asked, near.closest)
    assert one.added_by.name == OLIVE.name


def test_a_question_is_edited_and_deleted(desk: Desk) -> None:
    desk.teaching.add(POLICY, [asked("one?"), asked("two?")], Origin.IMPORTED, OLIVE)
    one, two = desk.teaching.of_policy(POLICY)
    desk.teaching.edit(POLICY, one.id, asked("uno?"), OLIVE)
    assert texts(desk) == ["uno?", "two?"]
    assert desk.teaching.delete("another", [two.id], OLIVE) == 0
    assert desk.teaching.delete(POLICY, [two.id, 10**30], OLIVE) == 1
    assert texts(desk) == ["uno?"]
    with pytest.raises(NoSuchTaughtQuestion):
        desk.teaching.edit(POLICY, two.id, asked("due?"), OLIVE)


def test_too_many_and_empty_questions_are_refused_whole(desk: Desk) -> None:
    with pytest.raises(NothingSaid):
        desk.teaching.add(POLICY, [asked("one?"), asked("  ")], Origin.IMPORTED, OLIVE)
    many = [asked(f"number {n}?") for n in range(MOST_QUESTIONS + 1)]
    with pytest.raises(TooManyQuestions):
        desk.teaching.add(POLICY, many, Origin.IMPORTED, OLIVE)
    assert texts(desk) == []


def test_an_answer_of_comms_with_a_clause_is_proposed_and_decided_once(desk: Desk) -> None:
    case = answered(desk)
    (proposal,) = desk.teaching.proposals(POLICY)
    assert (proposal.source, proposal.quoted) == (case.ref, (CLAUSE.text,))
    assert desk.teaching.proposals("another") == ()
    assert texts(desk) == []
    desk.teaching.take(POLICY, proposal.source, asked(proposal.text), OLIVE)
    assert texts(desk) == [proposal.text]
    assert desk.teaching.proposals(POLICY) == ()
    with pytest.raises(Overtaken):
        desk.teaching.decline(POLICY, proposal.source, OLIVE)


def test_confirmed_feedback_is_proposed_without_personal_data(desk: Desk) -> None:
    text = "may I post, mail me at ann@example.org"
    number = accepted(desk, incoming(text=text))
    cited = (Quote(POLICY, "4(c)", "Purdah", CLAUSE.text),)
    desk.intake.finish(number, Outcome.ANSWERED, "body", cited)
    assert desk.teaching.proposals(POLICY) == ()
    desk.intake.feedback(number, ANN, Verdict.HELPFUL)
    (proposal,) = desk.teaching.proposals(POLICY)
    assert proposal.confirmed
    assert "ann@example.org" not in proposal.text
    desk.teaching.decline(POLICY, proposal.source, OLIVE)
    assert desk.teaching.proposals(POLICY) == ()


def test_a_case_that_waits_or_was_answered_without_a_clause_is_not_proposed(desk: Desk) -> None:
    opened(desk)
    other = opened(desk, text="And on Facebook?")
    desk.casework.answer(other.ref, JANE, "No.", ())
    assert desk.teaching.proposals(POLICY) == ()


def test_erasing_an_asker_deletes_the_questions_taken_from_them(desk: Desk) -> None:
    answered(desk)
    (proposal,) = desk.teaching.proposals(POLICY)
    desk.teaching.take(POLICY, proposal.source, asked(proposal.text), OLIVE)
    desk.teaching.add(POLICY, [asked("one?")], Origin.WRITTEN, OLIVE)
    desk.privacy.erase(ANN.key, JANE)
    assert texts(desk) == ["one?"]
    assert desk.teaching.proposals(POLICY) == ()
