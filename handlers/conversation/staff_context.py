"""What the commands of comms work with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from desk.model.case import Case, Quote
from desk.model.clock import Clock
from desk.model.people import Person
from desk.model.precedent import CitedClause, cite
from desk.services.desk import Desk
from desk.services.report import Grouping
from knowledge.errors import BadInput
from knowledge.policy import Clause, Policy, clause_ref


@dataclass(frozen=True, slots=True)
class StaffContext:
    """`policies` and `grouping` are slow to come by, and most commands need neither. With a
    `public_address` people sign in to the desk there."""

    desk: Desk
    by: Person
    clock: Clock
    policies: Callable[[], tuple[Policy, ...]]
    grouping: Callable[[], Grouping]
    public_address: str = ""

    @property
    def today(self) -> date:
        """Where the office is."""
        return self.clock.now().astimezone(self.desk.hours.zone).date()

    def quotes(self, sections: Sequence[str]) -> tuple[Quote, ...]:
        """The clauses of these sections, to be cited in an answer. Raises BadInput."""
        return tuple(
            Quote(policy.name, clause.section, clause.heading, clause.text)
            for policy, clause in self._clauses(sections)
        )

    def interpreted(self, case: Case, sections: Sequence[str]) -> tuple[CitedClause, ...]:
        """The clauses that a published answer interprets: those named, else those cited."""
        if sections:
            return self.cited_anew(sections)
        return self.interpreting(case.last_answer.cited if case.last_answer else ())

    def interpreting(self, quotes: Sequence[Quote]) -> tuple[CitedClause, ...]:
        """The clauses of these quotes with the words they have now."""
        wanted = {quote.clause_ref for quote in quotes}
        return tuple(
            cite(policy, clause)
            for policy, clause in self._everything()
            if clause_ref(policy, clause) in wanted
        )

    def cited_anew(self, sections: Sequence[str]) -> tuple[CitedClause, ...]:
        """The clauses of these sections with the words they have now. Raises BadInput."""
        return tuple(cite(*each) for each in self._clauses(sections))

    def _clauses(self, sections: Sequence[str]) -> list[tuple[Policy, Clause]]:
        found = []
        for section in sections:
            policy_name, _, label = section.rpartition(":")
            clauses = [
                (policy, clause)
                for policy, clause in self._everything()
                if clause.section == label and policy_name in ("", policy.name)
            ]
            if not clauses:
                raise BadInput(f"There is no section {section!r}: one reads 4(c), or POLICY:4(c).")
            found += clauses
        return found

    def _everything(self) -> list[tuple[Policy, Clause]]:
        return [(policy, clause) for policy in self.policies() for clause in policy.clauses]
