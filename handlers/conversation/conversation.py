"""The conversation with an asker, without a platform: here `answer` and `desk` meet.

What a person sees goes through the desk's outbox, so that it is neither lost nor sent twice. A
surface translates what comes in, calls one method, and translates what is delivered.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from answer.reply import Answer, HandOver, Reply
from desk.model import question as asked
from desk.model.case import Naming, Quote
from desk.model.errors import AlreadyFinished
from desk.model.precedent import Precedent
from desk.model.question import Accepted, AlreadySeen, Incoming, Outcome
from desk.services.desk import Desk
from desk.services.switches import Switch
from handlers.conversation import case_wording, reply_message
from handlers.conversation.case_wording import NOT_SENT
from handlers.conversation.earlier_messages import needed_earlier
from handlers.conversation.escalation import (
    DEFAULT_OPTIONS,
    EscalationOptions,
    EscalationPolicy,
    all_to_comms,
    case_reason,
    escalation,
    offers_person,
    outcome_of,
    quotes,
    related_answers,
    says_what_happens,
    with_published,
)
from handlers.conversation.published_answers import PublishedAnswers
from handlers.conversation.question_actions import Answers, as_asked
from handlers.conversation.reply_message import TO_COMMS, Offer, ReplyMessage, Voice
from handlers.conversation.section_choice import section_chosen, section_reply
from knowledge.policy import Policy
from knowledge.question import Question
from knowledge.reason import Reason

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

    def _answer(self, asked: "_Asked") -> None:
        """The steps from a stored question to its outcome: the first that applies gives it."""
        question, switches = asked.question, self.desk.switches.on()
        if Switch.OFF in switches:
            self._say(asked.id, Outcome.DECLINED, case_wording.switched_off(self.contact))
        elif Switch.HAND_EVERYTHING_OVER in switches:
            reply = all_to_comms(self.answers.reply(question))
            self._deliver(asked, reply, related_answers(self.published, question, reply))
        elif section := section_chosen(question.text, self.policies):
            self._deliver(asked, section_reply(section, self._reply_before(question)))
        elif precedent := self.published.answer_to(question):
            self._deliver_published(asked, precedent)
        else:
            reply = self.answers.reply(question)
            similar = related_answers(self.published, question, reply)
            if similar:
                self._offer_similar(asked, reply, similar)
            else:
                self._deliver(asked, reply)

    def _deliver_published(self, asked: "_Asked", precedent: Precedent) -> None:
        says = reply_message.from_precedent(precedent, asked.id, self.desk.hours.zone)
        cited = tuple(Quote(c.policy, c.section, c.heading, "") for c in precedent.cited)
        self._finish(Outcome.ANSWERED, says, cited)

    def _offer_similar(self, asked: "_Asked", reply: Reply, similar: tuple[Precedent, ...]) -> None:
        """Only a no to the published answer opens a case."""
        says = replace(reply_message.from_reply(reply, asked.id), lead=case_wording.NOT_SENT)
        says = reply_message.with_similar(says, similar, self.desk.hours.zone)
        self._finish(Outcome.OFFERED, says)

    def _deliver(
        self, asked: "_Asked", reply: Reply, published: tuple[Precedent, ...] = ()
    ) -> None:
        """`published` goes into the draft for comms, where a case opens."""
        match reply:
            case Answer(citations=citations, confidence=confidence):
                says = reply_message.from_reply(reply, asked.id, (Offer.FEEDBACK, *TO_COMMS))
                self._finish(Outcome.ANSWERED, says, quotes(citations), confidence)
            case HandOver(reason=Reason.MAY_ANSWER):
                self._suggest(asked, reply)
            case HandOver() if self.policy.opens_unasked(asked.question, reply):
                self._hand_over(asked, reply, published)
            case _:
                offers = TO_COMMS if offers_person(reply) else ()
                says = reply_message.from_reply(reply, asked.id, offers)
                lead = says.lead if says_what_happens(reply) else f"{NOT_SENT} {says.lead}"
                self._finish(outcome_of(reply), replace(says, lead=lead))

    def _suggest(self, asked: "_Asked", reply: HandOver) -> None:
        """Only "none of these" opens a case."""
        says = reply_message.from_reply(reply, asked.id, (Offer.SECTIONS, *TO_COMMS))
        says = replace(says, lead=f"{NOT_SENT} {says.lead}")
        self._finish(Outcome.OFFERED, says, quotes(reply.may_help))

    def _hand_over(
        self, asked: "_Asked", reply: HandOver, published: tuple[Precedent, ...]
    ) -> None:
        earlier = needed_earlier(asked.question, reply, self.answers.reply)
        says = reply_message.from_reply(reply, asked.id)
        why = escalation(says, reply, case_reason(reply), asked.options, earlier)
        self.desk.escalations.hand_over(with_published(why, published))

    def _reply_before(self, question: Question) -> Reply | None:
        if not question.history:
            return None
        *before, last = question.history
        return self.answers.reply(Question(last, question.role, tuple(before)))

    def _say(
        self, question_id: int, outcome: Outcome, lead: str, offers: tuple[Offer, ...] = ()
    ) -> None:
        self._finish(outcome, ReplyMessage(question_id, Voice.BOT, lead, offers=offers))

    def _finish(
        self,
        outcome: Outcome,
        says: ReplyMessage,
        cited: tuple[Quote, ...] = (),
        confidence: float | None = None,
    ) -> None:
        body = reply_message.as_body(says)
        self.desk.intake.finish(says.question_id, outcome, body, cited, confidence)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A stored question, and how its asker wants it to reach comms."""

    id: int
    question: Question
    options: EscalationOptions
