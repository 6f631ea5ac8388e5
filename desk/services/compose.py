"""Turns a row of the outbox into its message, from what the case says at the moment of sending."""

from desk.model.case import Case, Event, Quote
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


def quoted_below(text: str, cited: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """The cited clauses that an answer does not quote itself: nobody reads the same words twice."""
    return tuple(quote for quote in cited if quote.text not in text)


def compose(tx: Transaction, message: OutboxMessage) -> Outgoing:
    return Outgoing(
        key=message.key,
        contact=message.contact,
        message=_content(tx, message),
        replaces=outbox_table.message_id(tx, message.replaces),
        under=outbox_table.message_id(tx, message.under),
    )


def _content(tx: Transaction, message: OutboxMessage) -> Message:
    if message.kind is MessageKind.REPLY:
        return BotReply(message.body)
    case = case_reader.load(tx, message.case_id)
    if message.asker_id:
        return _to_asker(tx, case, message)
    if message.kind is MessageKind.CARD:
        return CaseCard(case)
    said = (event.text for event in case.events if event.id == message.event_id)
    return CaseNotice(case, message.kind, next(said, message.body))


def _to_asker(tx: Transaction, case: Case, message: OutboxMessage) -> Message:
    event = next(event for event in case.events if event.id == message.event_id)
    if message.kind is MessageKind.RECEIPT:
        return _receipt(case, event, message)
    question_id, question = case_reader.own_words(tx, message.asker_id)
    if message.kind is MessageKind.CLOSING:
        return CaseClosed(case.ref, question, event.text)
    answer = CommsAnswer(
        ref=case.ref,
        question_id=question_id,
        question=question,
        text=event.text,
        cited=quoted_below(event.text, event.cited),
        answered_by=event.person,
        at=event.at,
    )
    return CorrectedAnswer(answer) if message.kind is MessageKind.CORRECTION else answer


def _receipt(case: Case, event: Event, message: OutboxMessage) -> Receipt:
    asker = next(asker for asker in case.askers if asker.id == message.asker_id)
    return Receipt(
        ref=case.ref,
        sent=event.text,
        naming=asker.naming,
        due_at=case.due_at,
        closest=case.closest,
        body=message.body,
    )
