"""What somebody filters the queue by and how they sort it, as the address of a page carries it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from urllib.parse import urlencode

from aiohttp import web

from desk.model.case import PENDING, Status
from desk.model.case_filter import CaseFilter, CaseOrder
from desk.model.people import Person
from knowledge.reason import OPENS_A_CASE, Reason

LONGEST_TEXT = 200
LONGEST_POLICY = 200
WAITING, ALL = "waiting", "all"
STATUSES = {
    WAITING: PENDING,
    **{status.value: frozenset({status}) for status in Status},
    ALL: frozenset(Status),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """As the form shows them. `since` and `until` are days, both included."""

    status: str = WAITING
    reason: Reason | None = None
    policy: str = ""
    since: date | None = None
    until: date | None = None
    overdue: bool = False
    mine: bool = False
    text: str = ""
    order: CaseOrder = CaseOrder.DUE
    descending: bool = False

    @property
    def more(self) -> bool:
        """Whether a filter is set that the form shows only when asked."""
        return bool(self.reason or self.policy or self.since or self.until)

    @property
    def query(self) -> str:
        """For an address, with a question mark; empty where nothing is set."""
        fields = {
            "status": "" if self.status == WAITING else self.status,
            "reason": self.reason or "",
            "policy": self.policy,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "overdue": "yes" if self.overdue else "",
            "mine": "yes" if self.mine else "",
            "text": self.text,
            "sort": "" if self.order is CaseOrder.DUE else self.order,
            "down": "yes" if self.descending else "",
        }
        told = urlencode({name: value for name, value in fields.items() if value})
        return f"?{told}" if told else ""

    def sorted_by(self, order: CaseOrder) -> "Filters":
        """Sorted by it; the other way round where it is sorted by it already."""
        again = order is self.order
        return replace(self, order=order, descending=again and not self.descending)

    def wanted(self, me: Person, zone: tzinfo) -> CaseFilter:
        after = self.until + timedelta(days=1) if self.until else None
        return CaseFilter(
            statuses=STATUSES[self.status],
            reason=self.reason,
            overdue=self.overdue,
            held_by=me if self.mine else None,
            since=datetime.combine(self.since, time(), zone) if self.since else None,
            before=datetime.combine(after, time(), zone) if after else None,
            policy=self.policy,
            text=self.text,
            order=self.order,
            descending=self.descending,
        )


def filters_of(request: web.Request) -> Filters:
    """What is no filter, or no value of one, is left out."""
    asked = request.query
    status, reason, order = (asked.get(name, "") for name in ("status", "reason", "sort"))
    return Filters(
        status=status if status in STATUSES else WAITING,
        reason=Reason(reason) if reason in OPENS_A_CASE else None,
        policy=asked.get("policy", "").strip()[:LONGEST_POLICY],
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        overdue="overdue" in asked,
        mine="mine" in asked,
        text=asked.get("text", "").strip()[:LONGEST_TEXT],
        order=CaseOrder(order) if order in set(CaseOrder) else CaseOrder.DUE,
        descending="down" in asked,
    )


def _day(text: str) -> date | None:
    """None also for the last days of the calendar, after which there is no other."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if date(2000, 1, 1) <= found <= date(2999, 12, 31) else None
