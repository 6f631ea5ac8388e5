from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.policies import policies_in_force
from desk.model.people import PersonRef
from desk.model.policy_version import PolicyDetails, PolicyInForce, PolicyVersion
from knowledge.errors import UnreadablePolicy
from knowledge.policy import Role

PARKING = "Parking policy\n\n1. Permits\n\nEach household may hold two permits.\n"
DOGS = "Dogs policy\n\n1. Leads\n\nYou must keep your dog on a lead in the park.\n"
SINCE = datetime(2026, 12, 3, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2027, 1, 5, 12, tzinfo=UTC)


def uploaded(
    text: str, policy: str = "parking", details: PolicyDetails | None = None
) -> PolicyInForce:
    jane = PersonRef("p-1", "Jane")
    said = details or PolicyDetails()
    version = PolicyVersion(7, policy, 2, f"{policy}.txt", said, SINCE, jane, SINCE)
    return PolicyInForce(version, text.encode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "parking.txt").write_text(PARKING, encoding="utf-8")
    return tmp_path


def test_an_uploaded_policy_takes_the_place_of_the_file_with_its_name(folder: Path) -> None:
    new = uploaded(PARKING.replace("two", "three"))
    (policy,) = policies_in_force(folder, [new], NOW).policies
    assert "three" in policy.clauses[0].text
    assert policy.edition == "version 2, in force since 3 December 2026"


def test_an_uploaded_policy_with_a_new_name_stands_beside_the_files(folder: Path) -> None:
    found = policies_in_force(folder, [uploaded(DOGS, "dogs")], NOW)
    assert [policy.name for policy in found.policies] == ["parking", "dogs"]


def test_what_comms_say_of_a_policy_counts_more_than_the_document(folder: Path) -> None:
    details = PolicyDetails("Permits", "Highways", date(2027, 1, 4), ("councillor",))
    (policy,) = policies_in_force(folder, [uploaded(PARKING, details=details)], NOW).policies
    assert (policy.title, policy.clauses[0].audience) == ("Permits", (Role.COUNCILLOR,))
    assert policy.edition.endswith("its review was due on 4 January 2027")


def test_a_bad_file_is_named_and_the_others_serve(folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 no more than this")
    found = policies_in_force(folder, [uploaded("", "empty")], NOW)
    assert [policy.name for policy in found.policies] == ["parking"]
    assert ["broken.pdf" in found.unread[0], "empty" in found.unread[1]] == [True, True]


def test_without_any_policy_that_can_be_read_nothing_is_served(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePolicy):
        policies_in_force(tmp_path, [], NOW)
    (policy,) = policies_in_force(tmp_path, [uploaded(DOGS, "dogs")], NOW).policies
    assert policy.title == "Dogs policy"


DUE = PARKING.replace("\n\n1.", "\n\nNext review: 4 January 2027\n\n1.", 1)


def test_a_file_past_the_review_date_that_it_prints_says_so(tmp_path: Path) -> None:
    (tmp_path / "parking.txt").write_text(DUE, encoding="utf-8")
    (policy,) = policies_in_force(tmp_path, [], NOW).policies
    assert policy.edition == "its review was due on 4 January 2027"
    (policy,) = policies_in_force(tmp_path, [], NOW - timedelta(days=1)).policies
    assert policy.edition == ""


def test_an_upload_past_the_review_date_that_it_prints_says_so_unless_comms_say_another(
    folder: Path,
) -> None:
    (policy,) = policies_in_force(folder, [uploaded(DUE)], NOW).policies
    assert policy.edition.endswith("its review was due on 4 January 2027")
    later = PolicyDetails(review_by=date(2028, 1, 1))
    (policy,) = policies_in_force(folder, [uploaded(DUE, details=later)], NOW).policies
    assert "its review" not in policy.edition


def test_a_version_is_in_force_since_the_day_in_the_councils_zone(folder: Path) -> None:
    planned = uploaded(PARKING)
    midnight = datetime(2027, 6, 1, tzinfo=LONDON)
    version = replace(planned.version, in_force_from=midnight.astimezone(UTC))
    now = datetime(2027, 6, 2, tzinfo=LONDON)
    (policy,) = policies_in_force(folder, [replace(planned, version=version)], now).policies
    assert policy.edition == "version 2, in force since 1 June 2027"
