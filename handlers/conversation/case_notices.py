"""Every sentence in which the desk tells comms that something happened to a case."""

from dataclasses import dataclass
from datetime import datetime

from desk.model.hours import OfficeHours
from desk.model.messages import CaseNotice, Kind

NOTICES = {
    Kind.JOINED: "{ref}: somebody else asks the same.",
    Kind.FOLLOW_UP: "{ref}: the asker adds:",
    Kind.EDITED: "{ref}: the asker changed the question:",
    Kind.WITHDRAWN: "{ref}: the asker no longer needs an answer.",
    Kind.UNDELIVERABLE: "{ref}: an asker could not be reached where they asked.",
    Kind.REMINDER: "{ref} is due by {due}.",
    Kind.OVERDUE: "{ref} was due by {due} and has no answer.",
    Kind.RECHECK: "{ref}: its published answer is out of use until it is checked:",
}
# The text of an undeliverable message's notice is no word of the asker.
WITH_WORDS = frozenset({Kind.FOLLOW_UP, Kind.EDITED, Kind.JOINED, Kind.RECHECK})


@dataclass(frozen=True, slots=True)
class Notice:
    """`words` are what somebody wrote, and empty where nobody did."""

    told: str
    words: str


def notice(message: CaseNotice, hours: OfficeHours, now: datetime) -> Notice:
    case = message.case
    told = NOTICES[message.kind].format(ref=case.ref, due=hours.phrase(case.due_at, now))
    return Notice(told, message.text if message.kind in WITH_WORDS else "")
