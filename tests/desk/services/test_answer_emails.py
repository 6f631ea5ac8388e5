"""An asker leaves an address for the answer to one case: it serves one e-mail and is gone."""

from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from desk.model.case import Naming
from desk.model.email_address import BadAddress
from desk.model.errors import NotYours, Undeliverable, WrongStep
from desk.model.messages import AnswerEmail, CaseClosed, CommsAnswer, Outgoing
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from tests.desk.council import (
    ANN,
    BOB,
    JANE,
    edited,
    followed_up,
    opened,
    withdrawn,
)
from tests.desk.databases import sqlalchemy_url
from tests.desk.fakes import FakeClock, RecordedEmail, RecordingMessenger

ADDRESS = "ann@example.gov.uk"


@pytest.fixture
def post() -> RecordedEmail:
    return RecordedEmail()


@pytest.fixture
def stored(address: str) -> "Stored":
    return Stored(address)


class Stored:
    """Looks for an address in all tables that could hold it."""

    def __init__(self, address: str) -> None:
        self._engine = create_engine(sqlalchemy_url(address))

    def has(self, address: str) -> bool:
        with self._engine.connect() as connection:
            rows = [
                *connection.execute(text("SELECT * FROM answer_emails")),
                *connection.execute(text("SELECT * FROM outbox")),
                *connection.execute(text("SELECT * FROM events")),
                *connection.execute(text("SELECT * FROM audit")),
            ]
        self._engine.dispose()
        return any(address in str(value) for row in rows for value in row)


def mailed(desk: Desk, post: RecordedEmail) -> int:
    """Deliver what there is, as on the pages so by e-mail; return how many e-mails were tried."""
    desk.delivery.deliver_due(RecordingMessenger())
    return desk.delivery.deliver_due(post)


def answered_while_mail_is_down(desk: Desk, ref: str, post: RecordedEmail) -> None:
    """Ann leaves her address, gets the answer "No." where she asked, and its e-mail fails."""
    desk.answer_emails.leave(ref, ANN, ADDRESS)
    desk.casework.answer(ref, JANE, "No.")
    post.failures.append(ConnectionRefusedError())
    mailed(desk, post)


def test_the_answer_is_mailed_once_and_the_address_is_deleted(
    desk: Desk, post: RecordedEmail, stored: Stored
) -> None:
    case = opened(desk, naming=Naming.UNNAMED)
    desk.answer_emails.leave(case.ref, ANN, f" {ADDRESS} ")
    assert desk.answer_emails.left_by(ANN) == {case.ref: ADDRESS}
    assert desk.answer_emails.left_by(BOB) == {}
    desk.casework.answer(case.ref, JANE, "No.")
    assert stored.has(ADDRESS)
    assert mailed(desk, post) == 1
    (sent,) = post.sent
    assert sent.contact.address == ADDRESS
    assert isinstance(sent.message, AnswerEmail)
    assert isinstance(sent.message.told, CommsAnswer)
    assert (sent.message.told.question, sent.message.told.text) == (
        "May I post about the election?",
        "No.",
    )
    assert not stored.has(ADDRESS)
    followed_up(desk, case.ref, ANN, "And at home?")
    desk.casework.answer(case.ref, JANE, "No, too.")
    assert mailed(desk, post) == 0


def test_an_answer_that_was_undone_is_not_mailed(
    address: str, clock: FakeClock, post: RecordedEmail
) -> None:
    desk = open_desk(address, Rules(undo_within=timedelta(seconds=10)), clock, EqualWordsOnly())
    case = opened(desk)
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    desk.casework_with_undo.answer(case.ref, JANE, "No.")
    assert mailed(desk, post) == 0
    desk.undo.undo(case.ref, JANE)
    clock.advance(minutes=1)
    assert mailed(desk, post) == 0
    desk.casework_with_undo.answer(case.ref, JANE, "Yes.")
    clock.advance(minutes=1)
    assert mailed(desk, post) == 1
    assert [_text(sent) for sent in post.sent] == ["Yes."]
    desk.close()


def test_an_address_that_is_left_again_gets_the_next_answer(
    desk: Desk, post: RecordedEmail
) -> None:
    case = opened(desk)
    for words in ("No.", "No, too."):
        desk.answer_emails.leave(case.ref, ANN, ADDRESS)
        desk.casework.answer(case.ref, JANE, words)
        mailed(desk, post)
        followed_up(desk, case.ref, ANN, "And else?")
    assert [_text(sent) for sent in post.sent] == ["No.", "No, too."]


