"""The asker's side before comms are needed: a question comes in and has its one outcome."""

from datetime import datetime

from desk.model.case import Case, Quote
from desk.model.errors import AlreadyFinished, NoSuchQuestion, NotYours
from desk.model.people import ActorRole, Contact, Person
from desk.model.question import (
    Accepted,
    AlreadySeen,
    InboundEvent,
    Incoming,
    Outcome,
    Question,
    Verdict,
)
from desk.services.notifications import Notifications
from desk.storage import case_reader, person_table, question_table
from desk.storage.database import Storage, Transaction


class Intake:
    def __init__(self, storage: Storage, post: Notifications) -> None:
        self._storage = storage
        self._post = post

    def accept(self, incoming: Incoming) -> Accepted | AlreadySeen:
        """From here on the question is never lost: what nobody finishes, the sweeper finds."""
        surface = incoming.contact.surface
        with self._storage.begin() as tx:
            if not question_table.first_time(tx, surface, incoming.event_id):
                return AlreadySeen()
            who = person_table.known(tx, incoming.person, ActorRole.ASKER)
            number = question_table.add(tx, incoming, who)
            return AlreadySeen() if number is None else Accepted(number)

    def finish(
        self,
        question_id: int,
        outcome: Outcome,
        body: str,
        cited: tuple[Quote, ...] = (),
        confidence: float | None = None,
    ) -> None:
        """Give the question its outcome and have `body` delivered. Raises AlreadyFinished.

        `confidence`, 0 to 1, is how sure the bot was, where it answered by itself.

        What goes to comms is not finished here but by Opening.hand_over.
        """
        with self._storage.begin() as tx:
            question = question_table.locked(tx, question_id)
            if not question_table.finish(tx, question_id, outcome, cited, confidence):
                raise AlreadyFinished(f"Question {question_id} has had its reply.")
            self._post.reply(tx, question, body)

    def asked_by(self, person: Person, question_id: int) -> Question:
        """The question, for the one who asked it. Raises NotYours or NoSuchQuestion."""
        with self._storage.read() as tx:
            question = question_table.read(tx, question_id)
            if question.who.id not in person_table.asking(tx, person.key):
                raise NotYours("Only who asked a question may pass it on.")
            return question

    def feedback(self, question_id: int, person: Person, verdict: Verdict, word: str = "") -> None:
        with self._storage.begin() as tx:
            question_table.locked(tx, question_id)
            who = person_table.known(tx, person, ActorRole.ASKER)
            question_table.set_feedback(tx, question_id, who, verdict, word)

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

    def earlier(self, person: Person, contact: Contact, since: datetime) -> tuple[str, ...]:
        """What this person asked in this place since then, oldest first."""
        with self._storage.read() as tx:
            ids = person_table.asking(tx, person.key)
            return question_table.earlier(tx, contact, ids, since)

    def asked_at(self, contact: Contact) -> bool:
        """Whether anybody has asked anything in this place."""
        with self._storage.read() as tx:
            return question_table.asked_at(tx, contact)

    def case_at(self, person: Person, contact: Contact) -> Case | None:
        """The latest case in which this person asks from this place."""
        with self._storage.read() as tx:
            ids = person_table.asking(tx, person.key)
            number = question_table.case_at(tx, contact, ids)
            return None if number is None else case_reader.load(tx, number)

    def cases_of(self, person: Person) -> tuple[Case, ...]:
        """All cases in which this person asks, the latest first."""
        with self._storage.read() as tx:
            ids = person_table.pseudonyms(tx, person.key)
            return tuple(case_reader.load(tx, number) for number in case_reader.of(tx, ids))


def _case_of_message(tx: Transaction, surface: str, message_id: str) -> str:
    number = question_table.case_by_message(tx, surface, message_id)
    if number is None:
        raise NoSuchQuestion("No case came of this message.")
    return f"C-{number}"
