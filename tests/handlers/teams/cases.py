"""Messages of the desk as the translators meet them, made without a desk."""

from datetime import UTC, datetime, timedelta

from answer.reply import Citation
from desk.model.case import Asker, Case, Event, Naming, Quote, Status, Step
from desk.model.messages import CommsAnswer, Receipt
from desk.model.people import PersonRef
from handlers.conversation.reply_message import TO_COMMS, Offer, ReplyMessage, Voice, as_body
from knowledge.policy import Obligation, Role
from knowledge.reason import Reason

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
JANE = PersonRef("j", "Jane Smith")
ANN = PersonRef("a", "Ann Asker")
LOGO = Citation(
    policy="toy",
    title="Toy guidance",
    reviewed="April 2013",
    section="1",
    heading="Think twice",
    lead_in="",
    quote="Avoid use of the council logo on a blog.",
    obligation=Obligation.SHOULD_NOT,
)
TRAINING = Quote("toy", "2(a)", "Employees", "Not post without training.")


def answer(**other: object) -> ReplyMessage:
    fields: dict[str, object] = {
        "question_id": 7,
        "voice": Voice.POLICY,
        "lead": "Section 1, Think twice:",
        "quotes": (LOGO,),
        "offers": (Offer.FEEDBACK, *TO_COMMS),
    }
    return ReplyMessage(**fields | other)  # type: ignore[arg-type] # the names are ReplyMessage's own


def case(status: Status = Status.OPEN, question: str = "May I?", **other: object) -> Case:
    opened = Event(1, Step.OPENED, ANN, NOW, "", ())
    answered = Event(2, Step.ANSWERED, JANE, NOW, "Yes, you may.", (TRAINING,))
    replied = status in (Status.ANSWERED, Status.CLOSED)
    fields: dict[str, object] = {
        "id": 12,
        "status": status,
        "question": question,
        "role": Role.STAFF,
        "history": (),
        "reason": Reason.NEAR_MISS,
        "closest": (TRAINING,),
        "draft": "“Not post without training.” (section 2(a), Employees)",
        "holder": JANE if status is Status.CLAIMED else None,
        "opened_at": NOW,
        "due_at": NOW + timedelta(days=1),
        "askers": (Asker(1, ANN, Naming.NAMED, question, waiting=not replied),),
        "events": (opened, answered) if replied else (opened,),
    }
    return Case(**fields | other)  # type: ignore[arg-type] # the names are Case's own


def receipt(sent: str = "May I?", says: ReplyMessage | None = None) -> Receipt:
    body = as_body(says) if says else ""
    return Receipt("C-12", sent, Naming.NAMED, NOW + timedelta(days=1), (), body)


def comms_answer(text: str = "Yes, you may.", question: str = "May I?") -> CommsAnswer:
    return CommsAnswer("C-12", 7, question, text, (TRAINING,), JANE, NOW)
