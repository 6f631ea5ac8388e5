"""One share of 1 for each sentence out of what the head, the bank and the words say."""

import numpy as np

from index.evidence import Evidence, Scores
from index.message_kinds import MessageKinds
from knowledge.bank import Intent


def combined_scores(evidence: Evidence) -> Scores:
    """Shape (passages,). The rest of 1 is the probability that no sentence answers.

    Sentences of policies without a bank divide what the bank takes for a subject that it does not
    know.
    """
    return np.asarray(known_scores(evidence) + outside_scores(evidence), dtype=np.float32)


def known_scores(evidence: Evidence) -> Scores:
    """The part that the bank knows."""
    return np.asarray((evidence.learned + evidence.echoed) / 2, dtype=np.float32)


def outside_scores(evidence: Evidence) -> Scores:
    """The part that stands in policies without a bank."""
    share = intent_share(evidence, Intent.OFF_TOPIC)
    return np.asarray(share * evidence.outside, dtype=np.float32)


def intent_share(evidence: MessageKinds, kind: Intent) -> float:
    return (evidence.learned_kinds[kind] + evidence.echoed_kinds[kind]) / 2
