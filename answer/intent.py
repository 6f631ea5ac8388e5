"""What kind of message it is, so that each gets its own way out."""

from index.combined_scores import intent_share, known_scores
from index.evidence import Evidence
from knowledge.bank import Intent

# A sensitive message taken for a question costs more than a question handed to a person.
SENSITIVE_FROM = 0.25


def intent_of(evidence: Evidence) -> Intent:
    """ANSWERABLE means only that it looks like what the policies answer; the judgement decides."""
    shares = {kind: intent_share(evidence, kind) for kind in evidence.learned_kinds}
    if shares[Intent.SENSITIVE] >= SENSITIVE_FROM:
        return Intent.SENSITIVE
    shares[Intent.ANSWERABLE] = float(known_scores(evidence).sum())
    shares[Intent.NEAR] += float(evidence.near_misses.sum()) / 2
    if not evidence.banked.all():
        # The bank calls every other subject off-topic; a policy without a bank may be about it.
        shares[Intent.ANSWERABLE] += shares[Intent.OFF_TOPIC]
        shares[Intent.OFF_TOPIC] = 0.0
    return max(shares, key=lambda kind: shares[kind])
