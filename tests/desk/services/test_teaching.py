"""Owners teach a policy with questions; what people asked is proposed and never taken unseen."""

from dataclasses import replace

import pytest

from desk.model.audit import Intact
from desk.model.case import Quote
from desk.model.errors import (
    AlreadyTaught,
    NoSuchProposal,
    NoSuchTaughtQuestion,
    NothingSaid,
    Overtaken,
    TooLong,
    TooManyQuestions,
)
from desk.model.question import Outcome, Verdict
from desk.model.taught_question import MOST_QUESTIONS, Origin
from desk.services.desk import Desk
from knowledge.bank import BankQuestion, Intent
from knowledge.policy import Role
from knowledge.question import Question
from tests.desk.council import ANN, BOB, CLAUSE, JANE, accepted, answered, incoming, opened
from tests.desk.fakes import FakeClock

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


def test_a_question_is_stored_without_what_no_database_takes(desk: Desk) -> None:
    given = asked(" lo\0go\ud800? ")
    given = replace(given, asked=replace(given.asked, history=("\0 ", " hi\0 ")))
    desk.teaching.add(POLICY, [given], Origin.IMPORTED, OLIVE)
    (stored,) = desk.teaching.of_policy(POLICY)
    assert (stored.question.asked.text, stored.question.asked.history) == ("logo\ufffd?", ("hi",))
    desk.teaching.edit(POLICY, stored.id, asked(" new\0? "), OLIVE)
    assert texts(desk) == ["new?"]


def test_an_earlier_message_is_limited_as_the_question_is(desk: Desk) -> None:
    given = asked("logo?")
    given = replace(given, asked=replace(given.asked, history=("x" * 2001,)))
    with pytest.raises(TooLong, match="An earlier message may have at most 2,000"):
        desk.teaching.add(POLICY, [given], Origin.IMPORTED, OLIVE)


def test_an_edited_question_says_what_no_other_says(desk: Desk) -> None:
    desk.teaching.add(POLICY, [asked("one?"), asked("two?")], Origin.IMPORTED, OLIVE)
    one, two = desk.teaching.of_policy(POLICY)
    with pytest.raises(AlreadyTaught):
        desk.teaching.edit(POLICY, two.id, asked("“One”"), OLIVE)
    desk.teaching.edit(POLICY, one.id, asked("One"), OLIVE)
    assert texts(desk) == ["One", "two?"]


def test_a_proposal_that_says_the_same_is_not_taken_and_stays_open(desk: Desk) -> None:
    answered(desk)
    (proposal,) = desk.teaching.proposals(POLICY)
    desk.teaching.add(POLICY, [asked(proposal.text)], Origin.WRITTEN, OLIVE)
    with pytest.raises(AlreadyTaught):
        desk.teaching.take(POLICY, proposal.source, asked(proposal.text), OLIVE)
    assert desk.teaching.proposals(POLICY) == (proposal,)


def test_all_questions_of_a_policy_are_deleted_at_once(desk: Desk) -> None:
    desk.teaching.add(POLICY, [asked("one?"), asked("two?")], Origin.IMPORTED, OLIVE)
    desk.teaching.add("another", [asked("one?")], Origin.IMPORTED, OLIVE)
    assert desk.teaching.counts() == {POLICY: 2, "another": 1}
    assert desk.teaching.delete_all(POLICY, OLIVE) == 2
    assert desk.teaching.delete_all(POLICY, OLIVE) == 0
    assert desk.teaching.counts() == {"another": 1}


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


def test_only_what_the_bot_presented_as_the_answer_is_proposed(desk: Desk) -> None:
    number = accepted(desk, incoming())
    other = Quote("another", "1", "Other", "Another policy's sentence.")
    cited = (other, Quote(POLICY, "4(c)", "Purdah", CLAUSE.text))
    desk.intake.finish(number, Outcome.ANSWERED, "body", cited)
    desk.intake.feedback(number, ANN, Verdict.HELPFUL)
    assert desk.teaching.proposals(POLICY) == ()
    (proposal,) = desk.teaching.proposals("another")
    assert proposal.quoted == (other.text,)


def test_one_proposal_is_found_by_its_source_until_it_is_decided(desk: Desk) -> None:
    case = answered(desk)
    number = accepted(desk, incoming(BOB, message="m-9"))
    desk.intake.finish(number, Outcome.ANSWERED, "body", (CLAUSE,))
    desk.intake.feedback(number, BOB, Verdict.HELPFUL)
    both = desk.teaching.proposals(POLICY)
    assert {each.source for each in both} == {case.ref, f"Q-{number}"}
    for each in both:
        assert desk.teaching.proposal(POLICY, each.source) == each
        with pytest.raises(NoSuchProposal):
            desk.teaching.proposal("another", each.source)
        desk.teaching.decline(POLICY, each.source, OLIVE)
        with pytest.raises(NoSuchProposal):
            desk.teaching.proposal(POLICY, each.source)
    for source in (f"C-{10**17}", f"Q-{10**17}"):
        with pytest.raises(NoSuchProposal):
            desk.teaching.proposal(POLICY, source)


def test_an_example_taken_from_a_case_is_exported_and_goes_with_its_words(
    desk: Desk, clock: FakeClock
) -> None:
    answered(desk)
    (proposal,) = desk.teaching.proposals(POLICY)
    desk.teaching.take(POLICY, proposal.source, asked("as Olive worded it?"), OLIVE)
    desk.teaching.add(POLICY, [asked("one?")], Origin.WRITTEN, OLIVE)
    (example,) = desk.privacy.export(ANN.key, JANE).examples
    assert (example.policy, example.text) == (POLICY, "as Olive worded it?")
    assert desk.privacy.export(BOB.key, JANE).examples == ()
    clock.advance(days=700)
    desk.privacy.purge()
    assert texts(desk) == ["as Olive worded it?", "one?"]
    clock.advance(days=31)
    desk.privacy.purge()
    assert texts(desk) == ["one?"]


def test_an_example_taken_from_a_confirmed_answer_goes_with_the_question(
    desk: Desk, clock: FakeClock
) -> None:
    number = accepted(desk, incoming())
    desk.intake.finish(number, Outcome.ANSWERED, "body", (CLAUSE,))
    desk.intake.feedback(number, ANN, Verdict.HELPFUL)
    desk.teaching.take(POLICY, f"Q-{number}", asked("as Olive worded it?"), OLIVE)
    assert len(desk.privacy.export(ANN.key, JANE).examples) == 1
    clock.advance(days=181)
    desk.privacy.purge()
    assert texts(desk) == []


def test_the_example_of_a_shared_case_is_exported_to_the_asker_whose_words_it_has(
    desk: Desk,
) -> None:
    case = opened(desk)
    opened(desk, BOB)
    desk.casework.answer(case.ref, JANE, "No.", (CLAUSE,))
    desk.teaching.take(POLICY, case.ref, asked("as Olive worded it?"), OLIVE)
    assert len(desk.privacy.export(ANN.key, JANE).examples) == 1
    assert desk.privacy.export(BOB.key, JANE).examples == ()


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
