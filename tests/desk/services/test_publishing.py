from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from desk.model.errors import (
    AlreadyPublished,
    NoSuchPrecedent,
    NothingSaid,
    NotPublishable,
    WrongStep,
)
from desk.model.precedent import KEPT, Precedent, PrecedentState, Reviewed, StaleReason, cite
from desk.services.desk import Desk
from knowledge.policy import Clause, Policy
from tests.desk.council import BOB, JANE, answered, opened

TODAY = date(2026, 11, 23)
CLAUSE = Clause("4(c)", "Purdah", ("4 Elections", "Purdah"), "You must not post.", (), (), 12)
POLICY = Policy("social-media", "Social media", "April 2013", (CLAUSE,), ())
REVIEWED = Reviewed(
    question="May I post in an election?",
    text="No.",
    cited=(cite(POLICY, CLAUSE),),
    owner="Communications",
    review_by=date(2027, 5, 1),
)


def published(desk: Desk) -> Precedent:
    return desk.publishing.publish(answered(desk).ref, JANE, REVIEWED)


def changed(text: str) -> Policy:
    return replace(POLICY, clauses=(replace(CLAUSE, text=text),))


def test_a_published_answer_is_in_force_while_its_clause_stands(desk: Desk) -> None:
    precedent = published(desk)
    assert desk.publishing.in_force([POLICY], TODAY) == (precedent,)
    assert desk.publishing.to_recheck([POLICY], TODAY) == ()


@pytest.mark.parametrize("policies", [[changed("You may post.")], []], ids=["changed", "gone"])
def test_a_changed_clause_takes_it_out_of_use_until_it_is_checked(
    desk: Desk, policies: list[Policy]
) -> None:
    precedent = published(desk)
    assert desk.publishing.in_force(policies, TODAY) == ()
    marked = desk.publishing.to_recheck(policies, TODAY)
    assert [(each.precedent, each.stale_reasons) for each in marked] == [
        (precedent, (StaleReason.CLAUSE_CHANGED,))
    ]


def test_another_line_break_in_the_clause_is_no_change(desk: Desk) -> None:
    published(desk)
    assert desk.publishing.in_force([changed("You must\n not post.")], TODAY)


def test_a_clause_that_only_moved_to_another_line_is_no_change(desk: Desk) -> None:
    published(desk)
    moved = replace(POLICY, clauses=(replace(CLAUSE, line=99),))
    assert desk.publishing.in_force([moved], TODAY)


def test_a_published_answer_is_used_until_its_review_date(desk: Desk) -> None:
    published(desk)
    assert desk.publishing.in_force([POLICY], date(2027, 5, 1))
    assert not desk.publishing.in_force([POLICY], date(2027, 5, 2))
    (marked,) = desk.publishing.to_recheck([POLICY], date(2027, 5, 2))
    assert marked.stale_reasons == (StaleReason.REVIEW_DUE,)


def test_editing_a_stale_answer_brings_it_back(desk: Desk) -> None:
    precedent = published(desk)
    policy = changed("You may post.")
    again = replace(REVIEWED, text="Yes.", cited=(cite(policy, policy.clauses[0]),))
    edited = desk.publishing.edit(precedent.ref, JANE, again)
    assert desk.publishing.in_force([policy], TODAY) == (edited,)
    assert edited.text == "Yes."


def test_correcting_its_case_takes_it_out_of_use_at_once(desk: Desk) -> None:
    precedent = published(desk)
    before = desk.publishing.version()
    desk.casework.correct("C-1", JANE, "Yes, after all.")
    assert desk.publishing.version() != before
    assert desk.publishing.in_force([POLICY], TODAY) == ()
    (withheld,) = desk.publishing.of_case("C-1")
    assert (withheld.ref, withheld.state) == (precedent.ref, PrecedentState.WITHHELD)
    (marked,) = desk.publishing.to_recheck([POLICY], TODAY)
    assert marked.stale_reasons == (StaleReason.CASE_CORRECTED,)


def test_a_withheld_answer_comes_back_corrected_or_confirmed(desk: Desk) -> None:
    precedent = published(desk)
    desk.casework.correct("C-1", JANE, "Yes.")
    edited = desk.publishing.edit(precedent.ref, JANE, replace(REVIEWED, text="Yes."))
    assert desk.publishing.in_force([POLICY], TODAY) == (edited,)
    desk.casework.correct("C-1", JANE, "Yes!")
    confirmed = desk.publishing.confirm(precedent.ref, JANE)
    assert desk.publishing.in_force([POLICY], TODAY) == (confirmed,)
    assert confirmed.text == "Yes."


def test_correcting_another_case_leaves_it_in_use(desk: Desk) -> None:
    precedent = published(desk)
    other = desk.casework.answer(opened(desk, BOB, "Another question").ref, JANE, "No.").ref
    desk.casework.correct(other, JANE, "Yes.")
    assert desk.publishing.in_force([POLICY], TODAY) == (precedent,)


def test_a_retired_answer_is_gone_for_good(desk: Desk) -> None:
    precedent = published(desk)
    desk.publishing.retire(precedent.ref, JANE)
    assert desk.publishing.in_force([POLICY], TODAY) == ()
    with pytest.raises(NoSuchPrecedent, match="was retired"):
        desk.publishing.edit(precedent.ref, JANE, REVIEWED)


