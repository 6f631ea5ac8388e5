"""What the templates of the chat say in words, from what a letter holds."""

from datetime import datetime

from answer import wording
from desk.messages import CommsAnswer, Receipt
from handlers import bot_says, desk_wording
from handlers.bot_says import Offer, Voice
from handlers.service import Service
from handlers.web_conversation import answered
from handlers.web_places import Places
from knowledge.policy import Role

LONGEST = 2000  # characters of a question that are shown


class ChatWords:
    related = wording.RELATED
    corrected = desk_wording.CORRECTED
    offer = Offer
    voice = Voice
    roles = tuple(Role)
    quoted = staticmethod(wording.quoted)
    where = staticmethod(wording.where)
    place = staticmethod(bot_says.place)
    sources = staticmethod(bot_says.sources)
    answered = staticmethod(answered)

    def __init__(self, service: Service) -> None:
        self._hours = service.desk.hours
        self._clock = service.clock
        self.places = Places(service.policies)

    def at(self, moment: datetime) -> str:
        """ "15:02", with the day before it where that is not today."""
        there = moment.astimezone(self._hours.zone)
        today = self._clock.now().astimezone(self._hours.zone).date()
        day = "" if there.date() == today else f"{there.day} {there:%B}, "
        return f"{day}{there:%H:%M}"

    def receipt(self, receipt: Receipt) -> tuple[str, ...]:
        return desk_wording.receipt_lines(receipt, self._hours, self._clock.now())

    def language(self, lead: str) -> str:
        return "cy" if lead == wording.WELSH else "en-GB"

    def asked(self, question: str) -> str:
        return desk_wording.ASKED.format(question=question)

    def answers(self, answer: CommsAnswer) -> str:
        who = answer.answered_by.name or desk_wording.OF_COMMS
        return desk_wording.ANSWERED.format(who=who, ref=answer.ref)

    def closed(self, ref: str, reason: str) -> str:
        return desk_wording.CLOSED_CASE.format(ref=ref, reason=reason)

    def shortened(self, text: str) -> str:
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
