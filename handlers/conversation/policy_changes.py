"""What a new version of a policy changes: for comms to see before, for earlier askers after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import chain
from typing import Protocol

from answer.wording import capitalised
from desk.model.policy_version import AnsweredQuestion, PolicyVersion
from desk.model.precedent import Precedent
from handlers.conversation.question_trial import TrialBot
from handlers.conversation.reply_message import TO_COMMS, ReplyMessage, Voice
from knowledge.comparison import Change, ClauseChange
from knowledge.parsing.document import Reading
from knowledge.policy import Clause, ClauseRef, Policy

SINCE_THE_BOT = "The policy has changed since I answered you."
SINCE_COMMS = "The policy has changed since the communications team answered you ({ref})."
ASKED = "On {day} you asked: “{question}”"
SAID = "{place} said: “{text}”"
UNNAMED = "the policy"
SAYS_NOW = "It now says: “{text}”"
GONE = "It is no longer in the policy."
LONGEST_QUESTION = 300
LONGEST_CLAUSE = 900
"""Characters of a clause that a notice shows; the rest is on the policy's page."""


@dataclass(frozen=True, slots=True)
class PolicyReview:
    """How a version was read, and what it changes: against the policy in force, or, if it is in
    force itself, against the version before it.

    `policy` is what was read with what comms say of it. `published` are the published answers
    that cite a clause which changes, `bank_questions` the example questions that lose their
    sentence, `notices` what earlier askers would be told.
    """

    reading: Reading
    policy: Policy
    changes: tuple[ClauseChange, ...]
    published: tuple[Precedent, ...]
    bank_questions: tuple[str, ...]
    notices: tuple["AskerNotice", ...] = ()

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
    """What one asker would be told. `lines` is its text as comms see it: with the question as
    they may see that."""

    asked: AnsweredQuestion
    lines: tuple[str, ...]
    message: ReplyMessage


class PolicyReviewer(Protocol):
    """Reads documents and tries them. Its methods take seconds and raise BadInput."""

    def read(self, content: bytes, file_name: str, policy: str) -> Reading:
        """`policy` is the name to give it, empty for one made of the file's name."""
        ...

    def review(self, version: PolicyVersion) -> PolicyReview: ...

    def replay(self, version: PolicyVersion, within: timedelta) -> Sequence[ReplayedQuestion]:
        """The questions of that time whose answer would be another. Raises as `trial`."""
        ...

    def trial(self, version: PolicyVersion) -> TrialBot:
        """The bot as it would be with this version in force. Raises BadInput while another such
        bot is built."""
        ...

    def notices(self, version: PolicyVersion) -> Sequence[AskerNotice]:
        """Who would be told of this version's changes, and what. Empty before it is in force."""
        ...


def asker_notices(
    policy: str,
    answered: Iterable[AnsweredQuestion],
    changes: Iterable[ClauseChange],
    since: datetime | None,
    zone: tzinfo,
) -> tuple[AskerNotice, ...]:
    """For each question the clauses that it was answered from and that changed in meaning.

    A question that quotes other words than the old clause has is left out: it was answered from
    another version still. After `since`, when the change came into force, only words that the
    new clause lacks show that the old one answered.
    """
    changed = _of_meaning(policy, changes)
    return tuple(
        AskerNotice(each, (_asked(each, each.shown, zone), *lines), _message(each, lines, zone))
        for each in answered
        if (lines := _lines(each, changed, since))
    )


def clauses_changed(policy: str, changes: Iterable[ClauseChange]) -> frozenset[ClauseRef]:
    """The clauses, as the old version names them, that may have answered somebody wrongly."""
    return frozenset(_of_meaning(policy, changes))


def _of_meaning(
    policy: str, changes: Iterable[ClauseChange]
) -> dict[ClauseRef, list[tuple[Clause, Clause | None]]]:
    """By the name of the clause the old clauses, each with its new one. A label may be printed
    twice."""
    found: dict[ClauseRef, list[tuple[Clause, Clause | None]]] = {}
    for each in changes:
        if each.change.is_of_meaning and each.old is not None:
            ref = ClauseRef(policy, each.old.section, each.old.heading)
            found.setdefault(ref, []).append((each.old, each.new))
    return found


def _lines(
    asked: AnsweredQuestion,
    changed: Mapping[ClauseRef, Iterable[tuple[Clause, Clause | None]]],
    since: datetime | None,
) -> tuple[str, ...]:
    before = since is None or asked.answered_at < since
    pairs = (
        _said_and_says(old, new)
        for quote in asked.cited
        for old, new in changed.get(quote.clause_ref, ())
        if old.contains_in_order((quote.text,)) and (before or not _has(new, quote.text))
    )
    return tuple(chain.from_iterable(dict.fromkeys(pairs)))


def _has(clause: Clause | None, words: str) -> bool:
    return not words or (clause is not None and clause.contains_in_order((words,)))


def _said_and_says(old: Clause, new: Clause | None) -> tuple[str, str]:
    now = SAYS_NOW.format(text=_cut(new.text, LONGEST_CLAUSE)) if new else GONE
    place = ClauseRef("", old.section, old.heading).place or UNNAMED
    return SAID.format(place=capitalised(place), text=_cut(old.text, LONGEST_CLAUSE)), now


def _message(asked: AnsweredQuestion, lines: Sequence[str], zone: tzinfo) -> ReplyMessage:
    text = "\n".join([_asked(asked, asked.text, zone), *lines])
    if asked.case_ref:
        return ReplyMessage(asked.id, Voice.BOT, SINCE_COMMS.format(ref=asked.case_ref), text=text)
    return ReplyMessage(asked.id, Voice.BOT, SINCE_THE_BOT, text=text, offers=TO_COMMS)


def _asked(asked: AnsweredQuestion, question: str, zone: tzinfo) -> str:
    day = asked.asked_at.astimezone(zone)
    return ASKED.format(day=f"{day:%-d %B}", question=_cut(question, LONGEST_QUESTION))


def _cut(text: str, longest: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"
