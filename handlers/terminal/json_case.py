"""Takes in a question as every surface does, and writes its outcome as a JSON line."""

import json
import secrets
from dataclasses import dataclass, field, replace
from time import perf_counter

from answer.reply import Clarify, HandOver, Reply
from desk.model.errors import LeftForAnother
from desk.model.messages import BotReply, CannotTell, Outgoing, Receipt
from desk.model.people import Contact, Person
from desk.model.question import Accepted, Incoming
from handlers.conversation import case_wording
from handlers.conversation.question_actions import Answers
from handlers.conversation.reply_message import ReplyMessage, Voice, from_body
from handlers.conversation.services import Services
from handlers.terminal.json_lines import OUTCOMES, ReplyFields, citations
from knowledge.errors import BadInput
from knowledge.question import Question

ONLY = "1"  # the id of the only line
TAKEN = "Another window of yours has shown the reply."


class OpenedFields(ReplyFields):
    """`case` is empty where none was opened."""

    case: str


@dataclass(frozen=True, slots=True)
class Overheard:
    """Keeps what the bot replied to each text, which is not always what is said."""

    answers: Answers
    replies: dict[str, Reply] = field(default_factory=dict)

    def reply(self, question: Question) -> Reply:
        reply = self.answers.reply(question)
        return self.replies.setdefault(question.text, reply)


@dataclass(frozen=True, slots=True)
class Collector:
    """Takes what is said to one question, and leaves what else is due for its person to read."""

    contact: Contact
    question_id: int
    collected: list[BotReply | Receipt] = field(default_factory=list)

    @property
    def surfaces(self) -> frozenset[str]:
        return frozenset({self.contact.surface})

    def send(self, outgoing: Outgoing) -> str:
        message = outgoing.message
        if not isinstance(message, BotReply | Receipt) or not self._is_mine(message.body):
            raise LeftForAnother("It belongs to another question.")
        self.collected.append(message)
        return outgoing.key

    def find_sent(self, outgoing: Outgoing) -> CannotTell:  # noqa: ARG002 -- the Protocol's names
        return CannotTell()

    def _is_mine(self, body: str) -> bool:
        return body != "" and from_body(body).question_id == self.question_id


def opened_line(service: Services, person: Person, contact: Contact, question: Question) -> str:
    """As `json_lines.answer_line`, with what was really said, and with the case. Raises BadInput
    where another process was quicker to show it."""
    start = perf_counter()
    overheard = Overheard(service.conversation.answers)
    talk, name = replace(service.conversation, answers=overheard), secrets.token_hex(8)
    role, text = question.role, question.text
    accepted = talk.ask(Incoming(name, name, contact, person, role, text, question.history))
    number = accepted.question_id if isinstance(accepted, Accepted) else 0
    collector = Collector(contact, number)
    service.desk.delivery.deliver_due(collector)
    if not collector.collected:
        raise BadInput(TAKEN)
    fields = _fields(collector.collected[0], overheard.replies.get(text))
    now = service.clock.now()
    fields["text"] = case_wording.to_asker(collector.collected[0], service.desk.hours, now)
    fields["ms"] = round((perf_counter() - start) * 1000, 1)
    return json.dumps(fields, ensure_ascii=False)


def _fields(message: BotReply | Receipt, reply: Reply | None) -> OpenedFields:
    """`reply` is None where the bot was not asked: comms have published the answer, or have
    switched the bot off."""
    says = from_body(message.body)
    return {
        "id": ONLY,
        "outcome": _outcome(message, says, reply),
        "confidence": round(reply.confidence, 4) if reply else 0.0,
        "citations": citations(says.quotes),
        "closest": citations(reply.closest if isinstance(reply, Clarify | HandOver) else ()),
        "reason": reply.reason.text if reply else says.lead,
        "text": "",
        "ms": 0.0,
        "case": message.ref if isinstance(message, Receipt) else "",
    }


def _outcome(message: BotReply | Receipt, says: ReplyMessage, reply: Reply | None) -> str:
    if isinstance(message, Receipt):
        return "escalated"
    if says.voice is not Voice.BOT:
        return "answered"
    return OUTCOMES[type(reply)] if reply else "declined"
