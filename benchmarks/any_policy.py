"""How the bot does on policies that nobody prepared, beside its peers on the same texts.

    python -m benchmarks.any_policy [--every N]

The policies are those of knowledge/corpora/ that held_out.list names: neither the encoder nor the
bank has learned from them. Each is asked its own questions, first with an index of its own, then
with all of them in one index, where the questions do not say which policy they mean. The bot's
score is its confidence, each policy judged by a model that was fitted on the others; a peer's score
is its similarity. "At 5 %": the share of the answerable questions that get a right answer where at
most 5 % of the answers are wrong, at the best threshold for these very questions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import click
import numpy as np

from answer.artifacts import read_encoders
from answer.assessment import confidence_features
from answer.calibration import Measured, cross_validated, regression
from answer.correctness import answers
from answer.features import Features
from answer.reading import Reader
from answer.training import Elsewhere, read_elsewhere
from app.command_line import with_settings
from benchmarks.peers import Peer, peers
from benchmarks.quality import Guess, auroc
from index.build import index_of
from index.encoder import Vectors
from index.learned_bank import IndexPaths, bank_vectors
from index.nearest import HalfVectors
from index.search import Encoders, Index
from knowledge.bank import Bank, BankQuestion, Intent, read_bank, tie_to
from knowledge.policy import Policy
from settings import Settings

HEADINGS = ("first right", "among three", "AUROC near", "at 5 %", "at 10 %", "at 20 %")
RISKS = (0.05, 0.1, 0.2)


@dataclass(frozen=True)
class Bot:
    """The bot over policies that its bank is not about. `vectors` are those of the bank."""

    encoders: Encoders
    bank: Bank
    vectors: Vectors | HalfVectors

    def index(self, policies: Sequence[Policy]) -> Index:
        return index_of(self.encoders, policies, self.bank, lambda *_: None, self.vectors)

    def guesses(self, policies: Sequence[Policy], others: Sequence[Elsewhere]) -> list[Guess]:
        """For the questions of `others`, each asked of an index of `policies`, or of its own policy
        if there are none."""
        one = self.index(policies) if policies else None
        rows: list[Features] = []
        found: list[Guess] = []
        for other in others:
            reader = Reader(one or self.index([other.policy]))
            for question in other.questions:
                reading = reader.read(question.asked)
                right = [answers(clause, question) for clause in reading.ranking.clauses[:3]]
                rows.append(confidence_features(reading))
                found.append(Guess(question.kind, right[0], any(right), 0.0))
        return _scored(found, rows, others)


def _scored(
    found: Sequence[Guess], rows: Sequence[Features], others: Sequence[Elsewhere]
) -> list[Guess]:
    """The guesses with their confidence, each by a model that has not seen the policy."""
    numbers = [number for number, other in enumerate(others) for _ in other.questions]
    right = np.array([guess.first for guess in found])
    measured = Measured(np.array(rows), right, np.ones_like(right), np.array(numbers))
    scores = cross_validated(regression(), measured)
    return [replace(guess, score=float(score)) for guess, score in zip(found, scores, strict=True)]


def peer_guesses(policies: Sequence[Policy], others: Sequence[Elsewhere]) -> dict[str, list[Guess]]:
    """By the name of the peer; `policies` as for the bot."""
    guesses: dict[str, list[Guess]] = {}
    one = list(peers(policies)) if policies else []
    for other in others:
        for peer in one or peers([other.policy]):
            guesses.setdefault(peer.name, []).extend(_guesses_of(peer, other.questions))
    return guesses


def _guesses_of(peer: Peer, questions: Sequence[BankQuestion]) -> Iterator[Guess]:
    for question in questions:
        found = peer.search(question.asked)
        right = [answers(clause, question) for clause in found.clauses]
        yield Guess(question.kind, any(right[:1]), any(right), found.score)


def figures(guesses: Sequence[Guess]) -> tuple[float, ...]:
    """In the order of HEADINGS. Messages that are no question about the policy count only where
    they are answered."""
    answerable = [guess for guess in guesses if guess.answerable]
    near = [guess for guess in guesses if guess.answerable or guess.kind is Intent.NEAR]
    return (
        sum(guess.first for guess in answerable) / len(answerable),
        sum(guess.three for guess in answerable) / len(answerable),
        auroc(near),
        *(served_right(guesses, risk) for risk in RISKS),
    )


def served_right(guesses: Sequence[Guess], most_wrong: float) -> float:
    """The greatest share of the answerable that any threshold answers rightly with at most
    `most_wrong` of the answers wrong."""
    ranked = sorted(guesses, key=lambda guess: -guess.score)
    right = np.cumsum([guess.first for guess in ranked])
    kept = right[1 - right / np.arange(1, len(ranked) + 1) <= most_wrong]
    return float(kept.max(initial=0)) / sum(guess.answerable for guess in guesses)


def line(name: str, found: Sequence[float]) -> str:
    first, three, area, *served = found
    shares = [f"{100 * share:>11.1f} %" for share in (first, three)]
    return f"{name:16}{''.join(shares)}{area:>13.3f}" + "".join(
        f"{100 * s:>11.1f} %" for s in served
    )


@click.command()
@click.option("--every", default=1, show_default=True, help="Ask only each Nth question.")
@with_settings
def main(settings: Settings, every: int) -> None:
    """Compare the bot with its peers on policies without a question bank."""
    others = [
        replace(other, questions=other.questions[::every])
        for other in read_elsewhere(settings.corpora)
    ]
    encoders = read_encoders(settings.trained, settings.model)
    bank = tie_to(read_bank(settings.questions), frozenset())
    places = IndexPaths(settings.data / "index", settings.trained / "questions")
    bot = Bot(encoders, bank, bank_vectors(encoders.adapted, bank, places, lambda *_: None))
    policies = [other.policy for other in others]
    for title, one in (("Each policy by itself", []), ("All in one index", policies)):
        print(
            f"\n{title}: {len(others)} policies, {sum(len(o.questions) for o in others)} questions"
        )
        print(f"{'':16}" + "".join(f"{heading:>13}" for heading in HEADINGS))
        print(line("this bot", figures(bot.guesses(one, others))), flush=True)
        for name, guesses in peer_guesses(one, others).items():
            print(line(name, figures(guesses)), flush=True)


if __name__ == "__main__":
    main()
