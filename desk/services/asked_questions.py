"""What people asked in the last days, what the bot replied, and correcting a reply."""

from desk.model.asked_question import AskedFilter, AskedPage, AskedQuestion
from desk.model.case import Case, Naming, Quote, Step
from desk.model.errors import NoSuchQuestion, Refused
from desk.model.people import ActorRole, Person
from desk.model.question import Escalation, Question
from desk.model.text import limited, required
from desk.services.casework import Casework
from desk.services.escalation import Escalations
from desk.storage import asked_queries, case_reader, person_table, question_table
from desk.storage.case_table import NewEvent
from desk.storage.database import Storage, Transaction
from knowledge.reason import Reason

LONGEST_SEARCH = 1_000  # characters
NOT_RIGHT = "The bot's reply to this question was not right. The right answer is:"
"""Stands before the correction, as its asker reads it."""
WITH_COMMS = "This question is with the communications team as {ref}. Answer or correct it there."
SAME_WAITS = "A case waits for the same question. Answer that case first."
HIDDEN = "This question may be a sensitive matter, which its asker did not bring to you."


class AskedQuestions:
    def __init__(self, storage: Storage, escalations: Escalations, casework: Casework) -> None:
        self._storage = storage
        self._escalations = escalations
        self._casework = casework

    def page(self, wanted: AskedFilter, at_most: int) -> AskedPage:
        """The latest first. Raises TooLong for the text that is searched."""
        limited(wanted.text, "A search", LONGEST_SEARCH)
        with self._storage.read() as tx:
            return asked_queries.page(tx, wanted, at_most)

    def show(self, number: int) -> AskedQuestion:
        """Raises NoSuchQuestion, also for one whose words were deleted."""
        with self._storage.read() as tx:
            return _shown(tx, number)

    def reply_body(self, number: int) -> str:
        """What the bot replied, as the conversation wrote it; empty where that is gone, or where
        the question went to comms."""
        with self._storage.read() as tx:
            return asked_queries.reply_body(tx, number)

    def correct(self, number: int, by: Person, text: str, cited: tuple[Quote, ...] = ()) -> Case:
        """Send the asker of this question what comms say instead of the bot's reply.

        It is the answer of a new case, in which the asker is unnamed. The same correction by the
        same colleague again changes nothing. Raises NothingSaid, TooLong, NoSuchQuestion, and
        Refused where comms have the question already or may not see it.
        """
        said = f"{NOT_RIGHT}\n\n{required(text, 'A correction')}"
        with self._storage.begin() as tx:
            question = question_table.locked(tx, number)
            who = person_table.known(tx, by, ActorRole.COMMS)
            if question.case_id is not None:
                return _repeated(case_reader.load(tx, question.case_id), who.id, said)
            if _shown(tx, number).hidden:
                raise Refused(HIDDEN)
            case_id = self._open(tx, question)
            event = NewEvent(Step.ANSWERED, who, ActorRole.COMMS, said, cited)
            return self._casework.answer_in(tx, case_id, event)

    def _open(self, tx: Transaction, question: Question) -> int:
        why = Escalation(question.id, Reason.CORRECTED, naming=Naming.UNNAMED)
        case_id = self._escalations.open_for_correction(tx, question, why)
        if case_id is None:
            raise Refused(SAME_WAITS)
        return case_id


def _shown(tx: Transaction, number: int) -> AskedQuestion:
    found = asked_queries.one(tx, number)
    if found is None:
        raise NoSuchQuestion(f"There is no question Q-{number}: it may have been deleted.")
    return found


def _repeated(case: Case, by: str, said: str) -> Case:
    """The case, if it holds this correction of this colleague. Raises Refused."""
    last = case.last_answer
    if last is None or (last.person.id, last.text) != (by, said):
        raise Refused(WITH_COMMS.format(ref=case.ref))
    return case
