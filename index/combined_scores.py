"""One share of 1 for each sentence out of what the head, the bank and the words say."""

import numpy as np

from index.evidence import Evidence, Scores
from knowledge.bank import Intent

# An encoder's cosines say little in absolute terms; in so sharp a softmax the best stand out.
SHARPNESS = 20.0
LEXICAL_WEIGHT = 0.02  # of a BM25 score, in units of cosine


def combined_scores(evidence: Evidence) -> Scores:
    """Shape (passages,). The rest of 1 is the probability that no sentence answers.

    Sentences that no bank question mentions share, by their likeness to the question, what the
    bank takes for a subject of no sentence that it knows.
    """
    known = (evidence.learned + evidence.echoed) / 2
    elsewhere = intent_share(evidence, Intent.OFF_TOPIC)
    return np.asarray(known + elsewhere * _by_similarity(evidence), dtype=np.float32)


def intent_share(evidence: Evidence, kind: Intent) -> float:
    return (evidence.learned_kinds[kind] + evidence.echoed_kinds[kind]) / 2


def _by_similarity(evidence: Evidence) -> Scores:
    """Softmax over the sentences outside the bank; zero for those within, and if there are none."""
    outside = ~evidence.banked
    shares = np.zeros_like(evidence.similarity)
    if outside.any():
        likeness = evidence.similarity[outside] + LEXICAL_WEIGHT * evidence.lexical[outside]
        powers = np.exp(SHARPNESS * (likeness - likeness.max()))
        shares[outside] = powers / powers.sum()
    return shares
