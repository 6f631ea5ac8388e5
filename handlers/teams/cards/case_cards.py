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
    beside,
    box,
    card,
    cut,
    execute,
    fits,
    fitted,
    in_menu,
    line,
    linked,
    run,
    runs,
    shortened,
    toggle,
    words,
)
from handlers.teams.cards.quotes import Quotes
from handlers.teams.verbs import Verb
from knowledge.errors import BadInput

MOST_EVENTS = 8
MOST_ASKERS = 10
MOST_EARLIER = 5
MOST_QUOTES = 5
LONGEST_NAME = 60  # characters shown of a name
LONGEST_SHOWN = 240  # characters of a question or an answer; the details have the whole
DETAILS = "Details"
CLOSEST = "Closest clauses"
HISTORY = "History"
REFRESH = "Refresh"
DRAFT_TOO_LONG = "The draft is too long for a card in Teams. Answer this case at the desk."
DESK = "At the desk"
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
                *_answered(case),
                *self._details(case, limit),
            ]
            forms = CaseForms(case, now.astimezone(self.hours.zone).date(), limit, mine)
            details = toggle(DETAILS, DETAILS)
            first, rest = forms.actions()
            menu = in_menu(*rest)
            return _refreshing(
                card(self._in_short(case, now), body, [*first, details, *menu]), case.ref
            )

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
            run(f"{case.ref}  ", weight="Bolder"),
            run(f"{case.status}{holder}", weight="Bolder", color=colour),
        ]
        if case.status in PENDING:
            style = {"color": "Attention"} if now >= case.due_at else {}
            parts.append(run(f"  due {self.hours.phrase(case.due_at, now)}", **style))
        if not self.quotes.address:
            return runs(*parts)
        page = f"{self.quotes.address}/desk/cases/{case.ref}"
        return beside(runs(*parts), linked(DESK, AT_THE_DESK.format(ref=case.ref), page))

    def _in_short(self, case: Case, now: datetime) -> str:
        """Without the words of the question: notifications appear on lock screens."""
        due = f", due {self.hours.phrase(case.due_at, now)}" if case.status in PENDING else ""
        return f"{case.ref} is {case.status}{due}."

    def _details(self, case: Case, limit: int) -> list[Element]:
        """All that makes a card long: hidden until somebody wants it."""
        answer = case.last_answer.text if case.last_answer else ""
        whole = [text for text in (case.question, answer) if _is_cut(text)]
        shown = [each for text in whole for each in words(cut(text, limit))]
        closest, history = self._closest(case, limit), self._history(case, limit)
        shown += [*words(CLOSEST, weight="Bolder"), *closest] if closest else []
        shown += [*words(HISTORY, weight="Bolder"), *history]
        return [box(shown, id=DETAILS, isVisible=False)]

    def _closest(self, case: Case, limit: int) -> list[Element]:
        if case.status not in PENDING:
            return []
        return [
            box(
                [
                    *words(cut(f"“{quote.text}”", limit)),
                    *self.quotes.placed(
                        f"closest{number}",
                        quote,
                        line(run(quote.place, weight="Bolder", size="Small")),
                        limit,
                    ),
                    *self.quotes.title(quote),
                ],
                style="emphasis",
                spacing="Small",
            )
            for number, quote in enumerate(case.closest[:MOST_QUOTES])
        ]

    def _history(self, case: Case, limit: int) -> list[Element]:
        return [
            each
            for event in case.events[-MOST_EVENTS:]
            for each in words(self._event(event, limit), size="Small")
        ]

    def _event(self, event: Event, limit: int) -> str:
        at = event.at.astimezone(self.hours.zone)
        text = f": {cut(event.text, limit)}" if event.text else ""
        return f"{at:%d.%m.%Y %H:%M}  {event.step} by {event.person.name or 'unnamed'}{text}"


def _refreshing(built: Element, ref: str) -> Element:
    """Each reader gets a card of their own, so that only a colleague of the holder is offered to
    take the case over. Without `userIds` Teams asks for it for everybody in a channel of up to 60
    people; in a larger one people choose it in the menu of the message.
    https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views
    """
    return {**built, "refresh": {"action": execute(REFRESH, Verb.VIEW, {"case": ref})}}


def _answered(case: Case) -> list[Element]:
    answer = case.last_answer
    if answer is None:
        return []
    by = cut(answer.person.name or "a colleague", LONGEST_NAME)
    said = shortened(answer.text, LONGEST_SHOWN)
    return [runs(run(f"Answer by {by}: ", weight="Bolder"), run(said))]


def _asked(case: Case, limit: int) -> list[Element]:
    names = [cut(asker.person.name or "unnamed", LONGEST_NAME) for asker in case.askers]
    more = f" and {len(names) - MOST_ASKERS} more" if len(names) > MOST_ASKERS else ""
    askers = f"Asked by {', '.join(names[:MOST_ASKERS])}{more} ({case.role})."
    earlier = [
        each
        for text in case.history[-MOST_EARLIER:]
        for each in words(cut(f"Earlier: {text}", limit), isSubtle=True, size="Small")
    ]
    return [
        *earlier,
        *words(shortened(case.question, LONGEST_SHOWN), weight="Bolder"),
        line(run(f"{askers} {reason_line(case)}", isSubtle=True, size="Small")),
    ]


def _is_cut(text: str) -> bool:
    """Whether the card shows this text otherwise than it was written."""
    return shortened(text, LONGEST_SHOWN) != text
