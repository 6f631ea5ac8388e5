"""Two processes on one PostgreSQL: both take questions in, answer and deliver."""

import multiprocessing
from collections import Counter
from contextlib import suppress
from pathlib import Path

from desk.model.audit import Intact
from desk.model.case import Status
from desk.model.errors import Refused
from desk.model.people import Person
from desk.model.question import Accepted, Escalation, Incoming
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from knowledge.policy import Role
from knowledge.reason import Reason
from tests.desk.council import JANE, OMAR, at_home
from tests.desk.fakes import FakeClock
from tests.desk.file_messenger import FileMessenger

_QUESTIONS = 220
_ALIKE = 20


def asked(number: int) -> Incoming:
    """The platform sends it to both replicas. Every so often somebody asks what others ask."""
    asker = Person(f"terminal:asker-{number}", f"Asker {number}")
    text = "What all ask?" if number % _ALIKE == 0 else f"What number {number} asks?"
    return Incoming(f"E{number}", f"M{number}", at_home(asker), asker, Role.STAFF, text)


def replica(address: str, sink: Path, colleague: Person) -> None:
    desk = open_desk(address, Rules(), FakeClock(), EqualWordsOnly())
    messenger = FileMessenger(sink)
    for number in range(_QUESTIONS):
        take_in(desk, asked(number))
        if number % 20 == 19:
            answer_all(desk, colleague)
            desk.delivery.deliver_due(messenger)
    answer_all(desk, colleague)
    while desk.delivery.deliver_due(messenger):
        pass
    desk.close()


def take_in(desk: Desk, question: Incoming) -> None:
    outcome = desk.intake.accept(question)
    if isinstance(outcome, Accepted):
        desk.escalations.hand_over(Escalation(outcome.question_id, Reason.NEAR_MISS))


def answer_all(desk: Desk, colleague: Person) -> None:
    for case in desk.casework.listed():
        with suppress(Refused):
            desk.casework.claim(case.ref, colleague)
            desk.casework.answer(case.ref, colleague, f"{colleague.name} says no.")


def test_two_replicas_answer_every_question_exactly_once(
    postgresql_address: str, tmp_path: Path
) -> None:
    sink = tmp_path / "sent"
    context = multiprocessing.get_context("fork")
    replicas = [
        context.Process(target=replica, args=(postgresql_address, sink, colleague))
        for colleague in (JANE, OMAR)
    ]
    for each in replicas:
        each.start()
    for each in replicas:
        each.join(120)
    assert [each.exitcode for each in replicas] == [0, 0]
    lines = Counter((line.address, line.kind) for line in FileMessenger(sink).lines())
    everyone = [asked(number).person.key for number in range(_QUESTIONS)]
    assert lines == Counter(
        (asker, kind) for asker in everyone for kind in ("Receipt", "CommsAnswer")
    )
    desk = open_desk(postgresql_address, Rules(), FakeClock(), EqualWordsOnly())
    cases = desk.casework.listed(Status)
    assert {case.status for case in cases} == {Status.ANSWERED}
    assert {case.answers[0].person.name for case in cases} == {"Jane Smith", "Omar Khan"}
    assert isinstance(desk.verify_audit(), Intact)
    desk.close()
