"""Example questions that owners of the desk teach a policy with."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.model.people import PersonRef
from knowledge.bank import BankQuestion
from knowledge.policy import Role

MOST_QUESTIONS = 3000
"""Of one policy. 320 teach a policy of two pages; ten times as many leave room for a long one."""


class Origin(StrEnum):
    IMPORTED = "imported"
    WRITTEN = "written at the desk"
    PROPOSED = "asked by somebody"


@dataclass(frozen=True, slots=True)
class TaughtQuestion:
    """`policy` is the policy's name. The sentences of `question` are tied by their words, so that
    a question stays with its sentence in every version of the policy that has it."""

    id: int
    policy: str
    question: BankQuestion
    origin: Origin
    added_at: datetime
    added_by: PersonRef


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that somebody asked and that has an answer from the policy, by comms or
    confirmed by the asker. `source` names the case ("C-12") or the question ("Q-40").

    `text` and `history` are without personal data as far as that is recognised. `quoted` are the
    words of the policy that were cited.
    """

    source: str
    text: str
    role: Role
    history: tuple[str, ...]
    quoted: tuple[str, ...]
    asked_at: datetime

    @property
    def confirmed(self) -> bool:
        """Whether the asker confirmed an answer of the bot; otherwise comms answered."""
        return self.source.startswith("Q-")
