"""Example questions that teach a policy: owners add, edit and delete them, and decide on those
that are proposed from what people asked."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from desk.model.audit import Action, Note
from desk.model.errors import AlreadyTaught, NoSuchProposal, Overtaken, TooManyQuestions
from desk.model.people import ActorRole, Person
from desk.model.taught_question import MOST_QUESTIONS, Origin, Proposal, TaughtQuestion
from desk.model.text import LONGEST_HISTORY, limited, required
from desk.storage import person_table, proposal_queries, taught_question_table
from desk.storage.database import Storage, Transaction
from desk.storage.taught_question_table import Added
from knowledge.bank import BankQuestion
from knowledge.question_fields import LONGEST_QUESTION
from knowledge.same_question import asked_alike

MOST_PROPOSED = 100
"""Proposals that are shown at once, the latest."""
DECIDED = "Somebody has decided on this question already."
NO_PROPOSAL = "Somebody has decided on this question, or its words were deleted."
TAUGHT_ALREADY = "The policy has this question already."


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
        found: dict[str, list[BankQuestion]] = {}
        with self._storage.read() as tx:
            for each in taught_question_table.listed(tx):
                found.setdefault(each.policy, []).append(each.question)
        return {policy: tuple(questions) for policy, questions in found.items()}

    def counts(self) -> dict[str, int]:
        """How many questions each policy has that has any, also one that is no longer in force."""
        with self._storage.read() as tx:
            return taught_question_table.counts(tx)

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
        """Raises NoSuchTaughtQuestion, AlreadyTaught where another question says the same,
        NothingSaid and TooLong."""
        with self._storage.begin() as tx:
            taught_question_table.load(tx, policy, number)
            cleaned = _cleaned(question)
            _check_is_new(tx, policy, cleaned, number)
            taught_question_table.change(tx, number, cleaned)
            self._note(tx, Action.TAUGHT_OTHERWISE, f"{policy}: {number}", by)

    def delete(self, policy: str, numbers: Collection[int], by: Person) -> int:
        """How many there were."""
        with self._storage.begin() as tx:
            return self._deleted(tx, policy, taught_question_table.remove(tx, policy, numbers), by)

    def delete_all(self, policy: str, by: Person) -> int:
        """How many there were. The policy need not be in force."""
        with self._storage.begin() as tx:
            return self._deleted(tx, policy, taught_question_table.remove_all(tx, policy), by)

    def proposals(self, policy: str) -> tuple[Proposal, ...]:
        """What people asked and comms answered from a clause of this policy, and answers of the
        bot that an asker confirmed, the latest first. Nothing is taken without `take`."""
        with self._storage.read() as tx:
            return proposal_queries.proposals(tx, policy, MOST_PROPOSED)

    def proposal(self, policy: str, source: str) -> Proposal:
        """The one from this case ("C-12") or question ("Q-40"). Raises NoSuchProposal."""
        with self._storage.read() as tx:
            found = proposal_queries.proposal(tx, policy, source)
        if found is None:
            raise NoSuchProposal(NO_PROPOSAL)
        return found

    def take(self, policy: str, source: str, question: BankQuestion, by: Person) -> None:
        """Add a proposed question as an owner has worded it.

        Raises Overtaken where somebody else has decided on it, AlreadyTaught, TooManyQuestions,
        NothingSaid and TooLong.
        """
        with self._storage.begin() as tx:
            who = person_table.known(tx, by, ActorRole.COMMS)
            cleaned = _cleaned(question)
            _check_is_new(tx, policy, cleaned)
            _check_room(tx, policy, 1)
            _decide(tx, policy, source)
            asked_in = proposal_queries.asked_in(tx, source)
            added = Added(Origin.PROPOSED, who, *asked_in)
            taught_question_table.add(tx, policy, [cleaned], added)
            tx.note(Note(who.id, ActorRole.COMMS, Action.TAUGHT, f"{policy}: {source}"[-200:]))

    def decline(self, policy: str, source: str, by: Person) -> None:
        """Do not propose it for this policy again. Raises Overtaken."""
        with self._storage.begin() as tx:
            _decide(tx, policy, source)
            self._note(tx, Action.PROPOSAL_DECLINED, f"{policy}: {source}", by)

    def _deleted(self, tx: Transaction, policy: str, count: int, by: Person) -> int:
        if count:
            self._note(tx, Action.UNTAUGHT, f"{policy}: {count}", by)
        return count

    def _note(self, tx: Transaction, action: Action, subject: str, by: Person) -> None:
        who = person_table.known(tx, by, ActorRole.COMMS)
        tx.note(Note(who.id, ActorRole.COMMS, action, subject[-200:]))


def _new(
    tx: Transaction, policy: str, questions: Iterable[BankQuestion]
) -> tuple[BankQuestion, ...]:
    stored = taught_question_table.of_policy(tx, policy)
    known = {asked_alike(each.question.asked) for each in stored}
    new = []
    for question in map(_cleaned, questions):
        if asked_alike(question.asked) not in known:
            known.add(asked_alike(question.asked))
            new.append(question)
    return tuple(new)


def _check_is_new(tx: Transaction, policy: str, question: BankQuestion, number: int = 0) -> None:
    """Whether no question but `number` says the same."""
    for each in taught_question_table.of_policy(tx, policy):
        if each.id != number and asked_alike(each.question.asked) == asked_alike(question.asked):
            raise AlreadyTaught(TAUGHT_ALREADY)


def _cleaned(question: BankQuestion) -> BankQuestion:
    """As it can be stored, without earlier messages that say nothing."""
    asked = question.asked
    text = required(asked.text, "An example question", LONGEST_QUESTION)
    earlier = (limited(each, "An earlier message", LONGEST_QUESTION) for each in asked.history)
    history = tuple(said for each in earlier if (said := each.strip()))
    return replace(question, asked=replace(asked, text=text, history=history[-LONGEST_HISTORY:]))


def _check_room(tx: Transaction, policy: str, added: int) -> None:
    if taught_question_table.count(tx, policy) + added > MOST_QUESTIONS:
        raise TooManyQuestions(
            f"A policy can have at most {MOST_QUESTIONS:,} example questions. Delete some first."
        )


def _decide(tx: Transaction, policy: str, source: str) -> None:
    if not taught_question_table.decide(tx, policy, source[:40]):
        raise Overtaken(DECIDED)
