from datetime import UTC, datetime

from desk.model.case import Case, Quote, Status
from handlers.slack.blocks.comms_views import answer
from knowledge.policy import Role
from knowledge.reason import Reason

AT = datetime(2026, 11, 23, tzinfo=UTC)
CLOSEST = Quote("long", "150", "Near the end", "Some words.")
CASE = Case(
    id=1,
    status=Status.OPEN,
    question="May I?",
    role=Role.STAFF,
    history=(),
    reason=Reason.NEAR_MISS,
    closest=(CLOSEST,),
    draft="No.",
    holder=None,
    opened_at=AT,
    due_at=AT,
    askers=(),
    events=(),
)


def test_of_many_sections_the_closest_is_offered_first() -> None:
    every = [Quote("long", str(number), "", "") for number in range(200)]
    *_, field = answer(CASE, (CLOSEST, *every)).to_dict()["blocks"]
    offered = [option["value"] for option in field["element"]["options"]]
    assert offered[:2] == ["long:150", "long:0"]
    assert len(offered) == 100
