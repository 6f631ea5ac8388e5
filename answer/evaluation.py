"""How good the replies are, on questions whose right reply is known."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from answer.assistant import Assessment, Assistant
from answer.correctness import answers, holds
from answer.reply import Answer, Clarify, Decline, HandOver, Help, Reply
from knowledge.bank import BankQuestion, Intent

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
    asked for even where the reply is no answer; `milliseconds` are the reply's."""

    question: BankQuestion
    reply: Reply
    confidence: float
    first: bool
    three: bool
    complete: bool
    milliseconds: float

    @property
    def wrong(self) -> bool:
        return isinstance(self.reply, Answer) and not self.first

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

    def share(self, test: Callable[[Outcome], bool], among: Sequence[Outcome]) -> float:
        return sum(map(test, among)) / len(among) if among else float("nan")

    def milliseconds(self, percentile: float) -> float:
        return float(np.percentile([o.milliseconds for o in self.outcomes], percentile))


def is_answered(outcome: Outcome) -> bool:
    return isinstance(outcome.reply, Answer)


def is_handled_right(outcome: Outcome) -> bool:
    return isinstance(outcome.reply, RIGHT_REPLIES[outcome.question.kind])


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
        milliseconds=milliseconds,
    )


def _is_complete(guess: Assessment, question: BankQuestion) -> bool:
    """Whether a clause of every needed group is among those quoted."""
    quoted = [guess.evidence.passages[row].clause for row in guess.rows]
    return bool(question.needed) and all(
        any(holds(clause, group) for clause in quoted) for group in question.needed
    )
