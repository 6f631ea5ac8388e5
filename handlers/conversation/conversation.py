"""The whole conversation with an asker, free of any platform: here `answer` and `desk` meet.

What a person sees goes through the desk's outbox, so that it is neither lost nor said twice;
a surface translates what comes in, calls one method, and translates what is delivered.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from answer.reply import Answer, Clarify, Decline, HandOver, Reason, Reply
from desk.model import question as asked
from desk.model.case import Naming, Quote
from desk.model.errors import AlreadyFinished
from desk.model.people import Person
from desk.model.precedent import Precedent
from desk.model.question import Accepted, AlreadySeen, Incoming, Outcome
from desk.services.desk import Desk
from desk.services.switches import Switch
from handlers.conversation import case_wording, reply_message
from handlers.conversation.escalation import (
    DEFAULT_OPTIONS,
    NEEDS_A_YES,
    EscalationOptions,
    EscalationPolicy,
    all_to_comms,
    escalation,
    offers_person,
    quotes,
    reason_of,
    related_answers,
    with_published,
)
from handlers.conversation.published_answers import PublishedAnswers
from handlers.conversation.question_actions import Answers, as_asked
from handlers.conversation.reply_message import TO_COMMS, Offer, RelatedAnswer, ReplyMessage, Voice
from knowledge.question import Question

# A question that broke the bot twice may break it always; its asker waits no longer.
TRIES = 2
KEPT_BACK = NEEDS_A_YES | {Reason.SMALL_TALK}


@dataclass(frozen=True, slots=True)
class Conversation:
    """`contact` is named in the notice that the bot is closed. Refusals are DeskErrors, whose
    sentence is for the person."""

    answers: Answers
    desk: Desk
    published: PublishedAnswers
    policy: EscalationPolicy
    contact: str

    def ask(
        self, incoming: Incoming, wish: EscalationOptions = DEFAULT_OPTIONS
    ) -> Accepted | AlreadySeen:
        """Everything up to the outcome; the reply is then in the outbox."""
        accepted = self.accept(incoming)
        if isinstance(accepted, Accepted):
            self.settle(accepted, incoming.person, wish)
        return accepted

    def accept(self, incoming: Incoming) -> Accepted | AlreadySeen:
        """The quick half of `ask`, for a surface that has to acknowledge: from here on the
        question cannot be lost."""
        history = self._free_to_pass_on(incoming)
        return self.desk.intake.accept(replace(incoming, history=history))

    def settle(
        self, accepted: Accepted, person: Person, wish: EscalationOptions = DEFAULT_OPTIONS
    ) -> None:
        """The slow half of `ask`."""
        question = self.desk.intake.asked_by(person, accepted.question_id)
        with suppress(AlreadyFinished):  # by the sweeper, which took a slow answer for a lost one
            self._settle(question.id, as_asked(question), wish)

    def answer_again(self, left: asked.Question) -> None:
        """For the sweeper. Whether it was to be unnamed is not known any more, so it is."""
        if left.tries >= TRIES:
            says = ReplyMessage(left.id, Voice.BOT, case_wording.FAILED, offers=TO_COMMS)
            self._finish(Outcome.DECLINED, says)
        else:
            self._settle(left.id, as_asked(left), EscalationOptions(Naming.UNNAMED))

    def _settle(self, question_id: int, question: Question, wish: EscalationOptions) -> None:
        switches = self.desk.switches.on()
        if Switch.OFF in switches:
            closed = ReplyMessage(question_id, Voice.BOT, case_wording.switched_off(self.contact))
            self._finish(Outcome.DECLINED, closed)
        elif Switch.HAND_EVERYTHING_OVER in switches:
            reply = all_to_comms(self.answers.reply(question))
            self._conclude(question_id, question, reply, wish, switches)
        else:
            precedent = self.published.answer_to(question)
            if precedent is None:
                reply = self.answers.reply(question)
                self._conclude(question_id, question, reply, wish, switches)
            else:
                self._publish(question_id, precedent)

    def _publish(self, question_id: int, precedent: Precedent) -> None:
        says = reply_message.from_precedent(precedent, question_id, self.desk.hours.zone)
        cited = tuple(Quote(c.policy, c.section, c.heading, "") for c in precedent.cited)
        self._finish(Outcome.ANSWERED, says, cited)

    def _conclude(
        self,
        question_id: int,
        question: Question,
        reply: Reply,
        wish: EscalationOptions,
        switches: frozenset[Switch],
    ) -> None:
        match reply:
            case Answer(citations=citations, confidence=confidence):
                says = reply_message.from_reply(reply, question_id, (Offer.FEEDBACK, *TO_COMMS))
                self._finish(Outcome.ANSWERED, says, quotes(citations), confidence)
            case HandOver():
                self._hand_over(question_id, question, reply, wish, switches)
            case _:
                offers = TO_COMMS if offers_person(reply) else ()
                self._finish(_outcome(reply), reply_message.from_reply(reply, question_id, offers))

    def _hand_over(
        self,
        question_id: int,
        question: Question,
        reply: HandOver,
        wish: EscalationOptions,
        switches: frozenset[Switch],
    ) -> None:
        similar = related_answers(self.published, question, reply)
        says = reply_message.from_reply(reply, question_id)
        # While comms answer everything themselves, nothing else is to look like an answer.
        if Switch.HAND_EVERYTHING_OVER not in switches:
            says = replace(says, similar_answers=self._shown(similar))
        if self._goes_unasked(reply.reason):
            body = reply_message.as_body(replace(says, earlier=len(question.history)))
            why = escalation(question_id, reply, reason_of(reply), wish, body)
            self.desk.escalations.hand_over(with_published(why, similar))
        else:
            self._finish(_outcome(reply), replace(says, offers=TO_COMMS))

    def _shown(self, similar: tuple[Precedent, ...]) -> tuple[RelatedAnswer, ...]:
        return tuple(reply_message.related_answer(each, self.desk.hours.zone) for each in similar)

    def _goes_unasked(self, reason: Reason) -> bool:
        return self.policy is EscalationPolicy.AUTOMATIC and reason not in NEEDS_A_YES

    def _free_to_pass_on(self, incoming: Incoming) -> tuple[str, ...]:
        """Comms see the history of a case: what was sensitive may be in it only by the asker's
        yes, and they said yes to no more than one question. Small talk helps nobody there."""
        return tuple(
            said
            for said in incoming.history
            if self.answers.reply(Question(said, incoming.role)).reason not in KEPT_BACK
        )

    def _finish(
        self,
        outcome: Outcome,
        says: ReplyMessage,
        cited: tuple[Quote, ...] = (),
        confidence: float | None = None,
    ) -> None:
        body = reply_message.as_body(says)
        self.desk.intake.finish(says.question_id, outcome, body, cited, confidence)


def _outcome(reply: Reply) -> Outcome:
    """OFFERED is for what the policy lacks: comms read those words in the list of gaps, and a
    sensitive matter's words are not for them."""
    match reply:
        case HandOver(reason=reason) if reason not in NEEDS_A_YES:
            return Outcome.OFFERED
        case Clarify():
            return Outcome.CLARIFY
        case HandOver() | Decline():
            return Outcome.DECLINED
        case _:
            return Outcome.HELP
