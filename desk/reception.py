"""The asker's side before comms are needed: a question comes in and has its one outcome."""

from datetime import datetime

from desk import storage_case_reader, storage_inbox, storage_people
from desk.case import Case, Quote
from desk.errors import AlreadyFinished, NoSuchQuestion, NotYours
from desk.people import Capacity, Contact, Person
from desk.post import Post
from desk.question import Accepted, AlreadySeen, Incoming, Outcome, Question, Verdict
from desk.storage import Storage


class Reception:
    def __init__(self, storage: Storage, post: Post) -> None:
        self._storage = storage
        self._post = post

    def accept(self, incoming: Incoming) -> Accepted | AlreadySeen:
        """From here on the question is never lost: what nobody finishes, the sweeper finds."""
        surface = incoming.contact.surface
        with self._storage.begin() as tx:
            if not storage_inbox.first_time(tx, surface, incoming.event_id):
                return AlreadySeen()
            who = storage_people.known(tx, incoming.person, Capacity.ASKER)
            number = storage_inbox.add(tx, incoming, who)
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
            question = storage_inbox.locked(tx, question_id)
            if not storage_inbox.finish(tx, question_id, outcome, cited, confidence):
                raise AlreadyFinished(f"Question {question_id} has had its reply.")
            self._post.reply(tx, question, body)

    def asked_by(self, person: Person, question_id: int) -> Question:
        """The question, for the one who asked it. Raises NotYours or NoSuchQuestion."""
        with self._storage.read() as tx:
            question = storage_inbox.read(tx, question_id)
            if question.who.id not in storage_people.asking(tx, person.key):
                raise NotYours("Only who asked a question may pass it on.")
            return question

    def feedback(self, question_id: int, person: Person, verdict: Verdict, word: str = "") -> None:
        with self._storage.begin() as tx:
            storage_inbox.locked(tx, question_id)
            who = storage_people.known(tx, person, Capacity.ASKER)
            storage_inbox.set_feedback(tx, question_id, who, verdict, word)

    def case_of_message(self, surface: str, message_id: str) -> str:
        """The reference of the case that a message asked, answered or showed.

        Raises NoSuchQuestion.
        """
        with self._storage.read() as tx:
            number = storage_inbox.case_by_message(tx, surface, message_id)
        if number is None:
            raise NoSuchQuestion("No case came of this message.")
        return f"C-{number}"

    def earlier(self, person: Person, contact: Contact, since: datetime) -> tuple[str, ...]:
        """What this person asked in this place since then, oldest first."""
        with self._storage.read() as tx:
            ids = storage_people.asking(tx, person.key)
            return storage_inbox.earlier(tx, contact, ids, since)

    def asked_at(self, contact: Contact) -> bool:
        """Whether anybody has asked anything in this place."""
        with self._storage.read() as tx:
            return storage_inbox.asked_at(tx, contact)

    def case_at(self, person: Person, contact: Contact) -> Case | None:
        """The latest case in which this person asks from this place."""
        with self._storage.read() as tx:
            ids = storage_people.asking(tx, person.key)
            number = storage_inbox.case_at(tx, contact, ids)
            return None if number is None else storage_case_reader.load(tx, number)

    def cases_of(self, person: Person) -> tuple[Case, ...]:
        """All cases in which this person asks, the latest first."""
        with self._storage.read() as tx:
            ids = storage_people.pseudonyms(tx, person.key)
            return tuple(
                storage_case_reader.load(tx, number) for number in storage_case_reader.of(tx, ids)
            )
