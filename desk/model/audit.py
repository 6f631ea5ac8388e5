"""The audit trail: who did what, each entry sealed with the one before it.

An entry holds pseudonyms, references and digests, and never words of a question or a name, so
that it can stay when personal data are deleted.
"""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.model.case import Step
from desk.model.people import NOBODY, ActorRole
from knowledge.storable_text import storable

FIRST = "0" * 64
# A spreadsheet would run a name that begins with one of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Action(StrEnum):
    """What is done besides the steps of a case."""

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
    TAUGHT = "example questions added"
    TAUGHT_OTHERWISE = "example question edited"
    UNTAUGHT = "example questions deleted"
    PROPOSAL_DECLINED = "proposed question declined"
    NOTED = "note added"
    NOTE_DELETED = "note deleted"
    REPLY_SAVED = "saved reply added"
    REPLY_EDITED = "saved reply edited"
    REPLY_DELETED = "saved reply deleted"


# Their subjects are the pseudonyms of a person, which are not taken out of the system.
_ABOUT_A_PERSON = frozenset({Action.EXPORTED, Action.ERASED})
_STEPS = frozenset(Step)


@dataclass(frozen=True, slots=True)
class Note:
    """What enters the trail. `action` is a Step or an Action; `digest` may be empty."""

    person: str
    role: ActorRole
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
class SealedEvent:
    """An event of the case `ref` as it is stored now. Without `salt` its words were deleted."""

    ref: str
    step: str
    person: str
    salt: str
    text: str


@dataclass(frozen=True, slots=True)
class Intact:
    """Keep `head` elsewhere: a trail that was cut short and sealed anew has another."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Broken:
    """`seq` is the first entry that is not what was written, or is missing."""

    seq: int


@dataclass(frozen=True, slots=True)
class Altered:
    """The entries are intact, but the events of the case `ref` are not those that were sealed."""

    ref: str


def digest(salt: str, text: str) -> str:
    """A hexadecimal SHA-256 that reveals nothing about the text to a reader without the salt.
    The salt is deleted with the text. Empty for an empty text."""
    if not text:
        return ""
    return hashlib.sha256(f"{salt}\0{storable(text)}".encode()).hexdigest()


def seal(previous: str, seq: int, at: datetime, note: Note) -> str:
    """The hash of an entry, over its fields and the hash of the entry before it."""
    fields = (
        previous,
        str(seq),
        at.isoformat(timespec="microseconds"),
        note.person,
        note.role,
        note.action,
        note.subject,
        note.digest,
    )
    return hashlib.sha256("\0".join(fields).encode()).hexdigest()


def verify(
    entries: Iterable[Entry], head: str, events: Iterable[SealedEvent] | None = None
) -> Intact | Broken | Altered:
    """Whether every entry is as it was written, and every event as it was sealed. Without
    `events` only the entries are checked."""
    previous, expected = FIRST, 1
    sealed: Counter[tuple[str, str, str, str]] = Counter()
    for entry in entries:
        if entry.seq != expected or entry.hash != seal(previous, entry.seq, entry.at, entry.note):
            return Broken(expected)
        previous, expected = entry.hash, expected + 1
        note = entry.note
        if note.action in _STEPS and note.subject.startswith("C-"):
            sealed[note.subject, note.action, note.person, note.digest] += 1
    if previous != head:
        return Broken(expected)
    altered = "" if events is None else _altered(sealed, events)
    return Altered(altered) if altered else Intact(expected - 1, head)


def _altered(sealed: Counter[tuple[str, str, str, str]], events: Iterable[SealedEvent]) -> str:
    """The first case whose events are not those of the trail; empty where there is none.

    Each event takes the entry with its digest away. An event whose words were deleted takes any
    entry that is left of its case, step and person; in the end none must be left.
    """
    deleted: Counter[tuple[str, str, str]] = Counter()
    for event in events:
        if not event.salt:
            deleted[event.ref, event.step, event.person] += 1
            continue
        key = (event.ref, event.step, event.person, digest(event.salt, event.text))
        if sealed[key] == 0:
            return event.ref
        sealed[key] -= 1
    left: Counter[tuple[str, str, str]] = Counter()
    for (ref, step, person, _), times in sealed.items():
        left[ref, step, person] += times
    differing = (left - deleted) + (deleted - left)
    return next((ref for ref, _, _ in differing), "")


def as_csv(entries: Iterable[Entry], names: Mapping[str, str]) -> str:
    """The trail for a spreadsheet. `names`: of colleagues, by their pseudonym.

    No pseudonym leaves the system: it would link what one person asked on several occasions.
    """
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["number", "time", "person", "role", "action", "subject", "digest", "hash"])
    for entry in entries:
        note = entry.note
        at = entry.at.isoformat(timespec="microseconds")
        subject = "one person" if note.action in _ABOUT_A_PERSON else note.subject
        who = (_person(note, names), note.role, note.action, subject, note.digest)
        writer.writerow([entry.seq, at, *who, entry.hash])
    return lines.getvalue()


def _person(note: Note, names: Mapping[str, str]) -> str:
    """A colleague by name; anybody else by their role."""
    if note.role is not ActorRole.COMMS:
        return f"the {note.role}"
    if note.person == NOBODY:
        return NOBODY
    name = names.get(note.person, "a former colleague")
    return f"'{name}" if name.startswith(_FORMULA) else name
