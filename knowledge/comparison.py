"""What differs between two versions of a policy, clause by clause."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.clause_pairs import WordedClause, paired
from knowledge.policy import Clause, Policy

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LONGEST_TYPO = 1
_SHORTEST_TYPED = 5
# Words that change a rule though they differ from others by a letter or two.
_DECISIVE = frozenset(
    "no not nor never may must shall should can cannot will any all or and".split()
)


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
    it followed. The work grows linearly with the number of clauses.

    Clauses belong together by section and heading, else by their words: a clause that only moved
    to another section has the same words there.
    """
    before, after = _worded(old.clauses), _worded(new.clauses)
    pairs = paired(before, after)
    partners = {new_place: old_place for old_place, new_place in pairs.items()}
    changes = [
        (place, 0, _changed(before[partners[place]], worded))
        if place in partners
        else (place, 0, ClauseChange(Change.ADDED, None, worded.clause))
        for place, worded in enumerate(after)
    ]
    last = -1
    for place, worded in enumerate(before):
        if place in pairs:
            last = pairs[place]
        else:
            changes.append((last, place + 1, ClauseChange(Change.REMOVED, worded.clause, None)))
    return tuple(change for _, _, change in sorted(changes, key=lambda each: each[:2]))


def changed_in_meaning(old: Policy, new: Policy) -> tuple[ClauseChange, ...]:
    return tuple(change for change in compare(old, new) if change.change.is_of_meaning)


def _worded(clauses: Sequence[Clause]) -> tuple[WordedClause, ...]:
    return tuple(WordedClause(clause, _words(clause.text)) for clause in clauses)


def _changed(old: WordedClause, new: WordedClause) -> ClauseChange:
    return ClauseChange(_kind_of_change(old.words, new.words), old.clause, new.clause)


def _kind_of_change(before: Sequence[str], after: Sequence[str]) -> Change:
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


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold().replace("’", "'") for word in _WORD.findall(text))


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
