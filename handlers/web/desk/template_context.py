"""What the templates of the desk say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.model.case import PENDING, Case, Event, Quote, Status, Step
from desk.model.case_note import LONGEST_NOTE
from desk.model.messages import CommsAnswer
from desk.model.people import PersonRef
from desk.model.precedent import Precedent
from desk.model.saved_reply import LONGEST_TITLE
from desk.model.sign_in import SignedIn
from desk.services.compose import quoted_below
from desk.services.switches import Switch
from handlers.conversation.case_text import backlog_line, reason_line, undelivered_line
from handlers.conversation.publishing import CORRECT_PUBLISHED_TOO, LONGEST_OWNER, refs_of
from handlers.conversation.services import Services
from handlers.web.chat.template_context import ChatTemplateContext
from handlers.web.desk.case_form import LONGEST_REASON
from knowledge.reason import OPENS_A_CASE

MOST_UNDELIVERED = 20
ASKER = "An asker"
UNNAMED = "someone unnamed"
HAPPENED = {
    Step.OPENED: "asked this",
    Step.JOINED: "asked the same",
    Step.CLAIMED: "claimed this",
    Step.TAKEN_OVER: "took this over",
    Step.ASSIGNED: "assigned this",
    Step.RELEASED: "unassigned this",
    Step.ANSWERED: "answered this",
    Step.UNDONE: "undid the answer before it was sent",
    Step.CORRECTED: "corrected the answer",
    Step.FOLLOWED_UP: "added to this",
    Step.EDITED: "edited the question",
    Step.LEFT: "withdrew their question",
    Step.WITHDRAWN: "withdrew this",
    Step.CLOSED: "closed this",
    Step.REOPENED: "reopened this",
    Step.UNDELIVERABLE: "could not deliver a message",
    Step.ERASED: "deleted personal data",
}
# Colours of GOV.UK Frontend's tags.
TAGS = {
    Status.OPEN: "blue",
    Status.REOPENED: "blue",
    Status.CLAIMED: "yellow",
    Status.ANSWERED: "green",
    Status.CLOSED: "grey",
    Status.WITHDRAWN: "grey",
}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SwitchText:
    """A switch: the bot's state while it is on, what that means, and what its buttons say.
    `question` is asked before it is turned on."""

    switch: Switch
    heading: str
    state: str
    effect: str
    turn_on: str
    turn_off: str
    question: str


ANSWERS = "The bot answers questions on every platform. What it is not sure of goes to you."
SWITCHES = (
    SwitchText(
        Switch.HAND_EVERYTHING_OVER,
        "Answer everything yourselves",
        state="The bot hands every question to you. It answers none by itself.",
        effect="Every question about the policy becomes a case for you, with what the bot would "
        "have quoted as a draft. Use it for example in the weeks before an election.",
        turn_on="Hand everything over",
        turn_off="Let the bot answer again",
        question="Hand every question over to you?",
    ),
    SwitchText(
        Switch.OFF,
        "Switch the bot off",
        state="The bot is switched off. It answers no questions and says whom to contact.",
        effect="The bot answers no questions on any platform, opens no cases, and says whom to "
        "contact. Cases that wait stay with you.",
        turn_on="Switch the bot off",
        turn_off="Switch the bot on",
        question="Switch the bot off for everybody?",
    ),
)

SURFACES = {"slack": "Slack", "teams": "Teams", "web": "web page", "terminal": "terminal"}


class DeskTemplateContext(ChatTemplateContext):
    reasons = OPENS_A_CASE
    pending = PENDING
    reason_line = staticmethod(reason_line)
    switches = SWITCHES
    answers_itself = ANSWERS
    longest_reason = LONGEST_REASON
    longest_note = LONGEST_NOTE
    longest_title = LONGEST_TITLE
    longest_owner = LONGEST_OWNER

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._desk = services.desk
        self._policies = services.policies

    def due(self, case: Case) -> str:
        return self._hours.phrase(case.due_at, self._clock.now())

    def day(self, moment: datetime) -> str:
        """ "3 December 2026"."""
        there = moment.astimezone(self._hours.zone)
        return f"{there.day} {there:%B %Y}"

    def date(self, day: date) -> str:
        """ "3 December 2026"."""
        return f"{day.day} {day:%B %Y}"

    def overdue(self, case: Case) -> bool:
        return case.status in PENDING and case.due_at < self._clock.now()

    def due_in(self, case: Case) -> str:
        """ "in 2 h", "3 days late"."""
        left = case.due_at - self._clock.now()
        return f"in {span(left)}" if left >= timedelta() else f"{span(-left)} late"

    def age(self, moment: datetime) -> str:
        """ "3 days"."""
        return span(self._clock.now() - moment)

    def exactly(self, moment: datetime) -> str:
        """ "Monday 3 December 2026, 10:00"."""
        there = moment.astimezone(self._hours.zone)
        return f"{there:%A} {self.day(moment)}, {there:%H:%M}"

    def seconds_until(self, moment: datetime) -> int:
        return max(0, round((moment - self._clock.now()).total_seconds()))

    def case_tag(self, case: Case) -> str:
        return TAGS[case.status]

    def name(self, who: PersonRef) -> str:
        return who.name or ASKER

    def happened(self, event: Event) -> str:
        """ "Jane Smith claimed this"."""
        to = f" to {event.assigned_to.name or 'a colleague'}" if event.assigned_to else ""
        return f"{self.name(event.person)} {HAPPENED[event.step]}{to}"

    def asker(self, asker: PersonRef) -> str:
        return asker.name or UNNAMED

    def surface(self, name: str) -> str:
        return SURFACES.get(name, name)

    def askers(self, case: Case) -> str:
        return ", ".join(self.asker(each.person) for each in case.askers) or "nobody any more"

    def asked_by(self, case: Case) -> str:
        """ "Ann Asker and 2 others"; "not named" for an asker who hides their name."""
        if not case.askers:
            return "nobody any more"
        first, others = case.askers[0].person.name or "not named", len(case.askers) - 1
        if not others:
            return first
        return f"{first} and {others} {'other' if others == 1 else 'others'}"

    def title(self, policy: str) -> str:
        """The title of the policy; its name if the policy is gone."""
        return next((each.title for each in self._policies if each.name == policy), policy)

    def duration(self, wait: timedelta | None) -> str:
        """ "3 h 20 min"; a dash for none."""
        if wait is None:
            return "–"
        minutes = round(wait.total_seconds() / 60)
        return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"

    def switched_on(self) -> frozenset[Switch]:
        """For the notice at the top of each page."""
        return self._desk.switches.on()

    def backlog(self) -> str:
        """How much of all platforms and of the e-mails has not arrived."""
        return backlog_line(self._desk.backlog(), self._hours)

    def undelivered(self) -> tuple[str, ...]:
        """A line for each of the latest messages that were tried without success."""
        found = self._desk.undelivered()[:MOST_UNDELIVERED]
        return tuple(undelivered_line(each, self._hours) for each in found)

    def correct_published_too(self, published: tuple[Precedent, ...]) -> str:
        return CORRECT_PUBLISHED_TOO.format(refs=refs_of(published))

    def preview(self, case: Case, me: SignedIn, text: str, cited: Sequence[Quote]) -> CommsAnswer:
        """The answer as each asker will get it, with the question as comms see it."""
        by = PersonRef("", me.person.name)
        now = self._clock.now()
        below = quoted_below(text, tuple(cited))
        return CommsAnswer(case.ref, 0, case.question, text, below, by, now)


def span(time: timedelta) -> str:
    """ "5 min", "2 h", "3 days": rounded down, and at least a minute."""
    if time < HOUR:
        return f"{max(1, time // timedelta(minutes=1))} min"
    if time < 2 * DAY:
        return f"{time // HOUR} h"
    return f"{time // DAY} days"
