"""Turns a parcel into its message at the moment of sending, from what the case then says."""

from desk.model.case import Case, Event
from desk.model.messages import (
    BotReply,
    CaseCard,
    CaseClosed,
    CaseNotice,
    CommsAnswer,
    CorrectedAnswer,
    Message,
    MessageKind,
    Outgoing,
    Receipt,
)
from desk.storage import case_reader, outbox_table
from desk.storage.database import Transaction
from desk.storage.outbox_table import OutboxMessage


def compose(tx: Transaction, parcel: OutboxMessage) -> Outgoing:
    return Outgoing(
        key=parcel.key,
        contact=parcel.contact,
        message=_message(tx, parcel),
        replaces=outbox_table.message_id(tx, parcel.replaces),
        under=outbox_table.message_id(tx, parcel.under),
    )


def _message(tx: Transaction, parcel: OutboxMessage) -> Message:
    if parcel.kind is MessageKind.REPLY:
        return BotReply(parcel.body)
    case = case_reader.load(tx, parcel.case_id)
    if parcel.asker_id:
        return _to_asker(tx, case, parcel)
    if parcel.kind is MessageKind.CARD:
        return CaseCard(case)
    said = (event.text for event in case.events if event.id == parcel.event_id)
    return CaseNotice(case, parcel.kind, next(said, parcel.body))


def _to_asker(tx: Transaction, case: Case, parcel: OutboxMessage) -> Message:
    event = next(event for event in case.events if event.id == parcel.event_id)
    if parcel.kind is MessageKind.RECEIPT:
        return _receipt(case, event, parcel)
    question_id, question = case_reader.own_words(tx, parcel.asker_id)
    if parcel.kind is MessageKind.CLOSING:
        return CaseClosed(case.ref, question, event.text)
    answer = CommsAnswer(
        ref=case.ref,
        question_id=question_id,
        question=question,
        text=event.text,
        cited=event.cited,
        answered_by=event.who,
        at=event.at,
    )
    return CorrectedAnswer(answer) if parcel.kind is MessageKind.CORRECTION else answer


def _receipt(case: Case, event: Event, parcel: OutboxMessage) -> Receipt:
    asker = next(asker for asker in case.askers if asker.id == parcel.asker_id)
    return Receipt(
        ref=case.ref,
        sent=event.text,
        naming=asker.naming,
        due_at=case.due_at,
        closest=case.closest,
        body=parcel.body,
    )
