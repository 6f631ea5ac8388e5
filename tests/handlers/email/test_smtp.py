"""What the bot's mail client does with a real mail server."""

import smtplib
import ssl
from email.message import EmailMessage

import pytest

from desk.services.delivery import RetryPolicy
from handlers.email.smtp import POLICY, STEP_S, WHOLE_S, Encryption, MailServer
from tests.handlers.email import mail_server
from tests.handlers.email.conftest import Certificates
from tests.handlers.email.mail_server import PASSWORD, USER

HOST = "127.0.0.1"


def message(text: str = "Hello.") -> EmailMessage:
    written = EmailMessage(policy=POLICY)
    written["From"] = "bot@example.gov.uk"
    written["To"] = "ann@example.gov.uk"
    written["Subject"] = "Hello"
    written.set_content(text)
    return written


def test_starttls_and_a_sign_in_are_used_where_they_are_set(certificates: Certificates) -> None:
    with mail_server.mail_server(starttls=certificates.server, asks_for_password=True) as mail:
        server = MailServer(
            HOST, mail.port, Encryption.STARTTLS, USER, PASSWORD, certificates.trust
        )
        server.send(message())
    assert mail.encrypted == [True]
    assert mail.recipients == ["ann@example.gov.uk"]


def test_tls_from_the_start(certificates: Certificates) -> None:
    with mail_server.mail_server(tls=certificates.server) as mail:
        MailServer(HOST, mail.port, Encryption.TLS, trust=certificates.trust).send(message())
    assert len(mail.messages) == 1


def test_a_server_without_starttls_gets_nothing() -> None:
    with mail_server.mail_server() as mail, pytest.raises(smtplib.SMTPNotSupportedError):
        MailServer(HOST, mail.port).send(message())
    assert mail.messages == []


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.TLS])
def test_a_server_with_a_certificate_of_a_stranger_gets_nothing(
    certificates: Certificates, encryption: Encryption
) -> None:
    from_the_start = encryption is Encryption.TLS
    with (
        mail_server.mail_server(
            tls=certificates.server if from_the_start else None,
            starttls=None if from_the_start else certificates.server,
        ) as mail,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        MailServer(HOST, mail.port, encryption).send(message())
    assert mail.messages == []


def test_a_wrong_password_is_refused(certificates: Certificates) -> None:
    with mail_server.mail_server(starttls=certificates.server, asks_for_password=True) as mail:
        server = MailServer(HOST, mail.port, Encryption.STARTTLS, USER, "no", certificates.trust)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            server.send(message())
    assert mail.messages == []
    assert "'no'" not in repr(server)


def test_any_text_arrives_as_it_was_written() -> None:
    text = "Ŵyt ti’n siŵr?\n.\n.. " + "long " * 400 + "\nFrom here\n"
    with mail_server.mail_server() as mail:
        MailServer(HOST, mail.port, Encryption.NONE).send(message(text))
    assert mail.messages[0].get_content().replace("\r\n", "\n") == text


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
def test_only_the_message_itself_gets_a_long_time(command: str) -> None:
    with mail_server.mail_server(mail_server.MailServer(slow={command: 60})) as mail:
        server = MailServer(HOST, mail.port, Encryption.NONE, step_s=0.5)
        with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
            server.send(message())
    assert mail.messages == []


def test_a_server_may_take_its_time_with_the_message() -> None:
    with mail_server.mail_server(mail_server.MailServer(slow={"DATA": 1})) as mail:
        MailServer(HOST, mail.port, Encryption.NONE, step_s=0.5).send(message())
    assert len(mail.messages) == 1


def test_a_worker_gives_up_on_a_slow_server_before_another_takes_over() -> None:
    assert RetryPolicy().lease.total_seconds() > WHOLE_S + 2 * STEP_S


def test_a_sender_that_is_refused_is_an_error_of_its_own() -> None:
    with mail_server.mail_server(mail_server.MailServer(refused_sender="550 No.")) as mail:
        server = MailServer(HOST, mail.port, Encryption.NONE)
        with pytest.raises(smtplib.SMTPSenderRefused):
            server.send(message())
    assert mail.messages == []
