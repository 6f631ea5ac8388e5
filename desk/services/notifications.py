"""Which messages a change causes. They go into the outbox in the transaction of the change."""

from dataclasses import replace

from desk.model.case import Case, Event
from desk.model.messages import MessageKind
from desk.model.people import Contact
from desk.model.precedent import Precedent, StaleReason
from desk.model.question import Question
from desk.storage import comms_contact_table, outbox_table, question_table
from desk.storage.case_table import Recipient, RecordedEvent
from desk.storage.database import Transaction
from desk.storage.outbox_table import OutboxMessage


class Notifications:
    """`comms`: where settings say that cases are shown, at most one contact for each surface."""

    def __init__(self, comms: tuple[Contact, ...]) -> None:
        self._comms = comms

    def comms(self, tx: Transaction) -> tuple[Contact, ...]:
        """One contact for each surface that comms use; may be none."""
        chosen = {contact.surface: contact for contact in comms_contact_table.listed(tx)}
        return tuple((chosen | {contact.surface: contact for contact in self._comms}).values())

    def reply(self, tx: Transaction, question: Question, body: str) -> None:
        parcel = OutboxMessage(
            key=f"reply:{question.id}",
            lane=f"question:{question.id}",
            contact=question.contact,
            kind=MessageKind.REPLY,
            question_id=question.id,
            body=body,
        )
        outbox_table.put(tx, parcel)

    def policy_change(self, tx: Transaction, question_id: int, version_id: int, body: str) -> bool:
        """Tell an asker that the clause which answered them has changed; false where they were
        told of this version before, or have been erased. Raises NoSuchQuestion."""
        question = question_table.read(tx, question_id)
        return bool(question.text) and outbox_table.put(
            tx,
            OutboxMessage(
                key=f"policy-change:{version_id}:{question_id}",
                lane=f"question:{question_id}",
                contact=question.contact,
                kind=MessageKind.REPLY,
                question_id=question_id,
                body=body,
                under=f"reply:{question_id}",
            ),
        )

    def receipt(self, tx: Transaction, what: RecordedEvent, to: Recipient, body: str) -> None:
        outbox_table.put(tx, replace(_to_asker(MessageKind.RECEIPT, what, to), body=body))

    def answer(self, tx: Transaction, what: RecordedEvent, askers: tuple[Recipient, ...]) -> None:
        for asker in askers:
            outbox_table.put(tx, _to_asker(MessageKind.ANSWER, what, asker))

    def closing(self, tx: Transaction, what: RecordedEvent, askers: tuple[Recipient, ...]) -> None:
        for asker in askers:
            outbox_table.put(tx, _to_asker(MessageKind.CLOSING, what, asker))

    def correction(self, tx: Transaction, what: RecordedEvent, corrected: Event) -> None:
        for told in outbox_table.of_event(tx, corrected.id, MessageKind.ANSWER):
            again = replace(
                told,
                key=f"{MessageKind.CORRECTION}:{what.event_id}:{told.asker_id}",
                kind=MessageKind.CORRECTION,
                event_id=what.event_id,
                replaces=told.key,
            )
            outbox_table.put(tx, again)

    def new_card(self, tx: Transaction, case_id: int) -> None:
        for contact in self.comms(tx):
            self.first_card(tx, case_id, contact)

    def first_card(self, tx: Transaction, case_id: int, contact: Contact) -> None:
        lane = _lane(case_id, contact)
        outbox_table.put(
            tx, OutboxMessage(f"card:{lane}", lane, contact, MessageKind.CARD, case_id)
        )

    def card(self, tx: Transaction, what: RecordedEvent) -> None:
        for contact in self.comms(tx):
            lane = _lane(what.case_id, contact)
            if not outbox_table.card_is_waiting(tx, lane):
                again = _to_comms(MessageKind.CARD, what, contact)
                outbox_table.put(tx, replace(again, replaces=f"card:{lane}"))

    def notice(self, tx: Transaction, kind: MessageKind, what: RecordedEvent) -> None:
        """Also brings the card up to date."""
        for contact in self.comms(tx):
            told = _to_comms(kind, what, contact)
            outbox_table.put(tx, replace(told, under=f"card:{told.lane}"))
        self.card(tx, what)

    def time_notice(self, tx: Transaction, kind: MessageKind, case: Case) -> None:
        """Once for each due time, however often it is found to be near or past."""
        for contact in self.comms(tx):
            lane = _lane(case.id, contact)
            key = f"{kind}:{lane}:{case.due_at.isoformat()}"
            told = OutboxMessage(key, lane, contact, kind, case.id, under=f"card:{lane}")
            outbox_table.put(tx, told)

    def recheck_notice(
        self, tx: Transaction, case_id: int, doubted: Precedent, why: StaleReason
    ) -> None:
        """Once for each doubt about this wording, however often it is found."""
        for contact in self.comms(tx):
            lane = _lane(case_id, contact)
            version = f"{doubted.ref}:{why.name}:{doubted.edited_at.isoformat()}"
            key = f"{MessageKind.RECHECK}:{version}:{lane}"
            told = OutboxMessage(
                key, lane, contact, MessageKind.RECHECK, case_id, under=f"card:{lane}"
            )
            outbox_table.put(tx, replace(told, body=f"{doubted.ref}: {why}"))


def _to_asker(kind: MessageKind, what: RecordedEvent, to: Recipient) -> OutboxMessage:
    return OutboxMessage(
        key=f"{kind}:{what.event_id}:{to.asker_id}",
        lane=f"asker:{to.asker_id}",
        contact=to.contact,
        kind=kind,
        case_id=what.case_id,
        event_id=what.event_id,
        asker_id=to.asker_id,
    )


def _to_comms(kind: MessageKind, what: RecordedEvent, contact: Contact) -> OutboxMessage:
    return OutboxMessage(
        key=f"{kind}:{what.event_id}:{contact.surface}",
        lane=_lane(what.case_id, contact),
        contact=contact,
        kind=kind,
        case_id=what.case_id,
        event_id=what.event_id,
    )


def _lane(case_id: int, contact: Contact) -> str:
    return f"C-{case_id}:{contact.surface}"
