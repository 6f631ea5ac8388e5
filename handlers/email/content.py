"""What an e-mail says: its subject, and the same words as plain text and as HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from desk.model.case import Asker, Case, Naming
from desk.model.clock import Clock
from desk.model.digest import Digest
from desk.model.hours import OfficeHours
from desk.model.messages import AnswerEmail, CommsAnswer
from desk.model.precedent import Precedent
from handlers.conversation.case_wording import ANSWERED, CLOSED_CASE, OF_COMMS
from knowledge.reason import NEEDS_A_YES, Reason

TEMPLATES = Path(__file__).parent / "templates"
LONGEST_QUESTION = 300
"""Characters of a question that the digest shows; the rest is on the desk."""
# With the second two the bot has not said whether the question is about a sensitive matter.
WITHOUT_WORDS = NEEDS_A_YES | {Reason.UNHAPPY, Reason.INTERRUPTED}
"""The reasons with which the digest does not show the question."""


@dataclass(frozen=True, slots=True)
class Content:
    subject: str
    text: str
    html: str


class EmailContent:
    """`address` is the public one of the pages, without a slash at its end."""

    def __init__(self, address: str, hours: OfficeHours, clock: Clock) -> None:
        self._address = address
        self._hours = hours
        self._clock = clock
        self._templates = _environment()

    def answer(self, message: AnswerEmail) -> Content:
        told = message.told
        if isinstance(told, CommsAnswer):
            subject = f"The communications team answered your question ({told.ref})"
            who = told.answered_by.name or OF_COMMS
            values = {
                "lead": ANSWERED.format(who=who, ref=told.ref),
                "text": told.text,
                "quotes": told.cited,
            }
        else:
            subject = f"The communications team closed your question ({told.ref})"
            lead = CLOSED_CASE.format(ref=told.ref, reason=told.reason)
            values = {"lead": lead, "text": "", "quotes": ()}
        return self._content("answer", subject, values | {"question": told.question})

    def digest(self, digest: Digest) -> Content:
        return self._content("digest", _subject(digest), {"digest": digest})

    def _content(self, template: str, subject: str, values: Mapping[str, object]) -> Content:
        given = {
            **values,
            "subject": subject,
            "address": self._address,
            "due": self._due,
            "day": day,
            "named": named,
            "question_of": question_of,
            "published_question": published_question,
        }
        text, html = (
            self._templates.get_template(f"{template}.{kind}").render(given)
            for kind in ("txt", "html")
        )
        return Content(subject, text, html)

    def _due(self, case: Case) -> str:
        return self._hours.phrase(case.due_at, self._clock.now())


def day(moment: date | datetime) -> str:
    """ "3 December 2026"."""
    return f"{moment.day} {moment:%B %Y}"


def named(case: Case) -> str:
    """The names of those who asked under their name, with commas; empty for none."""
    return ", ".join(filter(None, map(_name, case.askers)))


def question_of(case: Case) -> str:
    """The question on one line; empty where the digest must not show it."""
    if case.reason in WITHOUT_WORDS:
        return ""
    return _on_one_line(case.question)


def published_question(published: Precedent) -> str:
    """The question on one line; empty where it may repeat words of an erased person."""
    return "" if published.repeats_erased else _on_one_line(published.question)


def _on_one_line(question: str) -> str:
    words = " ".join(question.split())
    return words if len(words) <= LONGEST_QUESTION else f"{words[:LONGEST_QUESTION].rstrip()}…"


def _name(asker: Asker) -> str:
    return asker.person.name if asker.naming is Naming.NAMED else ""


def _subject(digest: Digest) -> str:
    reviews = len(digest.published) + len(digest.policies)
    parts = (
        f"{digest.overdue} overdue" if digest.overdue else "",
        f"{digest.due_today} due today" if digest.due_today else "",
        f"{reviews} to review" if reviews else "",
    )
    return f"Policy assistant: {', '.join(filter(None, parts))}"


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
