"""From passages to quotes: which sentences are shown, and the check that they are verbatim."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from answer.features import Ranking
from answer.quote_context import context_of
from answer.reply import Citation
from index.evidence import Evidence, Scores
from index.passages import Passage
from knowledge.policy import Clause, Sentence

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
    others = sorted((row for row in range(len(scores)) if row != first), key=lambda r: -scores[r])
    further = [row for row in others[: MOST - 1] if scores[row] >= FURTHER_FROM * scores[first]]
    return (first, *further)


def closest_rows(ranking: Ranking) -> tuple[int, ...]:
    """Rows of the best sentences of the best clauses, as if the bot had to answer."""
    return ranking.best[:MOST]


def cite(evidence: Evidence, rows: Sequence[int]) -> tuple[Citation, ...]:
    """Each sentence once: one that another quote already brings along is not cited again.
    Raises QuoteMismatch."""
    return in_reading_order([citation(evidence.passages[row]) for row in rows])


def citation(passage: Passage) -> Citation:
    """Raises QuoteMismatch."""
    clause, sentence = passage.clause, passage.sentence
    context = context_of(clause, sentence)
    cited = Citation(
        policy=passage.policy.name,
        title=passage.policy.title,
        reviewed=passage.policy.reviewed,
        section=clause.section,
        heading=clause.heading,
        lead_in=context.lead_in,
        quote=sentence.text,
        obligation=sentence.obligation,
        items=_introduced_by(sentence, clause),
        before=" ".join(context.before),
        after=" ".join(context.after),
    )
    _check(passage, cited, (*context.before, sentence.text, *context.after, *cited.items))
    return cited


def shortened(cited: Citation, matters: Sequence[str]) -> Citation:
    """The citation with its long list cut to the items in `matters`; a short list stays whole."""
    if len(cited.items) <= MOST_ITEMS:
        return cited
    kept = tuple(item for item in cited.items if item in matters)[:MOST_ITEMS]
    return replace(cited, items=kept, items_left_out=len(cited.items) - len(kept))


def in_reading_order(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations, best first, but an introduction right before the example that needs it, and
    no sentence twice."""
    ordered: list[Citation] = []
    for cited in citations:
        if any(_brings(shown, cited) for shown in ordered):
            continue
        brought = [shown for shown in ordered if _brings(cited, shown)]
        place = ordered.index(brought[0]) if brought else len(ordered)
        ordered = [shown for shown in ordered if shown not in brought]
        ordered.insert(place, cited)
    return tuple(ordered)


def _introduced_by(sentence: Sentence, clause: Clause) -> tuple[str, ...]:
    return tuple(
        each.text for each in clause.sentences if each.lead_in.split("\n")[-1] == sentence.text
    )


def _brings(shown: Citation, other: Citation) -> bool:
    """Whether what is shown holds the other quote already."""
    if shown.clause_ref != other.clause_ref:
        return False
    return other.quote in (shown.quote, shown.lead_in, *shown.items) or (
        other.quote in f"{shown.before} {shown.after}"
    )


def _check(passage: Passage, cited: Citation, parts: Sequence[str]) -> None:
    """That all of it stands in the stored clause, word for word and in this order. A lead-in may
    stand in an earlier clause, as "You should:" does before 4(a)."""
    text, at = _words(passage.clause.text), 0
    for lead_in in cited.lead_in.splitlines():
        found = text.find(_words(lead_in), at)
        if found >= 0:
            at = found + len(_words(lead_in))
        elif not _stands_earlier(passage, lead_in):
            raise QuoteMismatch(f"Lead-in of {passage.policy.name} {passage.clause.section}")
    for part in parts:
        found = text.find(_words(part), at)
        if found < 0:
            raise QuoteMismatch(f"{passage.policy.name} {passage.clause.section}")
        at = found + len(_words(part))


def _stands_earlier(passage: Passage, words: str) -> bool:
    """Whether a clause before this one in the policy holds the words."""
    earlier = itertools.takewhile(lambda each: each is not passage.clause, passage.policy.clauses)
    return any(_words(words) in _words(clause.text) for clause in earlier)


def _words(text: str) -> str:
    return " ".join(text.split())
