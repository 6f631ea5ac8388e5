"""What kind of message it is, so that each gets its own way out."""

from index.combined_scores import intent_share, known_scores
from index.evidence import Evidence
from index.message_kinds import MessageKinds
from index.taught import outside_untaught
from knowledge.bank import Intent

# A sensitive message taken for a question costs more than a question handed to a person.
SENSITIVE_FROM = 0.25


# `Evidence.sensitivity` below which what the bank takes for sensitive is an ordinary question about
# another policy: where a sentence of one is LIKELY, a share of 1, to answer the message, and where
# none is. See benchmarks/README.md for what is missed.
ORDINARY_BELOW, ORDINARY_BELOW_UNLIKELY = 0.3, 0.01
LIKELY = 0.5


def may_be_sensitive(part: MessageKinds, whole: Evidence) -> bool:
    """Whether a part of a message, or the whole, can be what the bank takes it for."""
    likely = outside_untaught(whole).max(initial=0.0) >= LIKELY
    return part.sensitivity >= (ORDINARY_BELOW if likely else ORDINARY_BELOW_UNLIKELY)


def intent_of(evidence: Evidence) -> Intent:
    """ANSWERABLE means only that it looks like what the policies answer; the confidence decides."""
    shares = {kind: intent_share(evidence, kind) for kind in evidence.learned_kinds}
    if shares[Intent.SENSITIVE] >= SENSITIVE_FROM and may_be_sensitive(evidence, evidence):
        return Intent.SENSITIVE
    shares[Intent.ANSWERABLE] = float(known_scores(evidence).sum())
    shares[Intent.NEAR] += float(evidence.near_misses.sum()) / 2
    ruled_out = 0.0
    if not may_be_sensitive(evidence, evidence):
        ruled_out = shares.pop(Intent.SENSITIVE)
    if not evidence.all_banked:
        # The bank calls every other subject off-topic; a policy without a bank may be about it.
        # Where each policy is known, by the bank or by questions of its own, these decide.
        shares[Intent.ANSWERABLE] += shares[Intent.OFF_TOPIC] + ruled_out
        shares[Intent.OFF_TOPIC] = 0.0
    return max(shares, key=lambda kind: shares[kind])
