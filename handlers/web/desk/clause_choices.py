"""The clauses that comms can pick, each with an id that a form carries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.model.case import Quote
from desk.model.precedent import CitedClause, cite
from handlers.conversation.policy_links import anchors
from knowledge.errors import BadInput
from knowledge.policy import Clause, Policy

GONE = "A clause that you picked is no longer in the policies. Pick again."


@dataclass(frozen=True, slots=True)
class Choice:
    """`id` names the clause in a form: its policy, and its anchor on the page of the policy."""

    id: str
    policy: Policy
    clause: Clause

    @property
    def quote(self) -> Quote:
        clause = self.clause
        return Quote(self.policy.name, clause.section, clause.heading, clause.text)

    @property
    def cited(self) -> CitedClause:
        return cite(self.policy, self.clause)

    @property
    def label(self) -> str:
        return self.quote.place or self.policy.title


class Clauses:
    def __init__(self, policies: Sequence[Policy]) -> None:
        self.policies = tuple(policies)
        self.choices = tuple(
            Choice(f"{policy.name}#{anchor}", policy, clause)
            for policy in policies
            for anchor, clause in zip(anchors(policy), policy.clauses, strict=True)
        )
        self._by_id = {choice.id: choice for choice in self.choices}

    def picked(self, ids: Iterable[str]) -> tuple[Choice, ...]:
        """In the order of `ids`. Raises BadInput for an id that no clause has."""
        missing = [each for each in ids if each not in self._by_id]
        if missing:
            raise BadInput(GONE)
        return tuple(self._by_id[each] for each in ids)

    def of_quotes(self, quotes: Iterable[Quote]) -> frozenset[str]:
        """The ids of the clauses that these quotes are from."""
        wanted = {(quote.policy, quote.section, quote.heading) for quote in quotes}
        return frozenset(
            choice.id
            for choice in self.choices
            if (choice.policy.name, choice.clause.section, choice.clause.heading) in wanted
        )

    def of_cited(self, cited: Iterable[CitedClause]) -> frozenset[str]:
        """By their place, so that clauses whose words have changed since are found too."""
        wanted = {(each.policy, each.section, each.heading) for each in cited}
        return self.of_quotes(Quote(*each, "") for each in wanted)
