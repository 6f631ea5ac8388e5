"""Example questions that teach a policy: owners add, edit and delete them, and decide on those
that are proposed from what people asked."""

from collections.abc import Collection, Iterable

from desk.model.audit import Action, Note
from desk.model.errors import Overtaken, TooManyQuestions
from desk.model.people import ActorRole, Person
from desk.model.question import normal_words
from desk.model.taught_question import (
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    Origin,
    Proposal,
    TaughtQuestion,
)
from desk.model.text import required
from desk.storage import person_table, proposal_queries, taught_question_table
from desk.storage.database import Storage, Transaction
from desk.storage.taught_question_table import Added
from knowledge.bank import BankQuestion

MOST_PROPOSED = 100
"""Proposals that are shown at once, the latest."""
DECIDED = "Somebody has decided on this question already."


class Teaching:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def version(self) -> int:
        """A counter that every change of any policy's questions increments."""
        with self._storage.read() as tx:
            return taught_question_table.version(tx)

    def of_policy(self, policy: str) -> tuple[TaughtQuestion, ...]:
        """In the order in which they were added."""
        with self._storage.read() as tx:
            return taught_question_table.of_policy(tx, policy)

    def by_policy(self) -> dict[str, tuple[BankQuestion, ...]]:
        """The questions of every policy that has any."""
        found: dict[str, tuple[BankQuestion, ...]] = {}
        with self._storage.read() as tx:
            for each in taught_question_table.listed(tx):
                found[each.policy] = (*found.get(each.policy, ()), each.question)
        return found

    def show(self, policy: str, number: int) -> TaughtQuestion:
        """Raises NoSuchTaughtQuestion."""
        with self._storage.read() as tx:
            return taught_question_table.load(tx, policy, number)

    def add(
        self, policy: str, questions: Iterable[BankQuestion], origin: Origin, by: Person
    ) -> int:
        """How many were new: one that the policy has already is not added again.

        The caller has checked that their sentences are in the policy. Raises TooManyQuestions,
        NothingSaid and TooLong.
        """
        with self._storage.begin() as tx:
            who = person_table.known(tx, by, ActorRole.COMMS)
            new = _new(tx, policy, questions)
            _check_room(tx, policy, len(new))
            added = taught_question_table.add(tx, policy, new, Added(origin, who))
            if added:
                tx.note(Note(who.id, ActorRole.COMMS, Action.TAUGHT, f"{policy}: {added}"[-200:]))
            return added

    def edit(self, policy: str, number: int, question: BankQuestion, by: Person) -> None:
        """Raises NoSuchTaughtQuestion, NothingSaid and TooLong."""
        with self._storage.begin() as tx:
            taught_question_table.load(tx, policy, number)
            _check(question)
            taught_question_table.change(tx, number, question)
            self._note(tx, Action.TAUGHT_OTHERWISE, f"{policy}: {number}", by)

    def delete(self, policy: str, numbers: Collection[int], by: Person) -> int:
        """How many there were."""
        with self._storage.begin() as tx:
            gone = taught_question_table.remove(tx, policy, numbers)
            if gone:
                self._note(tx, Action.UNTAUGHT, f"{policy}: {gone}", by)
            return gone

    def proposals(self, policy: str) -> tuple[Proposal, ...]:
        """What people asked and comms answered from a clause of this policy, and answers of the
        bot that an asker confirmed, the latest first. Nothing is taken without `take`."""
        with self._storage.read() as tx:
            decided = taught_question_table.decided(tx, policy)
            found = proposal_queries.proposals(tx, policy, MOST_PROPOSED + len(decided))
        return tuple(each for each in found if each.source not in decided)[:MOST_PROPOSED]

    def take(self, policy: str, source: str, question: BankQuestion, by: Person) -> None:
        """Add a proposed question as an owner has worded it.

        Raises Overtaken where somebody else has decided on it, TooManyQuestions, NothingSaid and
        TooLong.
        """
        with self._storage.begin() as tx:
            who = person_table.known(tx, by, ActorRole.COMMS)
            _check(question)
            _check_room(tx, policy, 1)
            _decide(tx, policy, source)
            asked_in = proposal_queries.asked_in(tx, source)
            added = Added(Origin.PROPOSED, who, *asked_in)
            taught_question_table.add(tx, policy, [question], added)
            tx.note(Note(who.id, ActorRole.COMMS, Action.TAUGHT, f"{policy}: {source}"[-200:]))

    def decline(self, policy: str, source: str, by: Person) -> None:
        """Do not propose it for this policy again. Raises Overtaken."""
        with self._storage.begin() as tx:
            _decide(tx, policy, source)
            self._note(tx, Action.PROPOSAL_DECLINED, f"{policy}: {source}", by)

    def _note(self, tx: Transaction, action: Action, subject: str, by: Person) -> None:
        who = person_table.known(tx, by, ActorRole.COMMS)
        tx.note(Note(who.id, ActorRole.COMMS, action, subject[-200:]))


def asked_alike(question: BankQuestion) -> tuple[str, ...]:
    """Equal for questions that say the same words in the same role after the same message."""
    asked = question.asked
    said = (*asked.history[-1:], asked.text)
    return (asked.role.value, *map(normal_words, said))


def _new(
    tx: Transaction, policy: str, questions: Iterable[BankQuestion]
) -> tuple[BankQuestion, ...]:
    stored = taught_question_table.of_policy(tx, policy)
    known = {asked_alike(each.question) for each in stored}
    new = []
    for question in questions:
        _check(question)
        if asked_alike(question) not in known:
            known.add(asked_alike(question))
            new.append(question)
    return tuple(new)


def _check(question: BankQuestion) -> None:
    for said in (question.asked.text, *question.asked.history):
        required(said, "An example question", LONGEST_QUESTION)


def _check_room(tx: Transaction, policy: str, added: int) -> None:
    if taught_question_table.count(tx, policy) + added > MOST_QUESTIONS:
        raise TooManyQuestions(
            f"A policy can have at most {MOST_QUESTIONS:,} example questions. Delete some first."
        )


def _decide(tx: Transaction, policy: str, source: str) -> None:
    if not taught_question_table.decide(tx, policy, source[:40]):
        raise Overtaken(DECIDED)
