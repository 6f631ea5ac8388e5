"""Delivers by e-mail: the digest, and answers to the addresses that askers left.

A mail server does not say what it took, so after a crash in the moment of sending an e-mail is
sent again: one that comes twice is better than one that is lost. Both have one Message-ID, by which
mail programs recognise a repeat.
"""

import hashlib
import logging
import re
import smtplib
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol

from desk.model.clock import Clock
from desk.model.digest import Digest
from desk.model.email_address import SURFACE
from desk.model.errors import Undeliverable
from desk.model.messages import AnswerEmail, CannotTell, NotSent, Outgoing, SentAs
from handlers.email.content import Content, EmailContent
from handlers.email.smtp import POLICY

SENDER = "Policy assistant"
NOT_FOR_EMAIL = "This message is not sent by e-mail."
# Enhanced status codes (RFC 3463) of an address that will never take mail. Any other refusal may
# come from how the server is set up, and is tried again.
_NO_SUCH_ADDRESS = re.compile(rb"5\.(?:1\.[1236]|2\.1)\b")

log = logging.getLogger(__name__)


class Sends(Protocol):
    def send(self, message: EmailMessage) -> None: ...


class EmailMessenger:
    surfaces = frozenset({SURFACE})

    def __init__(self, server: Sends, sender: str, content: EmailContent, clock: Clock) -> None:
        """`sender` is the address from which the e-mails come."""
        self._server = server
        self._sender = sender
        self._content = content
        self._clock = clock

    def send(self, outgoing: Outgoing) -> str:
        """The Message-ID; empty where there is nothing to say any more. Raises Undeliverable, or
        what the server raises."""
        content = self._said(outgoing)
        if content is None:
            return ""
        message = self._message(outgoing, content)
        try:
            self._server.send(message)
        except smtplib.SMTPRecipientsRefused as refused:
            raise _undeliverable(refused) or refused from None
        except smtplib.SMTPResponseException as refused:
            # What the server wrote may name people; the code alone does not.
            log.warning("The mail server answered with code %d", refused.smtp_code)
            raise
        return str(message["Message-ID"])

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:  # noqa: ARG002 -- the Protocol's names
        return CannotTell()

    def _said(self, outgoing: Outgoing) -> Content | None:
        match outgoing.message:
            case AnswerEmail() as answer:
                return self._content.answer(answer)
            case Digest() as digest:
                return None if digest.is_empty else self._content.digest(digest)
            case _:
                raise Undeliverable(NOT_FOR_EMAIL)

    def _message(self, outgoing: Outgoing, content: Content) -> EmailMessage:
        message = EmailMessage(policy=POLICY)
        message["From"] = Address(SENDER, addr_spec=self._sender)
        message["To"] = Address(addr_spec=outgoing.contact.address)
        message["Subject"] = content.subject
        message["Date"] = format_datetime(self._clock.now())
        message["Message-ID"] = self._message_id(outgoing.key)
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office reply, please
        message.set_content(content.text)
        message.add_alternative(content.html, subtype="html")
        return message

    def _message_id(self, key: str) -> str:
        """The same on every try of one message."""
        domain = self._sender.rpartition("@")[2]
        return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def _undeliverable(refused: smtplib.SMTPRecipientsRefused) -> Undeliverable | None:
    for code, text in refused.recipients.values():
        log.warning("The mail server refused the address of a reader with code %d", code)
        if _NO_SUCH_ADDRESS.match(text):
            return Undeliverable("There is no such address.")
    return None
