"""From passages to quotes: which sentences are shown, and the check that they are verbatim."""

from collections.abc import Sequence

from answer.features import Ranking
from answer.reply import Citation
from index.evidence import Evidence, Scores
from index.passages import Passage

MOST = 3
# A further sentence completes the answer when it is this likely beside the first; see
# benchmarks/README.md for what other values do to completeness and length.
FURTHER_FROM = 0.25


class QuoteMismatch(Exception):
    """A quote is not in the stored clause word for word."""


def quoted_rows(scores: Scores, ranking: Ranking) -> tuple[int, ...]:
    """Rows of the sentences that make up the answer: the best of the best clause, then those not
    much less likely, of whichever clause. `scores` has shape (passages,)."""
    first = ranking.best[0]
    others = sorted((row for row in range(len(scores)) if row != first), key=lambda r: -scores[r])
    further = [row for row in others[: MOST - 1] if scores[row] >= FURTHER_FROM * scores[first]]
    return (first, *further)


def closest_rows(ranking: Ranking) -> tuple[int, ...]:
    """Rows of the best sentences of the best clauses, as if the bot had to answer."""
    return ranking.best[:MOST]


def cite(evidence: Evidence, rows: Sequence[int]) -> tuple[Citation, ...]:
    """Raises QuoteMismatch."""
    return tuple(citation(evidence.passages[row]) for row in rows)


def citation(passage: Passage) -> Citation:
    """Raises QuoteMismatch."""
    quote = passage.sentence.text
    if _words(quote) not in _words(passage.clause.text):
        raise QuoteMismatch(f"{passage.policy.name} {passage.clause.section}")
    return Citation(
        policy=passage.policy.name,
        title=passage.policy.title,
        reviewed=passage.policy.reviewed,
        section=passage.clause.section,
        heading=passage.clause.heading,
        lead_in=passage.sentence.lead_in,
        quote=quote,
        obligation=passage.sentence.obligation,
        items=tuple(s.text for s in passage.clause.sentences if s.lead_in == quote),
        edition=passage.policy.edition,
    )


def _words(text: str) -> str:
    return " ".join(text.split())
