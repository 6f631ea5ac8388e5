"""When a clause is a right answer to a question of known answer."""

from knowledge.bank import BankQuestion
from knowledge.policy import Clause


def answers(clause: Clause, question: BankQuestion) -> bool:
    """Whether the clause holds a needed sentence; no clause answers what the policy does not."""
    return any(holds(clause, group) for group in question.needed)


def holds(clause: Clause, texts: tuple[str, ...]) -> bool:
    return any(sentence.text in texts for sentence in clause.sentences)
