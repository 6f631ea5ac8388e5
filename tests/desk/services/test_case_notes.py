"""Notes of comms on a case: who sees them, whom they mention, and how they are deleted."""

import csv
import io
from datetime import timedelta

import pytest

from desk.model.case_note import MOST_NOTES, Colleague, mentioned
from desk.model.errors import (
    NoSuchCase,
    NoSuchColleague,
    NoSuchNote,
    NothingSaid,
    TooLong,
    TooMany,
    WrongStep,
)
from desk.model.people import Person, PersonRef
from desk.model.sign_in import AccessLevel
from desk.services.desk import Desk
from tests.desk.council import ANN, BOB, JANE, OMAR, answered, opened
from tests.desk.fakes import FakeClock, RecordingMessenger


def work(desk: Desk, *people: Person, access: AccessLevel = AccessLevel.COMMS) -> None:
    """Sign them in, so that their colleagues can choose them."""
    for person in people:
        desk.sign_ins.open(person, access, timedelta(hours=8))


def notes(desk: Desk, ref: str) -> list[tuple[str, str]]:
    return [(note.person.name, note.text) for note in desk.case_notes.of_case(ref)]


def test_notes_are_listed_in_order_and_reach_no_asker(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    ref = opened(desk).ref
    desk.case_notes.add(ref, JANE, "Ask Legal first.")
    desk.case_notes.add(ref, OMAR, "They say no.")
    assert notes(desk, ref) == [("Jane Smith", "Ask Legal first."), ("Omar Khan", "They say no.")]
    desk.casework.answer(ref, JANE, "No.")
    desk.delivery.deliver_due(messenger)
    assert "Legal" not in repr(messenger.sent)


def test_a_note_changes_no_version_so_nobodys_answer_is_refused_for_it(desk: Desk) -> None:
    case = opened(desk)
    desk.case_notes.add(case.ref, OMAR, "Careful.")
    desk.casework.answer(case.ref, JANE, "No.", expected_version=case.version)


def test_a_mentioned_colleague_sees_the_note_until_they_have_marked_it(desk: Desk) -> None:
    ref = opened(desk).ref
    work(desk, JANE, OMAR)
    note = desk.case_notes.add(ref, JANE, "Is this yours, @omar khan?")
    desk.case_notes.add(ref, JANE, "@Jane Smith reminds herself.")
    assert [each.text for each in desk.case_notes.mentions(OMAR)] == ["Is this yours, @omar khan?"]
    assert desk.case_notes.mentions(JANE) == ()
    desk.case_notes.set_seen(note.id, JANE)
    assert len(desk.case_notes.mentions(OMAR)) == 1, "only who is mentioned marks it"
    desk.case_notes.set_seen(note.id, OMAR)
    assert desk.case_notes.mentions(OMAR) == ()


def test_a_colleague_is_told_by_choosing_them(desk: Desk) -> None:
    ref = opened(desk).ref
    work(desk, OMAR)
    desk.case_notes.add(ref, JANE, "Yours?", tell="Omar Khan")
    assert len(desk.case_notes.mentions(OMAR)) == 1
    with pytest.raises(NoSuchColleague, match="No colleague is called 'Nobody'"):
        desk.case_notes.add(ref, JANE, "Whose then?", tell="Nobody")
    assert len(notes(desk, ref)) == 1


def test_askers_and_readers_are_not_among_the_colleagues(desk: Desk) -> None:
    opened(desk, ANN)
    work(desk, JANE)
    work(desk, BOB, access=AccessLevel.READER)
    assert [each.label for each in desk.colleagues.listed()] == ["Jane Smith"]


def test_a_reader_is_no_colleague_after_the_session_either(desk: Desk, clock: FakeClock) -> None:
    work(desk, JANE, OMAR)
    desk.sign_ins.close(desk.sign_ins.open(BOB, AccessLevel.READER, timedelta(hours=8)))
    work(desk, OMAR, access=AccessLevel.READER)
    clock.advance(days=2)
    work(desk, JANE)
    assert [each.label for each in desk.colleagues.listed()] == ["Jane Smith"]
    work(desk, OMAR)
    assert [each.label for each in desk.colleagues.listed()] == ["Jane Smith", "Omar Khan"]


def test_two_colleagues_of_one_name_are_told_apart(desk: Desk) -> None:
    work(desk, JANE, Person("slack:T1/U9", "Jane Smith"), Person("slack:T1/U10", "Jane Smith"))
    labels = {each.label for each in desk.colleagues.listed()}
    assert labels == {"Jane Smith (terminal)", "Jane Smith (slack)", "Jane Smith (slack) 2"}


def test_the_longer_of_two_names_is_meant() -> None:
    jane, smith = (Colleague(PersonRef(name, name), name) for name in ("Jane", "Jane Smith"))
    assert mentioned("@Jane Smith, please.", (jane, smith)) == (smith,)
    assert mentioned("@jane please, @Jane", (jane, smith)) == (jane,)
    assert mentioned("@Janet or jane@example.org", (jane, smith)) == ()
    assert mentioned("@anybody", ()) == ()


def test_the_same_note_sent_twice_is_one_note(desk: Desk) -> None:
    ref = opened(desk).ref
    for _ in range(2):
        desk.case_notes.add(ref, JANE, "Ask Legal.")
    assert len(notes(desk, ref)) == 1


def test_notes_are_bounded(desk: Desk) -> None:
    ref = opened(desk).ref
    with pytest.raises(NothingSaid):
        desk.case_notes.add(ref, JANE, " ")
    with pytest.raises(TooLong):
        desk.case_notes.add(ref, JANE, "x" * 4_001)
    with pytest.raises(NoSuchCase):
        desk.case_notes.add("C-99", JANE, "x")
    for number in range(MOST_NOTES):
        desk.case_notes.add(ref, JANE, f"Note {number}")
    with pytest.raises(TooMany, match="C-1 has 200 notes"):
        desk.case_notes.add(ref, JANE, "One more")


def test_a_note_is_deleted_and_both_acts_are_in_the_trail(desk: Desk) -> None:
    ref = opened(desk).ref
    work(desk, OMAR)
    note = desk.case_notes.add(ref, JANE, "@Omar Khan: 07700 900123")
    with pytest.raises(NoSuchNote):
        desk.case_notes.delete(opened(desk, BOB, "Who pays?").ref, OMAR, note.id)
    desk.case_notes.delete(ref, OMAR, note.id)
    assert notes(desk, ref) == []
    assert desk.case_notes.mentions(OMAR) == ()
    with pytest.raises(NoSuchNote):
        desk.case_notes.delete(ref, OMAR, 10**30)
    rows = list(csv.DictReader(io.StringIO(desk.audit_csv())))
    acts = [(row["person"], row["action"], row["subject"]) for row in rows]
    assert ("Jane Smith", "note added", "C-1") in acts
    assert ("Omar Khan", "note deleted", "C-1") in acts


def test_an_export_holds_the_notes_on_a_persons_cases(desk: Desk) -> None:
    desk.case_notes.add(opened(desk).ref, JANE, "Ann has asked twice.")
    desk.case_notes.add(opened(desk, BOB, "Who pays?").ref, JANE, "Bob's.")
    (case,) = desk.privacy.export(ANN.key, OMAR).cases
    assert [note.text for note in case.notes] == ["Ann has asked twice."]


def test_notes_go_with_the_words_of_their_case(desk: Desk, clock: FakeClock) -> None:
    work(desk, OMAR)
    old, only = answered(desk).ref, opened(desk, BOB, "Who pays?").ref
    for ref in (old, only):
        desk.case_notes.add(ref, JANE, "@Omar Khan see this.")
    desk.privacy.erase(BOB.key, JANE)
    assert notes(desk, only) == []
    assert len(notes(desk, old)) == 1
    desk.casework.close(old, JANE)
    clock.advance(days=731)
    desk.privacy.purge()
    assert notes(desk, old) == []
    for ref in (old, only):
        with pytest.raises(WrongStep, match="were deleted, so it takes no notes"):
            desk.case_notes.add(ref, JANE, "Too late.")


def test_a_shared_case_loses_the_notes_that_name_who_is_erased(desk: Desk) -> None:
    ref = opened(desk).ref
    opened(desk, BOB)
    desk.case_notes.add(ref, JANE, "Ann Asker rang about this.")
    desk.case_notes.add(ref, JANE, "Wait for Legal.")
    desk.privacy.erase(ANN.key, JANE)
    assert notes(desk, ref) == [("Jane Smith", "Wait for Legal.")]
