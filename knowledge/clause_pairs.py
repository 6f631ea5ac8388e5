"""Which clauses of two versions of a policy belong together."""

import difflib
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from knowledge.policy import Clause

_ALIKE = 0.8
"""The share of their words, 0 to 1, from which one clause is a new wording of another."""
_SHORTEST_SHARE = _ALIKE / (2 - _ALIKE)
"""Clauses whose lengths differ by more than this share cannot have so many words in common."""
_RARE = 50
"""Clauses of the old version that may have a word for it to count as rare."""
_CANDIDATES = 10
"""Clauses that are compared word by word with a clause: those that share most rare words."""


@dataclass(frozen=True, slots=True)
class WordedClause:
    """A clause with its words, cut and folded once."""

    clause: Clause
    words: tuple[str, ...]

    @property
    def label(self) -> tuple[str, str]:
        return self.clause.section, self.clause.heading


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
    """Adds clauses that share most of their words, among them a rare one."""
    having: dict[str, list[int]] = defaultdict(list)
    for place, clause in enumerate(old):
        if place not in pairs:
            for word in set(clause.words):
                having[word].append(place)
    rare = {word: places for word, places in having.items() if len(places) <= _RARE}
    taken = set(pairs.values())
    for place, clause in enumerate(new):
        if place in taken:
            continue
        shared = Counter(
            at for word in set(clause.words) for at in rare.get(word, ()) if at not in pairs
        )
        candidates = sorted(shared, key=lambda at: (-shared[at], at))[:_CANDIDATES]
        kin = next((at for at in candidates if _is_alike(old[at].words, clause.words)), None)
        if kin is not None:
            pairs[kin] = place


def _is_alike(old: Sequence[str], new: Sequence[str]) -> bool:
    if min(len(old), len(new)) < _SHORTEST_SHARE * max(len(old), len(new)):
        return False
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
