"""What an asker sees on Teams, as Adaptive Cards."""

from dataclasses import dataclass
from datetime import datetime

from desk.model.hours import OfficeHours
from desk.model.messages import BotReply, CaseClosed, CommsAnswer, CorrectedAnswer, Message, Receipt
from desk.model.text import LONGEST_REMARK
from handlers.conversation import case_wording
from handlers.conversation.button_labels import DOES_THIS_ANSWER, REMARK
from handlers.conversation.reply_message import (
    Offer,
    RelatedAnswer,
    ReplyMessage,
    Voice,
    from_body,
    plain,
)
from handlers.teams.cards.buttons import (
    SEND,
    add_to,
    feedback_on,
    offers,
    on_case,
    this_answers,
    to_comms,
)
from handlers.teams.cards.elements import (
    Element,
    box,
    buttons,
    card,
    cut,
    execute,
    fitted,
    heading,
    line,
    row,
    run,
    shortened,
    text_input,
    unfold,
    words,
)
from handlers.teams.cards.quotes import Quotes
from handlers.teams.verbs import Verb

FROM_COMMS = "Answer from the communications team"
MOST_CHOICES = 5
LONGEST_SUMMARY = 300  # characters
LONGEST_ASKED = 160  # characters of a question above its answer; its asker knows it


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
        return fitted(lambda limit: card(summary, self._reply(says, limit), actions))

    def sorry(self, says: ReplyMessage) -> Element:
        """After "not helpful": offers to ask a person, and a field for a remark."""
        remark = text_input("word", REMARK, maxLength=LONGEST_REMARK)
        send = execute(SEND, Verb.REMARK, {"question": says.question_id})
        actions = [*to_comms(says, Verb.COMPLAIN), unfold("Say why", [remark], send)]
        return card(says.lead, words(says.lead), actions)

    def _reply(self, says: ReplyMessage, limit: int) -> list[Element]:
        return [
            *_lead(says, limit),
            *words(cut(says.text, limit)),
            *self.quotes.answering(says.quotes, limit),
            *(_similar(each, limit) for each in says.similar_answers[:1]),
            *(words(DOES_THIS_ANSWER) if Offer.CONFIRM in says.offers else []),
            *self._related(says, limit),
            *_choices(says, limit),
        ]

    def _related(self, says: ReplyMessage, limit: int) -> list[Element]:
        if Offer.SECTIONS not in says.offers:
            return self.quotes.related(says.related, limit)
        return [
            box([quote, buttons(this_answers(says.question_id, number))])
            for number, quote in enumerate(self.quotes.suggested(says.related, limit), start=1)
        ]

    def _receipt(self, receipt: Receipt, now: datetime) -> Element:
        below = case_wording.may_help(receipt)
        sent, *more = case_wording.receipt_lines(receipt, self.hours, now)

        def build(limit: int) -> Element:
            body = [*words(cut(sent, limit)), *(line(run(each)) for each in more)]
            body += self._reply(below, limit) if below else []
            return card(_in_short(sent), body, on_case(receipt.ref))

        return fitted(build)

    def _answer(self, answer: CommsAnswer, before: list[Element]) -> Element:
        who = answer.answered_by.name or case_wording.OF_COMMS
        headline = case_wording.ANSWERED.format(who=who, ref=answer.ref)
        question = case_wording.ASKED.format(question=shortened(answer.question, LONGEST_ASKED))
        actions = [*feedback_on(answer.question_id), add_to(answer.ref)]

        def build(limit: int) -> Element:
            body = [
                *before,
                heading(FROM_COMMS),
                line(run(question, isSubtle=True, size="Small")),
                box(
                    [*words(headline, weight="Bolder"), *words(cut(answer.text, limit))],
                    style="emphasis",
                    spacing="Small",
                ),
                *self.quotes.cited(answer.cited, limit),
            ]
            return card(_in_short(f"{headline} {answer.text}"), body, actions)

        return fitted(build)


def _closed(closed: CaseClosed) -> Element:
    reason = case_wording.CLOSED_CASE.format(ref=closed.ref, reason=closed.reason)
    question = case_wording.ASKED.format(question=closed.question)

    def build(limit: int) -> Element:
        body = [*words(cut(question, limit), isSubtle=True), *words(cut(reason, limit))]
        return card(_in_short(reason), body, [add_to(closed.ref)])

    return fitted(build)


def _lead(says: ReplyMessage, limit: int) -> list[Element]:
    if not says.lead:
        return []
    weight = "Default" if says.voice is Voice.BOT else "Bolder"
    return words(cut(says.lead, limit), weight=weight)


def _similar(answer: RelatedAnswer, limit: int) -> Element:
    shown = [
        *words(answer.lead, weight="Bolder"),
        *words(cut(f"“{answer.question}”", limit), isSubtle=True),
        *words(cut(answer.text, limit)),
    ]
    return box(shown, style="emphasis")


def _choices(says: ReplyMessage, limit: int) -> list[Element]:
    offered = says.choices[:MOST_CHOICES]
    return [row(cut(each, limit), Verb.ASK, {"text": each}) for each in offered]


def _in_short(text: str) -> str:
    """For notifications and screen readers."""
    return shortened(text, LONGEST_SUMMARY)
