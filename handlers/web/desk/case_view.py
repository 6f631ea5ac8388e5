"""A case as its page shows it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk.model.case import PENDING, Case, Event, Status, Step
from desk.model.case_note import CaseNote, Colleague
from desk.model.people import Person
from desk.model.precedent import Precedent
from desk.services.queue import Neighbours
from desk.services.undo import SentAnswer
from handlers.conversation import publishing
from handlers.conversation.services import Services
from handlers.web.desk import case_steps, insertions
from handlers.web.desk.case_form import CaseForm, picked
from handlers.web.desk.case_steps import StepButton
from handlers.web.desk.clause_choices import Clauses
from handlers.web.desk.insertions import Insertion
from handlers.web.desk.queue_filters import Filters

# How long the page tells somebody that their answer was sent.
A_MOMENT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class CaseView:
    """`begins` is what the answer's box holds when the page is opened, `form` what is in the boxes
    now. `refusal`: why nothing was done. `wrote`: the form that was refused carried words.
    `meanwhile` is what happened to the case since the form was loaded. `shown` is the published
    answer that the page tells of. `texts` can be inserted into the answer besides the close
    clauses. `just_sent`: the reader has answered the case a moment ago, and nothing has happened
    since."""

    case: Case
    mine: bool
    begins: str
    form: CaseForm
    published: tuple[Precedent, ...]
    notes: tuple[CaseNote, ...]
    colleagues: tuple[Colleague, ...]
    texts: tuple[Insertion, ...]
    sent: SentAnswer
    just_sent: bool
    neighbours: Neighbours
    filters: Filters
    preview: bool = False
    publishing: bool = False
    refusal: str = ""
    wrote: bool = False
    meanwhile: tuple[Event, ...] = ()
    shown: Precedent | None = None

    @property
    def waiting(self) -> bool:
        return self.case.status in PENDING

    @property
    def quotes(self) -> tuple[Insertion, ...]:
        return insertions.quotes(self.case.closest)

    @property
    def steps(self) -> tuple[StepButton, ...]:
        return case_steps.buttons(self.case, mine=self.mine)

    @property
    def close_label(self) -> str:
        return case_steps.close_label(self.case, mine=self.mine)

    @property
    def may_publish(self) -> bool:
        return case_steps.may_publish(self.case, mine=self.mine)

    def since(self, version: int) -> "CaseView":
        """With what happened to the case after this version; 0 for a form that names none."""
        after = version or self.case.version
        return replace(self, meanwhile=tuple(each for each in self.case.events if each.id > after))

    def with_inserted(self) -> "CaseView":
        """With the text that the form asks for at the end of the answer."""
        offered = {each.id: each for each in (*self.quotes, *self.texts)}
        wanted = offered.get(self.form.insert)
        if wanted is None:
            return self
        text, cite = wanted.into(self.form.text, self.form.cite)
        return replace(self, form=replace(self.form, text=text, cite=cite))


def loaded(services: Services, ref: str, me: Person, filters: Filters) -> CaseView:
    """Raises NoSuchCase."""
    desk = services.desk
    case = desk.casework.show(ref)
    mine = desk.queue.held(case, me)
    form = _initial_form(services, case, me, mine=mine)
    saved = desk.saved_replies.listed()
    return CaseView(
        case=case,
        mine=mine,
        begins=form.text,
        form=form,
        published=desk.publishing.of_case(case.ref),
        notes=desk.case_notes.of_case(case.ref),
        colleagues=desk.colleagues.listed(),
        texts=(*insertions.published_before(case), *insertions.replies(saved)),
        sent=desk.undo.sent(case),
        just_sent=mine and _just_sent(case, services.clock.now()),
        neighbours=desk.queue.neighbours(case, filters.wanted(me, desk.hours.zone)),
        filters=filters,
    )


def _initial_form(services: Services, case: Case, me: Person, *, mine: bool) -> CaseForm:
    """An answer starts empty, or with the one that the reader has just undone. A correction starts
    from the answer as it was sent, which may also be published."""
    proposed = publishing.proposed(services.office(me), case)
    said = (_undone(case) if mine else None) or case.last_answer
    clauses = Clauses(services.policies)
    return CaseForm(
        since=case.version,
        text=said.text if said else "",
        cite=picked(case, said.cited, clauses) if said else (),
        question=proposed.question,
        owner=proposed.owner,
        review_by=proposed.review_by.isoformat(),
        published_too=True,
    )


def _just_sent(case: Case, now: datetime) -> bool:
    last = case.events[-1]
    answered = case.status is Status.ANSWERED and last.step is Step.ANSWERED
    return answered and now - last.at < A_MOMENT


def _undone(case: Case) -> Event | None:
    """The answer that was undone last, as long as nothing has happened since."""
    if case.events[-1].step is not Step.UNDONE:
        return None
    return next((event for event in reversed(case.events) if event.undone), None)
