"""The tables of cases, messages and the audit trail. The other tables stand with their queries.

A change here needs a migration; a test compares the two.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
)

from desk.model.email_address import LONGEST_ADDRESS
from desk.storage.column_types import JsonWords, Key, Name, Number, UtcDateTime, Words, metadata

people = Table(
    "people",
    metadata,
    # A pseudonym. A person has one as asker, one in comms, and another in each unnamed case.
    Column("id", String(40), primary_key=True),
    Column("key", Key, nullable=False),
    Column("role", String(10), nullable=False),
    # The unnamed case ("C-12"); empty for the pseudonyms that serve everywhere.
    Column("scope", String(40), nullable=False),
    Column("name", Name, nullable=False),
    UniqueConstraint("key", "role", "scope"),
)

inbound = Table(
    "inbound",
    metadata,
    Column("surface", String(40), primary_key=True),
    Column("event_id", Key, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Number, primary_key=True),
    Column("status", String(20), nullable=False, index=True),
    Column("question", Words, nullable=False),
    Column("role", String(20), nullable=False),
    Column("history", JsonWords, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("closest", JsonWords, nullable=False),
    Column("draft", Words, nullable=False),
    Column("holder", String(40)),
    Column("opened_at", UtcDateTime, nullable=False, index=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    # Another person with the same question joins the case that has this key.
    Column("pending_key", String(64), unique=True),
    sqlite_autoincrement=True,
)

questions = Table(
    "questions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("surface", String(40), nullable=False),
    Column("address", Words, nullable=False),
    Column("message_id", Key),
    Column("person", String(40), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("text", Words, nullable=False),
    Column("history", JsonWords, nullable=False),
    Column("accepted_at", UtcDateTime, nullable=False, index=True),
    Column("outcome", String(20), index=True),
    Column("finished_at", UtcDateTime),
    Column("cited", JsonWords, nullable=False),
    Column("confidence", Float),
    # The bot's own, where no case has one. Empty for questions that ended before it was stored.
    Column("reason", String(40)),
    Column("case_id", ForeignKey("cases.id")),
    Column("tries", Integer, nullable=False),
    UniqueConstraint("surface", "message_id"),
    Index("ix_questions_surface_address", "surface", "address"),
    sqlite_autoincrement=True,
)

askers = Table(
    "askers",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("question_id", ForeignKey("questions.id"), nullable=False, index=True),
    Column("person", String(40), nullable=False, index=True),
    Column("naming", String(10), nullable=False),
    Column("question", Words, nullable=False),
    Column("shown", Words, nullable=False),
    Column("waiting", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

answer_emails = Table(
    "answer_emails",
    metadata,
    Column("id", Number, primary_key=True),
    Column("asker_id", ForeignKey("askers.id"), nullable=False, unique=True),
    Column("address", String(LONGEST_ADDRESS), nullable=False),
    Column("left_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

events = Table(
    "events",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("step", String(40), nullable=False),
    Column("person", String(40), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Words, nullable=False),
    Column("cited", JsonWords, nullable=False),
    # The audit trail holds a digest of salt and text: with the salt gone it says nothing.
    Column("salt", String(32), nullable=False),
    # The colleague to whom the case was assigned, as a pseudonym.
    Column("assigned_to", String(40)),
    # An answer that was taken back before anybody was sent it.
    Column("undone", Boolean, nullable=False, server_default=false()),
    # Where a platform's message said it, so that a later edit or deletion finds it.
    Column("surface", String(40)),
    Column("message_id", Key),
    Index("ix_events_surface_message_id", "surface", "message_id"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    # Messages with one ordering key are delivered in their order.
    Column("ordering_key", String(80), nullable=False),
    Column("surface", String(40), nullable=False),
    Column("address", Words, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("event_id", ForeignKey("events.id"), index=True),
    Column("asker_id", Number, index=True),
    Column("question_id", Number, index=True),
    Column("body", Words, nullable=False),
    Column("replaces", String(200), nullable=False),
    Column("under", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("lease", String(40), nullable=False),
    Column("delivery_unknown", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("message_id", Key),
    Index("ix_outbox_state_due_at", "state", "due_at"),
    Index("ix_outbox_ordering_key_state", "ordering_key", "state"),
    Index("ix_outbox_surface_message_id", "surface", "message_id"),
    sqlite_autoincrement=True,
)

feedback = Table(
    "feedback",
    metadata,
    Column("question_id", ForeignKey("questions.id"), primary_key=True),
    Column("person", String(40), primary_key=True),
    Column("verdict", String(20), nullable=False),
    Column("remark", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

precedents = Table(
    "precedents",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", ForeignKey("cases.id")),
    Column("state", String(20), nullable=False, index=True),
    Column("question", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("cited", JsonWords, nullable=False),
    Column("owner", Name, nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime, nullable=False),
    Column("review_by", Date, nullable=False),
    Column("repeats_erased", Boolean, nullable=False, server_default=false()),
    sqlite_autoincrement=True,
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("number", Number, nullable=False),
)
