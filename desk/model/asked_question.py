"""Questions of the last days with what the bot replied, as comms look through them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.model.case import Quote
from desk.model.people import PersonRef
from desk.model.question import Outcome, Verdict
from knowledge.policy import Role
from knowledge.reason import Reason


class Sureness(StrEnum):
    """How sure the bot was of what it answered by itself."""

    HIGH = "90% or more"
    MEDIUM = "70% to 90%"
    LOW = "less than 70%"


BOUNDS = {Sureness.HIGH: (0.9, 2.0), Sureness.MEDIUM: (0.7, 0.9), Sureness.LOW: (0.0, 0.7)}
"""The confidence, 0 to 1: from the first number on, and below the second."""


class Judgement(StrEnum):
    HELPFUL = Verdict.HELPFUL.value
    NOT_HELPFUL = Verdict.NOT_HELPFUL.value
    NONE = "no feedback"


@dataclass(frozen=True, slots=True)
class AskedFilter:
    """All filters hold at once; an empty one does not filter. `text` is searched in the question
    as comms see it, without regard to case. `policy` is the name of one that was cited, or that
    has a clause close to a question of a case. `before` is the number of a question: only earlier
    ones are found."""

    since: datetime | None = None
    until: datetime | None = None
    outcome: Outcome | None = None
    sureness: Sureness | None = None
    judgement: Judgement | None = None
    policy: str = ""
    text: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """`text` is the question as comms see it. It is empty, and `hidden` true, where it may be a
    sensitive matter that its asker did not bring to comms.

    `asker` has a name only where they asked comms by name. `reason` is the case's, else the bot's
    own; None where a published answer or a switch decided, or where it was not stored. `follows`:
    the asker wrote something before, which comms do not see.
    """

    id: int
    text: str
    hidden: bool
    follows: bool
    role: Role
    surface: str
    asker: PersonRef
    asked_at: datetime
    outcome: Outcome
    reason: Reason | None
    confidence: float | None
    cited: tuple[Quote, ...]
    case_ref: str
    verdict: Verdict | None
    remark: str

    @property
    def ref(self) -> str:
        return f"Q-{self.id}"


@dataclass(frozen=True, slots=True)
class AskedPage:
    """`older`: whether there are more. `last` is the number to look before for them."""

    questions: tuple[AskedQuestion, ...]
    older: bool
    last: int
