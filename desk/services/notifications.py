"""Which messages a change causes. They enter the outbox in the transaction of the change."""

from dataclasses import replace
from datetime import datetime, timedelta

from desk.model.case import Event
from desk.model.email_address import contact_at
from desk.model.messages import MessageKind
from desk.model.people import Contact
from desk.model.precedent import Precedent, StaleReason
from desk.model.question import Question
from desk.storage import (
    answer_email_table,
    comms_contact_table,
    outbox_table,
    question_table,
)
from desk.storage.asker_table import Recipient
from desk.storage.case_table import RecordedEvent
from desk.storage.database import Transaction
from desk.storage.outbox_table import OutboxMessage


class Notifications:
    """`comms`: where the settings say that cases are shown, at most one contact for each
    surface."""

    def __init__(self, comms: tuple[Contact, ...]) -> None:
        self._comms = comms

    def comms(self, tx: Transaction) -> tuple[Contact, ...]:
        """One contact for each surface that comms use; may be none."""
        chosen = {contact.surface: contact for contact in comms_contact_table.listed_contacts(tx)}
        return tuple((chosen | {contact.surface: contact for contact in self._comms}).values())

    def reply(self, tx: Transaction, question: Question, body: str) -> None:
        message = OutboxMessage(
            key=outbox_table.reply_key(question.id),
            ordering_key=f"question:{question.id}",
            contact=question.contact,
            kind=MessageKind.REPLY,
            question_id=question.id,
            body=body,
        )
        outbox_table.put(tx, message)

    def policy_change(self, tx: Transaction, question_id: int, version_id: int, body: str) -> bool:
        """Tell an asker that the clause which answered them has changed; false where they were
        told of this version before, or have been erased. Raises NoSuchQuestion."""
        question = question_table.read(tx, question_id)
        return bool(question.text) and outbox_table.put(
            tx,
            OutboxMessage(
                key=policy_change_key(version_id, question_id),
                ordering_key=f"question:{question_id}",
                contact=question.contact,
                kind=MessageKind.REPLY,
                question_id=question_id,
                body=body,
                under=outbox_table.reply_key(question_id),
            ),
        )

    def receipt(self, tx: Transaction, recorded: RecordedEvent, to: Recipient, body: str) -> None:
        outbox_table.put(tx, replace(_to_asker(MessageKind.RECEIPT, recorded, to), body=body))

    def answer(
        self,
        tx: Transaction,
        recorded: RecordedEvent,
        askers: tuple[Recipient, ...],
        held_for: timedelta,
    ) -> None:
        """`held_for`: how long nobody sends it, so that it can be taken back."""
        for asker in askers:
            message = _to_asker(MessageKind.ANSWER, recorded, asker)
            outbox_table.put(tx, replace(message, held_for=held_for))

    def closing(
        self, tx: Transaction, recorded: RecordedEvent, askers: tuple[Recipient, ...]
    ) -> None:
        for asker in askers:
            outbox_table.put(tx, _to_asker(MessageKind.CLOSING, recorded, asker))

    def email(self, tx: Transaction, delivered: OutboxMessage) -> None:
        """What an asker was just told goes also to the address that they left. Not earlier: until
        then it may be taken back. The address itself is read when it is sent."""
        if delivered.kind not in outbox_table.ENDS:
            return
        for left in answer_email_table.left_by(tx, [delivered.asker_id]):
            key = f"answer-email:{left.id}"
            kind, contact = MessageKind.ANSWER_EMAIL, contact_at("")
            outbox_table.put(
                tx, replace(delivered, key=key, ordering_key=key, contact=contact, kind=kind)
            )

    def correction(self, tx: Transaction, recorded: RecordedEvent, corrected: Event) -> None:
        for answer in outbox_table.of_event(tx, corrected.id, MessageKind.ANSWER):
            again = replace(
                answer,
                key=f"{MessageKind.CORRECTION}:{recorded.event_id}:{answer.asker_id}",
                kind=MessageKind.CORRECTION,
                event_id=recorded.event_id,
                replaces=answer.key,
            )
            outbox_table.put(tx, again)

    def new_card(self, tx: Transaction, case_id: int) -> None:
        for contact in self.comms(tx):
            self.first_card(tx, case_id, contact)

    def first_card(self, tx: Transaction, case_id: int, contact: Contact) -> bool:
        """False where the case has a card there already."""
        ordering_key = _of_card(case_id, contact)
        card = OutboxMessage(_card(ordering_key), ordering_key, contact, MessageKind.CARD, case_id)
        return outbox_table.put(tx, card)

    def card(self, tx: Transaction, recorded: RecordedEvent) -> None:
        """Bring the card of the case up to date, or show it where it has none yet."""
        for contact in self.comms(tx):
            if not self.first_card(tx, recorded.case_id, contact):
                _update_card(tx, recorded, contact)

    def notice(self, tx: Transaction, kind: MessageKind, recorded: RecordedEvent) -> None:
        """Tell comms under the card, and bring the card up to date."""
        for contact in self.comms(tx):
            is_new = self.first_card(tx, recorded.case_id, contact)
            notice = _to_comms(kind, recorded, contact)
            outbox_table.put(tx, replace(notice, under=_card(notice.ordering_key)))
            if not is_new:
                _update_card(tx, recorded, contact)

    def put_under_card(self, tx: Transaction, notice: OutboxMessage) -> None:
        """A notice about a case, below its card, which is shown first where there is none yet."""
        self.first_card(tx, notice.case_id, notice.contact)
        outbox_table.put(tx, notice)


