from contextlib import suppress
from itertools import pairwise
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


class FullDisk:
    """No build of more than one policy succeeds until it has room. `time` is in seconds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.has_room, self.builds, self.time = False, 0, 0.0
        (folder / "parking.txt").write_text(PARKING, encoding="utf-8")
        self.live = LiveAssistant(self._build, lambda: file_states((folder,)), lambda: self.time)
        self.add("dogs.txt", DOGS)

    def add(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text, encoding="utf-8")
        assert not self.live.refresh()

    def look(self) -> None:
        with suppress(OSError):
            self.live.refresh()

    def _build(self) -> Built:
        self.builds += 1
        policies = read_policies(self._folder)
        if len(policies) > 1 and not self.has_room:
            raise OSError("The disk is full.")
        return Built(toy_assistant(policies))


def test_a_build_that_failed_for_another_reason_is_tried_again_after_a_pause(
    tmp_path: Path,
) -> None:
    disk = FullDisk(tmp_path)
    with pytest.raises(OSError, match="full"):
        disk.live.refresh()
    assert titles(disk.live) == ["Parking policy"]
    disk.has_room = True
    disk.time += 59
    assert not disk.live.refresh()
    disk.time += 1
    assert disk.live.refresh()
    assert titles(disk.live) == ["Dogs policy", "Parking policy"]


def test_a_fault_that_stays_is_tried_less_and_less_often(tmp_path: Path) -> None:
    disk = FullDisk(tmp_path)
    before, tried_at = disk.builds, []
    for _ in range(1200):
        disk.look()
        if disk.builds > before:
            before = disk.builds
            tried_at.append(disk.time)
        disk.time += 2
    assert [later - sooner for sooner, later in pairwise(tried_at)] == [60, 120, 240, 480, 600, 600]


def test_a_change_is_tried_at_once_whatever_failed_before(tmp_path: Path) -> None:
    disk = FullDisk(tmp_path)
    disk.look()
    disk.has_room = True
    disk.add("cats.txt", DOGS.replace("Dogs", "Cats"))
    assert disk.live.refresh()


def test_a_loop_over_the_policies_sees_one_state(tmp_path: Path) -> None:
    live = in_folder(tmp_path)
    started = iter(live.policies)
    (tmp_path / "dogs.txt").write_text(DOGS, encoding="utf-8")
    live.refresh()
    live.refresh()
    assert [policy.title for policy in started] == ["Parking policy"]
