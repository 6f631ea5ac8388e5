"""Which clauses of two versions of a policy belong together."""

import difflib
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.policy import Clause

_ALIKE = 0.8
"""The share of their words, 0 to 1, from which one clause is a new wording of another."""
_RARE = 50
"""Clauses of the old version that may have a word, or a pair of words, for it to count as rare."""
_CANDIDATES = 10
"""Clauses that are compared word by word with a clause: those that share most rare ones."""


@dataclass(frozen=True, slots=True)
class WordedClause:
    """A clause with its words, cut and folded once."""

    clause: Clause
    words: tuple[str, ...]

    @property
    def label(self) -> tuple[str, str]:
        return self.clause.section, self.clause.heading

    @property
    def signs(self) -> set[Hashable]:
        """Its words, and its pairs of words that follow one another: what it is known by."""
        return {*self.words, *pairwise(self.words)}


def paired(old: Sequence[WordedClause], new: Sequence[WordedClause]) -> dict[int, int]:
    """Places in `old` with their places in `new`. The surest sign of kinship counts first: label
    and words, the label, the words, and at last most of the words."""
    pairs: dict[int, int] = {}
    _pair_equal(old, new, pairs, lambda each: (each.label, each.words))
    _pair_equal(old, new, pairs, lambda each: each.label)
    _pair_equal(old, new, pairs, lambda each: each.words)
    _pair_alike(old, new, pairs)
    return pairs


def _pair_equal(
    old: Sequence[WordedClause],
    new: Sequence[WordedClause],
    pairs: dict[int, int],
    key: Callable[[WordedClause], Hashable],
) -> None:
    """Adds clauses that have one key, in turn where several have it."""
    free: dict[Hashable, deque[int]] = defaultdict(deque)
    for place, clause in enumerate(old):
        if place not in pairs:
            free[key(clause)].append(place)
    taken = set(pairs.values())
    for place, clause in enumerate(new):
        if place not in taken and (places := free.get(key(clause))):
            pairs[places.popleft()] = place


def _pair_alike(
    old: Sequence[WordedClause], new: Sequence[WordedClause], pairs: dict[int, int]
) -> None:
    """Adds clauses that share most of their words, among them a rare word or pair of words."""
    having: dict[Hashable, list[int]] = defaultdict(list)
    for place, clause in enumerate(old):
        if place not in pairs:
            for sign in clause.signs:
                having[sign].append(place)
    rare = {sign: places for sign, places in having.items() if len(places) <= _RARE}
    taken = set(pairs.values())
    for place, clause in enumerate(new):
        if place in taken:
            continue
        shared = Counter(
            at for sign in clause.signs for at in rare.get(sign, ()) if at not in pairs
        )
        candidates = sorted(shared, key=lambda at: (-shared[at], at))[:_CANDIDATES]
        kin = next((at for at in candidates if _is_alike(old[at].words, clause.words)), None)
        if kin is not None:
            pairs[kin] = place


def _is_alike(old: Sequence[str], new: Sequence[str]) -> bool:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # upper bounds first
    return all(ratio() >= _ALIKE for ratio in ratios)
