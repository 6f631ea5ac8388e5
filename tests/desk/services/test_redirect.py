"""The bot is no longer in the channel where somebody asked: they are told directly."""

import pytest

from desk.model.case import Naming, Step
from desk.model.errors import NotInConversation
from desk.model.messages import BotReply, CommsAnswer, CorrectedAnswer, Outgoing, Receipt
from desk.model.people import Contact
from desk.model.question import Outcome
from desk.services.desk import Desk
from tests.desk.council import ANN, JANE, accepted, incoming, opened
from tests.desk.fakes import RecordingMessenger


def direct(key: str) -> Contact:
    return Contact("terminal", f"direct messages of {key}")


class Expelled(RecordingMessenger):
    """No longer in any conversation of the terminal but the direct ones."""

    def send(self, outgoing: Outgoing) -> str:
        contact = outgoing.contact
        if contact.surface == "terminal" and not contact.address.startswith("direct"):
            raise NotInConversation("The bot is not in this channel.", direct)
        return super().send(outgoing)


@pytest.fixture
def messenger() -> Expelled:
    return Expelled()


def told(messenger: Expelled) -> list[type]:
    there = messenger.to(direct(ANN.key).address)
    return [type(message) for message in there]


def test_a_reply_reaches_the_asker_directly(desk: Desk, messenger: Expelled) -> None:
    desk.intake.finish(accepted(desk, incoming()), Outcome.ANSWERED, "yes")
    desk.delivery.deliver_due(messenger)
    assert messenger.to(direct(ANN.key).address) == [BotReply("yes")]
    assert desk.backlog().waiting == 0


@pytest.mark.parametrize("naming", list(Naming))
def test_an_answer_and_its_correction_reach_the_asker_directly(
    desk: Desk, messenger: Expelled, naming: Naming
) -> None:
    case = opened(desk, naming=naming)
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(messenger)
    desk.casework.correct(case.ref, JANE, "Yes.")
    desk.delivery.deliver_due(messenger)
    assert told(messenger) == [Receipt, CommsAnswer, CorrectedAnswer]
    assert messenger.sent[-2].replaces, "the correction replaces the answer in the direct messages"


class ExpelledEverywhere(RecordingMessenger):
    def send(self, outgoing: Outgoing) -> str:
        if outgoing.contact.surface == "terminal":
            raise NotInConversation("The bot is in no conversation.", direct)
        raise NotInConversation("The bot is not in the channel of comms.", direct)


def test_comms_are_told_of_a_message_that_arrives_nowhere(desk: Desk) -> None:
    case = opened(desk)
    desk.delivery.deliver_due(ExpelledEverywhere())
    events = desk.casework.show(case.ref).events
    assert [event.step for event in events].count(Step.UNDELIVERABLE) >= 2
    assert desk.backlog().waiting == 0
