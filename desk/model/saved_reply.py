"""A text that comms keep, to insert it into answers."""

from dataclasses import dataclass
from datetime import datetime

LONGEST_TITLE = 200  # characters that the database keeps
MOST_REPLIES = 500


@dataclass(frozen=True, slots=True)
class SavedReply:
    """`repeats_erased`: it may repeat words of a person whose data were erased since its last
    edit, and is not offered until somebody has edited it."""

    id: int
    title: str
    text: str
    edited_at: datetime
    repeats_erased: bool = False

    @property
    def ref(self) -> str:
        return f"R-{self.id}"
