from dataclasses import replace

from desk.model.backlog import State
from desk.model.errors import RetryAfter, Undeliverable
from desk.model.messages import MessageKind
from desk.model.people import Contact
from desk.model.question import Outcome
from desk.services.desk import Desk
from tests.desk.council import accepted, incoming, opened
from tests.desk.fakes import FakeClock, RecordingMessenger


def test_messages_that_were_never_tried_are_only_counted(desk: Desk, clock: FakeClock) -> None:
    opened(desk)
    backlog = desk.backlog()
    assert (backlog.waiting, backlog.retried, backlog.undeliverable) == (2, 0, 0)
    assert backlog.oldest == clock.now()
    assert desk.undelivered() == ()


def test_retried_and_abandoned_messages_are_listed_with_their_case(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    opened(desk)
    messenger.failures = [Undeliverable("gone"), RetryAfter(60)]
    desk.delivery.deliver_due(messenger)
    found = {each.state: each for each in desk.undelivered()}
    assert desk.backlog().undeliverable == 1
    assert desk.backlog().retried == 1
    lost, again = found[State.UNDELIVERABLE], found[State.PENDING]
    assert (lost.ref, lost.kind, lost.attempts) == ("C-1", MessageKind.RECEIPT, 1)
    assert (again.ref, again.kind, again.surface) == ("C-1", MessageKind.CARD, "comms")
    clock.advance(minutes=2)
    desk.delivery.deliver_due(messenger)
    assert [each.kind for each in desk.undelivered()] == [MessageKind.RECEIPT]


class OwnTerminal(RecordingMessenger):
    surfaces = frozenset({"terminal:ann"})


def test_the_list_of_undelivered_messages_names_no_person(desk: Desk) -> None:
    messenger = OwnTerminal()
    messenger.failures = [Undeliverable("gone")]
    number = accepted(desk, replace(incoming(), contact=Contact("terminal:ann", "")))
    desk.intake.finish(number, Outcome.ANSWERED, "yes")
    desk.delivery.deliver_due(messenger)
    (lost,) = desk.undelivered()
    assert (lost.ref, lost.kind, lost.surface) == ("", MessageKind.REPLY, "terminal")
