"""The reply to a question about the policy that a person has to answer."""

from collections.abc import Sequence

import numpy as np

from answer import wording
from answer.assessment import LIKELIER, Assessment
from answer.citations import citation, cite, closest_rows, shortened
from answer.features import Ranking, is_of_another_scope
from answer.reply import Citation, HandOver
from index.combined_scores import combined_scores
from knowledge.bank import Intent
from knowledge.reason import Reason

MOST_SHOWN = 2  # clauses beside a hand-over
# Probability that the best clause is right from which on it is shown beside a hand-over; see
# benchmarks/README.md for how often such a clause is the right one.
HELPS_FROM = 0.3
# The second clause is shown too if it is this likely beside the first, by their shares of 1.
SECOND_FROM = 0.5
# From this ratio of the second share to the first on, two clauses count as equally likely.
EQUALLY_LIKELY_FROM = 0.7
FEWEST_ITEM_SHARE = 0.05  # of 1, of a list item that matters to the question


def hand_over(intent: Intent, assessed: Assessment) -> HandOver:
    """Raises QuoteMismatch."""
    near = intent is Intent.NEAR or _says_nothing(assessed)
    return HandOver(
        closest(assessed),
        assessed.confidence,
        Reason.NEAR_MISS if near else _doubt(assessed.ranking),
        wording.NEAR_MISS if near else wording.HAND_OVER,
        may_help(assessed),
    )


def suggestion(assessed: Assessment) -> HandOver:
    """The best clauses as a search result. Raises QuoteMismatch."""
    found = _shown(assessed, closest_rows(assessed.ranking))
    lead = wording.MAY_ANSWER if len(found) > 1 else wording.ONE_MAY_ANSWER
    return HandOver(closest(assessed), assessed.confidence, Reason.MAY_ANSWER, lead, found)


def closest(assessed: Assessment) -> tuple[Citation, ...]:
    """The best sentences of the best clauses, as if the bot had to answer. Raises
    QuoteMismatch."""
    rows = closest_rows(assessed.ranking)
    return tuple(citation(assessed.evidence.passages[row]) for row in rows)


def may_help(assessed: Assessment) -> tuple[Citation, ...]:
    """What is likely enough to be shown to the asker; a long list cut to what matters. A rule for
    private use is not shown beside a question about an official account. Raises QuoteMismatch."""
    if assessed.confidence < HELPS_FROM:
        return ()
    shares = assessed.ranking.shares
    rows = [
        row
        for row, share in zip(assessed.ranking.best[:MOST_SHOWN], shares, strict=False)
        if share >= SECOND_FROM * shares[0]
        and not is_of_another_scope(assessed.reading.question, assessed.evidence, row)
    ]
    return _shown(assessed, rows)


def _shown(assessed: Assessment, rows: Sequence[int]) -> tuple[Citation, ...]:
    """Long lists cut to what matters. Raises QuoteMismatch."""
    matters = _items_that_matter(assessed)
    return tuple(shortened(cited, matters) for cited in cite(assessed.evidence, rows))


def _items_that_matter(assessed: Assessment) -> tuple[str, ...]:
    evidence = assessed.evidence
    rows = np.flatnonzero(combined_scores(evidence) >= FEWEST_ITEM_SHARE)
    return tuple(evidence.passages[row].sentence.text for row in rows)


def _says_nothing(assessed: Assessment) -> bool:
    """Whether "none of them" is likelier than all sentences of the policies without a bank, and
    none of these is likely enough to be shown."""
    evidence = assessed.evidence
    outside = not evidence.banked[assessed.ranking.best[0]]
    return outside and evidence.outside.sum() < LIKELIER and assessed.confidence < HELPS_FROM


def _doubt(ranking: Ranking) -> Reason:
    shares = ranking.shares
    alike = len(shares) > 1 and shares[1] >= EQUALLY_LIKELY_FROM * shares[0]
    return Reason.TWO_CANDIDATES if alike else Reason.BELOW_THRESHOLD
