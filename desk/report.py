"""Figures for comms and for the owner of the policy."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Protocol

from desk import storage_report
from desk.case import Quote, Reason
from desk.masking import mask
from desk.question import Outcome, Verdict
from desk.storage import Storage


class Grouping(Protocol):
    def group(self, texts: Sequence[str]) -> Sequence[Sequence[int]]:
        """Places in `texts`, those alike together; each place once."""
        ...


@dataclass(frozen=True, slots=True)
class Cited:
    policy: str
    section: str
    heading: str
    times: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions alike that the policy did not answer, as comms see them."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Of the questions asked from `since` until before `until`.

    `median_wait` is from opening a case to its first answer, nights and weekends included;
    None where no case was answered. `gaps` lists the largest first.
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
        with self._storage.read() as tx:
            period = storage_report.Period(since, until)
            outcomes = storage_report.outcomes(tx, period)
            waits = storage_report.waits(tx, period)
            unanswered = storage_report.unanswered(tx, period)
            figures = Report(
                since=since,
                until=until,
                questions=sum(number for _, number in outcomes),
                outcomes=outcomes,
                handed_over=storage_report.reasons(tx, period),
                verdicts=storage_report.verdicts(tx, period),
                cases=storage_report.cases_opened(tx, period),
                cases_answered=len(waits),
                median_wait=_median(waits),
                most_cited=_most_cited(storage_report.cited(tx, period)),
                gaps=(),
            )
        # Grouping may take an encoder's time, so no transaction waits for it.
        return replace(figures, gaps=_gaps(unanswered, grouping))


def _median(waits: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(wait.total_seconds() for wait in waits)) if waits else None


def _most_cited(quotes: Iterable[Quote]) -> tuple[Cited, ...]:
    clauses = Counter((quote.policy, quote.section, quote.heading) for quote in quotes)
    return tuple(Cited(*clause, times) for clause, times in clauses.most_common(20))


def _gaps(texts: Sequence[str], grouping: Grouping) -> tuple[Gap, ...]:
    shown = [mask(text).text for text in texts]
    groups = sorted(grouping.group(shown), key=len, reverse=True) if shown else []
    return tuple(Gap(tuple(shown[place] for place in group)) for group in groups)
