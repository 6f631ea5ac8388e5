"""What an asker sees on Teams, as Adaptive Cards."""

from dataclasses import dataclass
from datetime import datetime

from desk.model.hours import OfficeHours
from desk.model.messages import BotReply, CaseClosed, CommsAnswer, CorrectedAnswer, Message, Receipt
from handlers.conversation import case_wording
from handlers.conversation.reply_message import RelatedAnswer, ReplyMessage, Voice, from_body, plain
from handlers.teams.cards.buttons import addition, feedback, of_case, offers, to_comms
from handlers.teams.cards.elements import (
    Element,
    box,
    card,
    cut,
    execute,
    fitted,
    heading,
    row,
    text_input,
    unfold,
    words,
)
from handlers.teams.cards.quotes import Quotes
from handlers.teams.verbs import Verb

REMARK = "What was missing? (if you like)"
OF_COMMS = "Answer of the communications team"
MOST_CHOICES = 5


@dataclass(frozen=True, slots=True)
class AskerCards:
    """Makes the card of each message of the desk to an asker."""

    quotes: Quotes
    hours: OfficeHours

    def of(self, message: Message, now: datetime) -> Element:
        match message:
            case BotReply(body=body):
                return self.says(from_body(body))
            case Receipt():
                return self._receipt(message, now)
            case CorrectedAnswer(answer=answer):
                return self._answer(answer, [heading(case_wording.CORRECTED)])
            case CommsAnswer():
                return self._answer(message, [])
            case CaseClosed():
                return _closed(message)
            case _:
                raise ValueError(f"A {type(message).__name__} is not for askers.")

    def says(self, says: ReplyMessage) -> Element:
        summary = _in_short(plain(says))
        actions = offers(says)
        return fitted(lambda limit: card(summary, self._said(says, limit), actions))

    def sorry(self, says: ReplyMessage) -> Element:
        """What follows "not helpful": the offer of a person, and room for a word."""
        about = {"question": says.question_id}
        remark = text_input("word", REMARK, maxLength=500)
        send = execute("Send this remark", Verb.REMARK, about)
        actions = [*to_comms(says, Verb.COMPLAIN), unfold("Say why", [remark], send)]
        return card(says.lead, words(says.lead), actions)

    def _said(self, says: ReplyMessage, limit: int) -> list[Element]:
        return [
            *_lead(says, limit),
            *words(cut(says.text, limit)),
            *self.quotes.answering(says.quotes, limit),
            *(_akin(akin, limit) for akin in says.similar_answers[:1]),
            *self.quotes.related(says.related, limit),
            *_choices(says, limit),
        ]

    def _receipt(self, receipt: Receipt, now: datetime) -> Element:
        says = from_body(receipt.body) if receipt.body else None
        sent, *rest = case_wording.receipt_lines(receipt, self.hours, now)

        def build(limit: int) -> Element:
            told = [*words(cut(sent, limit)), *(each for line in rest for each in words(line))]
            before = self._said(says, limit) if says and says.lead else []
            body = [*before, box(told, separator=bool(before))]
            return card(_in_short(sent), body, of_case(receipt.ref))

        return fitted(build)

    def _answer(self, answer: CommsAnswer, before: list[Element]) -> Element:
        who = answer.answered_by.name or case_wording.OF_COMMS
        said = case_wording.ANSWERED.format(who=who, ref=answer.ref)
        asked = case_wording.ASKED.format(question=answer.question)
        actions = [*feedback(answer.question_id), addition(answer.ref)]

        def build(limit: int) -> Element:
            body = [
                *before,
                heading(OF_COMMS),
                *words(cut(asked, limit), isSubtle=True),
                *words(said, weight="Bolder"),
                box(words(cut(answer.text, limit)), style="emphasis"),
                *self.quotes.cited(answer.cited, limit),
            ]
            return card(_in_short(f"{said} {answer.text}"), body, actions)

        return fitted(build)


def _closed(closed: CaseClosed) -> Element:
    told = case_wording.CLOSED_CASE.format(ref=closed.ref, reason=closed.reason)
    asked = case_wording.ASKED.format(question=closed.question)

    def build(limit: int) -> Element:
        body = [*words(cut(asked, limit), isSubtle=True), *words(cut(told, limit))]
        return card(_in_short(told), body, [addition(closed.ref)])

    return fitted(build)


def note(text: str) -> Element:
    """A card of nothing but text."""
    return fitted(lambda limit: card(_in_short(text), words(cut(text, limit))))


def _lead(says: ReplyMessage, limit: int) -> list[Element]:
    weight = "Default" if says.voice is Voice.BOT else "Bolder"
    return words(cut(says.lead, limit), weight=weight)


def _akin(akin: RelatedAnswer, limit: int) -> Element:
    told = [
        *words(akin.lead, weight="Bolder"),
        *words(cut(f"“{akin.question}”", limit), isSubtle=True),
        *words(cut(akin.text, limit)),
    ]
    return box(told, style="emphasis")


def _choices(says: ReplyMessage, limit: int) -> list[Element]:
    asked = [cut(each, limit) for each in says.choices[:MOST_CHOICES]]
    return [row(each, Verb.ASK, {"text": each}) for each in asked]


def _in_short(text: str) -> str:
    """For notifications and for who listens: the beginning, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 300 else f"{line[:299].rstrip()}…"
