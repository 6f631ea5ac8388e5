"""What comms and the owners of answers and policies are told by e-mail, once a working day."""

from dataclasses import dataclass
from datetime import date, datetime

from desk.model.case import Case
from desk.model.precedent import Precedent


@dataclass(frozen=True, slots=True)
class PolicyReview:
    """`policy` is the policy's name, `review_by` the last day by which it is to be reviewed."""

    policy: str
    title: str
    review_by: date


@dataclass(frozen=True, slots=True)
class Digest:
    """What there is to do at the time `at`. `overdue` and `due_today` count cases, of which `cases`
    are the most urgent. `published` and `policies` have a review that is due soon or was due."""

    at: datetime
    overdue: int = 0
    due_today: int = 0
    cases: tuple[Case, ...] = ()
    published: tuple[Precedent, ...] = ()
    policies: tuple[PolicyReview, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.cases or self.published or self.policies)
