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

# For each step up to the message, and for the server's word that it took the message, which may
# come after a check for viruses. A worker has two minutes for all of it.
STEP_S = 5.0
TAKEN_S = 60.0
# Not every server takes bytes beyond ASCII.
POLICY = SMTP.clone(cte_type="7bit")


class Encryption(StrEnum):
    """How the connection is encrypted. The values are those of the setting SMTP_TLS."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Without `user` the bot does not sign in. `trust` says which certificates count; by default
    those that the system trusts."""

    host: str
    port: int
    encryption: Encryption = Encryption.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    def send(self, message: EmailMessage) -> None:
        """`message` has POLICY, one sender and one recipient. Raises OSError, as all errors of
        smtplib are. After a timeout or a lost connection the server may have the message."""
        with self._connection() as connection:
            if connection.sock is not None:
                connection.sock.settimeout(TAKEN_S)
            # smtplib's send_message would write ">From" where a line begins with "From".
            sender, recipient = (parseaddr(str(message[name]))[1] for name in ("From", "To"))
            connection.sendmail(sender, recipient, message.as_bytes())

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
            return smtplib.SMTP_SSL(self.host, self.port, timeout=STEP_S, context=self.trust)
        return smtplib.SMTP(self.host, self.port, timeout=STEP_S)
