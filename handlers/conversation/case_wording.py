"""What an asker is told about their question and its case, as plain text.

A surface with buttons and cards takes the parts that it needs; `to_asker` gives the whole.
"""

from dataclasses import replace
from datetime import datetime

from answer import wording
from desk.model.case import Naming
from desk.model.hours import OfficeHours
from desk.model.messages import BotReply, CaseClosed, CommsAnswer, CorrectedAnswer, Message, Receipt
from handlers.conversation.reply_message import ReplyMessage, from_body, plain

SENT = "I have sent this to the communications team: “{sent}”"
AS_UNNAMED = "They do not see your name."
EARLIER = "They also see what you wrote before: “{said}”"
EXPECT = "Your reference is {ref}. Expect an answer by {due}."
CHANGE = "Until then you can add to {ref} or withdraw it."
ASKED = "You asked: “{question}”"
ANSWERED = "{who} answers ({ref}):"
CORRECTED = "Corrected answer. It replaces the earlier one."
CLOSED_CASE = "The communications team closed {ref} without an answer: {reason}"
OF_COMMS = "The communications team"
NOT_SENT = "I have not sent your question to anyone yet."
# What the bot says of a question that it has sent: that comms can answer it goes without saying.
WHY = {wording.HAND_OVER: wording.UNSURE, wording.NEAR_MISS: wording.NOT_IN_POLICY}
NOT_FOR_COMMS = "I have not passed this on. The communications team does not deal with it."
SWITCHED_OFF = "I am switched off at the moment and cannot answer questions."
CONTACT = "Please contact {contact}."
FAILED = "Something went wrong and I could not look this up. I have not passed anything on."
NO_CASES = "You have no cases with the communications team."
NOTHING_WITHDRAWN = (
    "This message opened no case, so there is nothing to withdraw. What you added to a case stays "
    "there."
)
FOLLOW_UP_KEPT = (
    "The communications team already has what you added to {ref}, so I can't take it back."
)
NAME_KNOWN = (
    "The communications team already has your name with {ref}. To ask without it, withdraw {ref} "
    "and ask again."
)
WITH_COMMS = "The communications team has this question as {ref}."
ADDED = "Added to {ref}."
WITHDRAWN = "Withdrawn."
THANKS = "Thank you for your feedback."
SORRY = "Sorry that this did not help. I can pass your question to the communications team."
REMARK_SAVED = "Thank you. The communications team can read your remark."
ACKNOWLEDGED = "You are welcome. To ask more about {ref}, reply here."
ALREADY_ANSWERED = (
    "The communications team has answered this as {ref}. Add to {ref} to ask them more."
)


def switched_off(contact: str) -> str:
    return f"{SWITCHED_OFF} {CONTACT.format(contact=contact)}" if contact else SWITCHED_OFF


def to_asker(message: Message, hours: OfficeHours, now: datetime) -> str:
    """The whole message as plain text; empty for what is meant for comms."""
    match message:
        case BotReply(body=body):
            return plain(from_body(body))
        case Receipt():
            below = may_help(message)
            lines = receipt_lines(message, hours, now)
            return "\n".join([*lines, *([plain(below)] if below else [])])
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
    """What happens now, before anything else is shown: what was sent, whether with a name, when
    to expect an answer, what the asker may do. Then why the question went to comms."""
    says = from_body(receipt.body) if receipt.body else None
    why = WHY.get(says.lead, says.lead) if says else ""
    unnamed = (AS_UNNAMED,) if receipt.naming is Naming.UNNAMED else ()
    return (
        SENT.format(sent=receipt.sent),
        *(EARLIER.format(said=said) for said in (says.passed_on if says else ())),
        *unnamed,
        EXPECT.format(ref=receipt.ref, due=hours.phrase(receipt.due_at, now)),
        CHANGE.format(ref=receipt.ref),
        *((why,) if why else ()),
    )


def answer_text(answer: CommsAnswer) -> str:
    who = answer.answered_by.name or OF_COMMS
    cited = [f"“{quote.text}” ({quote.place})" for quote in answer.cited]
    asked = ASKED.format(question=answer.question)
    return "\n".join([asked, ANSWERED.format(who=who, ref=answer.ref), answer.text, *cited])


def may_help(receipt: Receipt) -> ReplyMessage | None:
    """What is shown below the lines of a receipt; None where there is nothing."""
    says = from_body(receipt.body) if receipt.body else None
    if says is None or not (says.related or says.similar_answers):
        return None
    return replace(says, lead="")
