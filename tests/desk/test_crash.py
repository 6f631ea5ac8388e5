"""A process is killed with SIGKILL in the middle of a case; the next one finishes it."""

import multiprocessing
import random
import shutil
from collections import Counter
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from desk.audit import Intact
from desk.desk import Rules, open_desk
from desk.hours import OfficeHours
from desk.opening import EqualWordsOnly
from desk.people import Contact
from desk.storage import open_storage
from tests.desk.fakes import FakeClock
from tests.desk.lives import live
from tests.desk.office import ANN, COMMS
from tests.desk.sink import FileMessenger

_NEVER = 0
_KILLED = -9
_TO_THE_ASKER = ["Receipt", "CommsAnswer", "Receipt", "CommsAnswer", "CorrectedAnswer"]


@dataclass(frozen=True)
class Office:
    address: str
    sink: Path
    comms: tuple[Contact, ...] = ()


def lives_and_dies(office: Office, day: int, moments: int) -> int:
    # The children inherit the calendar instead of each reading it again.
    OfficeHours().is_working_day(FakeClock().now().date())
    child = multiprocessing.get_context("fork").Process(
        target=live, args=(office.address, office.sink, office.comms, day, moments)
    )
    child.start()
    child.join(60)
    return child.exitcode or 0


def check(office: Office) -> None:
    lines = FileMessenger(office.sink).lines()
    twice = [key for key, times in Counter(line.key for line in lines).items() if times > 1]
    assert twice == []
    assert [line.kind for line in lines if line.address == ANN.key] == _TO_THE_ASKER
    desk = open_desk(office.address, Rules(), FakeClock(), EqualWordsOnly())
    assert (desk.backlog().waiting, desk.backlog().undeliverable) == (0, 0)
    assert isinstance(desk.verify_audit(), Intact)
    desk.close()


def test_nothing_is_lost_or_said_twice_wherever_a_process_is_killed(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    open_storage(f"sqlite:///{empty}", FakeClock()).close()
    for moments in count(1):
        file = shutil.copy(empty, tmp_path / f"{moments}.db")
        office = Office(f"sqlite:///{file}", tmp_path / f"{moments}.sent")
        killed = lives_and_dies(office, 0, moments) == _KILLED
        assert lives_and_dies(office, 1, _NEVER) == 0
        check(office)
        if not killed:
            break
    assert moments > 25, "a case has that many commits and messages"


def test_a_process_that_is_killed_again_and_again_still_finishes_the_case(
    address: str, tmp_path: Path
) -> None:
    chance = random.Random(7)
    office = Office(address, tmp_path / "sent", (COMMS,))
    deaths = 0
    for day in count():
        if lives_and_dies(office, day, chance.randint(2, 9)) != _KILLED:
            break
        deaths += 1
    check(office)
    assert deaths > 3