def test_an_email_that_waits_has_the_answer_as_it_was_corrected(
    desk: Desk, post: RecordedEmail
) -> None:
    case = opened(desk)
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(RecordingMessenger())
    desk.casework.correct(case.ref, JANE, "Yes.")
    mailed(desk, post)
    assert [_text(sent) for sent in post.sent] == ["Yes."]


def test_an_email_that_is_tried_again_has_no_answer_that_may_still_be_undone(
    address: str, clock: FakeClock, post: RecordedEmail
) -> None:
    desk = open_desk(address, Rules(undo_within=timedelta(seconds=60)), clock, EqualWordsOnly())
    case = opened(desk)
    answered_while_mail_is_down(desk, case.ref, post)
    followed_up(desk, case.ref, ANN, "And else?")
    desk.casework_with_undo.answer(case.ref, JANE, "Nonsense.")
    clock.advance(seconds=3)
    mailed(desk, post)
    assert [_text(sent) for sent in post.sent] == ["No."]
    desk.close()


def test_an_email_that_is_tried_again_has_no_answer_to_somebody_else(
    desk: Desk, clock: FakeClock, post: RecordedEmail
) -> None:
    case = opened(desk)
    opened(desk, BOB)  # waits in the same case
    answered_while_mail_is_down(desk, case.ref, post)
    followed_up(desk, case.ref, BOB, "And at home?")
    desk.casework.answer(case.ref, JANE, "At home you may.")
    clock.advance(seconds=3)
    mailed(desk, post)
    assert [_text(sent) for sent in post.sent] == ["No."]


def test_a_new_address_is_for_the_next_answer_and_not_for_the_email_that_waits(
    desk: Desk, clock: FakeClock, post: RecordedEmail, stored: Stored
) -> None:
    case = opened(desk)
    answered_while_mail_is_down(desk, case.ref, post)
    followed_up(desk, case.ref, ANN, "And else?")
    desk.answer_emails.leave(case.ref, ANN, "ann@home.example")
    clock.advance(seconds=3)
    assert mailed(desk, post) == 0
    desk.casework.answer(case.ref, JANE, "No, too.")
    mailed(desk, post)
    (sent,) = post.sent
    assert (sent.contact.address, _text(sent)) == ("ann@home.example", "No, too.")
    assert not stored.has("ann@home.example")


def test_an_email_waits_until_the_answer_was_delivered_where_it_was_asked(
    desk: Desk, post: RecordedEmail
) -> None:
    case = opened(desk)
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    desk.casework.answer(case.ref, JANE, "No.")
    assert desk.delivery.deliver_due(post) == 0
    assert mailed(desk, post) == 1


def test_the_end_without_an_answer_is_mailed_too(
    desk: Desk, post: RecordedEmail, stored: Stored
) -> None:
    case = opened(desk)
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    desk.casework.close(case.ref, JANE, "This is for HR.")
    mailed(desk, post)
    (sent,) = post.sent
    assert isinstance(sent.message, AnswerEmail)
    assert isinstance(sent.message.told, CaseClosed)
    assert sent.message.told.reason == "This is for HR."
    assert not stored.has(ADDRESS)


def test_a_later_address_takes_the_place_of_the_first(
    desk: Desk, post: RecordedEmail, stored: Stored
) -> None:
    case = opened(desk)
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    desk.answer_emails.leave(case.ref, ANN, "ann@home.example")
    assert not stored.has(ADDRESS)
    desk.casework.answer(case.ref, JANE, "No.")
    mailed(desk, post)
    assert [sent.contact.address for sent in post.sent] == ["ann@home.example"]


@pytest.mark.parametrize("how", ["take back", "withdraw", "erase"])
def test_who_no_longer_wants_it_gets_nothing_and_leaves_no_address(
    desk: Desk, post: RecordedEmail, stored: Stored, how: str
) -> None:
    case = opened(desk)
    opened(desk, BOB)  # waits in the same case
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    desk.answer_emails.leave(case.ref, BOB, "bob@example.gov.uk")
    if how == "take back":
        desk.answer_emails.take_back(case.ref, ANN)
    elif how == "withdraw":
        withdrawn(desk, case.ref, ANN)
    else:
        desk.privacy.erase(ANN.key, JANE)
    assert not stored.has(ADDRESS)
    desk.casework.answer(case.ref, JANE, "No.")
    mailed(desk, post)
    assert [sent.contact.address for sent in post.sent] == ["bob@example.gov.uk"]


