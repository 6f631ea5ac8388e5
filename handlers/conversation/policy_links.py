"""Where each clause stands on the bot's own pages of a policy."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from desk.model.case import Quote
from handlers.conversation.whole_clause import whole_clause
from knowledge.policy import OUTSIDE_SECTIONS, Clause, Policy

PAGES = "/policies"


@dataclass(frozen=True, slots=True)
class PublicPages:
    """`address` is the bot's public one, empty where its pages are not to be linked to."""

    policies: Sequence[Policy] = ()
    address: str = ""

    def link(self, cited: Quote) -> str:
        """Empty where there is no page of these words."""
        whole = whole_clause(self.policies, cited) if self.address else None
        return link(self.address, whole.policy, whole.clause) if whole else ""

    def clause_at(self, url: str) -> tuple[Policy, Clause] | None:
        """The clause that an address of these pages names; None for every other address."""
        where, _, anchor = url.partition("#")
        for policy in self.policies if self.address else ():
            if where.partition("?")[0] == f"{self.address}{page(policy)}":
                named = dict(zip(anchors(policy), policy.clauses, strict=True))
                clause = named.get(unquote(anchor))
                return (policy, clause) if clause else None
        return None


def anchors(policy: Policy) -> tuple[str, ...]:
    """One anchor for each clause, in their order: its label, with its heading where several
    clauses bear the same label. Stays the same as long as label and heading do."""
    labels = Counter(clause.section for clause in policy.clauses)
    seen: Counter[str] = Counter()
    found = []
    for clause in policy.clauses:
        anchor = _anchor(clause, alone=labels[clause.section] == 1)
        seen[anchor] += 1
        found.append(anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}")
    return tuple(found)


def page(policy: Policy) -> str:
    return f"{PAGES}/{quote(policy.name, safe='')}"


def link(address: str, policy: Policy, clause: Clause) -> str:
    """`address` is the bot's public one; empty gives a path for its own pages."""
    place = policy.clauses.index(clause)
    return f"{address}{page(policy)}#{anchors(policy)[place]}"


def _anchor(clause: Clause, *, alone: bool) -> str:
    label = "" if clause.section == OUTSIDE_SECTIONS else clause.section
    words = f"{label} {clause.heading}" if not alone or not label else label
    return re.sub(r"\W+", "-", words.casefold()).strip("-") or "beginning"
