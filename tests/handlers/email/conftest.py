import ssl
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import trustme

from tests.handlers.email.mail_server import MailServer, mail_server


@dataclass(frozen=True)
class Certificates:
    """`server` proves that it is 127.0.0.1, to those that have `trust`."""

    server: ssl.SSLContext
    trust: ssl.SSLContext


@pytest.fixture(scope="session")
def certificates() -> Certificates:
    authority = trustme.CA()
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    return Certificates(server, trust)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    """A mail server without encryption."""
    with mail_server() as running:
        yield running
