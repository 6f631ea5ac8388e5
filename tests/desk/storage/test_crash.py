"""A process is killed with SIGKILL in the middle of a case; the next one finishes it."""

import multiprocessing
import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from desk.model.audit import Intact
from desk.model.hours import OfficeHours
from desk.model.people import Contact
from desk.services.desk import Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from desk.storage.database import open_storage
from tests.desk import databases
from tests.desk.case_process import Life, live
from tests.desk.conversation_process import Rehearsed, talk
from tests.desk.council import ANN, COMMS
from tests.desk.fakes import FakeClock
from tests.desk.file_messenger import FileMessenger

_NEVER = 0
_KILLED = -9
_OF_THE_CASE = ["Receipt", "CommsAnswer", "Receipt", "CommsAnswer", "CorrectedAnswer"]


@dataclass(frozen=True)
class Office:
    address: str
    sink: Path
    comms: tuple[Contact, ...] = ()

    def life(self, day: int, moments: int) -> Life:
        return Life(self.address, self.sink, self.comms, day, moments)


def ends(what: Callable[[Life], None], life: Life) -> int:
    """The exit status of a process of its own."""
    # The children inherit the calendar instead of each reading it again.
    OfficeHours().is_working_day(FakeClock().now().date())
    child = multiprocessing.get_context("fork").Process(target=what, args=(life,))
    child.start()
    child.join(60)
    return child.exitcode or 0


def check(office: Office, *elsewhere: str) -> None:
    """`elsewhere`: kinds of what its asker was told beside the case, sooner or later."""
    lines = FileMessenger(office.sink).lines()
    twice = [key for key, times in Counter(line.key for line in lines).items() if times > 1]
    assert twice == []
    told = [line.kind for line in lines if line.address == ANN.key]
    assert [kind for kind in told if kind not in elsewhere] == _OF_THE_CASE
    assert sorted(kind for kind in told if kind in elsewhere) == sorted(elsewhere)
    desk = open_desk(office.address, Rules(), FakeClock(), EqualWordsOnly())
    assert (desk.backlog().waiting, desk.backlog().undeliverable) == (0, 0)
    assert isinstance(desk.verify_audit(), Intact)
    desk.close()


def check_conversation(office: Office) -> None:
    check(office, "BotReply")
    keys = [line.key for line in FileMessenger(office.sink).lines()]
    assert sum(key.startswith("recheck:") for key in keys) == 1


def dies_everywhere(
    what: Callable[[Life], None],
    office_of: Callable[[int], Office],
    check_it: Callable[[Office], None],
) -> int:
    """Kill it at its first moment, then anew at its second, and so on until it outlives them all;
    return how many moments it has. `office_of` gives each death an office of its own."""
    for moments in count(1):
        office = office_of(moments)
        killed = ends(what, office.life(0, moments)) == _KILLED
        assert ends(what, office.life(1, _NEVER)) == 0
        check_it(office)
        if not killed:
            break
    return moments


def in_files(folder: Path, *comms: Contact) -> Callable[[int], Office]:
    empty = folder / "empty.db"
    open_storage(f"sqlite:///{empty}", FakeClock()).close()

    def office(number: int) -> Office:
        file = shutil.copy(empty, folder / f"{number}.db")
        return Office(f"sqlite:///{file}", folder / f"{number}.sent", comms)

    return office


def test_nothing_is_lost_or_said_twice_wherever_a_process_is_killed(tmp_path: Path) -> None:
    moments = dies_everywhere(live, in_files(tmp_path), check)
    assert moments > 25, "a case has that many commits and messages"


def test_a_process_that_is_killed_again_and_again_still_finishes_the_case(
    address: str, tmp_path: Path
) -> None:
    chance = random.Random(7)
    office = Office(address, tmp_path / "sent", (COMMS,))
    deaths = 0
    for day in count():
        if ends(live, office.life(day, chance.randint(2, 9))) != _KILLED:
            break
        deaths += 1
    check(office)
    assert deaths > 3


def test_a_conversation_loses_and_repeats_nothing_wherever_its_bot_is_killed(
    tmp_path: Path,
) -> None:
    talking = partial(talk, Rehearsed())
    moments = dies_everywhere(talking, in_files(tmp_path, COMMS), check_conversation)
    assert moments > 50, "a conversation has that many commits and messages"


def test_a_conversation_on_a_shared_database_loses_and_repeats_nothing(
    postgresql_address: str, tmp_path: Path
) -> None:
    def office(number: int) -> Office:
        databases.empty(postgresql_address)
        return Office(postgresql_address, tmp_path / f"{number}.sent", (COMMS,))

    moments = dies_everywhere(partial(talk, Rehearsed()), office, check_conversation)
    assert moments > 50, "a conversation has that many commits and messages"
