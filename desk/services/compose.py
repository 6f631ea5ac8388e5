"""Turns a row of the outbox into its message, from what the case says at the moment of sending."""

from desk.model.case import Case, Event, Quote, Step
from desk.model.email_address import contact_at
from desk.model.errors import Undeliverable
from desk.model.messages import (
    AnswerEmail,
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
from desk.model.people import Contact
from desk.services import digest_content
from desk.storage import answer_email_table, case_reader, outbox_table
from desk.storage.database import Transaction
from desk.storage.outbox_table import OutboxMessage


def quoted_below(text: str, cited: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """The cited clauses that an answer does not quote itself: nobody reads the same words twice."""
    return tuple(quote for quote in cited if quote.text not in text)


def compose(tx: Transaction, message: OutboxMessage) -> Outgoing:
    return Outgoing(
        key=message.key,
        contact=_contact(tx, message),
        message=_content(tx, message),
        replaces=outbox_table.message_id(tx, message.replaces),
        under=outbox_table.message_id(tx, message.under),
    )


def _contact(tx: Transaction, message: OutboxMessage) -> Contact:
    """An address that an asker left is only in its own table, from where it is deleted."""
    if message.kind is not MessageKind.ANSWER_EMAIL:
        return message.contact
    address = answer_email_table.address_of(tx, message.asker_id)
    if not address:
        raise Undeliverable("The asker took the address back.")
    return contact_at(address)


def _content(tx: Transaction, message: OutboxMessage) -> Message:
    if message.kind is MessageKind.REPLY:
        return BotReply(message.body)
    if message.kind is MessageKind.DIGEST:
        return digest_content.compose(tx, message)
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
    if message.kind is MessageKind.ANSWER_EMAIL:
        return AnswerEmail(_told(tx, case, _latest_answer(tx, case, event, message), message))
    told = _told(tx, case, event, message)
    if message.kind is MessageKind.CORRECTION and isinstance(told, CommsAnswer):
        return CorrectedAnswer(told)
    return told


def _told(
    tx: Transaction, case: Case, event: Event, message: OutboxMessage
) -> CommsAnswer | CaseClosed:
    question_id, question = case_reader.own_words(tx, message.asker_id)
    if event.step is Step.CLOSED:
        return CaseClosed(case.ref, question, event.text)
    return CommsAnswer(
        ref=case.ref,
        question_id=question_id,
        question=question,
        text=event.text,
        cited=quoted_below(event.text, event.cited),
        answered_by=event.person,
        at=event.at,
    )


def _latest_answer(tx: Transaction, case: Case, event: Event, message: OutboxMessage) -> Event:
    """An e-mail is sent once, so it has the answer as it was corrected meanwhile. A later answer
    that may still be undone, or that goes to other askers only, stays out of it."""
    told = outbox_table.answers_told(tx, message.asker_id)
    later = (each for each in case.events if each.id > event.id and each.id in told)
    return max(later, key=lambda each: each.id, default=event)


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
