"""What the templates of the chat say, from what a message holds."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from answer import wording
from answer.reply import Citation
from desk.model.case import PENDING, Status
from desk.model.email_address import LONGEST_ADDRESS
from desk.model.messages import CommsAnswer, Receipt
from desk.model.question import Verdict
from desk.model.text import LONGEST_REMARK
from handlers.conversation import button_labels, case_wording, reply_message
from handlers.conversation.reply_message import Offer, ReplyMessage
from handlers.conversation.services import Services
from handlers.web.chat.actions import LONGEST_TEXT
from handlers.web.chat.history import Entry, comms_answer
from handlers.web.links import linked
from handlers.web.policies.clause_links import ClauseLinks
from knowledge.policy import Role

LONGEST_SHOWN = 2000  # characters of a question


class ChatTemplateContext:
    labels = button_labels
    related = wording.MAY_HELP
    corrected = case_wording.CORRECTED
    withdrawn = case_wording.WITHDRAWN
    offer = Offer
    roles = tuple(Role)
    verdicts = (
        (Verdict.HELPFUL, button_labels.HELPFUL),
        (Verdict.NOT_HELPFUL, button_labels.NOT_HELPFUL),
    )
    longest_address = LONGEST_ADDRESS
    longest_text = LONGEST_TEXT
    longest_remark = LONGEST_REMARK
    capitalised = staticmethod(wording.capitalised)
    quoted = staticmethod(wording.quoted)
    under_headings = staticmethod(wording.under_headings)
    sources = staticmethod(reply_message.sources)
    ask_comms_label = staticmethod(reply_message.ask_comms_label)
    comms_answer = staticmethod(comms_answer)
    linked = staticmethod(linked)

    def __init__(self, services: Services) -> None:
        self.sends_email = services.sends_email
        self._hours = services.desk.hours
        self._clock = services.clock
        self.links = ClauseLinks(services.policies)

    def by_place(self, citations: Sequence[Citation]) -> Iterator[tuple[tuple[Citation, ...], str]]:
        """The quotes of each place together, where they follow each other, with the address of
        their whole clause. A clause that is quoted twice is offered once, after its last quote."""
        addresses = [self.links.clause(citation) for citation in citations]
        clauses = [address.partition("?")[0] for address in addresses]
        start = 0
        for _, found in groupby(zip(citations, clauses, strict=True), _place_and_clause):
            quotes = tuple(citation for citation, _ in found)
            last = start + len(quotes) - 1
            again = clauses[last] in clauses[last + 1 :]
            yield quotes, "" if again else addresses[last]
            start = last + 1

    def lead(self, says: ReplyMessage) -> str:
        """What comes above the quotes; empty where it only names the places, which the quotes do
        here too."""
        for several in (True, False):
            if says.quotes and says.lead == wording.opening(says.quotes, several_policies=several):
                return ""
        return says.lead

    def by_day(self, entries: Sequence[Entry]) -> Iterator[tuple[date, tuple[Entry, ...]]]:
        for day, found in groupby(entries, lambda entry: self._day_of(entry.message.at)):
            yield day, tuple(found)

    def day_name(self, day: date) -> str:
        """ "Today", "Yesterday", or "Monday 23 November", with the year if it is another."""
        today = self._day_of(self._clock.now())
        if day == today:
            return "Today"
        if day == today - timedelta(days=1):
            return "Yesterday"
        year = "" if day.year == today.year else f" {day.year}"
        return f"{day:%A} {day.day} {day:%B}{year}"

    def at(self, moment: datetime) -> str:
        """ "15:02", with the date before it if that is not today."""
        there = moment.astimezone(self._hours.zone)
        today = self._day_of(self._clock.now())
        day = "" if there.date() == today else f"{there.day} {there:%B}, "
        return f"{day}{there:%H:%M}"

    def time(self, moment: datetime) -> str:
        """ "15:02" """
        return f"{moment.astimezone(self._hours.zone):%H:%M}"

    def _day_of(self, moment: datetime) -> date:
        return moment.astimezone(self._hours.zone).date()

    def receipt(self, receipt: Receipt) -> tuple[str, ...]:
        return case_wording.receipt_lines(receipt, self._hours, self._clock.now())

    def language(self, lead: str) -> str:
        return "cy" if lead == wording.WELSH else "en-GB"

    def asked(self, question: str) -> str:
        return case_wording.ASKED.format(question=question)

    def answers(self, answer: CommsAnswer) -> str:
        who = answer.answered_by.name or case_wording.OF_COMMS
        return case_wording.ANSWERED.format(who=who, ref=answer.ref)

    def closed(self, ref: str, reason: str) -> str:
        return case_wording.CLOSED_CASE.format(ref=ref, reason=reason)

    def tag(self, status: Status) -> str:
        """The colour of the status, as GOV.UK Frontend names it."""
        return "grey" if status not in PENDING else "blue"

    def shortened(self, text: str) -> str:
        return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _place_and_clause(found: tuple[Citation, str]) -> tuple[str, str]:
    citation, clause = found
    return citation.place, clause
