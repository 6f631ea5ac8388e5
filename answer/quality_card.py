"""How well the bot answers from one policy, as its own example questions show."""

from collections.abc import Iterable
from dataclasses import dataclass

from answer.confidence import ConfidenceModel
from answer.teaching import Trial
from knowledge.bank import BankQuestion, Intent
from knowledge.policy import Policy
from knowledge.question_import import uncovered


@dataclass(frozen=True, slots=True)
class QualityCard:
    """Shares are of 1, and None where there is nothing to share or to measure. All are
    cross-validated: each question is answered as if it had not been an example.

    `answered` is the share of the answerable questions that are shown the right answer, `wrong`
    the share of wrong ones among the answers shown, both at the accepted risk. `proven`: the
    policy's questions prove that the risk is kept. `not_asked` are the sentences that answer none
    of the questions; `to_review` the questions whose own sentence is not among the ten best.
    `unmeasured` says why there is nothing to measure, where there are questions all the same.
    """

    policy: str
    title: str
    answerable: int
    near: int
    right_first: float | None
    right_untaught: float | None
    answered: float | None
    wrong: float | None
    proven: bool
    sentences: int
    not_asked: tuple[str, ...]
    to_review: tuple[BankQuestion, ...]
    unmeasured: str = ""

    @property
    def questions(self) -> int:
        return self.answerable + self.near


def card(
    policy: Policy,
    trials: tuple[Trial, ...],
    confidence: ConfidenceModel | None,
    accepted_risk: float,
) -> QualityCard:
    answerable = [each for each in trials if each.question.kind is Intent.ANSWERABLE]
    threshold = confidence.threshold(accepted_risk) if confidence else 0.0
    shown = [each for each in trials if (each.confidence or 0.0) >= threshold > 0]
    right = sum(each.right for each in shown)
    asked = tuple(each.question for each in trials)
    measured = confidence is not None
    return QualityCard(
        policy=policy.name,
        title=policy.title,
        answerable=len(answerable),
        near=len(trials) - len(answerable),
        right_first=_share(each.right for each in answerable),
        right_untaught=_share(each.right_untaught for each in answerable),
        answered=right / len(answerable) if measured and answerable else None,
        wrong=(len(shown) - right) / len(shown) if shown else None,
        proven=confidence is not None and _is_proven(confidence, accepted_risk),
        sentences=len({s.text for clause in policy.clauses for s in clause.sentences}),
        not_asked=uncovered(policy, asked),
        to_review=tuple(each.question for each in answerable if each.to_review),
    )


def _is_proven(confidence: ConfidenceModel, accepted_risk: float) -> bool:
    return bool(confidence.bounds) and confidence.bounds[0].bound <= accepted_risk


def _share(right: Iterable[bool]) -> float | None:
    found = list(right)
    return sum(found) / len(found) if found else None
