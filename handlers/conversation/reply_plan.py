"""What the bot is going to say to a question, before anything is stored or sent."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import tzinfo

from answer.reply import Answer, HandOver, Reply
from desk.model.case import Quote
from desk.model.precedent import Precedent
from desk.model.question import NO_DECISION, Decision, Outcome
from desk.services.switches import Switch
from handlers.conversation import case_wording, reply_message
from handlers.conversation.case_wording import NOT_SENT
from handlers.conversation.escalation import (
    EscalationPolicy,
    all_to_comms,
    offers_person,
    outcome_of,
    quotes,
    related_answers,
    says_what_happens,
)
from handlers.conversation.published_answers import PublishedAnswers
from handlers.conversation.question_actions import Answers
from handlers.conversation.reply_message import TO_COMMS, Offer, ReplyMessage, Voice
from handlers.conversation.section_choice import section_chosen, section_reply
from knowledge.policy import Policy
from knowledge.question import Question
from knowledge.reason import Reason


@dataclass(frozen=True, slots=True)
class FinalReply:
    """The question ends with this reply. `cited` and `decision` are stored with its outcome."""

    outcome: Outcome
    says: ReplyMessage
    cited: tuple[Quote, ...] = ()
    decision: Decision = NO_DECISION


@dataclass(frozen=True, slots=True)
class OpensCase:
    """The question goes to comms. `published` are answers that their draft begins with."""

    reply: HandOver
    published: tuple[Precedent, ...] = ()


ReplyPlan = FinalReply | OpensCase
"""Its ReplyMessage names no question yet."""


@dataclass(frozen=True, slots=True)
class ReplyPlanner:
    """`contact` is named while the bot is switched off; `zone` is the office's."""

    answers: Answers
    policies: tuple[Policy, ...]
    published: PublishedAnswers
    policy: EscalationPolicy
    contact: str
    zone: tzinfo

    def plan(self, question: Question, switches: AbstractSet[Switch]) -> ReplyPlan:
        """The steps from a question to its reply: the first that applies gives it."""
        if Switch.OFF in switches:
            says = ReplyMessage(0, Voice.BOT, case_wording.switched_off(self.contact))
            return FinalReply(Outcome.DECLINED, says)
        if Switch.HAND_EVERYTHING_OVER in switches:
            reply = all_to_comms(self.answers.reply(question))
            return self._plan(question, reply, related_answers(self.published, question, reply))
        if section := section_chosen(question.text, self.policies):
            return self._plan(question, section_reply(section, self._reply_before(question)))
        if precedent := self.published.answer_to(question):
            return self._published(precedent)
        reply = self.answers.reply(question)
        similar = related_answers(self.published, question, reply)
        return self._similar(reply, similar) if similar else self._plan(question, reply)

    def _published(self, precedent: Precedent) -> FinalReply:
        says = reply_message.from_precedent(precedent, 0, self.zone)
        cited = tuple(Quote(c.policy, c.section, c.heading, "") for c in precedent.cited)
        return FinalReply(Outcome.ANSWERED, says, cited)

    def _similar(self, reply: Reply, similar: tuple[Precedent, ...]) -> FinalReply:
        """Only a no to the published answer opens a case."""
        says = replace(reply_message.from_reply(reply), lead=NOT_SENT)
        says = reply_message.with_similar(says, similar, self.zone)
        return FinalReply(Outcome.OFFERED, says)

    def _plan(
        self, question: Question, reply: Reply, published: tuple[Precedent, ...] = ()
    ) -> ReplyPlan:
        """`published` goes into the draft for comms, where a case opens."""
        match reply:
            case Answer(citations=citations, confidence=confidence):
                says = reply_message.from_reply(reply, offers=(Offer.FEEDBACK, *TO_COMMS))
                cited = quotes(citations)
                decision = Decision(confidence, reply.reason)
                return FinalReply(Outcome.ANSWERED, says, cited, decision)
            case HandOver(reason=Reason.MAY_ANSWER):
                return _suggestion(reply)
            case HandOver() if self.policy.opens_unasked(question, reply):
                return OpensCase(reply, published)
            case _:
                offers = TO_COMMS if offers_person(reply) else ()
                says = reply_message.from_reply(reply, offers=offers)
                lead = says.lead if says_what_happens(reply) else f"{NOT_SENT} {says.lead}"
                says = replace(says, lead=lead)
                return FinalReply(outcome_of(reply), says, decision=Decision(reason=reply.reason))

    def _reply_before(self, question: Question) -> Reply | None:
        if not question.history:
            return None
        *before, last = question.history
        return self.answers.reply(Question(last, question.role, tuple(before)))


def _suggestion(reply: HandOver) -> FinalReply:
    """Only "none of these" opens a case."""
    says = reply_message.from_reply(reply, offers=(Offer.SECTIONS, *TO_COMMS))
    says = replace(says, lead=f"{NOT_SENT} {says.lead}")
    decision = Decision(reason=reply.reason)
    return FinalReply(Outcome.OFFERED, says, quotes(reply.may_help), decision)
