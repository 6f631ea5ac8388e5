import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, text

from desk.model.audit import FIRST, Altered, Broken, Entry, Intact, Note, digest, seal, verify
from desk.model.people import ActorRole
from desk.services.desk import Desk
from tests.desk.council import ANN, BOB, JANE, QUESTION, answered, opened
from tests.desk.databases import sqlalchemy_url
from tests.desk.fakes import FakeClock

AT = datetime(2026, 11, 23, tzinfo=UTC)


def chain(length: int) -> list[Entry]:
    entries, previous = [], FIRST
    for seq in range(1, length + 1):
        note = Note("p-1", ActorRole.COMMS, "claimed", f"C-{seq}")
        previous = seal(previous, seq, AT, note)
        entries.append(Entry(seq, AT, note, previous))
    return entries


def test_an_untouched_trail_is_intact() -> None:
    entries = chain(3)
    assert verify(entries, entries[-1].hash) == Intact(3, entries[-1].hash)
    assert verify([], FIRST) == Intact(0, FIRST)


def test_a_changed_entry_is_found() -> None:
    entries = chain(3)
    entries[1] = replace(entries[1], note=replace(entries[1].note, person="p-2"))
    assert verify(entries, entries[-1].hash) == Broken(2)


def test_a_removed_entry_is_found_at_any_position() -> None:
    entries = chain(3)
    for missing in range(3):
        left = [entry for place, entry in enumerate(entries) if place != missing]
        assert verify(left, entries[-1].hash) == Broken(missing + 1)


def test_an_entry_that_was_sealed_again_breaks_the_next() -> None:
    entries = chain(3)
    forged = replace(entries[1].note, person="p-2")
    entries[1] = Entry(2, AT, forged, seal(entries[0].hash, 2, AT, forged))
    assert verify(entries, entries[-1].hash) == Broken(3)


def test_a_digest_differs_with_its_salt() -> None:
    assert digest("salt", "yes") != digest("other salt", "yes")
    assert digest("salt", "") == ""


def test_each_step_of_a_case_is_in_the_trail_and_the_trail_is_intact(desk: Desk) -> None:
    case = answered(desk)
    desk.casework.close(case.ref, JANE)
    rows = list(csv.DictReader(io.StringIO(desk.audit_csv())))
    assert [row["action"] for row in rows] == ["opened", "answered", "closed"]
    assert {row["subject"] for row in rows} == {case.ref}
    found = desk.verify_audit()
    assert isinstance(found, Intact)
    assert (found.entries, found.head) == (3, rows[-1]["hash"])


TAMPERING = {
    "words": "UPDATE events SET text = 'Yes.' WHERE step = 'answered'",
    "words of an asker": "UPDATE events SET text = 'May I?' WHERE step = 'opened'",
    "words taken away": "UPDATE events SET text = '' WHERE step = 'answered'",
    "person": "UPDATE events SET person = 'p-1' WHERE step = 'answered'",
    "step": "UPDATE events SET step = 'corrected' WHERE step = 'answered'",
    "event removed": "DELETE FROM events WHERE step = 'closed'",
    "event moved": "UPDATE events SET case_id = 2 WHERE step = 'closed'",
}


@pytest.mark.parametrize("what", TAMPERING)
def test_an_event_that_was_changed_behind_the_trail_is_found(
    address: str, desk: Desk, what: str
) -> None:
    case = answered(desk)
    desk.casework.close(case.ref, JANE)
    opened(desk, BOB, "Another case?")
    assert isinstance(desk.verify_audit(), Intact)
    engine = create_engine(sqlalchemy_url(address))
    with engine.begin() as connection:
        # The outbox refers to the event that is removed.
        connection.execute(text("DELETE FROM outbox"))
        connection.execute(text(TAMPERING[what]))
    engine.dispose()
    found = desk.verify_audit()
    assert isinstance(found, Altered)
    assert found.ref in ("C-1", "C-2")


def test_words_that_were_erased_or_purged_leave_the_trail_intact(
    desk: Desk, clock: FakeClock
) -> None:
    answered(desk)
    opened(desk, BOB)
    desk.privacy.erase(ANN.key, JANE)
    assert isinstance(desk.verify_audit(), Intact)
    desk.casework.close("C-2", JANE, "Asked in error.")
    clock.advance(days=800)
    desk.privacy.purge()
    assert isinstance(desk.verify_audit(), Intact)


def test_the_trail_names_no_asker_and_quotes_no_question(desk: Desk) -> None:
    opened(desk)
    trail = desk.audit_csv()
    assert QUESTION not in trail
    assert ANN.name not in trail
    assert ANN.key not in trail


def test_a_colleague_has_one_pseudonym_for_asking_and_one_for_answering(desk: Desk) -> None:
    case = opened(desk, JANE)
    answer = desk.casework.answer(case.ref, JANE, "To myself: no.")
    assert len({event.person.id for event in answer.events}) == 2
