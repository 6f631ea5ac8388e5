"""What the templates of the desk say in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desk.model.case import PENDING, Case, Event, Quote, Reason, Status, Step
from desk.model.messages import CommsAnswer
from desk.model.people import PersonRef
from desk.model.sign_in import SignedIn
from desk.services.switches import Switch
from handlers.conversation.case_text import REASONS, reason_line
from handlers.conversation.services import Services
from handlers.web.chat.template_context import ChatTemplateContext

SOMEBODY = "An asker"
DEEDS = {
    Step.OPENED: "asked this",
    Step.JOINED: "asked the same",
    Step.CLAIMED: "claimed this",
    Step.TAKEN_OVER: "took this over",
    Step.RELEASED: "gave this back",
    Step.ANSWERED: "answered this",
    Step.CORRECTED: "corrected the answer",
    Step.FOLLOWED_UP: "added to this",
    Step.EDITED: "changed the question",
    Step.LEFT: "took their question back",
    Step.WITHDRAWN: "withdrew this",
    Step.CLOSED: "closed this",
    Step.REOPENED: "reopened this",
    Step.UNDELIVERABLE: "could not deliver a message",
    Step.ERASED: "deleted personal data",
}
BADGES = {
    Status.OPEN: "",
    Status.REOPENED: "",
    Status.CLAIMED: "warn",
    Status.ANSWERED: "good",
    Status.CLOSED: "plain",
    Status.WITHDRAWN: "plain",
}


class DeskTemplateContext(ChatTemplateContext):
    statuses = tuple(Status)
    reason_line = staticmethod(reason_line)
    reason_names = REASONS
    reasons = tuple(Reason)

    def __init__(self, service: Services) -> None:
        super().__init__(service)
        self._desk = service.desk

    def due(self, case: Case) -> str:
        return self._hours.phrase(case.due_at, self._clock.now())

    def day(self, moment: datetime) -> str:
        """ "3 December 2026"."""
        there = moment.astimezone(self._hours.zone)
        return f"{there.day} {there:%B %Y}"

    def overdue(self, case: Case) -> bool:
        return case.status in PENDING and case.due_at < self._clock.now()

    def badge(self, case: Case) -> str:
        return BADGES[case.status]

    def who(self, who: PersonRef) -> str:
        return who.name or SOMEBODY

    def did(self, event: Event) -> str:
        """ "Jane Smith claimed this"."""
        return f"{self.who(event.person)} {DEEDS[event.step]}"

    def askers(self, case: Case) -> str:
        names = [asker.person.name or "somebody unnamed" for asker in case.askers]
        return ", ".join(names) or "nobody any more"

    def lasting(self, wait: timedelta | None) -> str:
        """ "3 h 20 min"; a dash for what there is none of."""
        if wait is None:
            return "–"
        minutes = round(wait.total_seconds() / 60)
        return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"

    def switched_on(self) -> frozenset[Switch]:
        """The switches that are on, for the notice at the top of each page."""
        return self._desk.switches.on()

    def preview(self, case: Case, me: SignedIn, text: str, cited: Sequence[Quote]) -> CommsAnswer:
        """The answer as each asker will get it, with the question as comms see it."""
        by = PersonRef("", me.person.name)
        now = self._clock.now()
        return CommsAnswer(case.ref, 0, case.question, text, tuple(cited), by, now)
