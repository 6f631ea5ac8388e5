"""The asker's side of a case, free of any platform: add to it, change it, take it back.

Platforms deliver an event more than once; each of these happens once.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desk.model.case import Case, PersonalData
from desk.model.errors import AlreadyHandled, NoSuchQuestion
from desk.model.people import Person
from desk.model.question import AlreadySeen
from desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """One event of a platform, by the platform's own id; a terminal makes its own."""

    event_id: str
    surface: str
    person: Person


@dataclass(frozen=True, slots=True)
class NoCase:
    """The message asked nothing that comms have: say nothing."""


@dataclass(frozen=True, slots=True)
class CaseUpdates:
    """Refusals are DeskErrors, whose sentence is for the person."""

    desk: Desk

    def follow_up(
        self,
        deed: InboundEvent,
        ref: str,
        text: str,
        personal_data: PersonalData = PersonalData.MASKED,
    ) -> Case | AlreadySeen:
        return self._once(
            deed, lambda: self.desk.case_edits.follow_up(ref, deed.person, text, personal_data)
        )

    def withdraw(self, deed: InboundEvent, ref: str) -> Case | AlreadySeen:
        return self._once(deed, lambda: self.desk.case_edits.withdraw(ref, deed.person))

    def edited(
        self,
        deed: InboundEvent,
        message_id: str,
        text: str,
        personal_data: PersonalData = PersonalData.MASKED,
    ) -> Case | NoCase | AlreadySeen:
        return self._of_message(
            deed,
            lambda: self.desk.case_edits.edited(deed.surface, message_id, text, personal_data),
        )

    def deleted(self, deed: InboundEvent, message_id: str) -> Case | NoCase | AlreadySeen:
        return self._of_message(
            deed, lambda: self.desk.case_edits.deleted(deed.surface, message_id)
        )

    def _of_message(
        self, deed: InboundEvent, change: Callable[[], Case]
    ) -> Case | NoCase | AlreadySeen:
        try:
            return self._once(deed, change)
        except NoSuchQuestion:
            return NoCase()

    def _once(self, deed: InboundEvent, change: Callable[[], Case]) -> Case | AlreadySeen:
        try:
            with self.desk.once(deed.surface, deed.event_id):
                return change()
        except AlreadyHandled:
            return AlreadySeen()
