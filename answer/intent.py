"""What kind of message it is, so that each gets its own way out."""

from index.combined_scores import fused, kind_share
from index.evidence import Evidence
from knowledge.bank import Kind

# A sensitive message taken for a question costs more than a question handed to a person.
SENSITIVE_FROM = 0.25


def kind_of(evidence: Evidence) -> Kind:
    """ANSWERABLE means only that it looks like what the policies answer; the judgement decides."""
    shares = {kind: kind_share(evidence, kind) for kind in evidence.learned_kinds}
    if shares[Kind.SENSITIVE] >= SENSITIVE_FROM:
        return Kind.SENSITIVE
    shares[Kind.ANSWERABLE] = float(fused(evidence).sum())
    shares[Kind.NEAR] += float(evidence.near_misses.sum()) / 2
    if not evidence.banked.all():
        # The bank calls every other subject off-topic; a policy without a bank may be about it.
        shares[Kind.OFF_TOPIC] = 0.0
    return max(shares, key=lambda kind: shares[kind])
