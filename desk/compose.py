"""Turns a parcel into its message at the moment of sending, from what the case then says."""

from desk import storage_case_reader, storage_outbox
from desk.case import Asker, Case, Event
from desk.messages import (
    BotReply,
    CaseCard,
    CaseClosed,
    CaseNotice,
    CommsAnswer,
    CorrectedAnswer,
    Kind,
    Message,
    Outgoing,
    Receipt,
)
from desk.storage import Transaction
from desk.storage_outbox import Parcel


def compose(tx: Transaction, parcel: Parcel) -> Outgoing:
    return Outgoing(
        key=parcel.key,
        contact=parcel.contact,
        message=_message(tx, parcel),
        replaces=storage_outbox.message_id(tx, parcel.replaces),
        under=storage_outbox.message_id(tx, parcel.under),
    )


def _message(tx: Transaction, parcel: Parcel) -> Message:
    if parcel.kind is Kind.REPLY:
        return BotReply(parcel.body)
    case = storage_case_reader.load(tx, parcel.case_id)
    if parcel.asker_id:
        return _to_asker(case, parcel)
    if parcel.kind is Kind.CARD:
        return CaseCard(case)
    return CaseNotice(case, parcel.kind, _text(case, parcel.event_id))


def _to_asker(case: Case, parcel: Parcel) -> Message:
    asker = next(asker for asker in case.askers if asker.id == parcel.asker_id)
    event = next(event for event in case.events if event.id == parcel.event_id)
    if parcel.kind is Kind.RECEIPT:
        sent, naming = event.text, asker.naming
        return Receipt(case.ref, sent, naming, case.due_at, case.closest, parcel.body)
    if parcel.kind is Kind.CLOSING:
        return CaseClosed(case.ref, asker.question, event.text)
    answer = _answer(case, asker, event)
    return CorrectedAnswer(answer) if parcel.kind is Kind.CORRECTION else answer


def _answer(case: Case, asker: Asker, event: Event) -> CommsAnswer:
    return CommsAnswer(case.ref, asker.question, event.text, event.cited, event.who, event.at)


def _text(case: Case, event_id: int) -> str:
    return next((event.text for event in case.events if event.id == event_id), "")
