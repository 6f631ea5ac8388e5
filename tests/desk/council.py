"""A small council: who asks, who answers, and how a question reaches comms."""

from itertools import count

from desk.model.case import Case, Naming, PersonalData, Quote
from desk.model.people import Contact, Person
from desk.model.question import Accepted, Escalation, InboundEvent, Incoming
from desk.services.desk import Desk
from knowledge.policy import Role
from knowledge.reason import Reason

ANN = Person("terminal:ann", "Ann Asker")
BOB = Person("terminal:bob", "Bob Borough")
JANE = Person("terminal:jane", "Jane Smith")
OMAR = Person("terminal:omar", "Omar Khan")
COMMS = Contact("comms", '"channel"')
CLAUSE = Quote("social-media", "4(c)", "Purdah", "You must not post during purdah.")
QUESTION = "May I post about the election?"

_numbers = count(1)


def at_home(person: Person) -> Contact:
    return Contact("terminal", person.key)


def incoming(person: Person = ANN, text: str = QUESTION, message: str = "") -> Incoming:
    number = next(_numbers)
    return Incoming(
        event_id=f"event-{number}",
        message_id=message or f"message-{number}",
        contact=at_home(person),
        person=person,
        role=Role.STAFF,
        text=text,
    )


def accepted(desk: Desk, question: Incoming) -> int:
    outcome = desk.intake.accept(question)
    assert isinstance(outcome, Accepted)
    return outcome.question_id


def opened(
    desk: Desk,
    person: Person = ANN,
    text: str = QUESTION,
    *,
    message: str = "",
    reason: Reason = Reason.BELOW_THRESHOLD,
    naming: Naming = Naming.NAMED,
    personal_data: PersonalData = PersonalData.MASKED,
) -> Case:
    number = accepted(desk, incoming(person, text, message))
    why = Escalation(
        question_id=number,
        reason=reason,
        closest=(CLAUSE,),
        draft="Section 4(c) says no.",
        naming=naming,
        personal_data=personal_data,
        body="to the asker",
    )
    return desk.escalations.hand_over(why)


def event(person: Person = ANN) -> InboundEvent:
    """Something new that a person does on their platform."""
    return InboundEvent(f"event-{next(_numbers)}", "terminal", person)


def followed_up(desk: Desk, ref: str, person: Person, text: str) -> Case:
    return _changed(desk.case_edits.follow_up(event(person), ref, text))


def withdrawn(desk: Desk, ref: str, person: Person) -> Case:
    return _changed(desk.case_edits.withdraw(event(person), ref))


def edited(desk: Desk, message_id: str, text: str, person: Person = ANN) -> Case:
    return _changed(desk.case_edits.edited(event(person), message_id, text))


def deleted(desk: Desk, message_id: str, person: Person = ANN) -> Case:
    return _changed(desk.case_edits.deleted(event(person), message_id))


def _changed(outcome: object) -> Case:
    assert isinstance(outcome, Case)
    return outcome


def answered(desk: Desk, text: str = "No, wait until polling day.") -> Case:
    return desk.casework.answer(opened(desk).ref, JANE, text, (CLAUSE,))