def time_notice(kind: MessageKind, case_id: int, due: datetime, contact: Contact) -> OutboxMessage:
    """That the case is nearly due, or overdue: one for each due time."""
    ordering_key = _of_card(case_id, contact)
    key = f"{kind}:{ordering_key}:{due.isoformat()}"
    under = _card(ordering_key)
    return OutboxMessage(key, ordering_key, contact, kind, case_id, under=under)


def recheck_notice(
    case_id: int, published: Precedent, reason: StaleReason, contact: Contact
) -> OutboxMessage:
    """That a published answer is out of use: one for each reason and each wording."""
    ordering_key = _of_card(case_id, contact)
    wording = f"{published.ref}:{reason.name}:{published.edited_at.isoformat()}"
    return OutboxMessage(
        key=f"{MessageKind.RECHECK}:{wording}:{ordering_key}",
        ordering_key=ordering_key,
        contact=contact,
        kind=MessageKind.RECHECK,
        case_id=case_id,
        body=f"{published.ref}: {reason}",
        under=_card(ordering_key),
    )


def policy_change_key(version_id: int, question_id: int) -> str:
    return f"policy-change:{version_id}:{question_id}"


def _update_card(tx: Transaction, recorded: RecordedEvent, contact: Contact) -> None:
    card = _to_comms(MessageKind.CARD, recorded, contact)
    if not outbox_table.card_is_pending(tx, card.ordering_key):
        outbox_table.put(tx, replace(card, replaces=_card(card.ordering_key)))


def _to_asker(kind: MessageKind, recorded: RecordedEvent, to: Recipient) -> OutboxMessage:
    return OutboxMessage(
        key=f"{kind}:{recorded.event_id}:{to.asker_id}",
        ordering_key=f"asker:{to.asker_id}",
        contact=to.contact,
        kind=kind,
        case_id=recorded.case_id,
        event_id=recorded.event_id,
        asker_id=to.asker_id,
    )


def _to_comms(kind: MessageKind, recorded: RecordedEvent, contact: Contact) -> OutboxMessage:
    return OutboxMessage(
        key=f"{kind}:{recorded.event_id}:{contact.surface}",
        ordering_key=_of_card(recorded.case_id, contact),
        contact=contact,
        kind=kind,
        case_id=recorded.case_id,
        event_id=recorded.event_id,
    )


def _card(ordering_key: str) -> str:
    """The key of the first card of a case in the place where comms are shown it now."""
    return f"card:{ordering_key}"


def _of_card(case_id: int, contact: Contact) -> str:
    return f"C-{case_id}:{contact.surface}"
