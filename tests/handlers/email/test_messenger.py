"""What an e-mail of the bot looks like, and what the bot makes of a mail server's refusal."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from desk.model.case import Asker, Case, Naming, Quote, Status
from desk.model.digest import Digest, PolicyReview
from desk.model.email_address import contact_at
from desk.model.errors import Undeliverable
from desk.model.hours import OfficeHours
from desk.model.messages import (
    AnswerEmail,
    BotReply,
    CannotTell,
    CaseClosed,
    CommsAnswer,
    Message,
    Outgoing,
)
from desk.model.people import PersonRef
from desk.model.precedent import Precedent, PrecedentState
from handlers.email.content import EmailContent
from handlers.email.messenger import EmailMessenger
from handlers.email.smtp import Encryption
from handlers.email.smtp import MailServer as Client
from knowledge.policy import Role
from knowledge.reason import Reason
from tests.desk.fakes import FakeClock
from tests.handlers.email.mail_server import MailServer

PAGES = "https://policy.example.gov.uk"
NOW = FakeClock().now()
ANSWER = CommsAnswer(
    ref="C-12",
    question_id=3,
    question="May I post <b>this</b>?\nBcc: all@example.gov.uk",
    text="No, see https://example.gov.uk/rules & ask <HR>.",
    cited=(Quote("social-media", "4(c)", "Purdah", "You must not post."),),
    answered_by=PersonRef("p-1", "Jane Smith"),
    at=NOW,
)
CASE = Case(
    id=12,
    status=Status.OPEN,
    question="May I post <b>this</b>?\nAnd that?",
    role=Role.STAFF,
    history=(),
    reason=Reason.NEAR_MISS,
    closest=(),
    draft="",
    holder=None,
    opened_at=NOW,
    due_at=datetime(2026, 11, 23, 10, 0, tzinfo=UTC),
    askers=(
        Asker(1, PersonRef("p-2", "Ann Asker"), Naming.NAMED, "", waiting=True),
        Asker(2, PersonRef("p-3", ""), Naming.UNNAMED, "", waiting=True),
    ),
    events=(),
)


def messenger(mail: MailServer) -> EmailMessenger:
    clock = FakeClock()
    server = Client("127.0.0.1", mail.port, Encryption.NONE)
    return EmailMessenger(
        server, "bot@example.gov.uk", EmailContent(PAGES, OfficeHours(), clock), clock
    )


def outgoing(message: Message, key: str = "answer-email:1") -> Outgoing:
    return Outgoing(key, contact_at("ann@example.gov.uk"), message, "", "")


def parts(message: EmailMessage) -> tuple[str, str]:
    """The plain text and the HTML."""
    text, html = message.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert [text.get_content_type(), html.get_content_type()] == ["text/plain", "text/html"]
    return text.get_content().replace("\r\n", "\n"), html.get_content()


def sent(mail: MailServer, message: Message) -> tuple[EmailMessage, str, str]:
    messenger(mail).send(outgoing(message))
    return (mail.messages[-1], *parts(mail.messages[-1]))


def test_an_answer_comes_with_the_question_the_quotes_and_a_link(mail: MailServer) -> None:
    message, text, html = sent(mail, AnswerEmail(ANSWER))
    assert message["Subject"] == "The communications team answered your question (C-12)"
    assert message["From"] == "Policy assistant <bot@example.gov.uk>"
    assert message["To"] == "ann@example.gov.uk"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Bcc"] is None
    for said in (
        "You asked: “May I post <b>this</b>?",
        "Jane Smith answers (C-12):",
        ANSWER.text,
        "“You must not post.” (section 4(c), Purdah)",
        f"{PAGES}/\n",
    ):
        assert said in text
    assert "May I post &lt;b&gt;this&lt;/b&gt;?" in html
    assert "ask &lt;HR&gt;." in html
    assert 'href="https://example.gov.uk/rules"' in html
    assert f'href="{PAGES}/"' in html


def test_a_closed_case_is_told_with_its_reason(mail: MailServer) -> None:
    closed = CaseClosed("C-12", "May I?", "This is for HR.")
    message, text, html = sent(mail, AnswerEmail(closed))
    assert message["Subject"] == "The communications team closed your question (C-12)"
    for page in (text, html):
        assert "closed C-12 without an answer: This is for HR." in page


PUBLISHED = Precedent(
    id=3,
    state=PrecedentState.PUBLISHED,
    question="May I?",
    text="No.",
    cited=(),
    owner="Legal",
    published_at=NOW,
    edited_at=NOW,
    review_by=NOW.date(),
)


def test_a_digest_lists_what_there_is_to_do(mail: MailServer) -> None:
    later = replace(CASE, id=13, due_at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
    policy = PolicyReview("media", "Social <media> policy", NOW.date())
    message, text, html = sent(mail, Digest(NOW, 1, 9, (CASE, later), (PUBLISHED,), (policy,)))
    assert message["Subject"] == "Policy assistant: 1 overdue, 9 due today, 2 to review"
    for said in (
        "OVERDUE CASES: 1\n\nC-12, due today 10:00, asked by Ann Asker\n",
        f"“May I post <b>this</b>? And that?”\n{PAGES}/desk/cases/C-12\n",
        "CASES DUE TODAY: 9\n\nC-13, due today 15:00",
        f"The other cases are on the desk: {PAGES}/desk\n",
        "P-3, review by 23 November 2026, owner: Legal\n",
        f"“May I?”\n{PAGES}/desk/published/P-3\n",
        "Social <media> policy, review by 23 November 2026",
    ):
        assert said in text
    assert "\n\n\n" not in text
    for said in ("May I post &lt;b&gt;this", "Social &lt;media&gt;", f'"{PAGES}/desk/cases/C-13"'):
        assert said in html
    assert "p-2" not in text + html


@pytest.mark.parametrize(
    "reason", [Reason.SENSITIVE, Reason.LANGUAGE, Reason.UNHAPPY, Reason.INTERRUPTED]
)
def test_a_digest_does_not_show_a_question_that_may_be_sensitive(
    mail: MailServer, reason: Reason
) -> None:
    _, text, html = sent(mail, Digest(NOW, 1, 0, (replace(CASE, reason=reason),)))
    assert "C-12" in text
    assert "post" not in text + html


def test_a_digest_does_not_repeat_the_words_of_an_erased_person(mail: MailServer) -> None:
    withheld = replace(PUBLISHED, state=PrecedentState.WITHHELD, repeats_erased=True)
    _, text, html = sent(mail, Digest(NOW, published=(withheld,)))
    assert "P-3, review by 23 November 2026, owner: Legal\nhttp" in text
    assert "May I" not in text + html


def test_nothing_is_sent_where_there_is_nothing_to_say(mail: MailServer) -> None:
    assert messenger(mail).send(outgoing(Digest(NOW))) == ""
    assert mail.messages == []


def test_every_try_of_one_message_has_one_id(mail: MailServer) -> None:
    ids = [
        messenger(mail).send(outgoing(AnswerEmail(ANSWER), key))
        for key in ("answer-email:1", "answer-email:1", "answer-email:2")
    ]
    assert ids[0] == ids[1] != ids[2]
    assert [message["Message-ID"] for message in mail.messages] == ids
    assert isinstance(messenger(mail).find_sent(outgoing(AnswerEmail(ANSWER))), CannotTell)


def test_an_address_that_does_not_exist_is_given_up_and_no_word_is_logged(
    mail: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    mail.refusals.append("550 5.1.1 ann@example.gov.uk: no such user")
    with caplog.at_level(logging.DEBUG, "handlers"), pytest.raises(Undeliverable):
        messenger(mail).send(outgoing(AnswerEmail(ANSWER)))
    assert "code 550" in caplog.text
    assert "ann@" not in caplog.text


@pytest.mark.parametrize(
    "refusal",
    [
        "550 5.7.1 relaying denied",
        "450 4.2.1 come back later",
        "550 no reason",
    ],
)
def test_another_refusal_may_pass_and_is_tried_again(mail: MailServer, refusal: str) -> None:
    mail.refusals.append(refusal)
    with pytest.raises(OSError, match=r"(?i)ann@"):
        messenger(mail).send(outgoing(AnswerEmail(ANSWER)))


def test_a_message_that_the_server_does_not_take_is_tried_again(
    mail: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    mail.took.append("451 4.3.0 no room for ann@example.gov.uk")
    with pytest.raises(OSError, match="451"):
        messenger(mail).send(outgoing(AnswerEmail(ANSWER)))
    assert "code 451" in caplog.text
    assert "ann@" not in caplog.text


def test_other_messages_are_not_for_email(mail: MailServer) -> None:
    with pytest.raises(Undeliverable):
        messenger(mail).send(outgoing(BotReply("hello")))
