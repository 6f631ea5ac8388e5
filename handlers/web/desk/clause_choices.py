"""The clauses that comms may pick, each under an id that a form carries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.model.case import Quote
from desk.model.precedent import CitedClause, cite
from handlers.conversation.policy_links import anchors
from handlers.conversation.reply_message import place
from knowledge.errors import BadInput
from knowledge.policy import Clause, Policy


@dataclass(frozen=True, slots=True)
class Choice:
    """`id` names the clause in a form: the policy, and where on its page the clause stands."""

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
        return place(self.quote) or self.policy.title


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
        """Raises BadInput for an id that no clause has."""
        missing = [each for each in ids if each not in self._by_id]
        if missing:
            raise BadInput("A clause that you picked is not in the policies any more: pick again.")
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
        """Also where the words have changed since: by their place."""
        wanted = {(each.policy, each.section, each.heading) for each in cited}
        return self.of_quotes(Quote(*each, "") for each in wanted)
