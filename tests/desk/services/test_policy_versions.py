from datetime import date, timedelta

import pytest

from desk.model.case import Naming, Quote
from desk.model.errors import NoSuchPolicyVersion, PolicyVersionInUse
from desk.model.messages import BotReply
from desk.model.policy_version import (
    FOLDER_VERSION,
    AnsweredQuestion,
    Period,
    PolicyDetails,
    PolicyVersion,
)
from desk.model.question import Outcome
from desk.services.desk import Desk
from knowledge.policy import ClauseRef
from tests.desk.council import ANN, BOB, JANE, accepted, incoming, opened, withdrawn
from tests.desk.fakes import FakeClock, RecordingMessenger

OLD, NEW = b"1. Two permits.", b"1. Three permits."
MONTH = timedelta(days=30)
PERMITS = ClauseRef("parking", "1", "Permits")
ALWAYS = Period(FOLDER_VERSION, None, None)


def uploaded(desk: Desk, content: bytes = NEW, policy: str = "parking") -> PolicyVersion:
    return desk.policy_versions.upload(policy, "parking.txt", content, JANE)


def contents(desk: Desk) -> dict[str, bytes]:
    return {each.version.policy: each.content for each in desk.policy_versions.in_force()}


def answered(desk: Desk, section: str, policy: str = "parking") -> int:
    number = accepted(desk, incoming())
    cited = (Quote(policy, section, "Permits", "Two permits."),)
    desk.intake.finish(number, Outcome.ANSWERED, "the reply", cited)
    return number


def to_be_told(desk: Desk, version_id: int = 1) -> tuple[AnsweredQuestion, ...]:
    """Of all who were answered from the clause."""
    return desk.policy_versions.to_be_told(version_id, {PERMITS}, (ALWAYS,), MONTH)


def test_an_upload_is_a_draft_until_it_is_put_in_force(desk: Desk) -> None:
    version = uploaded(desk)
    assert (version.number, version.in_force_from, contents(desk)) == (1, None, {})
    desk.policy_versions.put_in_force(version.id, JANE)
    assert contents(desk) == {"parking": NEW}


def test_versions_of_a_policy_are_numbered_and_listed_newest_first(desk: Desk) -> None:
    uploaded(desk)
    uploaded(desk)
    uploaded(desk, policy="dogs")
    listed = [(each.policy, each.number) for each in desk.policy_versions.listed()]
    assert listed == [("dogs", 1), ("parking", 2), ("parking", 1)]


def test_a_planned_version_comes_into_force_by_itself(desk: Desk, clock: FakeClock) -> None:
    old, new = uploaded(desk, OLD), uploaded(desk, NEW)
    desk.policy_versions.put_in_force(old.id, JANE)
    desk.policy_versions.put_in_force(new.id, JANE, clock.now() + timedelta(days=2))
    assert contents(desk) == {"parking": OLD}
    clock.advance(days=3)
    assert contents(desk) == {"parking": NEW}


def test_a_plan_can_be_cancelled(desk: Desk, clock: FakeClock) -> None:
    version = uploaded(desk)
    desk.policy_versions.put_in_force(version.id, JANE, clock.now() + timedelta(days=2))
    desk.policy_versions.cancel_plan("parking", JANE)
    clock.advance(days=3)
    assert contents(desk) == {}


def test_an_older_version_comes_back_and_the_history_says_so(desk: Desk, clock: FakeClock) -> None:
    old, new = uploaded(desk, OLD), uploaded(desk, NEW)
    for version in (old, new, old):
        desk.policy_versions.put_in_force(version.id, JANE)
        clock.advance(hours=1)
    assert contents(desk) == {"parking": OLD}
    history = desk.policy_versions.history("parking")
    assert [each.version_id for each in history] == [old.id, new.id, old.id]
    assert {each.by.name for each in history} == {JANE.name}


def test_the_file_in_the_folder_comes_back(desk: Desk) -> None:
    desk.policy_versions.put_in_force(uploaded(desk).id, JANE)
    desk.policy_versions.return_to_folder("parking", JANE)
    assert contents(desk) == {}
    assert desk.policy_versions.ids_in_force() == {"parking": FOLDER_VERSION}


def test_details_replace_what_the_document_says(desk: Desk) -> None:
    details = PolicyDetails("Parking", "Highways", date(2027, 1, 1), ("staff",))
    version = desk.policy_versions.describe(uploaded(desk).id, details, JANE)
    assert version.details == details == desk.policy_versions.show(version.id).details


def test_a_draft_can_be_deleted_but_not_what_was_in_force(desk: Desk) -> None:
    draft, used = uploaded(desk), uploaded(desk)
    desk.policy_versions.put_in_force(used.id, JANE)
    desk.policy_versions.delete_draft(draft.id, JANE)
    with pytest.raises(NoSuchPolicyVersion):
        desk.policy_versions.show(draft.id)
    with pytest.raises(PolicyVersionInUse):
        desk.policy_versions.delete_draft(used.id, JANE)


