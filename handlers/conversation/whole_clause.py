"""The clause that a quote is from, whole and with its neighbours, for who wants to read on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desk.model.case import Quote
from knowledge.policy import Clause, Policy, clause_ref


@dataclass(frozen=True, slots=True)
class WholeClause:
    """`before` and `after` are its neighbours in the policy, at most one each."""

    policy: Policy
    clause: Clause
    before: tuple[Clause, ...]
    after: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in three parts, whose middle one is the quote as the text has it."""

    before: str
    quote: str
    after: str


def whole_clause(policies: Sequence[Policy], quote: Quote) -> WholeClause | None:
    """None where the policies have changed since and no clause holds these words any more."""
    for policy in policies:
        for place, clause in enumerate(policy.clauses):
            if clause_ref(policy, clause) == quote.clause_ref and _holds(clause, quote.text):
                before = policy.clauses[max(place - 1, 0) : place]
                return WholeClause(policy, clause, before, policy.clauses[place + 1 : place + 2])
    return None


def marked(text: str, quote: str) -> Marked:
    """All of the text stands before where the quote is not in it, or is empty."""
    found = _pattern(quote).search(text) if quote.strip() else None
    if found is None:
        return Marked(text, "", "")
    return Marked(text[: found.start()], found.group(), text[found.end() :])


def _holds(clause: Clause, quote: str) -> bool:
    return not quote.strip() or bool(_pattern(quote).search(clause.text))


def _pattern(quote: str) -> re.Pattern[str]:
    """A sentence that the policy prints over two lines is quoted in one."""
    return re.compile(r"\s+".join(map(re.escape, quote.split())))
