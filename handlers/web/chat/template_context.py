"""What the templates of the chat say in words, from what a letter holds."""

from datetime import datetime

from answer import wording
from desk.model.messages import CommsAnswer, Receipt
from handlers.conversation import case_wording, reply_message
from handlers.conversation.reply_message import Offer, Voice
from handlers.conversation.services import Services
from handlers.web.chat.history import answered
from handlers.web.policies.clause_links import ClauseLinks
from knowledge.policy import Role

LONGEST = 2000  # characters of a question that are shown


class ChatTemplateContext:
    related = wording.MAY_HELP
    corrected = case_wording.CORRECTED
    offer = Offer
    voice = Voice
    roles = tuple(Role)
    quoted = staticmethod(wording.quoted)
    place = staticmethod(reply_message.place)
    sources = staticmethod(reply_message.sources)
    answered = staticmethod(answered)

    def __init__(self, service: Services) -> None:
        self._hours = service.desk.hours
        self._clock = service.clock
        self.places = ClauseLinks(service.policies)

    def at(self, moment: datetime) -> str:
        """ "15:02", with the day before it where that is not today."""
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
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
