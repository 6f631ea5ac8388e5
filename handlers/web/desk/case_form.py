"""What a form of a case carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from desk.model.case import Case, Quote
from desk.model.precedent import CitedClause, Reviewed
from handlers.conversation import publishing
from handlers.web.chat.actions import LONGEST_TEXT
from handlers.web.desk.clause_choices import Clauses
from handlers.web.forms import form_of

CLOSEST = "closest:"
LONGEST_REASON = 2000  # characters; the asker may be told it
LIMITS = {"text": LONGEST_TEXT, "question": LONGEST_TEXT, "reason": LONGEST_REASON}


@dataclass(frozen=True, slots=True)
class CaseForm:
    """`since` is the version of the case that the form was made from. `cite` holds ids of clauses
    and places among the closest."""

    since: int
    text: str
    reason: str = ""
    cite: tuple[str, ...] = ()
    question: str = ""
    owner: str = ""
    review_by: str = ""
    published_too: bool = False

    def review_date(self) -> date:
        """Raises BadInput."""
        return publishing.day(self.review_by)

    def quotes(self, case: Case, clauses: Clauses) -> tuple[Quote, ...]:
        """What comms chose to cite: the sentence itself if it is among the closest, else the whole
        clause. Raises BadInput."""
        whole = clauses.picked([each for each in self.cite if not each.startswith(CLOSEST)])
        return (*self._closest(case.closest), *(choice.quote for choice in whole))

    def reviewed(self, clauses: Clauses) -> Reviewed:
        """What is to be published. Raises BadInput."""
        cited: tuple[CitedClause, ...] = tuple(choice.cited for choice in clauses.picked(self.cite))
        return Reviewed(self.question, self.text, cited, self.owner, self.review_date())

    def _closest(self, closest: Sequence[Quote]) -> tuple[Quote, ...]:
        return tuple(
            quote for number, quote in enumerate(closest) if f"{CLOSEST}{number}" in self.cite
        )


async def case_form(request: web.Request) -> CaseForm:
    """Raises BadInput for what is longer than its box."""
    form = await form_of(request)
    for name, longest in LIMITS.items():
        form.check_length(name, longest)

    def text(name: str) -> str:
        return form.text(name).replace("\r\n", "\n")

    since = text("since")
    return CaseForm(
        since=int(since) if since.isdecimal() and len(since) < 19 else 0,
        text=text("text"),
        reason=text("reason"),
        cite=tuple(form.fields.getall("cite", ())),
        question=text("question"),
        owner=text("owner"),
        review_by=text("review_by"),
        published_too=bool(text("published_too")),
    )


def picked(case: Case, quotes: Sequence[Quote], clauses: Clauses) -> tuple[str, ...]:
    """What a form carries for these quotes: their place among the closest, else their clause."""
    others = [quote for quote in quotes if quote not in case.closest]
    places = [number for number, quote in enumerate(case.closest) if quote in quotes]
    return (*(f"{CLOSEST}{number}" for number in places), *clauses.of_quotes(others))


def interpreted(case: Case, cite: Sequence[str], clauses: Clauses) -> frozenset[str]:
    """The clauses of everything that is picked, the closest among them."""
    closest = [quote for n, quote in enumerate(case.closest) if f"{CLOSEST}{n}" in cite]
    return clauses.of_quotes(closest) | {each for each in cite if not each.startswith(CLOSEST)}
