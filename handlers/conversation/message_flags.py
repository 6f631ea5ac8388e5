"""Words before a question that concern this one question: "unnamed: may I post this?"

Every surface that takes typed messages reads them here, in new and in edited messages alike.
"""

import re
from dataclasses import dataclass

from desk.model.case import Naming, PersonalData
from desk.model.preferences import Preferences
from handlers.conversation.escalation import EscalationOptions

# Between a mention of the bot and the flag, and around the flag: spaces, commas, bold, italics.
_MARKS = r"[\s,;*_]*"
_UNNAMED = r"(?:unnamed|anonymous(?:ly)?)"
_FLAG = rf"(?:{_UNNAMED}|keep)"
_AND = rf"{_MARKS}(?:(?:and|&){_MARKS})?"
_FLAGS = re.compile(
    rf"{_MARKS}(?P<flags>{_FLAG}(?:{_AND}{_FLAG})*){_MARKS}[:：][*_]*\s*", re.IGNORECASE
)
# Nobody asks about "unnamed, ...": a name that goes out by mistake cannot be taken back.
_UNNAMED_COMMA = re.compile(
    rf"{_MARKS}(?P<flags>{_UNNAMED})[*_]*(?:\s*,|\s+[-–—])\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MessageFlags:
    """`text` is the message without its flags, and empty where nothing else was written.

    "unnamed:" (also "anonymous:") hides the asker's name from comms; "keep:" shows them the
    e-mail addresses, numbers and postcodes in the question.
    """

    text: str
    unnamed: bool = False
    keep: bool = False

    def options(self, chosen: Preferences) -> EscalationOptions:
        """`chosen` for all questions of this person holds where the message says nothing."""
        return EscalationOptions(
            Naming.UNNAMED if self.unnamed else chosen.naming,
            PersonalData.KEPT if self.keep else chosen.personal_data,
        )


def read_flags(typed: str) -> MessageFlags:
    """Takes time linear in the length of `typed`, a message without the mention of the bot."""
    end, said = 0, set()
    while found := _FLAGS.match(typed, end) or _UNNAMED_COMMA.match(typed, end):
        said |= set(re.findall(r"[a-z]+", found["flags"].casefold()))
        end = found.end()
    if not said:
        return MessageFlags(typed)
    text = _without_closing_marks(typed[:end], typed[end:].strip())
    return MessageFlags(text, unnamed=bool(said - {"keep", "and"}), keep="keep" in said)


def _without_closing_marks(flags: str, text: str) -> str:
    """Where the whole message is bold, it ends with the marks that its flags began with."""
    opening = flags[: len(flags) - len(flags.lstrip(" *_"))].strip()
    closed = flags.rstrip().endswith(("*", "_"))
    return text.removesuffix(opening[::-1]).strip() if opening and not closed else text
