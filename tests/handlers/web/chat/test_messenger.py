from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.model.case import Naming, Quote
from desk.model.messages import (
    BotReply,
    CaseClosed,
    CaseNotice,
    CommsAnswer,
    CorrectedAnswer,
    MessageKind,
    Outgoing,
    Receipt,
)
from desk.model.people import Person, PersonRef
from desk.model.question import Accepted, Escalation, Incoming, Verdict
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from handlers.conversation.reply_message import ReplyMessage, Voice
from handlers.web.chat.address import contact_of, key_in
from handlers.web.chat.messages import (
    Asked,
    Content,
    FeedbackReply,
    Notice,
    Withdrawal,
    as_body,
    from_body,
)
from handlers.web.chat.messenger import WebMessenger
from knowledge.policy import Role
from knowledge.reason import Reason
from tests.desk.council import CLAUSE, JANE, opened
from tests.desk.fakes import FakeClock

ANN = Person("web:ann", "Ann")
NOW = FakeClock().now()
ANSWER = CommsAnswer("C-1", 7, "May I?", "Yes.", (CLAUSE,), PersonRef("p-1", "Jane"), NOW)


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    address = f"sqlite:///{tmp_path / 'desk.db'}"
    desk = open_desk(address, Rules(), clock, EqualWordsOnly())
    yield desk
    desk.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


class Dying(WebMessenger):
    """The process ends after the message is in the inbox, before the desk knows."""

    def send(self, outgoing: Outgoing) -> str:
        super().send(outgoing)
        raise ConnectionError


def handed_over(desk: Desk) -> None:
    incoming = Incoming("e", "m", contact_of(ANN), ANN, Role.STAFF, "May I?")
    accepted = desk.intake.accept(incoming)
    assert isinstance(accepted, Accepted)
    desk.escalations.hand_over(Escalation(accepted.question_id, Reason.NEAR_MISS))


def messages(desk: Desk) -> list[Content]:
    return [from_body(each.body)[1] for each in desk.inbox.latest(ANN, 100)]


@pytest.mark.parametrize(
    "content",
    [
        Asked("May I?", "m-1"),
        BotReply("{}"),
        Receipt("C-1", "May I?", Naming.UNNAMED, NOW, (CLAUSE,), ""),
        ANSWER,
        CorrectedAnswer(ANSWER),
        CaseClosed("C-1", "May I?", "By telephone."),
        FeedbackReply(Verdict.HELPFUL, ReplyMessage(7, Voice.BOT, "Thank you.")),
        Withdrawal("C-1"),
        Notice("No."),
    ],
    ids=lambda content: type(content).__name__,
)
def test_a_message_is_read_as_it_was_written(content: Content) -> None:
    assert from_body(as_body(content))[1] == content


def test_a_message_to_comms_cannot_be_stored(desk: Desk) -> None:
    with pytest.raises(KeyError):
        as_body(CaseNotice(opened(desk), MessageKind.REMINDER, ""))


def test_a_contact_names_its_person() -> None:
    assert key_in(contact_of(ANN)) == ANN.key


def test_a_message_notifies_its_person(desk: Desk) -> None:
    notified: list[str] = []
    handed_over(desk)
    desk.delivery.deliver_due(WebMessenger(desk.inbox, notified.append))
    assert notified == [ANN.key]
    (receipt,) = messages(desk)
    assert isinstance(receipt, Receipt)


def test_a_message_in_the_inbox_when_the_process_ended_is_there_once(
    desk: Desk, clock: FakeClock
) -> None:
    handed_over(desk)
    desk.delivery.deliver_due(Dying(desk.inbox, bool))
    clock.advance(minutes=5)
    desk.delivery.deliver_due(WebMessenger(desk.inbox, bool))
    assert len(messages(desk)) == 1
    assert not desk.delivery.has_pending(contact_of(ANN))


def test_a_correction_of_a_delivered_answer_takes_its_place(desk: Desk) -> None:
    messenger = WebMessenger(desk.inbox, bool)
    handed_over(desk)
    desk.casework.answer("C-1", JANE, "Yes.", (Quote("p", "1", "H", "Text."),))
    desk.delivery.deliver_due(messenger)
    desk.casework.correct("C-1", JANE, "No.")
    desk.delivery.deliver_due(messenger)
    receipt, corrected = messages(desk)
    assert isinstance(receipt, Receipt)
    assert isinstance(corrected, CorrectedAnswer)
    assert corrected.answer.text == "No."
