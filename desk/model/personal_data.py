"""Everything stored about one person, for a subject access request (UK GDPR article 15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desk.model.case import Case, Status, Step
from desk.model.case_note import CaseNote
from desk.model.preferences import Preferences
from desk.model.question import Verdict
from knowledge.policy import Role


@dataclass(frozen=True, slots=True)
class PersonalQuestion:
    """`outcome` is empty while the question has none; `reason`, the bot's own, where a case has
    one, or where it was not stored. `reply` is JSON as the conversation wrote it; empty where the
    question went to comms."""

    at: datetime
    role: Role
    text: str
    history: tuple[str, ...]
    outcome: str
    reason: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True)
class PersonalEvent:
    at: datetime
    step: Step
    text: str


@dataclass(frozen=True, slots=True)
class PersonalNote:
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class PersonalCase:
    """`notes` are those of comms on the case."""

    ref: str
    status: Status
    events: tuple[PersonalEvent, ...]
    notes: tuple[PersonalNote, ...]


@dataclass(frozen=True, slots=True)
class PersonalFeedback:
    at: datetime
    verdict: Verdict
    remark: str


@dataclass(frozen=True, slots=True)
class DeliveredMessage:
    """A message of the web chat; `body` is JSON as the pages store it."""

    at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class PersonalExample:
    """An example question that an owner took from what the person asked, as the owner worded it.
    `policy` is the name of the policy that it teaches."""

    at: datetime
    policy: str
    text: str
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonalEmail:
    """The address to which the answer to a case is to be sent."""

    at: datetime
    ref: str
    address: str


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """`pseudonyms` stand for the person in the database."""

    person: str
    pseudonyms: tuple[str, ...]
    questions: tuple[PersonalQuestion, ...]
    cases: tuple[PersonalCase, ...]
    feedback: tuple[PersonalFeedback, ...]
    preferences: Preferences
    delivered: tuple[DeliveredMessage, ...]
    examples: tuple[PersonalExample, ...]
    emails: tuple[PersonalEmail, ...]


def personal_case(
    case: Case, notes: Iterable[CaseNote], pseudonyms: tuple[str, ...]
) -> PersonalCase:
    """The case as the person with these pseudonyms may see it: without what its other askers
    said."""
    others = {asker.person.id for asker in case.askers} - set(pseudonyms)
    own = (event for event in case.events if event.person.id not in others)
    events = tuple(PersonalEvent(event.at, event.step, event.text) for event in own)
    written = tuple(PersonalNote(note.at, note.text) for note in notes)
    return PersonalCase(case.ref, case.status, events, written)
