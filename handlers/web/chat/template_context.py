"""What the templates of the chat say, from what a message holds."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from answer import wording
from answer.reply import Citation
from desk.model.email_address import LONGEST_ADDRESS
from desk.model.messages import CommsAnswer, Receipt
from desk.model.question import Verdict
from desk.model.text import LONGEST_REMARK
from handlers.conversation import button_labels, case_wording, reply_message
from handlers.conversation.reply_message import Offer
from handlers.conversation.services import Services
from handlers.web.chat.actions import LONGEST_TEXT
from handlers.web.chat.history import comms_answer
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
    quoted = staticmethod(wording.quoted)
    under_headings = staticmethod(wording.under_headings)
    sources = staticmethod(reply_message.sources)
    ask_comms_label = staticmethod(reply_message.ask_comms_label)
    comms_answer = staticmethod(comms_answer)

    def __init__(self, services: Services) -> None:
        self.sends_email = services.sends_email
        self._hours = services.desk.hours
        self._clock = services.clock
        self.links = ClauseLinks(services.policies)

    def with_clauses(self, citations: Sequence[Citation]) -> Iterator[tuple[Citation, str]]:
        """Each quote with the address of its whole clause. A clause that is quoted twice is
        offered once, after its last quote."""
        addresses = [self.links.clause(citation) for citation in citations]
        clauses = [address.partition("?")[0] for address in addresses]
        for place, citation in enumerate(citations):
            again = clauses[place] in clauses[place + 1 :]
            yield citation, "" if again else addresses[place]

    def at(self, moment: datetime) -> str:
        """ "15:02", with the date before it if that is not today."""
        there = moment.astimezone(self._hours.zone)
        today = self._clock.now().astimezone(self._hours.zone).date()
        day = "" if there.date() == today else f"{there.day} {there:%B}, "
        return f"{day}{there:%H:%M}"

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

    def shortened(self, text: str) -> str:
        return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
