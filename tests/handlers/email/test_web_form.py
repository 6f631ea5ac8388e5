"""An asker leaves an address on the page, without a script, and a mail server gets the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app.email import EmailSurface
from app.web_application import application
from handlers.email.content import EmailContent
from handlers.email.messenger import EmailMessenger
from handlers.email.smtp import Encryption
from handlers.email.smtp import MailServer as Client
from tests.browser.serving import served
from tests.desk.council import JANE
from tests.handlers.email.mail_server import MailServer
from tests.handlers.web.chat_site import Site, surfaces
from tests.handlers.web.html import Form
from tests.handlers.web.visitor import Visitor
from tests.handlers.web.wait import until
from tests.toy_service import Toy, in_folder

UNSURE = "who runs the training and the meeting?"
FORM, DELETE = "/email-answer", "/email-answer/delete"
ADDRESS = "ann@example.gov.uk"
PAGES = "https://policy.example.gov.uk"


@contextmanager
def site(toy: Toy, mail: MailServer) -> Iterator[Site]:
    service = toy.service()
    content = EmailContent(PAGES, service.desk.hours, service.clock)
    server = Client("127.0.0.1", mail.port, Encryption.NONE)
    sends = EmailMessenger(server, "bot@example.gov.uk", content, service.clock)
    with served(application(service, [*surfaces(service), EmailSurface([sends])])) as address:
        yield Site(address, service, toy)
    service.desk.close()


@pytest.fixture
def running(tmp_path: Path, mail: MailServer) -> Iterator[Site]:
    with site(Toy(in_folder(tmp_path), sends_email=True), mail) as running:
        yield running


@pytest.fixture
def ann(running: Site) -> Visitor:
    """She has asked something that went to comms."""
    visitor = running.visitor("Ann")
    visitor.ask(UNSURE)
    return visitor


def forms(visitor: Visitor, action: str) -> list[Form]:
    return [form for form in visitor.page().forms if form.action == action]


def test_the_answer_is_mailed_to_the_address_left_on_the_page(
    running: Site, ann: Visitor, mail: MailServer
) -> None:
    assert ann.send(ann.form(FORM), email=ADDRESS)[0] == 303
    assert f"We will e-mail the answer to {ADDRESS}." in ann.get("/")[1]
    assert forms(ann, FORM) == []
    running.service.desk.casework.answer("C-1", JANE, "Ask your manager.")
    until(lambda: len(mail.messages) == 1)
    (message,) = mail.messages
    text = message.get_body(("plain",))
    assert text is not None
    for said in (UNSURE, "Jane Smith answers (C-1):", "Ask your manager.", f"{PAGES}/"):
        assert said in text.get_content()
    until(lambda: ADDRESS not in ann.get("/")[1])
    assert forms(ann, FORM) == forms(ann, DELETE) == []


def test_an_address_left_while_the_answer_can_be_undone_is_kept(
    tmp_path: Path, mail: MailServer
) -> None:
    toy = Toy(in_folder(tmp_path), sends_email=True, undo_within=timedelta(minutes=5))
    with site(toy, mail) as running:
        ann = running.visitor("Ann")
        ann.ask(UNSURE)
        form = ann.form(FORM)
        running.service.desk.casework_with_undo.answer("C-1", JANE, "Ask your manager.")
        ann.send(form, email=ADDRESS)
        assert f"We will e-mail the answer to {ADDRESS}." in ann.get("/")[1]
        ann.send(ann.form(DELETE))
        assert ADDRESS not in ann.get("/")[1]


def test_an_address_can_be_taken_back(running: Site, ann: Visitor, mail: MailServer) -> None:
    ann.send(ann.form(FORM), email=ADDRESS)
    ann.send(ann.form(DELETE))
    assert len(forms(ann, FORM)) == 1
    running.service.desk.casework.answer("C-1", JANE, "Ask your manager.")
    until(lambda: "Ask your manager." in ann.get("/")[1])
    assert running.service.desk.metrics().emails.waiting == 0
    assert mail.messages == []


@pytest.mark.parametrize("address", ["", "ann", "ann@example.gov.uk\r\nBcc: all@example.gov.uk"])
def test_what_is_not_an_address_is_refused_in_one_sentence(ann: Visitor, address: str) -> None:
    ann.send(ann.form(FORM), email=address)
    shown = ann.get("/")[1]
    assert shown.count("Write one e-mail address, such as name@example.gov.uk.") == 1
    assert "Bcc" not in shown
    assert len(forms(ann, FORM)) == 1


def test_nobody_leaves_an_address_with_the_case_of_another(running: Site, ann: Visitor) -> None:
    bob = running.visitor("Bob")
    bob.post(FORM, ref="C-1", email="bob@example.gov.uk", token="a-token")  # noqa: S106 -- of a form
    assert "C-1 is not your question." in bob.get("/")[1]
    assert "bob@" not in ann.get("/")[1]


def test_addresses_are_taken_a_few_at_a_time(ann: Visitor) -> None:
    form = ann.form(FORM)
    found = [ann.send(form, email=ADDRESS)[0] for _ in range(7)]
    assert found == [303] * 6 + [429]


def test_without_a_mail_server_the_page_offers_no_email(tmp_path: Path, mail: MailServer) -> None:
    with site(Toy(in_folder(tmp_path)), mail) as running:
        ann = running.visitor("Ann")
        ann.ask(UNSURE)
        assert "C-1" in ann.get("/")[1]
        assert forms(ann, FORM) == []
        assert ann.post(FORM, ref="C-1", email=ADDRESS)[0] == 404
