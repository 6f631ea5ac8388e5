"""What example questions bring to a policy: half of them taught, the other half asked.

    python -m benchmarks.teaching [POLICY ...]

The policies are those of knowledge/corpora. The last line teaches the default guidance with 320 of
its questions and asks 300 others, all read by the untouched encoder, which has learned neither.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.table import Table

from answer.artifacts import encoder, read_encoders
from answer.confidence import ConfidenceModel
from answer.correctness import answers
from answer.features import features, rank
from app.teaching import Teacher
from index.model_files import model_files
from index.query_text import query_text
from index.search import Encoders
from index.taught_policy import TaughtPolicy
from knowledge.bank import BankQuestion, Intent, read_bank, read_questions
from knowledge.documents.files import read_policies
from knowledge.policy import Policy
from knowledge.question_fields import TAUGHT_KINDS
from settings import Settings, read_settings

POLICIES = ("allotments_lindenfold", "libraries_saltmere", "members_allowances_oakenridge")
TAUGHT, ASKED = 320, 300


def main(names: Sequence[str]) -> None:
    settings = read_settings()
    bank = read_bank(settings.questions)
    rows = Table(
        "policy", "taught", "asked", "seconds", "first before", "after", "served", box=None
    )
    encoders = read_encoders(settings.trained, settings.model)
    for policy in read_policies(settings.corpora):
        if policy.name in names:
            lines = list(read_questions(settings.corpora / f"{policy.name}.questions.jsonl", {}))
            some = _shuffled(lines)
            half = len(some) // 2
            rows.add_row(*_row(settings, encoders, policy, some[:half], some[half:], bank))
    guidance = read_policies(settings.policies)[0]
    plain = encoder(model_files(settings.model))
    some = _shuffled(bank)
    asked = some[TAUGHT : TAUGHT + ASKED]
    rows.add_row(*_row(settings, Encoders(plain, plain), guidance, some[:TAUGHT], asked, bank))
    Console().print(rows)


def _row(  # noqa: PLR0913, PLR0917 -- a measurement
    settings: Settings,
    encoders: Encoders,
    policy: Policy,
    taught: Sequence[BankQuestion],
    asked: Sequence[BankQuestion],
    bank: Sequence[BankQuestion],
) -> tuple[str, ...]:
    with TemporaryDirectory() as folder:
        teacher = Teacher(settings.model_copy(update={"data": Path(folder)}), encoders)
        encoders.general.encode(["so that loading is not timed"])
        start = perf_counter()
        lesson = teacher.lesson(policy, tuple(taught), bank, lambda *_: None)
        seconds = perf_counter() - start
    known = lesson.tried.taught
    before, after = _right(replace(known, learned=0.0), asked), _right(known, asked)
    card = lesson.confidence
    served = "–"
    if card is not None:
        right, wrong = _served(known, card, asked, settings.accepted_risk)
        served = f"{_percent(right)}, wrong {_percent(wrong)}"
    return (
        policy.name,
        str(len(taught)),
        str(len(asked)),
        f"{seconds:.1f}",
        _percent(before),
        _percent(after),
        served,
    )


def _served(
    taught: TaughtPolicy, model: ConfidenceModel, asked: Sequence[BankQuestion], risk: float
) -> tuple[float, float]:
    """Right answers shown, of the answerable; and wrong ones, of those shown."""
    vectors = taught.index.encoders.general.encode([query_text(q.asked) for q in asked])
    shown = []
    for question, vector in zip(asked, vectors, strict=True):
        evidence = taught.evidence(question.asked, vector)
        ranking = rank(evidence)
        row = features(question.asked, evidence, ranking)
        if model.probability(row) >= model.threshold(risk):
            shown.append(answers(ranking.clauses[0], question))
    answerable = sum(each.kind is Intent.ANSWERABLE for each in asked)
    wrong = (len(shown) - sum(shown)) / len(shown) if shown else 0.0
    return sum(shown) / answerable, wrong


def _shuffled(questions: Sequence[BankQuestion]) -> list[BankQuestion]:
    """Those that can be taught, in an order that is the same each time."""
    found = [each for each in questions if each.kind in TAUGHT_KINDS]
    return Random(7).sample(found, len(found))


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _right(taught: TaughtPolicy, asked: Sequence[BankQuestion]) -> float:
    answerable = [each for each in asked if each.kind is Intent.ANSWERABLE]
    vectors = taught.index.encoders.general.encode([query_text(q.asked) for q in answerable])
    right = [
        answers(rank(taught.evidence(question.asked, vector)).clauses[0], question)
        for question, vector in zip(answerable, vectors, strict=True)
    ]
    return sum(right) / len(right)


if __name__ == "__main__":
    main(sys.argv[1:] or POLICIES)