def test_only_recent_answers_from_the_changed_clauses_are_found(
    desk: Desk, clock: FakeClock
) -> None:
    answered(desk, "1")
    clock.advance(days=31)
    recent = answered(desk, "1")
    answered(desk, "2")
    answered(desk, "1", policy="dogs")
    assert [each.id for each in to_be_told(desk)] == [recent]


def test_only_answers_from_the_version_before_are_found(desk: Desk, clock: FakeClock) -> None:
    versions = [uploaded(desk) for _ in range(3)]
    asked = []
    for version in versions:
        desk.policy_versions.put_in_force(version.id, JANE)
        asked.append(answered(desk, "1"))
        clock.advance(hours=1)
    during = desk.policy_versions.replaced(versions[2])
    found = desk.policy_versions.to_be_told(versions[2].id, {PERMITS}, during, MONTH)
    assert [each.id for each in found] == [asked[1]]
    assert desk.policy_versions.replaced(versions[0]) == ()


def test_a_plan_replaces_nothing_yet(desk: Desk, clock: FakeClock) -> None:
    old, new = uploaded(desk, OLD), uploaded(desk, NEW)
    desk.policy_versions.put_in_force(old.id, JANE)
    desk.policy_versions.put_in_force(new.id, JANE, clock.now() + timedelta(days=2))
    assert desk.policy_versions.replaced(new) == ()
    assert [each.version_id for each in desk.policy_versions.replaced(old)] == [FOLDER_VERSION]


@pytest.mark.parametrize(("naming", "name"), [(Naming.NAMED, ANN.name), (Naming.UNNAMED, "")])
def test_comms_see_who_would_be_told_as_the_asker_chose(
    desk: Desk, naming: Naming, name: str
) -> None:
    case = opened(desk, ANN, "two permits? ann@example.org", naming=naming)
    desk.casework.answer(case.ref, JANE, "Yes.", (Quote("parking", "1", "Permits", ""),))
    (found,) = to_be_told(desk)
    assert (found.asker.name, found.case_ref, found.surface) == (name, case.ref, "terminal")
    assert "ann@example.org" in found.text
    assert "ann@example.org" not in found.shown


def test_whom_the_bot_answered_comms_see_without_name_and_numbers(desk: Desk) -> None:
    number = accepted(desk, incoming(text="two permits? ann@example.org"))
    cited = (Quote("parking", "1", "Permits", ""),)
    desk.intake.finish(number, Outcome.ANSWERED, "the reply", cited)
    (found,) = to_be_told(desk)
    assert (found.asker.name, found.case_ref) == ("", "")
    assert "ann@example.org" not in found.shown


def test_the_last_answer_of_a_case_counts(desk: Desk, clock: FakeClock) -> None:
    case = opened(desk, ANN)
    desk.casework.answer(case.ref, JANE, "Yes.", (Quote("parking", "1", "Permits", ""),))
    before = clock.now() + timedelta(minutes=1)
    clock.advance(hours=1)
    desk.casework.correct(case.ref, JANE, "No.", (Quote("parking", "1", "Permits", ""),))
    during = (Period(FOLDER_VERSION, None, before),)
    assert desk.policy_versions.to_be_told(1, {PERMITS}, during, MONTH) == ()
    (found,) = to_be_told(desk)
    assert found.answered_at == clock.now()


def test_who_left_before_the_answer_is_not_told(desk: Desk) -> None:
    case = opened(desk, ANN, "permits?")
    opened(desk, BOB, "permits?")
    withdrawn(desk, case.ref, BOB)
    desk.casework.answer(case.ref, JANE, "Yes.", (Quote("parking", "1", "Permits", ""),))
    assert [each.asker.name for each in to_be_told(desk)] == [ANN.name]


def test_who_was_told_of_a_version_is_not_found_again(desk: Desk) -> None:
    version, number = uploaded(desk), answered(desk, "1")
    desk.policy_versions.tell_askers(version.id, {number: "it changed"}, JANE)
    assert to_be_told(desk, version.id) == ()
    assert [each.id for each in to_be_told(desk, version.id + 1)] == [number]


def test_askers_are_told_once_of_a_version(desk: Desk, messenger: RecordingMessenger) -> None:
    version, number = uploaded(desk), answered(desk, "1")
    assert desk.policy_versions.tell_askers(version.id, {number: "it changed"}, JANE) == 1
    assert desk.policy_versions.tell_askers(version.id, {number: "it changed"}, JANE) == 0
    desk.delivery.deliver_due(messenger)
    bodies = [each.message.body for each in messenger.sent if isinstance(each.message, BotReply)]
    assert bodies == ["the reply", "it changed"]


def test_nobody_is_told_whose_question_was_erased(desk: Desk) -> None:
    version, number = uploaded(desk), answered(desk, "1")
    desk.privacy.erase(ANN.key, BOB)
    assert desk.policy_versions.tell_askers(version.id, {number: "it changed"}, JANE) == 0
