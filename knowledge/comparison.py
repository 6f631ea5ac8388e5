"""What differs between two versions of a policy, clause by clause."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.policy import Clause, Policy

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LONGEST_TYPO = 1
_SHORTEST_TYPED = 5
# Words that change a rule though they differ from others by a letter or two.
_DECISIVE = frozenset(
    "no not nor never may must shall should can cannot will any all or and".split()
)
_ALIKE = 0.8
"""The share of their words, 0 to 1, from which one clause is a new wording of another."""


class Change(StrEnum):
    SAME = "same words"
    SPELLING = "spelling only"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def is_of_meaning(self) -> bool:
        """Whether somebody who relied on the old words should look at the new ones."""
        return self in (Change.CHANGED, Change.ADDED, Change.REMOVED)


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """`old` is None for an added clause, `new` for a removed one."""

    change: Change
    old: Clause | None
    new: Clause | None

    @property
    def section(self) -> str:
        return self._clause.section

    @property
    def heading(self) -> str:
        return self._clause.heading

    @property
    def runs(self) -> tuple["Run", ...]:
        """The words of both, in order, each run marked as kept, added or removed."""
        old = self.old.text if self.old else ""
        new = self.new.text if self.new else ""
        return tuple(_runs(_pieces(old), _pieces(new)))

    @property
    def _clause(self) -> Clause:
        clause = self.new or self.old
        assert clause is not None  # noqa: S101 -- a change has at least one of them
        return clause


class Fate(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    fate: Fate
    text: str


def compare(old: Policy, new: Policy) -> tuple[ClauseChange, ...]:
    """Every clause of both: the new policy's in its order, each removed one after the clause that
    it followed.

    Clauses belong together by section and heading, else by their words: a clause that only moved
    to another section has the same words there.
    """
    pairs = _pairs(old.clauses, new.clauses)
    partners = {new_place: old_place for old_place, new_place in pairs.items()}
    changes = [
        (place, 0, _changed(old.clauses[partners[place]], clause))
        if place in partners
        else (place, 0, ClauseChange(Change.ADDED, None, clause))
        for place, clause in enumerate(new.clauses)
    ]
    last = -1
    for place, clause in enumerate(old.clauses):
        if place in pairs:
            last = pairs[place]
        else:
            changes.append((last, place + 1, ClauseChange(Change.REMOVED, clause, None)))
    return tuple(change for _, _, change in sorted(changes, key=lambda each: each[:2]))


def changed_in_meaning(old: Policy, new: Policy) -> tuple[ClauseChange, ...]:
    return tuple(change for change in compare(old, new) if change.change.is_of_meaning)


def _pairs(old: Sequence[Clause], new: Sequence[Clause]) -> dict[int, int]:
    """Places in `old` with their places in `new`. The surest sign of kinship counts first."""
    pairs: dict[int, int] = {}
    for is_kin in (_is_same, _has_same_label, _has_same_words, _is_like):
        for new_place, clause in enumerate(new):
            if new_place in pairs.values():
                continue
            free = (place for place in range(len(old)) if place not in pairs)
            kin = next((place for place in free if is_kin(old[place], clause)), None)
            if kin is not None:
                pairs[kin] = new_place
    return pairs


def _is_same(old: Clause, new: Clause) -> bool:
    return _has_same_label(old, new) and _has_same_words(old, new)


def _has_same_label(old: Clause, new: Clause) -> bool:
    return (old.section, old.heading) == (new.section, new.heading)


def _has_same_words(old: Clause, new: Clause) -> bool:
    return _words(old.text) == _words(new.text)


def _is_like(old: Clause, new: Clause) -> bool:
    matcher = difflib.SequenceMatcher(None, _words(old.text), _words(new.text), autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _changed(old: Clause, new: Clause) -> ClauseChange:
    return ClauseChange(_kind_of_change(old.text, new.text), old, new)


def _kind_of_change(old: str, new: str) -> Change:
    before, after = _words(old), _words(new)
    if before == after:
        return Change.SAME
    if len(before) == len(after) and all(map(_is_typo, before, after)):
        return Change.SPELLING
    return Change.CHANGED


def _is_typo(old: str, new: str) -> bool:
    """The same word, or a long word that differs by one letter. Numbers are never typing errors."""
    if old == new:
        return True
    if {old, new} & _DECISIVE or any(letter.isdigit() for letter in old + new):
        return False
    if min(len(old), len(new)) < _SHORTEST_TYPED or abs(len(old) - len(new)) > _LONGEST_TYPO:
        return False
    return _is_one_edit(old, new)


def _is_one_edit(old: str, new: str) -> bool:
    """One letter replaced, added, left out or swapped with its neighbour."""
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    if start is None:
        return True
    left, right = old[start:], new[start:]
    swapped = left[1::-1] + left[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or swapped == right


def _words(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def _pieces(text: str) -> list[str]:
    return re.findall(r"\S+\s*", text)


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    before, after = [piece.strip() for piece in old], [piece.strip() for piece in new]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Run(Fate.KEPT, "".join(new[new_from:new_to]))
            continue
        if old_to > old_from:
            yield Run(Fate.REMOVED, "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Run(Fate.ADDED, "".join(new[new_from:new_to]))
