"""Every sentence in which the desk speaks to an asker, as plain text.

A surface with buttons and cards takes the parts it needs; one without shows the whole.
"""

from datetime import datetime

from desk.model.case import Naming
from desk.model.hours import OfficeHours
from desk.model.messages import BotReply, CaseClosed, CommsAnswer, CorrectedAnswer, Message, Receipt
from handlers.conversation.reply_message import from_body, plain

SENT = "I have sent this to the communications team: “{sent}”"
AS_UNNAMED = "They do not see your name."
EARLIER = "They also see {count} earlier {messages} of this conversation."
EXPECT = "Your reference is {ref}. You will hear by {due}."
CHANGE = "You can withdraw {ref}, or add to it, until then."
ASKED = "You asked: “{question}”"
ANSWERED = "{who} answers ({ref}):"
CORRECTED = "Corrected: this takes the place of the earlier answer."
CLOSED_CASE = "The communications team closed {ref} without an answer: {reason}"
OF_COMMS = "The communications team"
CLOSED = "I am closed for the moment and answer no questions."
TURN_TO = "Please turn to {contact}."
FAILED = "Something went wrong on my side and I could not look this up. Nothing has been passed on."
NO_CASE = "Nothing of it is with the communications team."
WITH_COMMS = "It is with the communications team as {ref}."
WITHDRAWN = "Withdrawn."
GLAD = "Thank you for saying so."
SORRY = "Sorry about that. I can pass your question to the communications team."
ALREADY_ANSWERED = (
    "The communications team have answered this as {ref}. Add to {ref} to ask them further."
)


def closed(contact: str) -> str:
    return f"{CLOSED} {TURN_TO.format(contact=contact)}" if contact else CLOSED


def to_asker(message: Message, hours: OfficeHours, now: datetime) -> str:
    """The whole message as plain text; empty for what is meant for comms."""
    match message:
        case BotReply(body=body):
            return plain(from_body(body))
        case Receipt():
            return _receipt(message, hours, now)
        case CorrectedAnswer(answer=answer):
            return f"{CORRECTED}\n{answer_text(answer)}"
        case CommsAnswer():
            return answer_text(message)
        case CaseClosed(ref=ref, question=question, reason=reason):
            told = CLOSED_CASE.format(ref=ref, reason=reason)
            return f"{ASKED.format(question=question)}\n{told}"
        case _:
            return ""


def receipt_lines(receipt: Receipt, hours: OfficeHours, now: datetime) -> tuple[str, ...]:
    """What was sent, whether with a name, when to expect an answer, what the asker may do."""
    unnamed = (AS_UNNAMED,) if receipt.naming is Naming.UNNAMED else ()
    return (
        SENT.format(sent=receipt.sent),
        *unnamed,
        *_earlier(receipt),
        EXPECT.format(ref=receipt.ref, due=hours.phrase(receipt.due_at, now)),
        CHANGE.format(ref=receipt.ref),
    )


def answer_text(answer: CommsAnswer) -> str:
    who = answer.answered_by.name or OF_COMMS
    cited = [f"“{quote.text}” ({quote.place})" for quote in answer.cited]
    asked = ASKED.format(question=answer.question)
    return "\n".join([asked, ANSWERED.format(who=who, ref=answer.ref), answer.text, *cited])


def _receipt(receipt: Receipt, hours: OfficeHours, now: datetime) -> str:
    lines = receipt_lines(receipt, hours, now)
    before = [plain(from_body(receipt.body))] if receipt.body else []
    return "\n".join(part for part in (*before, *lines) if part)


def _earlier(receipt: Receipt) -> tuple[str, ...]:
    count = from_body(receipt.body).earlier if receipt.body else 0
    messages = "message" if count == 1 else "messages"
    return (EARLIER.format(count=count, messages=messages),) if count else ()
