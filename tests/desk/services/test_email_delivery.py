"""E-mail by a real mail server: it goes down, replicas share the work, and processes are killed."""

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from typing import Protocol

import pytest

from desk.services.desk import Desk, Rules, open_desk
from desk.services.digests import DigestRules
from desk.services.escalation import EqualWordsOnly
from handlers.email.content import EmailContent
from handlers.email.messenger import EmailMessenger
from handlers.email.smtp import Encryption
from handlers.email.smtp import MailServer as Client
from tests.desk.council import ANN, BOB, JANE, opened
from tests.desk.fakes import FakeClock, RecordingMessenger
from tests.handlers.email.mail_server import MailServer, mail_server

ADDRESS = "ann@example.gov.uk"
RULES = Rules(digest=DigestRules(("comms@example.gov.uk", "press@example.gov.uk")))
ASKERS = 20
_KILLED = -9


class Sends(Protocol):
    def send(self, message: EmailMessage) -> None: ...


class KilledBefore:
    """Dies as `kill -9` kills it, before the mail server has the message."""

    def send(self, message: EmailMessage) -> None:  # noqa: ARG002 -- the Protocol's names
        os.kill(os.getpid(), signal.SIGKILL)


class KilledAfter:
    """Dies when the mail server has the message, before the desk knows."""

    def __init__(self, server: Client) -> None:
        self._server = server

    def send(self, message: EmailMessage) -> None:
        self._server.send(message)
        os.kill(os.getpid(), signal.SIGKILL)


def client(mail: MailServer) -> Client:
    return Client("127.0.0.1", mail.port, Encryption.NONE)


def messenger(desk: Desk, clock: FakeClock, server: Sends) -> EmailMessenger:
    content = EmailContent("https://policy.example.gov.uk", desk.hours, clock)
    return EmailMessenger(server, "bot@example.gov.uk", content, clock)


def with_an_email_to_send(address: str, clock: FakeClock) -> Desk:
    desk = open_desk(address, RULES, clock, EqualWordsOnly())
    case = opened(desk)
    desk.answer_emails.leave(case.ref, ANN, ADDRESS)
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(RecordingMessenger())
    return desk


def in_another_process(run: Callable[[], object]) -> int | None:
    """The exit status; a signal's number is negative."""
    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join(60)
    return process.exitcode


def test_a_server_that_is_down_gets_the_email_when_it_is_up_again(
    address: str, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    desk = with_an_email_to_send(address, clock)
    with mail_server() as mail:
        pass  # it has a port, and is down now
    sends = messenger(desk, clock, client(mail))
    with caplog.at_level("DEBUG", "desk"):
        for _ in range(3):
            desk.delivery.deliver_due(sends)
            assert desk.metrics().emails.retried == 1
            clock.advance(minutes=10)
    assert caplog.text.count("answer-email:1: ConnectionRefusedError") == 3
    assert ADDRESS not in caplog.text
    with mail_server(mail):
        desk.delivery.deliver_due(sends)
    assert mail.recipients == [ADDRESS]
    assert desk.metrics().emails.retried == 0
    desk.close()


@pytest.mark.parametrize(("killed_after", "times"), [(False, 1), (True, 2)])
def test_an_email_whose_sender_was_killed_is_sent_again_under_the_same_id(
    address: str, clock: FakeClock, killed_after: bool, times: int
) -> None:
    desk = with_an_email_to_send(address, clock)
    desk.close()
    with mail_server() as mail:

        def run() -> None:
            own = open_desk(address, RULES, clock, EqualWordsOnly())
            server = KilledAfter(client(mail)) if killed_after else KilledBefore()
            own.delivery.deliver_due(messenger(own, clock, server))

        assert in_another_process(run) == _KILLED
        desk = open_desk(address, RULES, clock, EqualWordsOnly())
        sends = messenger(desk, clock, client(mail))
        assert desk.delivery.deliver_due(sends) == 0, "another worker still has it"
        clock.advance(minutes=3)
        assert desk.delivery.deliver_due(sends) == 1
    assert len(mail.messages) == times
    assert len({message["Message-ID"] for message in mail.messages}) == 1
    assert desk.answer_emails.left_by(ANN) == {}
    desk.close()


def test_two_replicas_send_every_email_once(postgresql_address: str, clock: FakeClock) -> None:
    desk = open_desk(postgresql_address, RULES, clock, EqualWordsOnly())
    for number in range(ASKERS):
        case = opened(desk, text=f"What number {number} asks?")
        desk.answer_emails.leave(case.ref, ANN, f"asker-{number}@example.gov.uk")
        desk.casework.answer(case.ref, JANE, "No.")
        desk.delivery.deliver_due(RecordingMessenger())
    opened(desk, BOB, "What waits?")
    desk.close()
    clock.advance(days=1)
    with mail_server() as mail:

        def replica() -> None:
            own = open_desk(postgresql_address, RULES, clock, EqualWordsOnly())
            sends = messenger(own, clock, client(mail))
            for _ in range(5):
                own.digests.queue_due(())
                own.delivery.deliver_due(sends)
            own.close()

        context = multiprocessing.get_context("fork")
        replicas = [context.Process(target=replica) for _ in range(2)]
        for each in replicas:
            each.start()
        for each in replicas:
            each.join(60)
        assert [each.exitcode for each in replicas] == [0, 0]
    everyone = [f"asker-{number}@example.gov.uk" for number in range(ASKERS)]
    assert Counter(mail.recipients) == Counter(
        [*everyone, "comms@example.gov.uk", "press@example.gov.uk"]
    )
