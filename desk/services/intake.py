"""The asker's side before comms are needed: a question comes in and has its one outcome."""

from dataclasses import replace
from datetime import datetime

from desk.model.case import Case, Quote
from desk.model.errors import AlreadyFinished, NoSuchQuestion, NotYours, Refused
from desk.model.people import ActorRole, Contact, Person
from desk.model.question import (
    NO_DECISION,
    Accepted,
    AlreadySeen,
    Decision,
    InboundEvent,
    Incoming,
    Outcome,
    Question,
    Verdict,
)
from desk.model.text import LONGEST_HISTORY, LONGEST_REMARK, LONGEST_TEXT, limited
from desk.services.notifications import Notifications
from desk.storage import case_queries, case_reader, person_table, question_table
from desk.storage.database import Storage, Transaction
from knowledge.storable_text import storable

LONGEST_ADDRESS = 2_000  # characters: PostgreSQL indexes no more than about 2,700 bytes
WITH_COMMS_ALREADY = "This question is with the communications team. Withdraw it there first."
MOST_CASES = 100  # of a person, the latest


class Intake:
    def __init__(self, storage: Storage, notifications: Notifications) -> None:
        self._storage = storage
        self._notifications = notifications

    def accept(self, incoming: Incoming) -> Accepted | AlreadySeen:
        """Store the question. It cannot be lost after this: if nobody gives it an outcome, the
        sweeper does.

        Raises TooLong, and then nothing is stored.
        """
        given = _storable(incoming)
        with self._storage.begin() as tx:
            if not question_table.first_time(tx, given.contact.surface, given.event_id):
                return AlreadySeen()
            person = person_table.known(tx, given.person, ActorRole.ASKER)
            question = question_table.add(tx, given, person)
            return AlreadySeen() if question is None else Accepted(question)

    def finish(
        self,
        question_id: int,
        outcome: Outcome,
        body: str,
        cited: tuple[Quote, ...] = (),
        decision: Decision = NO_DECISION,
    ) -> None:
        """Give the question its outcome and have `body` delivered. What goes to comms is not
        finished here but by Escalations.hand_over.

        `cited` are the clauses that answer, or with Outcome.OFFERED those that may answer.
        Raises AlreadyFinished and NoSuchQuestion.
        """
        with self._storage.begin() as tx:
            question = question_table.finish(tx, question_id, outcome, cited, decision)
            if question is None:
                question_table.read(tx, question_id)
                raise AlreadyFinished(f"Question {question_id} has had its reply.")
            self._notifications.reply(tx, question, body)

    def asked_by(self, person: Person, question_id: int) -> Question:
        """The question, for the person who asked it. Raises NotYours or NoSuchQuestion."""
        with self._storage.read() as tx:
            question = question_table.read(tx, question_id)
            if question.person.id not in person_table.asking(tx, person.key):
                raise NotYours("Only the person who asked can ask comms this question.")
            return question

    def feedback(
        self, question_id: int, person: Person, verdict: Verdict, remark: str = ""
    ) -> None:
        """What the asker thinks of an answer. A later verdict replaces an earlier one.

        Raises NotYours for the question of somebody else, NoSuchQuestion and TooLong.
        """
        given = limited(remark, "A remark", LONGEST_REMARK)
        with self._storage.begin() as tx:
            question = question_table.locked(tx, question_id)
            who = person_table.known(tx, person, ActorRole.ASKER)
            if question.person.id != who.id:
                raise NotYours("Only the person who asked can say whether the answer helped.")
            question_table.set_feedback(tx, question_id, who, verdict, given)

    def confirm(self, question_id: int, person: Person, number: int) -> None:
        """One of the sections that were suggested answers the question, says its asker: it is now
        answered by that section alone. `number` counts from 1.

        Raises NotYours for the question of somebody else, NoSuchQuestion, and Refused where no such
        section was suggested, or comms have the question already.
        """
        with self._storage.begin() as tx:
            question = question_table.locked(tx, question_id)
            who = person_table.known(tx, person, ActorRole.ASKER)
            if question.person.id != who.id:
                raise NotYours("Only the person who asked can say which section answers.")
            if question.case_id is not None:
                raise Refused(WITH_COMMS_ALREADY)
            if not question_table.confirm(tx, question_id, number):
                raise Refused("This section is no longer offered. Please ask again.")
            question_table.set_feedback(tx, question_id, who, Verdict.HELPFUL, "")

    def case_of_message(self, surface: str, message_id: str) -> str:
        """The reference of the case that a message asked, answered or showed.

        Raises NoSuchQuestion.
        """
        with self._storage.read() as tx:
            return _case_of_message(tx, surface, message_id)

    def case_of_reply(self, event: InboundEvent, message_id: str) -> str | AlreadySeen:
        """As `case_of_message`, for an event that says something beneath that message."""
        with self._storage.begin() as tx:
            ref = _case_of_message(tx, event.surface, message_id)
            is_new = question_table.first_time(tx, event.surface, event.event_id)
            return ref if is_new else AlreadySeen()

    def is_first(self, event: InboundEvent) -> bool:
        """Whether the platform delivers this event for the first time: for an event that is
        answered with a sentence and leaves nothing else behind."""
        with self._storage.begin() as tx:
            return question_table.first_time(tx, event.surface, event.event_id)

    def earlier(
        self, person: Person, contact: Contact, since: datetime, at_most: int = LONGEST_HISTORY
    ) -> tuple[str, ...]:
        """The latest questions of this person in this place since then, oldest first."""
        with self._storage.read() as tx:
            return question_table.earlier(tx, contact, person.key, since, at_most)

    def asked_at(self, contact: Contact) -> bool:
        """Whether anybody has asked anything in this place."""
        with self._storage.read() as tx:
            return question_table.asked_at(tx, contact)

    def case_at(self, person: Person, contact: Contact) -> Case | None:
        """The latest case in which this person asks from this place."""
        with self._storage.read() as tx:
            number = case_queries.at(tx, person.key, contact)
            return None if number is None else case_reader.load(tx, number)

    def cases_of(self, person: Person, at_most: int = MOST_CASES) -> tuple[Case, ...]:
        """The latest cases in which this person asks, the latest first."""
        with self._storage.read() as tx:
            return case_reader.load_all(tx, case_queries.of_person(tx, person.key, at_most))


def _storable(incoming: Incoming) -> Incoming:
    """Raises TooLong, or Refused for an address that is no address of a conversation."""
    if len(incoming.contact.address) > LONGEST_ADDRESS:
        raise Refused("This conversation cannot be answered: its address is too long.")
    latest = incoming.history[-LONGEST_HISTORY:]
    return replace(
        incoming,
        text=limited(incoming.text, "A question"),
        history=tuple(storable(said[:LONGEST_TEXT]) for said in latest),
    )


def _case_of_message(tx: Transaction, surface: str, message_id: str) -> str:
    number = case_queries.of_message(tx, surface, message_id)
    if number is None:
        raise NoSuchQuestion("This message belongs to no case.")
    return f"C-{number}"