def test_erasure_also_stops_an_email_that_waits(
    desk: Desk, post: RecordedEmail, stored: Stored
) -> None:
    case = opened(desk)
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(RecordingMessenger())
    desk.privacy.erase(ANN.key, JANE)
    assert mailed(desk, post) == 0
    assert not stored.has(ADDRESS)


def test_the_address_goes_with_a_question_that_gets_a_case_of_its_own(
    desk: Desk, post: RecordedEmail
) -> None:
    shared = opened(desk, message="ann's")
    opened(desk, BOB)
    desk.answer_emails.leave(shared.ref, ANN, ADDRESS)
    own = edited(desk, "ann's", "May I post about the weather?")
    assert own.ref != shared.ref
    desk.casework.answer(shared.ref, JANE, "No.")
    assert mailed(desk, post) == 0
    desk.casework.answer(own.ref, JANE, "Yes.")
    mailed(desk, post)
    assert [_text(sent) for sent in post.sent] == ["Yes."]


def test_only_an_asker_who_waits_may_leave_an_address(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(NotYours):
        desk.answer_emails.leave(case.ref, BOB, ADDRESS)
    with pytest.raises(BadAddress):
        desk.answer_emails.leave(case.ref, ANN, "ann@example.gov.uk\nBcc: all@example.gov.uk")
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(RecordingMessenger())
    with pytest.raises(WrongStep, match=f"{case.ref} waits for no answer"):
        desk.answer_emails.leave(case.ref, ANN, ADDRESS)


def test_an_address_is_in_time_until_the_answer_is_delivered(
    address: str, clock: FakeClock, post: RecordedEmail, stored: Stored
) -> None:
    desk = open_desk(address, Rules(undo_within=timedelta(seconds=10)), clock, EqualWordsOnly())
    case = opened(desk)
    desk.casework_with_undo.answer(case.ref, JANE, "No.")
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    assert mailed(desk, post) == 0, "the answer can still be undone"
    clock.advance(seconds=10)
    mailed(desk, post)
    assert [_text(sent) for sent in post.sent] == ["No."]
    assert not stored.has(ADDRESS)
    with pytest.raises(WrongStep):
        desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    desk.close()


def test_an_address_that_takes_no_mail_is_deleted_and_comms_are_told(
    desk: Desk, post: RecordedEmail, stored: Stored
) -> None:
    case = opened(desk)
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    desk.casework.answer(case.ref, JANE, "No.")
    post.failures.append(Undeliverable("no such address"))
    mailed(desk, post)
    assert not stored.has(ADDRESS)
    assert desk.casework.show(case.ref).events[-1].text == "answer by e-mail"


def test_a_failed_email_is_counted_and_tried_again_later(
    desk: Desk, post: RecordedEmail, clock: FakeClock
) -> None:
    case = opened(desk)
    answered_while_mail_is_down(desk, case.ref, post)
    assert (desk.metrics().emails.retried, mailed(desk, post)) == (1, 0)
    clock.advance(seconds=3)
    mailed(desk, post)
    assert (desk.metrics().emails.retried, len(post.sent)) == (0, 1)


def test_the_export_about_a_person_has_the_address(desk: Desk) -> None:
    case = opened(desk)
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    (email,) = desk.privacy.export(ANN.key, JANE).emails
    assert (email.ref, email.address) == (case.ref, ADDRESS)


def test_a_purged_case_leaves_no_address(desk: Desk, clock: FakeClock, stored: Stored) -> None:
    case = opened(desk)
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(RecordingMessenger())  # and no mail server takes the e-mail
    clock.advance(days=1000)
    desk.privacy.purge()
    assert not stored.has(ADDRESS)


def test_an_address_does_not_stay_for_a_mail_server_that_was_taken_away(
    desk: Desk, clock: FakeClock, post: RecordedEmail, stored: Stored
) -> None:
    case = opened(desk)
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    waits = opened(desk, BOB, "May I read the news?")
    desk.answer_emails.leave(waits.ref, BOB, "bob@example.gov.uk")
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(RecordingMessenger())
    clock.advance(days=6)
    desk.privacy.purge()
    assert stored.has(ADDRESS)
    clock.advance(days=2)
    desk.privacy.purge()
    assert not stored.has(ADDRESS)
    assert desk.metrics().emails.waiting == 0
    assert desk.answer_emails.left_by(BOB) == {waits.ref: "bob@example.gov.uk"}
    assert mailed(desk, post) == 0


def _text(sent: Outgoing) -> str:
    assert isinstance(sent.message, AnswerEmail)
    assert isinstance(sent.message.told, CommsAnswer)
    return sent.message.told.text
