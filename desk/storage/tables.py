"""The tables. Whoever changes them adds a migration; a test compares the two."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from desk.storage.column_types import Number, UtcDateTime, metadata

people = Table(
    "people",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("key", String(200), nullable=False),
    Column("capacity", String(10), nullable=False),
    Column("name", String(200), nullable=False),
    UniqueConstraint("key", "capacity"),
)

inbound = Table(
    "inbound",
    metadata,
    Column("surface", String(40), primary_key=True),
    Column("event_id", String(200), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Number, primary_key=True),
    Column("status", String(20), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("history", JSON, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("closest", JSON, nullable=False),
    Column("draft", Text, nullable=False),
    Column("holder", String(40)),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    # The same pending question by a second person meets this and joins the case.
    Column("pending_key", String(64), unique=True),
    sqlite_autoincrement=True,
)

questions = Table(
    "questions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("surface", String(40), nullable=False),
    Column("address", Text, nullable=False),
    Column("message_id", String(200)),
    Column("person", String(40), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("history", JSON, nullable=False),
    Column("accepted_at", UtcDateTime, nullable=False),
    Column("outcome", String(20), index=True),
    Column("finished_at", UtcDateTime),
    Column("cited", JSON, nullable=False),
    Column("confidence", Float),
    Column("case_id", ForeignKey("cases.id")),
    Column("tries", Integer, nullable=False),
    UniqueConstraint("surface", "message_id"),
    Index("ix_questions_surface_person", "surface", "person"),
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
    Column("question", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("waiting", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

events = Table(
    "events",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("step", String(40), nullable=False),
    Column("person", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("cited", JSON, nullable=False),
    # The audit trail holds a digest of salt and text: with the salt gone it says nothing.
    Column("salt", String(32), nullable=False),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("lane", String(80), nullable=False),
    Column("surface", String(40), nullable=False),
    Column("address", Text, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("event_id", ForeignKey("events.id")),
    Column("asker_id", Number, index=True),
    Column("question_id", Number, index=True),
    Column("body", Text, nullable=False),
    Column("replaces", String(200), nullable=False),
    Column("under", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("lease", String(40), nullable=False),
    Column("uncertain", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("message_id", String(200)),
    Index("ix_outbox_state_due_at", "state", "due_at"),
    Index("ix_outbox_lane_state", "lane", "state"),
    Index("ix_outbox_surface_message_id", "surface", "message_id"),
    sqlite_autoincrement=True,
)

feedback = Table(
    "feedback",
    metadata,
    Column("question_id", ForeignKey("questions.id"), primary_key=True),
    Column("person", String(40), primary_key=True),
    Column("verdict", String(20), nullable=False),
    Column("word", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

precedents = Table(
    "precedents",
    metadata,
    Column("id", Number, primary_key=True),
    Column("case_id", ForeignKey("cases.id")),
    Column("state", String(20), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("cited", JSON, nullable=False),
    Column("owner", String(200), nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime, nullable=False),
    Column("review_by", Date, nullable=False),
    sqlite_autoincrement=True,
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("number", Number, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("person", String(40), nullable=False),
    Column("capacity", String(10), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

# One row, locked by whoever appends, so that two replicas cannot fork the chain.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Number, nullable=False),
    Column("hash", String(64), nullable=False),
)
