"""What comms are told when something happens to a case."""

from dataclasses import dataclass
from datetime import datetime

from desk.model.hours import OfficeHours
from desk.model.messages import CaseNotice, MessageKind

NOTICES = {
    MessageKind.JOINED: "{ref}: another person asked the same question:",
    MessageKind.FOLLOW_UP: "{ref}: the asker added:",
    MessageKind.EDITED: "{ref}: the asker changed the question:",
    MessageKind.WITHDRAWN: "{ref}: the asker no longer needs an answer.",
    MessageKind.UNDELIVERABLE: "{ref}: a message to an asker could not be delivered.",
    MessageKind.REMINDER: "{ref} is due by {due}.",
    MessageKind.OVERDUE: "{ref} was due by {due} and has no answer.",
    MessageKind.RECHECK: "{ref}: its published answer is out of use until you check it:",
}
# The text of the other notices was not written by a person.
WITH_WORDS = frozenset(
    {MessageKind.FOLLOW_UP, MessageKind.EDITED, MessageKind.JOINED, MessageKind.RECHECK}
)


@dataclass(frozen=True, slots=True)
class Notice:
    """`words` are what a person wrote, or empty."""

    told: str
    words: str


def notice(message: CaseNotice, hours: OfficeHours, now: datetime) -> Notice:
    case = message.case
    told = NOTICES[message.kind].format(ref=case.ref, due=hours.phrase(case.due_at, now))
    return Notice(told, message.text if message.kind in WITH_WORDS else "")
