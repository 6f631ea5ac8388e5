"""Every sentence in which the desk tells comms that something happened to a case."""

from dataclasses import dataclass
from datetime import datetime

from desk.model.hours import OfficeHours
from desk.model.messages import CaseNotice, MessageKind

NOTICES = {
    MessageKind.JOINED: "{ref}: somebody else asks the same.",
    MessageKind.FOLLOW_UP: "{ref}: the asker adds:",
    MessageKind.EDITED: "{ref}: the asker changed the question:",
    MessageKind.WITHDRAWN: "{ref}: the asker no longer needs an answer.",
    MessageKind.UNDELIVERABLE: "{ref}: an asker could not be reached where they asked.",
    MessageKind.REMINDER: "{ref} is due by {due}.",
    MessageKind.OVERDUE: "{ref} was due by {due} and has no answer.",
    MessageKind.RECHECK: "{ref}: its published answer is out of use until it is checked:",
}
# The text of an undeliverable message's notice is no word of the asker.
WITH_WORDS = frozenset(
    {MessageKind.FOLLOW_UP, MessageKind.EDITED, MessageKind.JOINED, MessageKind.RECHECK}
)


@dataclass(frozen=True, slots=True)
class Notice:
    """`words` are what somebody wrote, and empty where nobody did."""

    told: str
    words: str


def notice(message: CaseNotice, hours: OfficeHours, now: datetime) -> Notice:
    case = message.case
    told = NOTICES[message.kind].format(ref=case.ref, due=hours.phrase(case.due_at, now))
    return Notice(told, message.text if message.kind in WITH_WORDS else "")
