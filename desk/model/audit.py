"""The audit trail: who did what to what, each entry sealing the one before it.

An entry holds pseudonyms, references and digests, never words of a question or a name, so
that it can stay when personal data go.
"""

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.model.people import ActorRole

FIRST = "0" * 64


class Action(StrEnum):
    """What is done beside the steps of a case."""

    SWITCHED_ON = "switched on"
    SWITCHED_OFF = "switched off"
    PUBLISHED = "published"
    EDITED = "edited"
    RETIRED = "retired"
    PURGED = "purged"
    EXPORTED = "exported"
    ERASED = "erased"
    COMMS_PLACED = "cases shown here"
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGN_IN_REFUSED = "sign-in refused"
    UPLOADED = "policy uploaded"
    DESCRIBED = "policy described"
    PUT_IN_FORCE = "policy put in force"
    PLAN_CANCELLED = "policy plan cancelled"
    DELETED = "policy draft deleted"
    ASKERS_TOLD = "askers told of a change"


@dataclass(frozen=True, slots=True)
class Note:
    """What is to enter the trail. `action` is a Step or an Action; `digest` may be empty."""

    person: str
    capacity: ActorRole
    action: str
    subject: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    seq: int
    at: datetime
    note: Note
    hash: str


@dataclass(frozen=True, slots=True)
class Intact:
    """Keep `head` elsewhere: a trail that was cut short and sealed anew has another."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Broken:
    """`seq` is the first entry that is not what was written, or is missing."""

    seq: int


def digest(salt: str, text: str) -> str:
    """Says nothing about the text to whoever lacks the salt; salts go with the text."""
    return hashlib.sha256(f"{salt}\0{text}".encode()).hexdigest() if text else ""


def seal(previous: str, seq: int, at: datetime, note: Note) -> str:
    fields = (
        previous,
        str(seq),
        at.isoformat(timespec="microseconds"),
        note.person,
        note.capacity,
        note.action,
        note.subject,
        note.digest,
    )
    return hashlib.sha256("\0".join(fields).encode()).hexdigest()


def verify(entries: Iterable[Entry], head: str) -> Intact | Broken:
    previous, expected = FIRST, 1
    for entry in entries:
        if entry.seq != expected or entry.hash != seal(previous, entry.seq, entry.at, entry.note):
            return Broken(expected)
        previous, expected = entry.hash, expected + 1
    return Intact(expected - 1, head) if previous == head else Broken(expected)


def as_csv(entries: Iterable[Entry]) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["number", "time", "person", "capacity", "action", "subject", "digest", "hash"])
    for entry in entries:
        note = entry.note
        who = (note.person, note.capacity, note.action, note.subject, note.digest)
        writer.writerow([entry.seq, entry.at.isoformat(timespec="microseconds"), *who, entry.hash])
    return lines.getvalue()
