"""What one person may ask to see of themselves (UK GDPR article 15)."""

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
    word: str


@dataclass(frozen=True, slots=True)
class PersonalLetter:
    """What the pages keep of a conversation, as they keep it."""

    at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """`pseudonyms` are the person's names in the audit trail."""

    person: str
    pseudonyms: tuple[str, ...]
    questions: tuple[PersonalQuestion, ...]
    cases: tuple[PersonalCase, ...]
    feedback: tuple[PersonalFeedback, ...]
    preferences: Preferences
    delivered: tuple[PersonalLetter, ...]


def personal_case(case: Case, pseudonyms: tuple[str, ...]) -> PersonalCase:
    """Without what other askers of the same case said."""
    others = {asker.who.id for asker in case.askers} - set(pseudonyms)
    told = (event for event in case.events if event.who.id not in others)
    events = tuple(PersonalEvent(event.at, event.step, event.text) for event in told)
    return PersonalCase(case.ref, case.status, events)
