"""What a reply goes by: the clauses that were found, and how sure the bot is of the best one."""

from dataclasses import dataclass

from answer.assessment import Assessment, Measure, names_audience
from answer.citations import citation
from answer.reply import Citation
from knowledge.bank import Intent

MOST_CANDIDATES = 5
LEAST_SHARE = 0.01  # of 1, of a candidate after the first


@dataclass(frozen=True, slots=True)
class Candidate:
    """The best sentence of a clause. `share`, 0 to 1, is how much of the evidence speaks for the
    clause, against all other clauses and against "none of them"."""

    citation: Citation
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """`candidates` are the best clauses, best first. `confidence`, 0 to 1, is the probability that
    the first is right, by `measure`; from `threshold` on it is enough for an answer.

    `names_audience`: whether the sentences name the people about whom the question asks; if not,
    they are no answer. `part` is the part of the message that this is about, empty where the
    message asks one thing. `leans_on_earlier`: it was understood together with the message before.
    """

    candidates: tuple[Candidate, ...]
    confidence: float
    threshold: float
    measure: Measure
    intent: Intent
    names_audience: bool
    part: str = ""
    leans_on_earlier: bool = False

    @property
    def is_sure(self) -> bool:
        return self.confidence >= self.threshold


def explanation(assessed: Assessment, part: str = "") -> Explanation:
    """Raises QuoteMismatch."""
    return Explanation(
        _candidates(assessed),
        assessed.confidence,
        assessed.threshold,
        assessed.measure,
        assessed.intent,
        names_audience(assessed.reading, assessed.rows),
        part,
        assessed.leans_on_earlier,
    )


def _candidates(assessed: Assessment) -> tuple[Candidate, ...]:
    passages, ranking = assessed.evidence.passages, assessed.ranking
    best = zip(ranking.best[:MOST_CANDIDATES], ranking.shares, strict=False)
    return tuple(
        Candidate(citation(passages[row]), share)
        for place, (row, share) in enumerate(best)
        if share >= LEAST_SHARE or place == 0
    )
