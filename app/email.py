"""Builds what sends e-mail, if the settings name a mail server."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from handlers.conversation.services import Services
from handlers.email.content import EmailContent
from handlers.email.messenger import EmailMessenger
from handlers.email.smtp import Encryption, MailServer
from settings import Settings


@dataclass(frozen=True, slots=True)
class EmailSurface:
    """Only sends: nobody writes to the bot by e-mail."""

    messengers: Sequence[EmailMessenger]

    def register(self, app: web.Application) -> None:
        pass


def email_surfaces(settings: Settings, services: Services) -> list[EmailSurface]:
    if not settings.smtp_host:
        return []
    content = EmailContent(services.address, services.desk.hours, services.clock)
    server = mail_server(settings)
    return [EmailSurface([EmailMessenger(server, settings.smtp_from, content, services.clock)])]


def mail_server(settings: Settings) -> MailServer:
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        encryption=Encryption(settings.smtp_tls),
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
    )
