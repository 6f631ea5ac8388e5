"""Tries an uploaded policy beside the one in force, before anybody is answered from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from answer.assistant import Assistant
from answer.reply import Answer, Clarify, HandOver, Reply
from app.live_assistant import LiveAssistant
from app.policies import policy_of
from desk.model.masking import mask
from desk.model.policy_version import FOLDER_VERSION, PolicyVersion
from desk.model.precedent import Precedent, cited_clauses
from desk.services.desk import Desk
from handlers.conversation.policy_changes import (
    AskerNotice,
    PolicyReview,
    ReplayedQuestion,
    asker_notices,
    sections_changed,
)
from knowledge.comparison import ClauseChange, compare
from knowledge.documents.files import read_folder
from knowledge.documents.reading import read
from knowledge.errors import UnreadablePolicy
from knowledge.parsing.document import Reading
from knowledge.policy import Policy, sentences_of
from knowledge.question import Question
from knowledge.reason import Reason

MOST_REPLAYED = 200
"""Questions that are asked again; at some 20 ms a question and bot a few seconds."""


@dataclass(frozen=True)
class DocumentReviewer:
    """A PolicyReviewer. `try_policies` builds the bot over other policies; `tell_within` says how
    old an answer may be whose asker is told of a change."""

    desk: Desk
    live: LiveAssistant
    folder_policy: Callable[[str], Policy | None]
    try_policies: Callable[[tuple[Policy, ...]], Assistant]
    today: Callable[[], date]
    tell_within: timedelta

    def read(self, content: bytes, file_name: str, policy: str) -> Reading:
        return read(content, file_name, policy)

    def review(self, version: PolicyVersion) -> PolicyReview:
        content = self.desk.policy_versions.content(version.id)
        reading = read(content, version.file_name, version.policy)
        new = policy_of(version, content, self.today())
        old = self._in_force(version.policy)
        return PolicyReview(
            reading,
            new,
            compare(old, new) if old else (),
            self._published_answers_lost(new),
            self._bank_questions_lost(new),
        )

    def replay(self, version: PolicyVersion, within: timedelta) -> Sequence[ReplayedQuestion]:
        content = self.desk.policy_versions.content(version.id)
        new = policy_of(version, content, self.today())
        before, after = self.live.current, self.try_policies(self._with(new))
        asked = self.desk.policy_versions.recent_questions(within, MOST_REPLAYED)
        found = []
        for stored in asked:
            question = Question(stored.text, stored.role, stored.history)
            lines = _in_short(before.reply(question)), _in_short(after.reply(question))
            if lines[0] != lines[1]:
                found.append(ReplayedQuestion(mask(stored.text).text, *lines))
        return tuple(found)

    def notices(self, version: PolicyVersion) -> Sequence[AskerNotice]:
        changes = self._changes_since_the_one_before(version)
        sections = sections_changed(changes)
        if not sections:
            return ()
        answered = self.desk.policy_versions.answered_from(
            version.policy, sections, self.tell_within
        )
        return asker_notices(answered, changes, self.desk.hours.zone)

    def _changes_since_the_one_before(self, version: PolicyVersion) -> tuple[ClauseChange, ...]:
        """Empty where the version is not in force, or where the policy is new."""
        versions = self.desk.policy_versions
        if versions.ids_in_force().get(version.policy) != version.id:
            return ()
        earlier = [each.version_id for each in versions.history(version.policy)]
        earlier = earlier[earlier.index(version.id) :]
        previous = next((each for each in earlier if each != version.id), FOLDER_VERSION)
        old = self._policy(version.policy, previous)
        new = self._policy(version.policy, version.id)
        return compare(old, new) if old and new else ()

    def _policy(self, name: str, version_id: int) -> Policy | None:
        if version_id == FOLDER_VERSION:
            return self.folder_policy(name)
        version = self.desk.policy_versions.show(version_id)
        content = self.desk.policy_versions.content(version_id)
        return policy_of(version, content, self.today())

    def _in_force(self, name: str) -> Policy | None:
        return next((policy for policy in self.live.policies if policy.name == name), None)

    def _with(self, new: Policy) -> tuple[Policy, ...]:
        others = [policy for policy in self.live.policies if policy.name != new.name]
        return (*others, new)

    def _published_answers_lost(self, new: Policy) -> tuple[Precedent, ...]:
        before, after = cited_clauses(self.live.policies), cited_clauses(self._with(new))
        return tuple(
            precedent
            for precedent in self.desk.publishing.published()
            if before.issuperset(precedent.cited) and not after.issuperset(precedent.cited)
        )

    def _bank_questions_lost(self, new: Policy) -> tuple[str, ...]:
        kept = sentences_of(self._with(new))
        return tuple(
            question.asked.text
            for question in self.live.current.index.questions
            if not all(any(text in kept for text in group) for group in question.needed)
        )


def policy_in_folder(folder: Path, name: str) -> Policy | None:
    try:
        policies = read_folder(folder).policies
    except UnreadablePolicy:
        return None
    return next((policy for policy in policies if policy.name == name), None)


def _in_short(reply: Reply) -> str:
    match reply:
        case Answer(citations=citations):
            return "; ".join(dict.fromkeys(citation.place for citation in citations))
        case HandOver(reason=Reason.MAY_ANSWER, may_help=citations):
            return f"suggests {'; '.join(dict.fromkeys(citation.place for citation in citations))}"
        case HandOver():
            return "handed over to comms"
        case Clarify():
            return "asks what is meant"
        case _:
            return "no answer"
