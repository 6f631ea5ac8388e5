"""What a person has chosen for all their questions."""

from dataclasses import dataclass

from desk.model.case import Naming, PersonalData
from knowledge.policy import Role


@dataclass(frozen=True, slots=True)
class Preferences:
    """`role` is None where the person has not said which they are."""

    role: Role | None = None
    naming: Naming = Naming.NAMED
    personal_data: PersonalData = PersonalData.MASKED
