"""What a form of a case carries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from aiohttp import web

from desk.model.case import Case, Quote
from desk.model.case_note import LONGEST_NOTE
from desk.model.precedent import CitedClause, Reviewed
from desk.model.saved_reply import LONGEST_TITLE
from handlers.conversation import publishing
from handlers.web.chat.actions import LONGEST_TEXT
from handlers.web.desk.clause_choices import Clauses
from handlers.web.forms import form_of

CLOSEST = "closest:"
LONGEST_REASON = 2000  # characters; the asker may be told it
KEPT = ("text", "reason", "question", "owner", "review_by", "insert", "note", "title")
LIMITS = {
    "text": LONGEST_TEXT,
    "question": LONGEST_TEXT,
    "reason": LONGEST_REASON,
    "note": LONGEST_NOTE,
    "title": LONGEST_TITLE,
}


@dataclass(frozen=True, slots=True)
class CaseForm:
    """`since` is the version of the case that the form was made from. `cite` holds ids of clauses
    and places among the closest; `insert` is the id of what is to be inserted. `to` is the label
    of the colleague who gets the case, or is told of a note. `sent` are the names of the fields
    that were sent: the page has several forms, and each sends its own."""

    since: int
    text: str
    reason: str = ""
    cite: tuple[str, ...] = ()
    question: str = ""
    owner: str = ""
    review_by: str = ""
    published_too: bool = False
    insert: str = ""
    to: str = ""
    note: str = ""
    note_id: int = 0
    title: str = ""
    sent: frozenset[str] = frozenset()

    def over(self, first: "CaseForm") -> "CaseForm":
        """What was sent, and else what the page holds at first."""
        kept = {name: getattr(self, name) for name in KEPT if name in self.sent}
        if "text" in self.sent:  # a box that is not ticked is not sent
            kept |= {"cite": self.cite, "published_too": self.published_too}
        if "note" in self.sent:  # the form that assigns the case has a field of the same name
            kept["to"] = self.to
        return replace(first, **kept, sent=self.sent)

    @property
    def has_words(self) -> bool:
        """Whether somebody wrote more than a choice into it."""
        return any(each.strip() for each in (self.text, self.reason, self.note, self.title))

    def review_date(self) -> date:
        """Raises BadInput."""
        return publishing.day(self.review_by)

    def quotes(self, closest: Sequence[Quote], clauses: Clauses) -> tuple[Quote, ...]:
        """What comms chose to cite: the sentence itself if it is among the closest, else the whole
        clause. Raises BadInput."""
        whole = clauses.picked([each for each in self.cite if not each.startswith(CLOSEST)])
        return (*self._closest(closest), *(choice.quote for choice in whole))

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

    return CaseForm(
        since=_number(text("since")),
        text=text("text"),
        reason=text("reason"),
        cite=tuple(form.fields.getall("cite", ())),
        question=text("question"),
        owner=text("owner"),
        review_by=text("review_by"),
        published_too=bool(text("published_too")),
        insert=text("insert"),
        to=text("to"),
        note=text("note"),
        note_id=_number(text("note_id")),
        title=text("title"),
        sent=frozenset(form.fields),
    )


def _number(text: str) -> int:
    """0 for what is no number of the desk."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def picked(case: Case, quotes: Sequence[Quote], clauses: Clauses) -> tuple[str, ...]:
    """What a form carries for these quotes: their place among the closest, else their clause."""
    others = [quote for quote in quotes if quote not in case.closest]
    places = [number for number, quote in enumerate(case.closest) if quote in quotes]
    return (*(f"{CLOSEST}{number}" for number in places), *clauses.of_quotes(others))


def interpreted(case: Case, cite: Sequence[str], clauses: Clauses) -> frozenset[str]:
    """The clauses of everything that is picked, the closest among them."""
    closest = [quote for n, quote in enumerate(case.closest) if f"{CLOSEST}{n}" in cite]
    return clauses.of_quotes(closest) | {each for each in cite if not each.startswith(CLOSEST)}
