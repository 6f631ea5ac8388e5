import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

from desk.model.audit import FIRST, Broken, Entry, Intact, Note, digest, seal, verify
from desk.model.people import ActorRole
from desk.services.desk import Desk
from tests.desk.council import ANN, JANE, QUESTION, answered, opened

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


def test_a_removed_entry_is_found_wherever_it_stood() -> None:
    entries = chain(3)
    for missing in range(3):
        left = [entry for place, entry in enumerate(entries) if place != missing]
        assert verify(left, entries[-1].hash) == Broken(missing + 1)


def test_an_entry_that_was_sealed_again_breaks_the_next() -> None:
    entries = chain(3)
    forged = replace(entries[1].note, person="p-2")
    entries[1] = Entry(2, AT, forged, seal(entries[0].hash, 2, AT, forged))
    assert verify(entries, entries[-1].hash) == Broken(3)


def test_a_digest_without_its_salt_says_nothing_of_common_words() -> None:
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


def test_the_trail_names_no_asker_and_quotes_no_question(desk: Desk) -> None:
    opened(desk)
    trail = desk.audit_csv()
    assert QUESTION not in trail
    assert ANN.name not in trail
    assert ANN.key not in trail


def test_a_colleague_who_asks_is_another_pseudonym_than_one_who_answers(desk: Desk) -> None:
    case = opened(desk, JANE)
    desk.casework.answer(case.ref, JANE, "To myself: no.")
    rows = list(csv.DictReader(io.StringIO(desk.audit_csv())))
    assert len({row["person"] for row in rows}) == 2
