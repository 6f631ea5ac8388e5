"""What somebody typed, without what they say before it of this one question."""

import re
from dataclasses import dataclass

from desk.model.case import Naming, PersonalData
from desk.model.preferences import Preferences
from handlers.conversation.escalation import EscalationOptions

BEFORE = re.compile(r"(unnamed|keep):\s*(.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class MessageFlags:
    """`unnamed: …` hides the asker's name from comms, `keep: …` shows them personal data."""

    text: str
    unnamed: bool = False
    keep: bool = False

    def wish(self, chosen: Preferences) -> EscalationOptions:
        """`chosen` for all their questions holds where this one says nothing."""
        return EscalationOptions(
            Naming.UNNAMED if self.unnamed else chosen.naming,
            PersonalData.KEPT if self.keep else chosen.personal_data,
        )


def read_flags(typed: str) -> MessageFlags:
    text, said = typed, set()
    while found := BEFORE.fullmatch(text):
        said.add(found[1].lower())
        text = found[2]
    return MessageFlags(text, unnamed="unnamed" in said, keep="keep" in said)
