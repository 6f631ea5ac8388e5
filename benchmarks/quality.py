"""How often the bot and its peers are right, on the same questions.

    python -m benchmarks.quality QUESTIONS...

An answer is wrong unless the first clause is right; any answer to what the policy does not answer
is wrong. The columns "at 5 %" and "at 10 %" are the share of the answerable questions that are
answered where at most that share of the answers is wrong, at the best threshold for these very
questions: an upper bound, since nobody knows that threshold beforehand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from sklearn.metrics import roc_auc_score

from answer.assistant import Assistant
from answer.correctness import answers
from answer.evaluation import Outcome, Scores, evaluate, is_answered
from app.assistant import assistant
from app.command_line import with_settings
from benchmarks.peers import Peer, peers
from knowledge.bank import BankQuestion, Intent, read_questions, read_sentence_ids
from settings import Settings

HEADINGS = ("first right", "among three", "at 5 %", "at 10 %", "AUROC near")
NOTE = (
    "At 5 %, at 10 %: share of the answerable that is answered with at most so many of the answers "
    "wrong,\nat the best threshold on the system's own score for these very questions: an upper "
    "bound.\nAUROC near: whether the score tells answerable questions from near misses (0.5: not)."
)


@dataclass(frozen=True, slots=True)
class Guess:
    """`first`, `three`: whether the first clause is right, and one of the first three."""

    kind: Intent
    first: bool
    three: bool
    score: float

    @property
    def answerable(self) -> bool:
        return self.kind is Intent.ANSWERABLE


def peer_guesses(peer: Peer, questions: Sequence[BankQuestion]) -> Iterator[Guess]:
    for question in questions:
        found = peer.search(question.asked)
        right = [answers(clause, question) for clause in found.clauses]
        yield Guess(question.kind, any(right[:1]), any(right), found.score)


def bot_guesses(scores: Scores) -> Iterator[Guess]:
    for outcome in scores.outcomes:
        kind, confidence = outcome.question.kind, outcome.confidence
        yield Guess(kind, outcome.first, outcome.three, confidence)


def figures(guesses: Sequence[Guess]) -> tuple[float, ...]:
    """In the order of HEADINGS, shares of 1."""
    answerable = [guess for guess in guesses if guess.answerable]
    return (
        sum(guess.first for guess in answerable) / len(answerable),
        sum(guess.three for guess in answerable) / len(answerable),
        answered_at(guesses, 0.05),
        answered_at(guesses, 0.10),
        auroc([g for g in guesses if g.answerable or g.kind is Intent.NEAR]),
    )


def answered_at(guesses: Sequence[Guess], most_wrong: float) -> float:
    """The greatest share of the answerable that any threshold answers within `most_wrong`."""
    best = 0
    for threshold in {guess.score for guess in guesses}:
        shown = [guess for guess in guesses if guess.score >= threshold]
        wrong = sum(not guess.first for guess in shown) / len(shown)
        if wrong <= most_wrong:
            best = max(best, sum(guess.answerable for guess in shown))
    return best / sum(guess.answerable for guess in guesses)


def auroc(guesses: Sequence[Guess]) -> float:
    """NaN where there are only answerable questions or only near misses."""
    answerable = [guess.answerable for guess in guesses]
    if len(set(answerable)) < 2:
        return float("nan")
    return float(roc_auc_score(answerable, [guess.score for guess in guesses]))


def line(name: str, found: Sequence[float]) -> str:
    *shares, area = found
    return f"{name:16}" + "".join(f"{100 * share:>11.1f} %" for share in shares) + f"{area:>13.3f}"


def as_set(assistant: Assistant, scores: Scores) -> str:
    answered = 100 * scores.share(is_answered, scores.of(Intent.ANSWERABLE))
    wrong = 100 * scores.share(_wrong, scores.answered)
    return (
        f"  as set        {answered:.1f} % of the answerable answered, {wrong:.1f} % of the "
        f"answers wrong (accepted: {100 * assistant.accepted_risk:.0f} %)"
    )


def _wrong(outcome: Outcome) -> bool:
    return outcome.wrong


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path), required=True)
@with_settings
def main(settings: Settings, files: tuple[Path, ...]) -> None:
    """Compare the bot with its peers on question files whose right answers are known."""
    texts = read_sentence_ids(settings.questions)
    questions = [question for file in files for question in read_questions(file, texts)]
    bot = assistant(settings)
    scores = evaluate(bot, questions)
    answerable = len(scores.of(Intent.ANSWERABLE))
    print(f"{answerable} answerable questions, {len(questions) - answerable} others")
    print(f"{'':16}" + "".join(f"{heading:>13}" for heading in HEADINGS))
    print(line("this bot", figures(list(bot_guesses(scores)))))
    print(as_set(bot, scores))
    for peer in peers(bot.policies):
        print(line(peer.name, figures(list(peer_guesses(peer, questions)))))
    print(NOTE)


if __name__ == "__main__":
    main()
