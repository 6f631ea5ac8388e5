"""What every surface of one process works with."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.model.clock import Clock
from desk.model.people import Person
from desk.services.desk import Desk
from desk.services.report import Grouping
from handlers.conversation.conversation import Conversation
from handlers.conversation.policy_links import PublicPages
from handlers.conversation.staff_context import StaffContext
from knowledge.policy import Policy


@dataclass(frozen=True, slots=True)
class Services:
    """`address` is the public one of the policy pages ("https://policy.example.gov.uk"), for
    links to them; empty where the bot has none. All of it may be called from any thread."""

    conversation: Conversation
    policies: Sequence[Policy]
    grouping: Grouping
    clock: Clock
    address: str

    @property
    def desk(self) -> Desk:
        return self.conversation.desk

    @property
    def pages(self) -> PublicPages:
        return PublicPages(self.policies, self.address)

    def office(self, by: Person) -> StaffContext:
        """The desk in the hands of this colleague of comms."""
        return StaffContext(
            self.desk, by, self.clock, lambda: tuple(self.policies), lambda: self.grouping
        )
