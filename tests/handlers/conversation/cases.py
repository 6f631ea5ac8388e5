"""A case as the desk gives it, without a database."""

from datetime import UTC, datetime

from desk.model.case import Asker, Case, Event, Naming, Status, Step
from desk.model.people import PersonRef
from knowledge.policy import Role
from knowledge.reason import Reason

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
ANN = PersonRef("a", "Ann Asker")
JANE = PersonRef("j", "Jane Smith")


def case(status: Status = Status.OPEN, *answers: str) -> Case:
    """Asked by Ann, answered by Jane with each of `answers`."""
    return Case(
        id=1,
        status=status,
        question="training meeting",
        role=Role.STAFF,
        history=(),
        reason=Reason.NEAR_MISS,
        closest=(),
        draft="",
        holder=None,
        opened_at=NOW,
        due_at=NOW,
        askers=(Asker(1, ANN, Naming.NAMED, "training meeting", waiting=not answers),),
        events=tuple(
            Event(number, Step.ANSWERED, JANE, NOW, text, ())
            for number, text in enumerate(answers, start=1)
        ),
    )
