from datetime import timedelta, timezone

import pytest

from desk.model.case import Status
from desk.model.question import Escalation, Outcome
from desk.services.desk import Desk
from knowledge.reason import Reason
from tests.desk.council import JANE, accepted, incoming, opened
from tests.desk.fakes import FakeClock


def test_a_hand_over_takes_its_time_in_any_time_zone(desk: Desk, clock: FakeClock) -> None:
    clock.time = clock.time.astimezone(timezone(timedelta(hours=5)))
    number = accepted(desk, incoming())
    clock.advance(seconds=20)
    desk.escalations.hand_over(Escalation(number, Reason.NEAR_MISS))
    assert desk.metrics().replies.total_s == pytest.approx(20, abs=0.01)


def test_the_metrics_count_questions_cases_and_reply_times(desk: Desk, clock: FakeClock) -> None:
    for seconds in (0.2, 3, 90):
        number = accepted(desk, incoming())
        clock.advance(seconds=seconds)
        desk.intake.finish(number, Outcome.ANSWERED, "yes")
    accepted(desk, incoming())
    desk.casework.claim(opened(desk).ref, JANE)
    metrics = desk.metrics()
    assert dict(metrics.outcomes)[Outcome.ANSWERED] == 3
    assert dict(metrics.statuses)[Status.CLAIMED] == 1
    assert metrics.replies.questions == 4
    assert metrics.replies.within == (1, 2, 2, 2, 2, 3, 3, 3, 3)
    assert metrics.replies.total_s == pytest.approx(93.2, abs=0.01)
