"""Only one worker sends a message, and the messages of a dead worker are sent by another."""

import pytest

from desk.model.question import Outcome
from desk.services.desk import Desk
from tests.desk.council import accepted, incoming
from tests.desk.fakes import FakeClock, RecordingMessenger


def replied(desk: Desk) -> None:
    desk.intake.finish(accepted(desk, incoming()), Outcome.ANSWERED, "the reply")


def test_a_message_leased_by_one_worker_is_not_given_to_another(desk: Desk) -> None:
    replied(desk)
    other = RecordingMessenger()

    class Nested(RecordingMessenger):
        def send(self, outgoing: object) -> str:  # noqa: ARG002 -- the Protocol's name
            return f"{desk.delivery.deliver_due(other)} by the other"

    desk.delivery.deliver_due(Nested())
    assert other.sent == []
    assert desk.backlog().waiting == 0


def test_the_message_of_a_dead_worker_is_sent_after_its_lease(desk: Desk, clock: FakeClock) -> None:
    replied(desk)
    with pytest.raises(KeyboardInterrupt):
        desk.delivery.deliver_due(_Dying())
    survivor = RecordingMessenger()
    assert desk.delivery.deliver_due(survivor) == 0
    clock.advance(minutes=2)
    desk.delivery.deliver_due(survivor)
    assert len(survivor.sent) == 1
    assert len(survivor.asked_for) == 1, "the dead worker may have sent it"


class _Dying(RecordingMessenger):
    def send(self, outgoing: object) -> str:  # noqa: ARG002 -- the Protocol's name
        raise KeyboardInterrupt
