"""Hands one e-mail to the council's mail server, with the standard library's client.

smtplib in the worker's thread is enough: a messenger is synchronous, and a council sends few.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from enum import StrEnum
from time import monotonic

# For each reply of the server up to the message, and for its word that it took the message, which
# may come after a check for viruses.
STEP_S = 5.0
TAKEN_S = 30.0
# For all of it: after two minutes another worker sends the message again.
WHOLE_S = 100.0
# Not every server takes bytes beyond ASCII.
POLICY = SMTP.clone(cte_type="7bit")
_DONE, _WILL_FORWARD = 250, 251  # RFC 5321, section 4.2.3


class Encryption(StrEnum):
    """How the connection is encrypted. The values are those of the setting SMTP_TLS."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Without `user` the bot does not sign in. `trust` says which certificates count; by default
    those that the system trusts. `step_s`, in seconds, is as STEP_S."""

    host: str
    port: int
    encryption: Encryption = Encryption.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)
    step_s: float = STEP_S

    def send(self, message: EmailMessage) -> None:
        """`message` has POLICY, one sender and one recipient. Raises OSError, as all errors of
        smtplib are. After a timeout or a lost connection the server may have the message."""
        began = monotonic()
        # smtplib's send_message would write ">From" where a line begins with "From".
        sender, recipient = (parseaddr(str(message[name]))[1] for name in ("From", "To"))
        with self._connection() as connection:
            _agree_on(connection, sender, recipient)
            _wait_up_to(_for_the_message(began), connection)
            code, text = connection.data(message.as_bytes())
            if code != _DONE:
                raise smtplib.SMTPDataError(code, text)
            _wait_up_to(self.step_s, connection)

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        connection = self._connected()
        try:
            if self.encryption is Encryption.STARTTLS:
                connection.starttls(context=self.trust)  # raises where the server offers none
            if self.user:
                connection.login(self.user, self.password)
            yield connection
            # The message is with the server, so a failed goodbye changes nothing.
            with suppress(OSError):
                connection.quit()
        finally:
            connection.close()

    def _connected(self) -> smtplib.SMTP:
        if self.encryption is Encryption.TLS:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.step_s, context=self.trust)
        return smtplib.SMTP(self.host, self.port, timeout=self.step_s)


def _agree_on(connection: smtplib.SMTP, sender: str, recipient: str) -> None:
    """As smtplib's sendmail, which offers no timeout of its own for the message."""
    connection.ehlo_or_helo_if_needed()
    code, text = connection.mail(sender)
    if code != _DONE:
        raise smtplib.SMTPSenderRefused(code, text, sender)
    code, text = connection.rcpt(recipient)
    if code not in (_DONE, _WILL_FORWARD):
        raise smtplib.SMTPRecipientsRefused({recipient: (code, text)})


def _for_the_message(began: float) -> float:
    """Seconds. smtplib may wait so long three times: to begin, for the message to leave, and for
    the server's word. Raises TimeoutError."""
    left = WHOLE_S - (monotonic() - began)
    if left <= 0:
        raise TimeoutError("The mail server took too long before it asked for the message.")
    return min(TAKEN_S, left / 3)


def _wait_up_to(seconds: float, connection: smtplib.SMTP) -> None:
    if connection.sock is not None:
        connection.sock.settimeout(seconds)
