"""Finds the published answer of comms to a question, for the next asker in every replica."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from desk.model.clock import Clock
from desk.model.hours import OfficeHours
from desk.model.precedent import CitedClause, Precedent, cite
from desk.services import escalation
from desk.services.publishing import Publishing
from knowledge.policy import Policy, Role
from knowledge.question import Question
from knowledge.same_question import normal_words


class Similarity(escalation.Similarity, Protocol):
    def similar(self, question: str, published: Sequence[str]) -> Sequence[int]:
        """Places in `published` of questions whose answers may help here, the nearest first."""
        ...


class PublishedAnswers:
    """Reads the published answers again only when one of them, a policy or the day has changed."""

    def __init__(
        self,
        precedents: Publishing,
        policies: Sequence[Policy],
        similarity: Similarity,
        clock: Clock,
        hours: OfficeHours,
    ) -> None:
        self._precedents = precedents
        self._policies = policies
        self._similarity = similarity
        self._clock = clock
        self._hours = hours
        self._audience: dict[CitedClause, tuple[Role, ...]] = {}
        self._read: tuple[tuple[int, date, tuple[Policy, ...]], tuple[Precedent, ...]] | None = None

    def under(self, policies: Sequence[Policy]) -> "PublishedAnswers":
        """Those that would be shown if these policies were in force."""
        return PublishedAnswers(
            self._precedents, policies, self._similarity, self._clock, self._hours
        )

    def answer_to(self, question: Question) -> Precedent | None:
        """The answer to the same question; None where comms gave none."""
        fit = self._fit(question.role)
        words = normal_words(question.text)
        equal = [each for each in fit if normal_words(each.question) == words]
        if equal:
            return equal[-1]
        like = self._similarity.same(question.text, [each.question for each in fit])
        return fit[like[0]] if like else None

    def similar_to(self, question: Question) -> tuple[Precedent, ...]:
        """The answer to the most similar question, if there is one: at most one."""
        fit = self._fit(question.role)
        like = self._similarity.similar(question.text, [each.question for each in fit])
        return tuple(fit[place] for place in like[:1])

    def _fit(self, role: Role) -> list[Precedent]:
        return [each for each in self._in_force() if self._is_for(each, role)]

    def _in_force(self) -> tuple[Precedent, ...]:
        today = self._clock.now().astimezone(self._hours.zone).date()
        policies = tuple(self._policies)
        now = (self._precedents.version(), today, policies)
        if self._read is None or self._read[0] != now:
            self._audience = {
                cite(policy, clause): clause.audience
                for policy in policies
                for clause in policy.clauses
            }
            self._read = (now, self._precedents.in_force(policies, today))
        return self._read[1]

    def _is_for(self, precedent: Precedent, role: Role) -> bool:
        """An answer about a clause for councillors does not answer staff."""
        return any(role in self._read_by(cited) for cited in precedent.cited)

    def _read_by(self, cited: CitedClause) -> tuple[Role, ...]:
        return self._audience.get(cited, ())
