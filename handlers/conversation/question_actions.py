"""What an asker may do about a reply: judge it, and ask comms."""

import logging
from dataclasses import dataclass
from typing import Protocol

from answer.reply import Decline, HandOver, Reply
from desk.model import question as asked
from desk.model.case import Case
from desk.model.errors import Refused
from desk.model.people import Person
from desk.model.question import Verdict
from desk.services.desk import Desk
from desk.services.switches import Switch
from handlers.conversation import case_wording, reply_message
from handlers.conversation.earlier_messages import needed_earlier
from handlers.conversation.escalation import (
    DEFAULT_OPTIONS,
    EscalationOptions,
    case_reason,
    escalation,
    related_answers,
    with_published,
)
from handlers.conversation.published_answers import PublishedAnswers
from handlers.conversation.reply_message import TO_COMMS, ReplyMessage, Voice
from knowledge.question import Question
from knowledge.reason import Reason

log = logging.getLogger(__name__)


class Answers(Protocol):
    def reply(self, question: Question) -> Reply: ...


@dataclass(frozen=True, slots=True)
class QuestionActions:
    """What only the person who asked may do. Refusals are DeskErrors, whose sentence is for the
    person; `contact` is named while the bot is switched off."""

    answers: Answers
    desk: Desk
    published: PublishedAnswers
    contact: str

    def judge(
        self,
        question_id: int,
        person: Person,
        verdict: Verdict,
        remark: str = "",
    ) -> ReplyMessage:
        """What is said to a verdict, for the surface to show beside the answer. A remark may come
        with it or later. Raises NotYours, NoSuchQuestion and TooLong."""
        self.desk.intake.feedback(question_id, person, verdict, remark)
        if remark:
            return ReplyMessage(question_id, Voice.BOT, case_wording.REMARK_SAVED)
        if verdict is Verdict.HELPFUL:
            return ReplyMessage(question_id, Voice.BOT, case_wording.THANKS)
        return ReplyMessage(question_id, Voice.BOT, case_wording.SORRY, offers=TO_COMMS)

    def confirm(self, question_id: int, person: Person, number: int) -> ReplyMessage:
        """What is said when the suggested section with this number, counted from 1, answers.
        Raises NotYours, NoSuchQuestion and Refused."""
        self.desk.intake.confirm(question_id, person, number)
        return ReplyMessage(question_id, Voice.BOT, case_wording.THANKS)

    def ask_comms(
        self, question_id: int, person: Person, options: EscalationOptions = DEFAULT_OPTIONS
    ) -> Case:
        """The yes to an offer, or the wish to hear a person whatever the bot said."""
        return self._opened(self._mine(question_id, person), options)

    def complain(
        self, question_id: int, person: Person, options: EscalationOptions = DEFAULT_OPTIONS
    ) -> Case:
        """The yes to the offer that followed "not helpful"."""
        return self._opened(self._mine(question_id, person), options, Reason.UNHAPPY)

    def reply_now(self, question_id: int, person: Person) -> ReplyMessage:
        """What the bot says to the question now, so that an answer that no longer holds is not
        shown to others."""
        stored = self.desk.intake.asked_by(person, question_id)
        question = as_asked(stored)
        precedent = self.published.answer_to(question)
        if precedent is not None:
            return reply_message.from_precedent(precedent, stored.id, self.desk.hours.zone)
        return reply_message.from_reply(self.answers.reply(question), stored.id)

    def _mine(self, question_id: int, person: Person) -> asked.Question:
        question = self.desk.intake.asked_by(person, question_id)
        if Switch.OFF in self.desk.switches.on():
            raise Refused(case_wording.switched_off(self.contact))
        return question

    def _opened(
        self, stored: asked.Question, options: EscalationOptions, why: Reason | None = None
    ) -> Case:
        question = as_asked(stored)
        reply, reason, earlier = self._reconsidered(question)
        if isinstance(reply, HandOver) and not reply.for_comms:
            raise Refused(f"{case_wording.NOT_FOR_COMMS}\n{reply.lead}")
        says = ReplyMessage(stored.id, Voice.BOT, "")
        escalated = escalation(says, reply, why or reason, options, earlier)
        related = related_answers(self.published, question, reply)
        case = self.desk.escalations.ask_comms(with_published(escalated, related))
        if case.answers:
            raise Refused(case_wording.ALREADY_ANSWERED.format(ref=case.ref))
        return case

    def _reconsidered(self, question: Question) -> tuple[Reply, Reason, tuple[str, ...]]:
        """What the bot said, to help comms, and the earlier messages that the question needs. If
        the bot fails here, the asker must still reach a person."""
        try:
            reply = self.answers.reply(question)
            earlier = needed_earlier(question, reply, self.answers.reply)
        except Exception as error:  # noqa: BLE001 -- whatever breaks the bot, comms do not need it
            log.warning("A question passed on by its asker: %s", type(error).__name__)
            failed = Decline(0.0, Reason.BELOW_THRESHOLD, True, "")
            return failed, Reason.INTERRUPTED, ()
        return reply, case_reason(reply), earlier


def as_asked(stored: asked.Question) -> Question:
    return Question(stored.text, stored.role, stored.history)
