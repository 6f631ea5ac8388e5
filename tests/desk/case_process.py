"""What one process of the bot does in a case, until it is killed. Runs in a child process."""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, event

from desk.model.case import Case, Status, Step
from desk.model.errors import Refused
from desk.model.messages import Outgoing
from desk.model.people import Contact
from desk.model.question import Accepted, Escalation, InboundEvent, Incoming
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from knowledge.policy import Role
from knowledge.reason import Reason
from tests.desk.council import ANN, JANE, at_home
from tests.desk.fakes import FakeClock
from tests.desk.file_messenger import FileMessenger

UNDO_WITHIN = timedelta(seconds=10)
ASKED = Incoming("E1", "M1", at_home(ANN), ANN, Role.STAFF, "May I post?")


@dataclass(frozen=True)
class Run:
    """It begins `day` days after the first, and ends after so many `moments`; with 0 it ends
    when the case does. A commit is a moment, and so are both sides of a send."""

    address: str
    sink: Path
    comms: tuple[Contact, ...]
    day: int
    moments: int


class KillAfter:
    """Kills its own process, as `kill -9` does, when the given number of moments have passed."""

    def __init__(self, moments: int) -> None:
        self._left = moments

    def commit(self, connection: Connection) -> None:
        reads_only = connection.get_execution_options().get("sqlite_begin") == "BEGIN"
        if not reads_only:
            self.moment()

    def moment(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class KillableMessenger(FileMessenger):
    """May die before the platform has the message, and before it has learnt so."""

    def __init__(self, path: Path, kill_after: KillAfter) -> None:
        super().__init__(path)
        self._kill_after = kill_after

    def send(self, outgoing: Outgoing) -> str:
        self._kill_after.moment()
        sent = super().send(outgoing)
        self._kill_after.moment()
        return sent


def run_case(run: Run) -> None:
    """Take the case on from wherever an earlier run left it."""
    clock, kill_after = FakeClock(), KillAfter(run.moments)
    clock.time += timedelta(days=run.day)
    rules = Rules(comms=run.comms, undo_within=UNDO_WITHIN)
    desk = open_desk(run.address, rules, clock, EqualWordsOnly())
    event.listen(Engine, "commit", kill_after.commit)
    messenger = KillableMessenger(run.sink, kill_after)
    for act in (_ask, _rescue, _answer, _follow_up, _answer_again, _correct):
        with suppress(Refused):
            act(desk)
        desk.delivery.deliver_due(messenger)
        clock.time += UNDO_WITHIN
        desk.delivery.deliver_due(messenger)
    desk.close()


def _ask(desk: Desk) -> None:
    outcome = desk.intake.accept(ASKED)
    if isinstance(outcome, Accepted):
        desk.escalations.hand_over(Escalation(outcome.question_id, Reason.NEAR_MISS))


def _rescue(desk: Desk) -> None:
    desk.jobs.sweep(
        lambda left: desk.escalations.hand_over(Escalation(left.id, Reason.INTERRUPTED))
    )


def _answer(desk: Desk) -> None:
    if not _the_case(desk).answers:
        desk.casework.claim(_the_case(desk).ref, JANE)
        desk.casework_with_undo.answer(_the_case(desk).ref, JANE, "No.")


def _follow_up(desk: Desk) -> None:
    desk.case_edits.follow_up(
        InboundEvent("E2", "terminal", ANN), _the_case(desk).ref, "And at home?"
    )


def _answer_again(desk: Desk) -> None:
    if len(_the_case(desk).answers) == 1:
        desk.casework.answer(_the_case(desk).ref, JANE, "At home: yes.")


def _correct(desk: Desk) -> None:
    case = _the_case(desk)
    if all(event.step is not Step.CORRECTED for event in case.events):
        desk.casework.correct(case.ref, JANE, "At home: no.")


def _the_case(desk: Desk) -> Case:
    # Not by its reference: numbers are skipped when a process dies while it opens a case.
    (case,) = desk.casework.listed(Status)
    return case
