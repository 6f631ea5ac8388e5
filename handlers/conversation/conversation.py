"""The conversation with an asker, without a platform: here `answer` and `desk` meet.

What a person sees goes through the desk's outbox, so that it is neither lost nor sent twice. A
surface translates what comes in, calls one method, and translates what is delivered.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from answer.reply import HandOver
from desk.model import question as asked
from desk.model.case import Naming
from desk.model.errors import AlreadyFinished
from desk.model.precedent import Precedent
from desk.model.question import Accepted, AlreadySeen, Incoming, Outcome
from desk.services.desk import Desk
from handlers.conversation import case_wording, reply_message
from handlers.conversation.earlier_messages import needed_earlier
from handlers.conversation.escalation import (
    DEFAULT_OPTIONS,
    EscalationOptions,
    EscalationPolicy,
    case_reason,
    escalation,
    with_published,
)
from handlers.conversation.published_answers import PublishedAnswers
from handlers.conversation.question_actions import Answers, as_asked
from handlers.conversation.reply_message import TO_COMMS, Offer, ReplyMessage, Voice
from handlers.conversation.reply_plan import FinalReply, OpensCase, ReplyPlanner
from knowledge.policy import Policy
from knowledge.question import Question

# A question that broke the bot twice may break it again; its asker is told so.
TRIES = 2


@dataclass(frozen=True, slots=True)
class Conversation:
    """`contact` is named while the bot is switched off. Refusals are DeskErrors, whose sentence
    is for the person."""

    answers: Answers
    policies: Sequence[Policy]
    desk: Desk
    published: PublishedAnswers
    policy: EscalationPolicy
    contact: str

    def ask(
        self, incoming: Incoming, options: EscalationOptions = DEFAULT_OPTIONS
    ) -> Accepted | AlreadySeen:
        """Everything up to the outcome; the reply is then in the outbox."""
        accepted = self.accept(incoming)
        if isinstance(accepted, Accepted):
            self.settle(accepted, options)
        return accepted

    def accept(self, incoming: Incoming) -> Accepted | AlreadySeen:
        """Store the question, and nothing else: afterwards it cannot be lost, so that a surface
        may acknowledge it. Then comes `settle`."""
        return self.desk.intake.accept(incoming)

    def settle(self, accepted: Accepted, options: EscalationOptions = DEFAULT_OPTIONS) -> None:
        """Give a stored question its outcome."""
        question = accepted.question
        with suppress(AlreadyFinished):  # by the sweeper, which took a slow answer for a lost one
            self._answer(_Asked(question.id, as_asked(question), options))

    def answer_again(self, left: asked.Question) -> None:
        """For the sweeper. Whether the asker wanted to stay unnamed is not stored, so they do."""
        if left.tries >= TRIES:
            self._say(left.id, Outcome.DECLINED, case_wording.FAILED, TO_COMMS)
        else:
            self._answer(_Asked(left.id, as_asked(left), EscalationOptions(Naming.UNNAMED)))

    def planner(self) -> ReplyPlanner:
        """With the policies that are in force now."""
        return ReplyPlanner(
            self.answers,
            tuple(self.policies),
            self.published,
            self.policy,
            self.contact,
            self.desk.hours.zone,
        )

    def _answer(self, asked: "_Asked") -> None:
        planned = self.planner().plan(asked.question, self.desk.switches.on())
        match planned:
            case FinalReply():
                self._finish(asked.id, planned)
            case OpensCase(reply=reply, published=published):
                self._hand_over(asked, reply, published)

    def _hand_over(
        self, asked: "_Asked", reply: HandOver, published: tuple[Precedent, ...]
    ) -> None:
        earlier = needed_earlier(asked.question, reply, self.answers.reply)
        says = reply_message.from_reply(reply, asked.id)
        why = escalation(says, reply, case_reason(reply), asked.options, earlier)
        self.desk.escalations.hand_over(with_published(why, published))

    def _say(
        self, question_id: int, outcome: Outcome, lead: str, offers: tuple[Offer, ...] = ()
    ) -> None:
        says = ReplyMessage(question_id, Voice.BOT, lead, offers=offers)
        self._finish(question_id, FinalReply(outcome, says))

    def _finish(self, question_id: int, final: FinalReply) -> None:
        body = reply_message.as_body(replace(final.says, question_id=question_id))
        self.desk.intake.finish(question_id, final.outcome, body, final.cited, final.decision)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A stored question, and how its asker wants it to reach comms."""

    id: int
    question: Question
    options: EscalationOptions
