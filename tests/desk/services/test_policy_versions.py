from datetime import date, timedelta

import pytest

from desk.model.case import Quote
from desk.model.errors import NoSuchPolicyVersion, PolicyVersionInUse
from desk.model.messages import BotReply
from desk.model.policy_version import FOLDER_VERSION, PolicyDetails, PolicyVersion
from desk.model.question import Outcome
from desk.services.desk import Desk
from tests.desk.council import ANN, BOB, JANE, accepted, incoming
from tests.desk.fakes import FakeClock, RecordingMessenger

OLD, NEW = b"1. Two permits.", b"1. Three permits."
MONTH = timedelta(days=30)


def uploaded(desk: Desk, content: bytes = NEW, policy: str = "parking") -> PolicyVersion:
    return desk.policy_versions.upload(policy, "parking.txt", content, JANE)


def contents(desk: Desk) -> dict[str, bytes]:
    return {each.version.policy: each.content for each in desk.policy_versions.in_force()}


def answered(desk: Desk, section: str, policy: str = "parking") -> int:
    number = accepted(desk, incoming())
    cited = (Quote(policy, section, "Permits", "Two permits."),)
    desk.intake.finish(number, Outcome.ANSWERED, "the reply", cited)
    return number


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


def test_only_recent_answers_from_the_changed_sections_are_found(
    desk: Desk, clock: FakeClock
) -> None:
    answered(desk, "1")
    clock.advance(days=31)
    recent = answered(desk, "1")
    answered(desk, "2")
    answered(desk, "1", policy="dogs")
    found = desk.policy_versions.answered_from("parking", frozenset({"1"}), MONTH)
    assert [(each.id, each.sections) for each in found] == [(recent, ("1",))]


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
