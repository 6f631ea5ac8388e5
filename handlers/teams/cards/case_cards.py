"""What comms see on Teams: each case as one card, which is kept up to date."""

from dataclasses import dataclass
from datetime import datetime

from desk.model.case import PENDING, Case, Event, Status
from desk.model.hours import OfficeHours
from desk.model.messages import CaseNotice
from handlers.conversation import case_notices
from handlers.conversation.reply_message import place
from handlers.teams.cards.case_forms import forms, last_words
from handlers.teams.cards.elements import (
    Element,
    box,
    buttons,
    card,
    cut,
    fitted,
    run,
    runs,
    toggle,
    words,
)
from handlers.teams.cards.quotes import Quotes

MOST_EVENTS = 8
MOST_ASKERS = 10
MOST_EARLIER = 5
MOST_QUOTES = 5
CLOSEST = "Closest in the policy:"
HISTORY = "Show what has happened"
COLOURS = {
    Status.OPEN: "Attention",
    Status.REOPENED: "Attention",
    Status.CLAIMED: "Accent",
    Status.ANSWERED: "Good",
}


@dataclass(frozen=True, slots=True)
class CommsCards:
    quotes: Quotes
    hours: OfficeHours

    def case(self, case: Case, now: datetime) -> Element:
        def build(limit: int) -> Element:
            body = [
                self._headline(case, now),
                *_asked(case, limit),
                *_answered(case, limit),
                *self._closest(case, limit),
                *self._events(case, limit),
            ]
            return card(self._in_short(case, now), body, forms(case, now, limit))

        return fitted(build)

    def notice(self, notice: CaseNotice, now: datetime) -> Element:
        """Stands under the case's card, which has the buttons."""
        said = case_notices.notice(notice, self.hours, now)

        def build(limit: int) -> Element:
            shown = [*words(said.told, weight="Bolder"), *words(cut(said.words, limit))]
            return card(said.told, shown)

        return fitted(build)

    def _headline(self, case: Case, now: datetime) -> Element:
        holder = f", with {case.holder.name}" if case.holder and case.holder.name else ""
        colour = COLOURS.get(case.status, "Default")
        parts = [
            run(f"{case.ref}  ", weight="Bolder", size="Large"),
            run(f"{case.status}{holder}", weight="Bolder", color=colour),
        ]
        if case.status in PENDING:
            parts.append(run(f"  due {self.hours.phrase(case.due_at, now)}"))
        return runs(*parts)

    def _in_short(self, case: Case, now: datetime) -> str:
        """The words of the question are on the card alone: notifications show on lock screens."""
        due = f", due {self.hours.phrase(case.due_at, now)}" if case.status in PENDING else ""
        return f"{case.ref} is {case.status}{due}."

    def _closest(self, case: Case, limit: int) -> list[Element]:
        if not case.closest:
            return []
        shown = [
            box(
                [
                    *words(cut(f"“{quote.text}”", limit)),
                    *words(place(quote), weight="Bolder", size="Small"),
                    *self.quotes.title(quote),
                    *self.quotes.clause(f"closest{number}", quote, limit),
                ],
                style="emphasis",
            )
            for number, quote in enumerate(case.closest[:MOST_QUOTES])
        ]
        return [*words(CLOSEST, isSubtle=True), *shown]

    def _events(self, case: Case, limit: int) -> list[Element]:
        lines = [
            line
            for event in case.events[-MOST_EVENTS:]
            for line in words(self._event(event, limit), size="Small")
        ]
        return [
            buttons(toggle(HISTORY, "history")),
            box(lines, id="history", isVisible=False),
        ]

    def _event(self, event: Event, limit: int) -> str:
        at = event.at.astimezone(self.hours.zone)
        said = f": {cut(event.text, limit)}" if event.text else ""
        return f"{at:%d.%m.%Y %H:%M}  {event.step} by {event.who.name or 'unnamed'}{said}"


def _answered(case: Case, limit: int) -> list[Element]:
    if not case.answers:
        return []
    who = cut(case.answers[-1].who.name or "a colleague", 60)
    said = [*words(f"Answer by {who}:", weight="Bolder"), *words(cut(last_words(case), limit))]
    return [box(said)]


def _asked(case: Case, limit: int) -> list[Element]:
    names = [cut(asker.who.name or "unnamed", 60) for asker in case.askers]
    more = f" and {len(names) - MOST_ASKERS} more" if len(names) > MOST_ASKERS else ""
    who = f"Asked by {', '.join(names[:MOST_ASKERS])}{more} ({case.role})."
    earlier = [
        line
        for said in case.history[-MOST_EARLIER:]
        for line in words(cut(f"Earlier: {said}", limit), isSubtle=True)
    ]
    return [
        *earlier,
        box(words(cut(case.question, limit), size="Medium", weight="Bolder")),
        *words(f"{who} Why it is here: {case.reason}.", isSubtle=True),
    ]
