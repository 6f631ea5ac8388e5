"""What a new version of a policy changes: for comms to see before, for earlier askers after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Protocol

from desk.model.policy_version import AnsweredQuestion, PolicyVersion
from desk.model.precedent import Precedent
from handlers.conversation.reply_message import TO_COMMS, ReplyMessage, Voice
from knowledge.comparison import Change, ClauseChange
from knowledge.parsing.document import Reading
from knowledge.policy import Policy

LEAD = "The policy has changed since I answered you."
ASKED = "On {day} you asked: “{question}”"
SAID = "{place} said: “{text}”"
SAYS_NOW = "It now says: “{text}”"
GONE = "It is no longer in the policy."
NEW = "{place} is new: “{text}”"
LONGEST_QUESTION = 300
LONGEST_CLAUSE = 900
"""Characters of a clause that a notice shows; the rest is on the policy's page."""


@dataclass(frozen=True, slots=True)
class PolicyReview:
    """How a version was read, and what it changes against the policy in force.

    `policy` is what was read with what comms say of it. `changes` is empty for a new policy.
    `published` are the published answers that cite a clause which changes, `bank_questions` the
    example questions that lose their sentence.
    """

    reading: Reading
    policy: Policy
    changes: tuple[ClauseChange, ...]
    published: tuple[Precedent, ...]
    bank_questions: tuple[str, ...]

    @property
    def changed(self) -> tuple[ClauseChange, ...]:
        return tuple(each for each in self.changes if each.change is not Change.SAME)


@dataclass(frozen=True, slots=True)
class ReplayedQuestion:
    """A question of the last weeks, without personal data, and what the bot says to it before
    and after, as one line each."""

    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AskerNotice:
    """What one asker would be told."""

    question_id: int
    asked_at: datetime
    message: ReplyMessage


class PolicyReviewer(Protocol):
    """Reads documents and tries them. Its methods take seconds and raise BadInput."""

    def read(self, content: bytes, file_name: str, policy: str) -> Reading:
        """`policy` is the name to give it, empty for one made of the file's name."""
        ...

    def review(self, version: PolicyVersion) -> PolicyReview: ...

    def replay(self, version: PolicyVersion, within: timedelta) -> Sequence[ReplayedQuestion]:
        """The questions of that time whose answer would be another."""
        ...

    def notices(self, version: PolicyVersion) -> Sequence[AskerNotice]:
        """Who would be told of this version's changes, and what. Empty before it is in force."""
        ...


def asker_notices(
    answered: Iterable[AnsweredQuestion], changes: Iterable[ClauseChange], zone: tzinfo
) -> tuple[AskerNotice, ...]:
    """For each question the clauses that it was answered from and that changed in meaning."""
    by_section: dict[str, list[ClauseChange]] = {}
    for change in changes:
        if change.change.is_of_meaning:
            by_section.setdefault(_old_section(change), []).append(change)
    return tuple(
        AskerNotice(each.id, each.asked_at, _message(each, by_section, zone)) for each in answered
    )


def sections_changed(changes: Iterable[ClauseChange]) -> frozenset[str]:
    """The sections, as the old version labels them, that may have answered somebody wrongly."""
    return frozenset(
        change.old.section
        for change in changes
        if change.change.is_of_meaning and change.old is not None
    )


def _message(
    answered: AnsweredQuestion, by_section: Mapping[str, Sequence[ClauseChange]], zone: tzinfo
) -> ReplyMessage:
    day = answered.asked_at.astimezone(zone)
    asked = ASKED.format(day=f"{day:%-d %B}", question=_cut(answered.text, LONGEST_QUESTION))
    lines = [
        line
        for section in answered.sections
        for change in by_section.get(section, ())
        for line in _lines(change)
    ]
    return ReplyMessage(
        answered.id, Voice.BOT, LEAD, text="\n".join([asked, *lines]), offers=TO_COMMS
    )


def _lines(change: ClauseChange) -> tuple[str, ...]:
    place = _place(change)
    old = _cut(change.old.text, LONGEST_CLAUSE) if change.old else ""
    new = _cut(change.new.text, LONGEST_CLAUSE) if change.new else ""
    if not old:
        return (NEW.format(place=place, text=new),)
    now = SAYS_NOW.format(text=new) if new else GONE
    return SAID.format(place=place, text=old), now


def _old_section(change: ClauseChange) -> str:
    return change.old.section if change.old else change.section


def _place(change: ClauseChange) -> str:
    heading = f", {change.heading}" if change.heading else ""
    return f"Section {_old_section(change)}{heading}"


def _cut(text: str, longest: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"
