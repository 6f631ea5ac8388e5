"""What an asker may do about a reply: judge it, and take the question to comms."""

import logging
from dataclasses import dataclass
from typing import Protocol

from answer.reply import Decline, Reason, Reply
from desk.model import question as asked
from desk.model.case import Case
from desk.model.case import Reason as Because
from desk.model.errors import Refused
from desk.model.people import Person
from desk.model.question import Verdict
from desk.services.desk import Desk
from desk.services.switches import Switch
from handlers.conversation import case_wording, reply_message
from handlers.conversation.escalation import (
    DEFAULT_OPTIONS,
    EscalationOptions,
    escalation,
    reason_of,
    related_answers,
    with_published,
)
from handlers.conversation.published_answers import PublishedAnswers
from handlers.conversation.reply_message import TO_COMMS, ReplyMessage, Voice
from knowledge.question import Question

log = logging.getLogger(__name__)


class Answers(Protocol):
    def reply(self, question: Question) -> Reply: ...


@dataclass(frozen=True, slots=True)
class QuestionActions:
    """Refusals are DeskErrors, whose sentence is for the person."""

    answers: Answers
    desk: Desk
    published: PublishedAnswers
    contact: str

    def judge(
        self, question_id: int, person: Person, verdict: Verdict, word: str = ""
    ) -> ReplyMessage:
        """What is said to a verdict, for the surface to show beside the answer."""
        self.desk.intake.feedback(question_id, person, verdict, word)
        if verdict is Verdict.HELPFUL:
            return ReplyMessage(question_id, Voice.BOT, case_wording.THANKS)
        return ReplyMessage(question_id, Voice.BOT, case_wording.SORRY, offers=TO_COMMS)

    def ask_comms(
        self, question_id: int, person: Person, wish: EscalationOptions = DEFAULT_OPTIONS
    ) -> Case:
        """The yes to an offer, or the wish to hear a person whatever the bot said."""
        question = self._mine(question_id, person)
        reply, reason = self._reconsidered(as_asked(question))
        return self._opened(question, reply, reason, wish)

    def complain(
        self, question_id: int, person: Person, wish: EscalationOptions = DEFAULT_OPTIONS
    ) -> Case:
        """The yes to the offer that followed "not helpful"."""
        question = self._mine(question_id, person)
        reply, _ = self._reconsidered(as_asked(question))
        return self._opened(question, reply, Because.UNHAPPY, wish)

    def _mine(self, question_id: int, person: Person) -> asked.Question:
        question = self.desk.intake.asked_by(person, question_id)
        if Switch.OFF in self.desk.switches.on():
            raise Refused(case_wording.switched_off(self.contact))
        return question

    def _opened(
        self, question: asked.Question, reply: Reply, reason: Because, wish: EscalationOptions
    ) -> Case:
        says = ReplyMessage(question.id, Voice.BOT, "", earlier=len(question.history))
        why = escalation(question.id, reply, reason, wish, reply_message.as_body(says))
        similar = related_answers(self.published, as_asked(question), reply)
        case = self.desk.escalations.ask_comms(with_published(why, similar))
        if case.answers:
            raise Refused(case_wording.ALREADY_ANSWERED.format(ref=case.ref))
        return case

    def _reconsidered(self, question: Question) -> tuple[Reply, Because]:
        """What the bot said, to help comms; that it cannot say it again must not keep a person
        from a person."""
        try:
            reply = self.answers.reply(question)
        except Exception as error:  # noqa: BLE001 -- whatever breaks the bot, comms do not need it
            log.warning("A question passed on by its asker: %s", type(error).__name__)
            return Decline(0.0, Reason.BELOW_THRESHOLD, True, ""), Because.INTERRUPTED
        return reply, reason_of(reply)


def as_asked(stored: asked.Question) -> Question:
    return Question(stored.text, stored.role, stored.history)
