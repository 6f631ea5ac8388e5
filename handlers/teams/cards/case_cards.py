"""What comms see on Teams: each case as one card, which is kept up to date."""

from dataclasses import dataclass
from datetime import datetime

from desk.model.case import PENDING, Case, Event, Status
from desk.model.hours import OfficeHours
from desk.model.messages import CaseNotice
from handlers.conversation import case_notices
from handlers.conversation.case_text import reason_line
from handlers.teams.cards.case_forms import LONGEST_ANSWER, CaseForms
from handlers.teams.cards.elements import (
    Element,
    box,
    buttons,
    card,
    cut,
    fits,
    fitted,
    open_url,
    run,
    runs,
    toggle,
    words,
)
from handlers.teams.cards.quotes import Quotes
from knowledge.errors import BadInput

MOST_EVENTS = 8
MOST_ASKERS = 10
MOST_EARLIER = 5
MOST_QUOTES = 5
LONGEST_NAME = 60  # characters shown of a name
CLOSEST = "Show the closest clauses"
DRAFT_TOO_LONG = "The draft is too long for a card in Teams. Answer this case at the desk."
HISTORY = "Show history"
AT_THE_DESK = "Open {ref} at the desk"
# A case that waits is nothing to be alarmed about; one that is overdue is.
COLOURS = {Status.OPEN: "Accent", Status.REOPENED: "Accent", Status.ANSWERED: "Good"}


@dataclass(frozen=True, slots=True)
class CommsCards:
    quotes: Quotes
    hours: OfficeHours

    def case(self, case: Case, now: datetime, *, mine: bool | None = None) -> Element:
        """`mine`: whether the reader holds the case; None on a card that several people see."""

        def build(limit: int) -> Element:
            body = [
                self._headline(case, now),
                *_asked(case, limit),
                *_answered(case, limit),
                *self._unfolding(case, limit),
            ]
            forms = CaseForms(case, now.astimezone(self.hours.zone).date(), limit, mine)
            return card(self._in_short(case, now), body, [*forms.actions(), *self._desk(case)])

        return fitted(build)

    def with_draft(self, case: Case, typed: str, now: datetime) -> Element:
        """The form of an answer with the draft after what was `typed` before. Raises BadInput
        where both together are too long: a cut answer must not be sent as if it were whole."""
        text = "\n".join(part for part in (typed, case.draft) if part)

        def build(limit: int) -> Element:
            forms = CaseForms(case, now.astimezone(self.hours.zone).date(), limit)
            question = box(words(cut(case.question, limit), weight="Bolder"))
            body = [self._headline(case, now), question, *forms.answer(text)]
            return card(self._in_short(case, now), body, [forms.send()])

        form = fitted(build)
        if len(text) > LONGEST_ANSWER or not fits(form):
            raise BadInput(DRAFT_TOO_LONG)
        return form

    def notice(self, notice: CaseNotice, now: datetime) -> Element:
        """It is a reply to the card of the case, which has the buttons."""
        text = case_notices.notice(notice, self.hours, now)

        def build(limit: int) -> Element:
            shown = [*words(text.told, weight="Bolder"), *words(cut(text.words, limit))]
            return card(text.told, shown)

        return fitted(build)

    def _headline(self, case: Case, now: datetime) -> Element:
        holder = f", with {case.holder.name}" if case.holder and case.holder.name else ""
        colour = COLOURS.get(case.status, "Default")
        parts = [
            run(f"{case.ref}  ", weight="Bolder", size="Large"),
            run(f"{case.status}{holder}", weight="Bolder", color=colour),
        ]
        if case.status in PENDING:
            style = {"color": "Attention"} if now >= case.due_at else {}
            parts.append(run(f"  due {self.hours.phrase(case.due_at, now)}", **style))
        return runs(*parts)

    def _in_short(self, case: Case, now: datetime) -> str:
        """Without the words of the question: notifications appear on lock screens."""
        due = f", due {self.hours.phrase(case.due_at, now)}" if case.status in PENDING else ""
        return f"{case.ref} is {case.status}{due}."

    def _unfolding(self, case: Case, limit: int) -> list[Element]:
        """The closest clauses and the history, which make the card long, behind buttons."""
        parts = {
            "closest": (CLOSEST, self._closest(case, limit)),
            "history": (HISTORY, self._history(case, limit)),
        }
        shown = {name: part for name, part in parts.items() if part[1]}
        return [
            buttons(*(toggle(title, name) for name, (title, _) in shown.items())),
            *(box(lines, id=name, isVisible=False) for name, (_, lines) in shown.items()),
        ]

    def _closest(self, case: Case, limit: int) -> list[Element]:
        if case.status not in PENDING:
            return []
        return [
            box(
                [
                    *words(cut(f"“{quote.text}”", limit)),
                    *words(quote.place, weight="Bolder", size="Small"),
                    *self.quotes.title(quote),
                    *self.quotes.clause(f"closest{number}", quote, limit),
                ],
                style="emphasis",
            )
            for number, quote in enumerate(case.closest[:MOST_QUOTES])
        ]

    def _history(self, case: Case, limit: int) -> list[Element]:
        return [
            line
            for event in case.events[-MOST_EVENTS:]
            for line in words(self._event(event, limit), size="Small")
        ]

    def _event(self, event: Event, limit: int) -> str:
        at = event.at.astimezone(self.hours.zone)
        text = f": {cut(event.text, limit)}" if event.text else ""
        return f"{at:%d.%m.%Y %H:%M}  {event.step} by {event.person.name or 'unnamed'}{text}"

    def _desk(self, case: Case) -> list[Element]:
        """A link to the case in the browser, if there are public pages."""
        page = f"{self.quotes.address}/desk/cases/{case.ref}"
        shown = {**open_url(AT_THE_DESK.format(ref=case.ref), page), "mode": "secondary"}
        return [shown] if self.quotes.address else []


def _answered(case: Case, limit: int) -> list[Element]:
    answer = case.last_answer
    if answer is None:
        return []
    by = cut(answer.person.name or "a colleague", LONGEST_NAME)
    shown = [*words(f"Answer by {by}:", weight="Bolder"), *words(cut(answer.text, limit))]
    return [box(shown)]


def _asked(case: Case, limit: int) -> list[Element]:
    names = [cut(asker.person.name or "unnamed", LONGEST_NAME) for asker in case.askers]
    more = f" and {len(names) - MOST_ASKERS} more" if len(names) > MOST_ASKERS else ""
    askers = f"Asked by {', '.join(names[:MOST_ASKERS])}{more} ({case.role})."
    earlier = [
        line
        for text in case.history[-MOST_EARLIER:]
        for line in words(cut(f"Earlier: {text}", limit), isSubtle=True)
    ]
    return [
        *earlier,
        box(words(cut(case.question, limit), size="Medium", weight="Bolder")),
        *words(f"{askers} {reason_line(case)}", isSubtle=True),
    ]
