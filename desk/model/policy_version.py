"""A policy that comms uploaded: its versions, and which of them is in force when."""

from dataclasses import dataclass, field
from datetime import date, datetime

from desk.model.people import PersonRef

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
class AnsweredQuestion:
    """A question that the bot answered from a clause: who may have to hear that it changed.
    `sections` are the cited sections of the policy in question."""

    id: int
    text: str
    asked_at: datetime
    sections: tuple[str, ...]
