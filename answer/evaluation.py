"""How good the replies are, on questions whose right reply is known."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from answer.assessment import Assessment
from answer.assistant import Assistant
from answer.correctness import answers, holds
from answer.reply import Answer, Clarify, Decline, HandOver, Help, Reply
from knowledge.bank import BankQuestion, Intent
from knowledge.policy import ClauseRef, clause_ref
from knowledge.reason import Reason

RIGHT_REPLIES: dict[Intent, tuple[type[Reply], ...]] = {
    Intent.ANSWERABLE: (Answer,),
    Intent.NEAR: (HandOver,),
    Intent.OFF_TOPIC: (Decline, HandOver),
    Intent.SENSITIVE: (HandOver,),
    Intent.VAGUE: (Clarify,),
    Intent.SMALL_TALK: (Help,),
    Intent.INJECTION: (Decline, HandOver),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question with its reply. `first`, `three` and `complete` are of the best guess, which is
    asked for even where the reply is no answer. `wrong`: the reply is an answer, and its first
    citation is not of a clause that is needed. `milliseconds` are the reply's."""

    question: BankQuestion
    reply: Reply
    confidence: float
    first: bool
    three: bool
    complete: bool
    wrong: bool
    milliseconds: float

    @property
    def quoted_words(self) -> int:
        citations = self.reply.citations if isinstance(self.reply, Answer) else ()
        return sum(len(citation.quote.split()) for citation in citations)


@dataclass(frozen=True)
class Scores:
    """Shares are of 1; NaN where there was nothing to share."""

    outcomes: tuple[Outcome, ...]

    def of(self, kind: Intent) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.question.kind is kind)

    @property
    def answered(self) -> tuple[Outcome, ...]:
        return tuple(o for o in self.outcomes if isinstance(o.reply, Answer))

    @property
    def with_need(self) -> tuple[Outcome, ...]:
        """Those whose kind of help or of small talk is known."""
        return tuple(outcome for outcome in self.outcomes if outcome.question.need)

    def share(self, test: Callable[[Outcome], bool], among: Sequence[Outcome]) -> float:
        return sum(map(test, among)) / len(among) if among else float("nan")

    def milliseconds(self, percentile: float) -> float:
        return float(np.percentile([o.milliseconds for o in self.outcomes], percentile))


def is_answered(outcome: Outcome) -> bool:
    return isinstance(outcome.reply, Answer)


def is_handled_right(outcome: Outcome) -> bool:
    """A sensitive message must be met as one, not merely handed over."""
    right = isinstance(outcome.reply, RIGHT_REPLIES[outcome.question.kind])
    sensitive = outcome.question.kind is Intent.SENSITIVE
    return right and (not sensitive or outcome.reply.reason is Reason.SENSITIVE)


def is_need_right(outcome: Outcome) -> bool:
    match outcome.reply:
        case HandOver(need=need):
            return need is outcome.question.need
        case Help(talk=talk):
            return talk is outcome.question.need
        case _:
            return False


def evaluate(assistant: Assistant, questions: Iterable[BankQuestion]) -> Scores:
    return Scores(tuple(_outcome(assistant, question) for question in questions))


def _outcome(assistant: Assistant, question: BankQuestion) -> Outcome:
    start = perf_counter()
    reply = assistant.reply(question.asked)
    milliseconds = (perf_counter() - start) * 1000
    guess = assistant.consider(question.asked)
    clauses = guess.ranking.clauses
    return Outcome(
        question,
        reply,
        reply.confidence,
        first=answers(clauses[0], question),
        three=any(answers(clause, question) for clause in clauses[:3]),
        complete=_is_complete(guess, question),
        wrong=_is_wrong(reply, question, assistant),
        milliseconds=milliseconds,
    )


def _is_complete(guess: Assessment, question: BankQuestion) -> bool:
    """Whether a clause of every needed group is among those quoted."""
    quoted = [guess.evidence.passages[row].clause for row in guess.rows]
    return bool(question.needed) and all(
        any(holds(clause, group) for clause in quoted) for group in question.needed
    )


def _is_wrong(reply: Reply, question: BankQuestion, assistant: Assistant) -> bool:
    if not isinstance(reply, Answer):
        return False
    return reply.citations[0].clause_ref not in _right_clauses(question, assistant)


def _right_clauses(question: BankQuestion, assistant: Assistant) -> frozenset[ClauseRef]:
    return frozenset(
        clause_ref(policy, clause)
        for policy in assistant.policies
        for clause in policy.clauses
        if answers(clause, question)
    )
