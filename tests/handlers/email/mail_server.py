"""A real mail server on this machine, which keeps what it is given."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as WRITTEN
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "policy-assistant", "open sesame"


@dataclass
class MailServer:
    """`refusals` are given to the next recipients instead of an OK; `took` to the next message,
    which the server keeps all the same. Before it replies to a command in `slow`, it waits so many
    seconds."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    took: list[str] = field(default_factory=list)
    slow: dict[str, float] = field(default_factory=dict)
    refused_sender: str = ""

    async def handle_MAIL(  # noqa: N802 -- the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        await asyncio.sleep(self.slow.get("MAIL", 0))
        if self.refused_sender:
            return self.refused_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 -- the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        await asyncio.sleep(self.slow.get("RCPT", 0))
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- the library's name
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        await asyncio.sleep(self.slow.get("DATA", 0))
        content = envelope.content
        assert isinstance(content, bytes)
        self.messages.append(message_from_bytes(content, policy=WRITTEN))
        self.recipients += envelope.rcpt_tos
        self.encrypted.append(session.ssl is not None)
        return self.took.pop(0) if self.took else "250 taken"


def signs_in(_: object, __: object, ___: object, ____: object, given: Any) -> AuthResult:
    assert isinstance(given, LoginPassword)
    right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def mail_server(
    server: MailServer | None = None,
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    asks_for_password: bool = False,
) -> Iterator[MailServer]:
    """The one given, on its port again, or a new one on a free port."""
    mail = server or MailServer()

    def protocol() -> SMTP:
        return SMTP(
            mail,
            hostname="mail.test",
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=signs_in if asks_for_password else None,
            auth_required=asks_for_password,
        )

    with _running(protocol, mail.port, tls) as mail.port:
        yield mail


@contextmanager
def _running(
    protocol: Callable[[], asyncio.Protocol], port: int, tls: ssl.SSLContext | None
) -> Iterator[int]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="mail server", daemon=True)
    thread.start()

    async def start() -> asyncio.Server:
        return await loop.create_server(protocol, "127.0.0.1", port, ssl=tls)

    async def stop(server: asyncio.Server) -> None:
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for each in others:
            each.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    server = asyncio.run_coroutine_threadsafe(start(), loop).result(timeout=30)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(stop(server), loop).result(timeout=30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=30)
        loop.close()
