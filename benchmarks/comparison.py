"""How long it takes to compare two versions of a policy of which every label has changed.

python -m benchmarks.comparison [CLAUSES ...]
"""

import sys
import time
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from benchmarks.reading import long_policy
from knowledge.comparison import Change, compare
from knowledge.documents.reading import read
from knowledge.policy import Policy
from tests.knowledge.documents.corpus.plain import text

_PAGES = 80


def _relabelled(policy: Policy) -> Policy:
    """Another label for each clause, and for every third one another word too."""
    clauses = (
        replace(
            clause,
            section=f"New {clause.section}",
            text=clause.text if place % 3 else f"From now on {clause.text}",
        )
        for place, clause in enumerate(policy.clauses)
    )
    return replace(policy, clauses=tuple(clauses))


def main(sizes: list[int]) -> None:
    whole = read(text(long_policy(_PAGES)), "policy.txt").policy
    table = Table("clauses", "seconds", "found again")
    for size in sizes:
        old = replace(whole, clauses=whole.clauses[:size])
        new = _relabelled(old)
        began = time.perf_counter()
        changes = compare(old, new)
        seconds = time.perf_counter() - began
        lost = sum(change.change is Change.REMOVED for change in changes)
        table.add_row(str(len(old.clauses)), f"{seconds:.2f}", f"{1 - lost / len(old.clauses):.0%}")
    Console().print(table)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [400, 1600])
