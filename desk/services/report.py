"""Figures for comms and for the owner of the policy."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Protocol

from desk.model.case import Quote
from desk.model.masking import mask
from desk.model.precedent import Precedent, PrecedentState
from desk.model.question import Outcome, Verdict
from desk.storage import precedent_table, report_queries
from desk.storage.database import Storage
from desk.storage.report_queries import Unanswered
from knowledge.policy import ClauseRef
from knowledge.reason import Reason


class Grouping(Protocol):
    def group(self, texts: Sequence[str]) -> Sequence[Sequence[int]]:
        """Places in `texts`, in groups of similar texts; each place is in one group."""
        ...


class NoGroups:
    """For figures without the list of gaps: comparing questions takes an encoder's time."""

    def group(self, texts: Sequence[str]) -> Sequence[Sequence[int]]:  # noqa: ARG002 -- the Protocol's names
        return ()


@dataclass(frozen=True, slots=True)
class Cited(ClauseRef):
    times: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Similar questions that the policy did not answer, as comms see them, the oldest first.

    `askers` counts people, however often each asked. `cases` are references; `answered_in` those
    of them that comms answered, and published answers to a similar question. `first_at` and
    `last_at` are None where that is not known.
    """

    questions: tuple[str, ...]
    askers: int
    cases: tuple[str, ...] = ()
    answered_in: tuple[str, ...] = ()
    first_at: datetime | None = None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Figures about the questions asked from `since` until before `until`.

    `median_wait` is from opening a case to its first answer, nights and weekends included;
    None where no case was answered. `gaps` lists those of most askers first.
    """

    since: datetime
    until: datetime
    questions: int
    outcomes: tuple[tuple[Outcome, int], ...]
    handed_over: tuple[tuple[Reason, int], ...]
    verdicts: tuple[tuple[Verdict, int], ...]
    cases: int
    cases_answered: int
    median_wait: timedelta | None
    most_cited: tuple[Cited, ...]
    gaps: tuple[Gap, ...]


class Reports:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def report(self, since: datetime, until: datetime, grouping: Grouping) -> Report:
        """The figures of a period, in one reading transaction."""
        with self._storage.read() as tx:
            period = report_queries.Period(since, until)
            outcomes = report_queries.outcomes(tx, period)
            waits = report_queries.waits(tx, period)
            unanswered = report_queries.unanswered(tx, period)
            published = precedent_table.listed(tx, (PrecedentState.PUBLISHED,))
            figures = Report(
                since=since,
                until=until,
                questions=sum(number for _, number in outcomes),
                outcomes=outcomes,
                handed_over=report_queries.reasons(tx, period),
                verdicts=report_queries.verdicts(tx, period),
                cases=report_queries.cases_opened(tx, period),
                cases_answered=len(waits),
                median_wait=_median(waits),
                most_cited=_most_cited(report_queries.cited(tx, period)),
                gaps=(),
            )
        # Grouping may take an encoder's time, so no transaction waits for it.
        return replace(figures, gaps=_gaps(unanswered, published, grouping))


def _median(waits: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(wait.total_seconds() for wait in waits)) if waits else None


def _most_cited(quotes: Iterable[Quote]) -> tuple[Cited, ...]:
    clauses = Counter(quote.clause_ref for quote in quotes)
    return tuple(
        Cited(clause.policy, clause.section, clause.heading, times)
        for clause, times in clauses.most_common(20)
    )


def _gaps(
    asked: Sequence[Unanswered], published: Sequence[Precedent], grouping: Grouping
) -> tuple[Gap, ...]:
    """Published answers come last, so that they join the gaps and found none."""
    if not asked:
        return ()
    shown = [mask(each.text).text for each in asked]
    groups = grouping.group([*shown, *(each.question for each in published)])
    found = []
    for group in groups:
        places = sorted((p for p in group if p < len(asked)), key=lambda place: asked[place].at)
        if places:
            refs = tuple(published[p - len(asked)].ref for p in group if p >= len(asked))
            found.append(_gap([asked[p] for p in places], tuple(shown[p] for p in places), refs))
    return tuple(sorted(found, key=lambda gap: (-gap.askers, -len(gap.questions))))


def _gap(asked: Sequence[Unanswered], shown: tuple[str, ...], published: tuple[str, ...]) -> Gap:
    cases = tuple(each.case_ref for each in asked if each.case_ref)
    answered = tuple(each.case_ref for each in asked if each.answered)
    return Gap(
        shown,
        len(frozenset[str]().union(*(each.askers for each in asked))),
        cases,
        (*published, *answered),
        asked[0].at,
        asked[-1].at,
    )
