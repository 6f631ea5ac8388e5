"""A policy that comms uploaded: its versions, and which of them is in force when."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from desk.model.case import Quote
from desk.model.people import PersonRef

TAKE_OVER = timedelta(minutes=1)
"""How long after a version came into force the bot may still answer from the one before."""
FOLDER_VERSION = 0
"""The number of the file that lies in the folder of policies; uploads count from 1."""


@dataclass(frozen=True, slots=True)
class PolicyDetails:
    """What comms say of a policy where the document says nothing or something wrong. An empty
    title leaves the document's own; `audience` holds roles, empty for the document's own."""

    title: str = ""
    owner: str = ""
    review_by: date | None = None
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """`policy` is the policy's name, the stem of its file. `in_force_from` is the latest time from
    which it is or will be in force, None for a draft."""

    id: int
    policy: str
    number: int
    file_name: str
    details: PolicyDetails
    uploaded_at: datetime
    uploaded_by: PersonRef
    in_force_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Activation:
    """From `since` on, this version is in force; `version_id` is 0 for the folder's own file."""

    policy: str
    version_id: int
    since: datetime
    by: PersonRef


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """An uploaded version that is in force, with the file as it was uploaded."""

    version: PolicyVersion
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` until `end` this version was in force; `end` itself belongs to the next one.
    `start` is None for the folder's file before the first upload, `end` for what is in force."""

    version_id: int
    start: datetime | None
    end: datetime | None

    def contains(self, moment: datetime) -> bool:
        begun = self.start is None or self.start <= moment
        return begun and (self.end is None or moment < self.end)


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question that was answered from a clause: its asker may have to hear that it changed.

    `text` is for the asker, `shown` for comms, without personal data that the asker did not show.
    `asker` has a name only where they asked comms by name. `cited` are the cited clauses that are
    in question. `case_ref` is the case in which comms answered, empty where the bot did.
    """

    id: int
    text: str
    shown: str
    asker: PersonRef
    surface: str
    asked_at: datetime
    answered_at: datetime
    cited: tuple[Quote, ...]
    case_ref: str = ""


def periods(history: Iterable[Activation], now: datetime) -> tuple[Period, ...]:
    """What was in force when, the oldest first; plans for a later time are left out. `history`
    has the latest first."""
    started = [each for each in history if each.since <= now][::-1]
    found = [Period(FOLDER_VERSION, None, None)]
    for each in started:
        if each.version_id != found[-1].version_id:
            found[-1] = replace(found[-1], end=each.since)
            found.append(Period(each.version_id, each.since, None))
    return tuple(found)


def with_take_over(times: tuple[Period, ...]) -> tuple[Period, ...]:
    """These times, the last one until the bot has taken up what replaced it for certain."""
    *before, last = times
    return (*before, replace(last, end=last.end and last.end + TAKE_OVER))


def replaced(history: Iterable[Activation], version_id: int, now: datetime) -> tuple[Period, ...]:
    """Every time in which the version before this one was in force. Empty where this one is not
    in force."""
    *before, current = periods(history, now)
    if current.version_id != version_id or not before:
        return ()
    return tuple(each for each in before if each.version_id == before[-1].version_id)
