"""Finds the published answer of comms to a question, for the next asker in every replica."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from desk.model.clock import Clock
from desk.model.hours import OfficeHours
from desk.model.precedent import CitedClause, Precedent, cite
from desk.model.question import normal_words
from desk.services.escalation import Similarity as Sameness
from desk.services.publishing import Publishing
from knowledge.policy import Policy, Role
from knowledge.question import Question


class Similarity(Sameness, Protocol):
    def similar(self, question: str, published: Sequence[str]) -> Sequence[int]:
        """Places in `published` of questions whose answers may help here, the likest first."""
        ...


class PublishedAnswers:
    """Reads the published answers again only when one of them, or the day, has changed."""

    def __init__(
        self,
        precedents: Publishing,
        policies: Sequence[Policy],
        likeness: Similarity,
        clock: Clock,
        hours: OfficeHours,
    ) -> None:
        self._precedents = precedents
        self._policies = policies
        self._likeness = likeness
        self._clock = clock
        self._hours = hours
        self._audience = {
            cite(p, clause): clause.audience for p in policies for clause in p.clauses
        }
        self._read: tuple[tuple[int, date], tuple[Precedent, ...]] | None = None

    def answer_to(self, question: Question) -> Precedent | None:
        """The answer to the same words, else to the likest; None where comms gave none."""
        fit = self._fit(question.role)
        words = normal_words(question.text)
        equal = [each for each in fit if normal_words(each.question) == words]
        if equal:
            return equal[-1]
        like = self._likeness.same(question.text, [each.question for each in fit])
        return fit[like[0]] if like else None

    def akin_to(self, question: Question) -> tuple[Precedent, ...]:
        """The likest answer to a similar question, if there is one: for where a person answers."""
        fit = self._fit(question.role)
        like = self._likeness.similar(question.text, [each.question for each in fit])
        return tuple(fit[place] for place in like[:1])

    def _fit(self, role: Role) -> list[Precedent]:
        return [each for each in self._in_force() if self._is_for(each, role)]

    def _in_force(self) -> tuple[Precedent, ...]:
        today = self._clock.now().astimezone(self._hours.zone).date()
        now = (self._precedents.version(), today)
        if self._read is None or self._read[0] != now:
            self._read = (now, self._precedents.in_force(self._policies, today))
        return self._read[1]

    def _is_for(self, precedent: Precedent, role: Role) -> bool:
        """What interprets a clause for councillors is no answer to staff."""
        return any(role in self._read_by(cited) for cited in precedent.cited)

    def _read_by(self, cited: CitedClause) -> tuple[Role, ...]:
        return self._audience.get(cited, ())
