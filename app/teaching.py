"""Teaches the policies in force with the example questions that owners gave them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from answer.quality_card import QualityCard, card
from answer.taught_confidence import TaughtConfidence
from answer.teaching import TriedPolicy, try_out
from index.build import Progress
from index.encoder import Vectors
from index.kept_vectors import KeptVectors
from index.passages import banked, passages_of
from index.query_text import query_text
from index.search import Encoders, Index
from index.taught import with_neighbours, with_taught
from index.taught_policy import Examples, TaughtPolicy, teach
from knowledge.bank import BankQuestion, Intent, tie_to
from knowledge.policy import Policy, sentences_of
from settings import Settings

Questions = Mapping[str, tuple[BankQuestion, ...]]
"""The example questions of each policy, by its name."""
MOST_OF_OTHER_SUBJECTS = 150
"""Messages of each sort that tell a policy's subject from others."""
OTHER_SUBJECTS = "questions of other subjects"


@dataclass(frozen=True)
class Lesson:
    """What one policy was taught. `confidence` is None where there are too few questions."""

    tried: TriedPolicy
    confidence: TaughtConfidence | None


@dataclass(frozen=True)
class Taught:
    """By the name of each policy that has questions of its own. `in_bank` are the policies that
    the question bank is about: their questions are only added to the bank's."""

    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    in_bank: Questions = field(default_factory=dict)

    @property
    def confidences(self) -> dict[str, TaughtConfidence]:
        return {
            name: lesson.confidence
            for name, lesson in self.lessons.items()
            if lesson.confidence is not None
        }

    def card(self, policy: Policy, accepted_risk: float) -> QualityCard:
        lesson = self.lessons.get(policy.name)
        if lesson is None:
            return card(policy, (), None, accepted_risk)
        return card(policy, lesson.tried.trials, lesson.confidence, accepted_risk)


class Teacher:
    """Remembers what it taught: a policy whose questions stay the same is not taught again."""

    def __init__(self, settings: Settings, encoders: Encoders) -> None:
        self.encoders = encoders
        self._vectors = KeptVectors(encoders.general, settings.data / "index" / "taught")
        self._remembered: dict[str, tuple[tuple[object, ...], Lesson]] = {}
        self._base: tuple[object, Index] | None = None

    def base(self, made_from: object, build: Callable[[], Index]) -> Index:
        """The index without the taught questions; built only if `made_from` is another than last
        time."""
        if self._base is None or self._base[0] != made_from:
            self._base = made_from, build()
        return self._base[1]

    def teach(
        self, index: Index, questions: Questions, bank: Sequence[BankQuestion], progress: Progress
    ) -> tuple[Index, Taught]:
        """The index that knows the questions, too. A question whose sentence is not in its policy
        any more is left out. A policy with too few questions answers as one without any: a few
        examples make the bot take most other questions for another subject. Raises OSError where
        the vectors cannot be kept."""
        policies = {passage.policy.name: passage.policy for passage in index.passages}
        known = {name for name in policies if _is_banked(policies[name], index)}
        lessons: dict[str, Lesson] = {}
        in_bank: dict[str, tuple[BankQuestion, ...]] = {}
        for name, policy in policies.items():
            own = tied(policy, questions.get(name, ()))
            if own and name in known:
                in_bank[name] = own
            elif own:
                lessons[name] = self.lesson(policy, own, bank, progress)
        for own in in_bank.values():
            texts = [query_text(question.asked) for question in own]
            index = with_neighbours(index, Examples(own, self.encoders.adapted.encode(texts)))
        self._remembered = {n: m for n, m in self._remembered.items() if n in lessons}
        taught = [lesson.tried.taught for lesson in lessons.values() if lesson.confidence]
        return with_taught(index, taught), Taught(lessons, in_bank)

    def lesson(
        self,
        policy: Policy,
        own: tuple[BankQuestion, ...],
        bank: Sequence[BankQuestion],
        progress: Progress,
    ) -> Lesson:
        """What the policy learns from its questions, all of whose sentences it has. `bank` is the
        whole question bank: it tells other subjects from this one."""
        taught_from = (policy, own)
        remembered = self._remembered.get(policy.name)
        if remembered is not None and remembered[0] == taught_from:
            return remembered[1]
        # scikit-learn takes a second to import, and no question needs it.
        from answer.taught_calibration import fit  # noqa: PLC0415 -- see above

        taught = self._taught(policy, own, bank, progress)
        lesson = Lesson(*fit(try_out(taught)))
        self._remembered[policy.name] = taught_from, lesson
        return lesson

    def _taught(
        self,
        policy: Policy,
        own: tuple[BankQuestion, ...],
        bank: Sequence[BankQuestion],
        progress: Progress,
    ) -> TaughtPolicy:
        others = of_other_subjects(bank)
        return teach(
            self.encoders.general,
            policy,
            Examples(own, self._vectors_of(policy.name, own, progress)),
            Examples(others, self._vectors_of(OTHER_SUBJECTS, others, progress)),
        )

    def _vectors_of(
        self, name: str, questions: Sequence[BankQuestion], progress: Progress
    ) -> Vectors:
        texts = [query_text(question.asked) for question in questions]
        return self._vectors.of(name, texts, progress)


def tied(policy: Policy, questions: Sequence[BankQuestion]) -> tuple[BankQuestion, ...]:
    """Those whose sentences are in this version of the policy."""
    found = tie_to(questions, sentences_of([policy])).questions
    return found if any(question.needed for question in found) else ()


def of_other_subjects(bank: Sequence[BankQuestion]) -> tuple[BankQuestion, ...]:
    """Of the bank's messages about other subjects, and of its questions about its own policy, a
    few of each; always the same."""
    found: list[BankQuestion] = []
    for kinds in ((Intent.OFF_TOPIC,), (Intent.ANSWERABLE, Intent.NEAR)):
        those = [question for question in bank if question.kind in kinds]
        every = max(1, len(those) // MOST_OF_OTHER_SUBJECTS)
        found += those[::every][:MOST_OF_OTHER_SUBJECTS]
    return tuple(
        replace(each, kind=Intent.OFF_TOPIC, needed=(), fine=(), closest=()) for each in found
    )


def _is_banked(policy: Policy, index: Index) -> bool:
    return bool(banked(passages_of([policy]), index.questions).any())
