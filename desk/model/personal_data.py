"""Everything stored about one person, for a subject access request (UK GDPR article 15)."""

from dataclasses import dataclass
from datetime import datetime

from desk.model.case import Case, Status, Step
from desk.model.preferences import Preferences
from desk.model.question import Verdict
from knowledge.policy import Role


@dataclass(frozen=True, slots=True)
class PersonalQuestion:
    """`outcome` is empty while the question has none."""

    at: datetime
    role: Role
    text: str
    history: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class PersonalEvent:
    at: datetime
    step: Step
    text: str


@dataclass(frozen=True, slots=True)
class PersonalCase:
    ref: str
    status: Status
    events: tuple[PersonalEvent, ...]


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


def personal_case(case: Case, pseudonyms: tuple[str, ...]) -> PersonalCase:
    """The case as the person with these pseudonyms may see it: without what its other askers
    said."""
    others = {asker.person.id for asker in case.askers} - set(pseudonyms)
    own = (event for event in case.events if event.person.id not in others)
    events = tuple(PersonalEvent(event.at, event.step, event.text) for event in own)
    return PersonalCase(case.ref, case.status, events)
