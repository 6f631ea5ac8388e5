"""From passages to quotes: which sentences are shown, and the check that they are verbatim."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from answer.features import Ranking
from answer.quote_context import context_of
from answer.reply import Citation
from index.evidence import Evidence, Scores
from index.passages import Passage

MOST = 3  # citations in a reply
# Share of the best sentence's score from which on a further sentence completes the answer;
# benchmarks/README.md shows what other values do to completeness and length.
FURTHER_FROM = 0.25
MOST_ITEMS = 4  # of a list that is shown beside a hand-over


class QuoteMismatch(Exception):
    """A quote is not in the stored clause word for word."""


def quoted_rows(scores: Scores, ranking: Ranking) -> tuple[int, ...]:
    """Rows of the sentences that make up the answer: the best of the best clause, then those not
    much less likely, of any clause. `scores` has shape (passages,)."""
    first = ranking.best[0]
    near = np.flatnonzero(scores >= FURTHER_FROM * scores[first])
    best = near[np.argsort(-scores[near], kind="stable")]
    further = [int(row) for row in best if row != first][: MOST - 1]
    return (first, *further)


def closest_rows(ranking: Ranking) -> tuple[int, ...]:
    """Rows of the best sentences of the best clauses, as if the bot had to answer."""
    return ranking.best[:MOST]


def cite(evidence: Evidence, rows: Sequence[int]) -> tuple[Citation, ...]:
    """Each sentence once: one that another quote already brings along is not cited again.
    Raises QuoteMismatch."""
    return in_reading_order([citation(evidence.passages[row]) for row in rows])


def citation(passage: Passage) -> Citation:
    """Raises QuoteMismatch where any part of the quote is not in the stored clause, or not in
    this order."""
    clause, sentence = passage.clause, passage.sentence
    context = context_of(clause, sentence)
    items = tuple(item.text for item in clause.items_of(sentence))
    shown = (context.lead_in, *context.before, sentence.text, *context.after, *items)
    if not clause.contains_in_order(shown):
        raise QuoteMismatch(f"{passage.policy.name} {clause.section}")
    return Citation(
        policy=passage.policy.name,
        title=passage.policy.title,
        reviewed=passage.policy.reviewed,
        section=clause.section,
        heading=clause.heading,
        lead_in=context.lead_in,
        quote=sentence.text,
        obligation=sentence.obligation,
        items=items,
        edition=passage.policy.edition,
        before=" ".join(context.before),
        after=" ".join(context.after),
        added=tuple(each.obligation for each in clause.sentences if each.text in context.after),
    )


def shortened(cited: Citation, matters: Sequence[str]) -> Citation:
    """The citation with its long list cut to the items in `matters`; a short list stays whole."""
    if len(cited.items) <= MOST_ITEMS:
        return cited
    kept = tuple(item for item in cited.items if item in matters)[:MOST_ITEMS]
    return replace(cited, items=kept, items_left_out=len(cited.items) - len(kept))


def in_reading_order(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations, best first, but no sentence twice: one that needs another beside it takes
    that one's place and shows both, the introduction before its example."""
    ordered: list[Citation] = []
    for cited in citations:
        if any(_holds(shown, cited) for shown in ordered):
            continue
        held = [shown for shown in ordered if _holds(cited, shown)]
        place = ordered.index(held[0]) if held else len(ordered)
        ordered = [shown for shown in ordered if shown not in held]
        ordered.insert(place, cited)
    return tuple(ordered)


def _holds(shown: Citation, other: Citation) -> bool:
    """Whether what is shown with one citation includes the quote of the other."""
    if shown.clause_ref != other.clause_ref:
        return False
    beside = (shown.quote, shown.lead_in, *shown.items)
    return other.quote in beside or other.quote in f"{shown.before} {shown.after}"