def test_every_change_is_a_new_version(desk: Desk) -> None:
    versions = [desk.publishing.version()]
    precedent = published(desk)
    versions.append(desk.publishing.version())
    desk.publishing.edit(precedent.ref, JANE, REVIEWED)
    versions.append(desk.publishing.version())
    desk.publishing.retire(precedent.ref, JANE)
    versions.append(desk.publishing.version())
    assert len(set(versions)) == 4


def test_only_an_answered_case_is_published(desk: Desk) -> None:
    with pytest.raises(WrongStep, match="no answer yet that could be published"):
        desk.publishing.publish(opened(desk).ref, JANE, REVIEWED)


def test_an_answer_without_words_clauses_or_a_future_date_is_not_published(desk: Desk) -> None:
    ref = answered(desk).ref
    with pytest.raises(NotPublishable, match="cites at least one clause"):
        desk.publishing.publish(ref, JANE, replace(REVIEWED, cited=()))
    with pytest.raises(NotPublishable, match="23 November 2026 is not in the future"):
        desk.publishing.publish(ref, JANE, replace(REVIEWED, review_by=TODAY))
    with pytest.raises(NothingSaid, match="owner needs words"):
        desk.publishing.publish(ref, JANE, replace(REVIEWED, owner=" "))


@pytest.mark.parametrize(
    ("ref", "said"), [("P-9", "There is no published answer P-9"), ("C-1", "looks like P-3")]
)
def test_an_answer_that_was_never_published_is_named(desk: Desk, ref: str, said: str) -> None:
    with pytest.raises(NoSuchPrecedent, match=said):
        desk.publishing.retire(ref, JANE)


def test_an_answer_that_no_case_asked_for_is_used_edited_and_retired(desk: Desk) -> None:
    (precedent,) = desk.publishing.add([REVIEWED], JANE)
    assert desk.publishing.in_force([POLICY], TODAY) == (precedent,)
    desk.publishing.edit(precedent.ref, JANE, replace(REVIEWED, text="Never."))
    desk.publishing.retire(precedent.ref, JANE)
    assert desk.publishing.published() == ()
    trail = [line.split(",")[4] for line in desk.audit_csv().splitlines()[1:]]
    assert trail == ["published", "edited", "retired"]


def test_many_answers_are_published_together_or_not_at_all(desk: Desk) -> None:
    other = replace(REVIEWED, question="May I reply?")
    bad = replace(REVIEWED, question="May I?", cited=())
    before = desk.publishing.version()
    for some, refused in (
        ([other, bad], NotPublishable),
        ([other, other], AlreadyPublished),
        ([other, replace(other, text=" ")], NothingSaid),
    ):
        with pytest.raises(refused):
            desk.publishing.add(some, JANE)
    assert (desk.publishing.published(), desk.publishing.version()) == ((), before)
    both = desk.publishing.add([REVIEWED, other], JANE)
    assert desk.publishing.published() == both


def test_an_answer_is_not_published_twice_but_for_other_people(desk: Desk) -> None:
    desk.publishing.add([REVIEWED], JANE)
    with pytest.raises(AlreadyPublished, match="P-1"):
        desk.publishing.add([replace(REVIEWED, question="may I post in an election")], JANE)
    elsewhere = replace(CLAUSE, section="5")
    desk.publishing.add([replace(REVIEWED, cited=(cite(POLICY, elsewhere),))], JANE)
    assert len(desk.publishing.published()) == 2


def test_a_form_that_is_sent_twice_publishes_once(desk: Desk) -> None:
    first = published(desk)
    version = desk.publishing.version()
    assert desk.publishing.publish("C-1", JANE, REVIEWED) == first
    other = replace(REVIEWED, question="May I reply?")
    added = desk.publishing.add([other], JANE)
    more = replace(REVIEWED, question="May I like it?")
    assert desk.publishing.add([other, more], JANE)[:1] == added
    assert desk.publishing.publish("C-1", JANE, replace(REVIEWED, text="Never.")) != first
    assert len(desk.publishing.published()) == 4
    assert desk.publishing.version() == version + 3


def test_an_answer_that_is_out_of_use_is_published_again(desk: Desk) -> None:
    withheld = published(desk)
    desk.casework.correct("C-1", JANE, "No.")
    assert desk.publishing.publish("C-1", JANE, REVIEWED).ref != withheld.ref


def test_forms_that_are_sent_at_once_publish_once(desk: Desk) -> None:
    answered(desk)
    with ThreadPoolExecutor() as pool:
        added = list(pool.map(lambda _: desk.publishing.add([REVIEWED], JANE), range(4)))
        of_case = list(pool.map(lambda _: desk.publishing.publish("C-1", JANE, REVIEWED), range(4)))
    assert len(set(added)) == len(set(of_case)) == 1
    assert len(desk.publishing.published()) == 2


def test_an_answer_is_due_for_review_in_its_last_month_of_use(desk: Desk) -> None:
    desk.publishing.add([REVIEWED], JANE)
    for today, is_due in (
        (date(2027, 3, 31), False),
        (date(2027, 4, 1), True),
        (date(2027, 5, 1), True),
        (date(2027, 5, 2), False),
    ):
        (status,) = desk.publishing.checked(KEPT, [POLICY], today)
        assert (status.is_due, bool(status.stale_reasons)) == (is_due, today.day == 2)
