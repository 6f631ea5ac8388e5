"""What the policies in force learned from their example questions, and what owners see of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from answer.confidence import ConfidenceModel
from answer.quality_card import QualityCard, card
from answer.teaching import TriedPolicy
from knowledge.bank import BankQuestion, Intent, with_all_sentences
from knowledge.policy import Policy, sentences_of
from knowledge.question_import import uncovered

Questions = Mapping[str, tuple[BankQuestion, ...]]
"""The example questions of each policy, by its name."""
IN_BANK = (
    "The question bank is about this policy. These questions count as examples of the bank, and "
    "there are no figures of their own for them."
)
NONE_ANSWERABLE = (
    "These questions have no effect yet: none of them is answerable. Add questions that the policy "
    "answers."
)


@dataclass(frozen=True)
class Lesson:
    """What one policy was taught. `confidence` is None where there are too few questions, and
    `problem` then says why they have no effect."""

    tried: TriedPolicy
    confidence: ConfidenceModel | None
    problem: str = ""


@dataclass(frozen=True)
class Unmeasured:
    """Questions of a policy that are not tried out, with the reason."""

    questions: tuple[BankQuestion, ...]
    reason: str


@dataclass(frozen=True)
class Taught:
    """By the name of each policy that has questions of its own: its lesson, or the questions that
    nothing is measured with. A question whose sentence is gone is in neither."""

    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    unmeasured: Mapping[str, Unmeasured] = field(default_factory=dict)

    @property
    def confidences(self) -> dict[str, ConfidenceModel]:
        return {
            name: lesson.confidence
            for name, lesson in self.lessons.items()
            if lesson.confidence is not None
        }

    def card(self, policy: Policy, accepted_risk: float) -> QualityCard:
        lesson, unmeasured = self.lessons.get(policy.name), self.unmeasured.get(policy.name)
        if lesson is not None:
            measured = card(policy, lesson.tried.trials, lesson.confidence, accepted_risk)
            return replace(measured, unmeasured=lesson.problem)
        empty = card(policy, (), None, accepted_risk)
        return empty if unmeasured is None else _counted(empty, policy, unmeasured)


def tied(policy: Policy, questions: Sequence[BankQuestion]) -> tuple[BankQuestion, ...]:
    """Those whose sentences are in this version of the policy."""
    return with_all_sentences(questions, sentences_of([policy]))


def unmeasured_because(own: Sequence[BankQuestion], *, in_bank: bool) -> str:
    """Why these questions of a policy are not tried out; empty if they are, or if there are
    none. `in_bank`: whether the question bank is about the policy."""
    if not own:
        return ""
    if in_bank:
        return IN_BANK
    return "" if any(question.needed for question in own) else NONE_ANSWERABLE


def _counted(empty: QualityCard, policy: Policy, unmeasured: Unmeasured) -> QualityCard:
    near = sum(question.kind is Intent.NEAR for question in unmeasured.questions)
    return replace(
        empty,
        answerable=len(unmeasured.questions) - near,
        near=near,
        not_asked=uncovered(policy, unmeasured.questions),
        unmeasured=unmeasured.reason,
    )
