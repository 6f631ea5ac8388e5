"""What a form of a case carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from desk.model.case import Case, Quote
from handlers.web.desk.clause_choices import Clauses
from handlers.web.forms import fields_of
from knowledge.errors import BadInput

CLOSEST = "closest:"


@dataclass(frozen=True, slots=True)
class CaseForm:
    """`since` is the last event of the case that whoever wrote this had seen. `cite` holds ids
    of clauses, and places among the closest."""

    since: int
    text: str
    reason: str
    cite: tuple[str, ...]
    question: str
    owner: str
    review_by: str

    def last_day(self) -> date:
        """Raises BadInput."""
        try:
            return date.fromisoformat(self.review_by)
        except ValueError:
            raise BadInput("The review date must be a day, such as 2027-11-23.") from None

    def quotes(self, case: Case, clauses: Clauses) -> tuple[Quote, ...]:
        """What is picked; of the closest the sentence itself, of others the whole clause."""
        whole = clauses.picked([each for each in self.cite if not each.startswith(CLOSEST)])
        return (*self._closest(case.closest), *(choice.quote for choice in whole))

    def _closest(self, closest: Sequence[Quote]) -> tuple[Quote, ...]:
        return tuple(
            quote for number, quote in enumerate(closest) if f"{CLOSEST}{number}" in self.cite
        )


async def case_form(request: web.Request) -> CaseForm:
    sent = await fields_of(request)

    def text(name: str) -> str:
        return sent.get(name, "").replace("\r\n", "\n").strip()

    since = text("since")
    return CaseForm(
        since=int(since) if since.isdecimal() and len(since) < 19 else 0,
        text=text("text"),
        reason=text("reason"),
        cite=tuple(sent.getall("cite", ())),
        question=text("question"),
        owner=text("owner"),
        review_by=text("review_by"),
    )


def picked(case: Case, quotes: Sequence[Quote], clauses: Clauses) -> tuple[str, ...]:
    """What a form carries for these quotes: their place among the closest, else their clause."""
    others = [quote for quote in quotes if quote not in case.closest]
    places = [number for number, quote in enumerate(case.closest) if quote in quotes]
    return (*(f"{CLOSEST}{number}" for number in places), *clauses.of_quotes(others))


def interpreted(case: Case, cite: Sequence[str], clauses: Clauses) -> frozenset[str]:
    """The clauses of all that is picked, the closest among them."""
    closest = [quote for n, quote in enumerate(case.closest) if f"{CLOSEST}{n}" in cite]
    return clauses.of_quotes(closest) | {each for each in cite if not each.startswith(CLOSEST)}
