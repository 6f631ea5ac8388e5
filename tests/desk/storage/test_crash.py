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
from tests.desk.case_process import Run, run_case
from tests.desk.conversation_process import PreparedReplies, run_conversation
from tests.desk.council import ANN, COMMS
from tests.desk.fakes import FakeClock
from tests.desk.file_messenger import FileMessenger

_NEVER = 0
_KILLED = -9
_OF_THE_CASE = ["Receipt", "CommsAnswer", "Receipt", "CommsAnswer", "CorrectedAnswer"]


@dataclass(frozen=True)
class Deployment:
    address: str
    sink: Path
    comms: tuple[Contact, ...] = ()

    def run(self, day: int, moments: int) -> Run:
        return Run(self.address, self.sink, self.comms, day, moments)


def exit_status(what: Callable[[Run], None], run: Run) -> int:
    """Run `what` in a new process and return its exit status."""
    # The children inherit the calendar instead of each reading it again.
    OfficeHours().is_working_day(FakeClock().now().date())
    child = multiprocessing.get_context("fork").Process(target=what, args=(run,))
    child.start()
    child.join(60)
    return child.exitcode or 0


def check(deployment: Deployment, *other_kinds: str) -> None:
    """`other_kinds`: of messages to the asker that do not belong to the case."""
    lines = FileMessenger(deployment.sink).lines()
    twice = [key for key, times in Counter(line.key for line in lines).items() if times > 1]
    assert twice == []
    told = [line.kind for line in lines if line.address == ANN.key]
    assert [kind for kind in told if kind not in other_kinds] == _OF_THE_CASE
    assert sorted(kind for kind in told if kind in other_kinds) == sorted(other_kinds)
    desk = open_desk(deployment.address, Rules(), FakeClock(), EqualWordsOnly())
    assert (desk.backlog().waiting, desk.backlog().undeliverable) == (0, 0)
    assert isinstance(desk.verify_audit(), Intact)
    desk.close()


def check_conversation(deployment: Deployment) -> None:
    check(deployment, "BotReply")
    keys = [line.key for line in FileMessenger(deployment.sink).lines()]
    assert sum(key.startswith("recheck:") for key in keys) == 1


def kill_at_every_moment(
    what: Callable[[Run], None],
    deployment_of: Callable[[int], Deployment],
    check_it: Callable[[Deployment], None],
) -> int:
    """Kill it at its first moment, then a new one at its second, and so on until one outlives them
    all; return how many moments it has. `deployment_of` gives each a deployment of its own."""
    for moments in count(1):
        deployment = deployment_of(moments)
        killed = exit_status(what, deployment.run(0, moments)) == _KILLED
        assert exit_status(what, deployment.run(1, _NEVER)) == 0
        check_it(deployment)
        if not killed:
            break
    return moments


def in_files(folder: Path, *comms: Contact) -> Callable[[int], Deployment]:
    empty = folder / "empty.db"
    open_storage(f"sqlite:///{empty}", FakeClock()).close()

    def deployment(number: int) -> Deployment:
        file = shutil.copy(empty, folder / f"{number}.db")
        return Deployment(f"sqlite:///{file}", folder / f"{number}.sent", comms)

    return deployment


def test_nothing_is_lost_or_sent_twice_when_a_process_is_killed_at_any_moment(
    tmp_path: Path,
) -> None:
    moments = kill_at_every_moment(run_case, in_files(tmp_path), check)
    assert moments > 25, "a case has that many commits and messages"


def test_a_process_that_is_killed_again_and_again_still_finishes_the_case(
    address: str, tmp_path: Path
) -> None:
    chance = random.Random(7)
    deployment = Deployment(address, tmp_path / "sent", (COMMS,))
    deaths = 0
    for day in count():
        if exit_status(run_case, deployment.run(day, chance.randint(2, 9))) != _KILLED:
            break
        deaths += 1
    check(deployment)
    assert deaths > 3


def test_nothing_of_a_conversation_is_lost_or_sent_twice_when_the_bot_is_killed(
    tmp_path: Path,
) -> None:
    conversation = partial(run_conversation, PreparedReplies())
    moments = kill_at_every_moment(conversation, in_files(tmp_path, COMMS), check_conversation)
    assert moments > 50, "a conversation has that many commits and messages"


def test_nothing_of_a_conversation_on_postgresql_is_lost_or_sent_twice(
    postgresql_address: str, tmp_path: Path
) -> None:
    def deployment(number: int) -> Deployment:
        databases.empty(postgresql_address)
        return Deployment(postgresql_address, tmp_path / f"{number}.sent", (COMMS,))

    moments = kill_at_every_moment(
        partial(run_conversation, PreparedReplies()), deployment, check_conversation
    )
    assert moments > 50, "a conversation has that many commits and messages"
