"""What kind of message it is, by the head and by the nearest bank questions."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.classes import KINDS, UNANSWERED, Kind
from index.targets import Columns, Weights
from knowledge.bank import Intent, Need, SmallTalk


@dataclass(frozen=True, slots=True)
class MessageKinds:
    """Each kind has its share of 1, by the head and by the nearest bank questions; what is left of
    1 is in the sentences that answer. `needs` are the shares of the kinds of sensitive messages and
    of small talk, head and neighbours averaged. `sensitivity` is the probability that the message
    is sensitive, by a check that knows ordinary questions about many policies; 1 where the bank is
    about all policies and decides alone.
    """

    learned_kinds: Mapping[Intent, float]
    echoed_kinds: Mapping[Intent, float]
    needs: Mapping[Need | SmallTalk, float]
    sensitivity: float


def message_kinds(learned: Weights, echoed: Weights, sensitivity: float) -> MessageKinds:
    """`learned` and `echoed` have shape (KINDS,)."""
    both = _named(np.asarray((learned + echoed) / 2, dtype=np.float32))
    needs = {need: both[need] for need in (*Need, *SmallTalk)}
    return MessageKinds(_by_intent(learned), _by_intent(echoed), needs, sensitivity)


def by_kind(columns: Columns, shares: Weights, first: int) -> Weights:
    """Shape (KINDS,), of shares by class; `first` is the column of the first kind."""
    found, kinds = np.zeros(len(KINDS), dtype=np.float32), columns >= first
    np.add.at(found, columns[kinds] - first, shares[kinds])
    return found


def _by_intent(shares: Weights) -> dict[Intent, float]:
    """The share of each intent, its needs included."""
    kinds = _named(shares)
    totals: dict[Intent, float] = {intent: kinds[intent] for intent in UNANSWERED}
    totals[Intent.SENSITIVE] += sum(kinds[need] for need in Need)
    totals[Intent.SMALL_TALK] += sum(kinds[talk] for talk in SmallTalk)
    return totals


def _named(shares: Weights) -> dict[Kind, float]:
    return dict(zip(KINDS, shares.tolist(), strict=True))
