"""Tries an uploaded policy beside the one in force, before anybody is answered from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from answer.assistant import Assistant
from answer.reply import Answer, Clarify, HandOver, Reply
from app.live_assistant import LiveAssistant
from app.policies import policy_of
from app.version_bots import VersionBots
from desk.model.masking import mask
from desk.model.policy_version import FOLDER_VERSION, Period, PolicyVersion, with_take_over
from desk.model.precedent import Precedent, cited_clauses
from desk.services.desk import Desk
from handlers.conversation.policy_changes import (
    AskerNotice,
    PolicyReview,
    ReplayedQuestion,
    asker_notices,
    clauses_changed,
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
    """A PolicyReviewer. `try_policies` builds the bot over other policies; `now` is in the
    council's zone; `tell_within` says how old an answer may be whose asker is told of a change.
    """

    desk: Desk
    live: LiveAssistant
    folder_policy: Callable[[str], Policy | None]
    try_policies: Callable[[tuple[Policy, ...]], Assistant]
    now: Callable[[], datetime]
    tell_within: timedelta
    bots: VersionBots = field(default_factory=VersionBots)

    def read(self, content: bytes, file_name: str, policy: str) -> Reading:
        return read(content, file_name, policy)

    def review(self, version: PolicyVersion) -> PolicyReview:
        content = self.desk.policy_versions.content(version.id)
        reading = read(content, version.file_name, version.policy)
        new = policy_of(version, content, self.now())
        replaced = self.desk.policy_versions.replaced(version)
        changes = self._changes(version, new, replaced)
        return PolicyReview(
            reading,
            new,
            changes,
            self._published_answers_lost(new),
            self._bank_questions_lost(new),
            self._notices(version, changes, replaced),
        )

    def replay(self, version: PolicyVersion, within: timedelta) -> Sequence[ReplayedQuestion]:
        before, after = self.live.current, self.trial(version)
        asked = self.desk.policy_versions.recent_questions(within, MOST_REPLAYED)
        found = []
        for stored in asked:
            question = Question(stored.text, stored.role, stored.history)
            lines = _in_short(before.reply(question)), _in_short(after.reply(question))
            if lines[0] != lines[1]:
                found.append(ReplayedQuestion(mask(stored.text).text, *lines))
        return tuple(found)

    def trial(self, version: PolicyVersion) -> Assistant:
        def build() -> Assistant:
            content = self.desk.policy_versions.content(version.id)
            return self.try_policies(self._with(policy_of(version, content, self.now())))

        return self.bots.of(version, self.live.current, build)

    def notices(self, version: PolicyVersion) -> Sequence[AskerNotice]:
        replaced = self.desk.policy_versions.replaced(version)
        if not replaced:
            return ()
        new = self._policy(version.policy, version.id)
        changes = self._changes(version, new, replaced) if new else ()
        return self._notices(version, changes, replaced)

    def _changes(
        self, version: PolicyVersion, new: Policy, replaced: tuple[Period, ...]
    ) -> tuple[ClauseChange, ...]:
        """Against the version that it replaced, or else the one in force. Empty where there is
        none."""
        if replaced:
            old = self._policy(version.policy, replaced[-1].version_id)
        else:
            old = self._in_force(version.policy)
        return compare(old, new) if old else ()

    def _notices(
        self,
        version: PolicyVersion,
        changes: tuple[ClauseChange, ...],
        replaced: tuple[Period, ...],
    ) -> tuple[AskerNotice, ...]:
        clauses = clauses_changed(version.policy, changes) if replaced else ()
        if not clauses:
            return ()
        asked = self.desk.policy_versions.to_be_told(
            version.id, clauses, with_take_over(replaced), self.tell_within
        )
        since = replaced[-1].end
        return asker_notices(version.policy, asked, changes, since, self.desk.hours.zone)

    def _policy(self, name: str, version_id: int) -> Policy | None:
        if version_id == FOLDER_VERSION:
            return self.folder_policy(name)
        version = self.desk.policy_versions.show(version_id)
        content = self.desk.policy_versions.content(version_id)
        return policy_of(version, content, self.now())

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
