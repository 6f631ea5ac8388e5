from pathlib import Path

import pytest

from app.live_assistant import Built, LiveAssistant, file_states
from knowledge.documents.files import read_policies
from knowledge.errors import BadInput
from tests.toy_bot import toy_assistant

PARKING = "Parking policy\n\n1. Permits\n\nEach household may hold two permits.\n"
DOGS = "Dogs policy\n\n1. Leads\n\nYou must keep your dog on a lead in the park.\n"


def in_folder(folder: Path) -> LiveAssistant:
    (folder / "parking.txt").write_text(PARKING, encoding="utf-8")

    def build() -> Built:
        return Built(toy_assistant(read_policies(folder)))

    return LiveAssistant(build, lambda: file_states((folder,)))


def titles(live: LiveAssistant) -> list[str]:
    return [policy.title for policy in live.policies]


def test_an_added_file_is_read_once_it_no_longer_changes(tmp_path: Path) -> None:
    live = in_folder(tmp_path)
    policies = live.policies
    assert not live.refresh()
    (tmp_path / "dogs.txt").write_text(DOGS, encoding="utf-8")
    assert not live.refresh()  # it may still be written
    assert live.refresh()
    assert [policy.title for policy in policies] == ["Dogs policy", "Parking policy"]
    assert not live.refresh()


def test_a_removed_file_answers_no_more(tmp_path: Path) -> None:
    live = in_folder(tmp_path)
    (tmp_path / "dogs.txt").write_text(DOGS, encoding="utf-8")
    live.refresh()
    live.refresh()
    (tmp_path / "dogs.txt").unlink()
    live.refresh()
    live.refresh()
    assert titles(live) == ["Parking policy"]


def test_a_replaced_file_of_the_same_size_is_read_again(tmp_path: Path) -> None:
    live = in_folder(tmp_path)
    text = PARKING.replace("two permits", "six permits")
    (tmp_path / "parking.txt").write_text(text, encoding="utf-8")
    live.refresh()
    live.refresh()
    assert "six" in live.policies[0].clauses[0].text


def test_when_no_policy_is_left_the_old_ones_go_on(tmp_path: Path) -> None:
    live = in_folder(tmp_path)
    (tmp_path / "parking.txt").write_text("", encoding="utf-8")
    live.refresh()
    with pytest.raises(BadInput):
        live.refresh()
    assert titles(live) == ["Parking policy"]
    assert not live.refresh()  # it was reported once


def test_a_build_that_failed_for_another_reason_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "parking.txt").write_text(PARKING, encoding="utf-8")
    faults = [OSError("The disk is full.")]

    def build() -> Built:
        policies = read_policies(tmp_path)
        if len(policies) > 1 and faults:
            raise faults.pop()
        return Built(toy_assistant(policies))

    live = LiveAssistant(build, lambda: file_states((tmp_path,)))
    (tmp_path / "dogs.txt").write_text(DOGS, encoding="utf-8")
    live.refresh()
    with pytest.raises(OSError, match="full"):
        live.refresh()
    assert titles(live) == ["Parking policy"]
    assert live.refresh()
    assert titles(live) == ["Dogs policy", "Parking policy"]


def test_a_loop_over_the_policies_sees_one_state(tmp_path: Path) -> None:
    live = in_folder(tmp_path)
    started = iter(live.policies)
    (tmp_path / "dogs.txt").write_text(DOGS, encoding="utf-8")
    live.refresh()
    live.refresh()
    assert [policy.title for policy in started] == ["Parking policy"]
