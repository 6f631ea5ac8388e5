import csv
import io

import pytest

from desk.model.errors import NoSuchReply, NothingSaid, Overtaken, TooLong, TooMany
from desk.model.saved_reply import MOST_REPLIES
from desk.services.desk import Desk
from tests.desk.council import ANN, JANE, OMAR, opened
from tests.desk.fakes import FakeClock


def saved(desk: Desk) -> list[tuple[str, str]]:
    return [(each.title, each.text) for each in desk.saved_replies.listed()]


def test_replies_are_added_edited_and_deleted_and_the_trail_says_so(
    desk: Desk, clock: FakeClock
) -> None:
    desk.saved_replies.add(JANE, "Purdah", "Wait until polling day.")
    first = desk.saved_replies.add(JANE, " logo ", "Ask Design.\n")
    assert saved(desk) == [("logo", "Ask Design."), ("Purdah", "Wait until polling day.")]
    clock.advance(minutes=1)
    desk.saved_replies.edit(first.id, OMAR, "Logo", "Ask the design team.")
    assert saved(desk)[0] == ("Logo", "Ask the design team.")
    desk.saved_replies.delete(first.id, OMAR)
    assert saved(desk) == [("Purdah", "Wait until polling day.")]
    rows = list(csv.DictReader(io.StringIO(desk.audit_csv())))
    assert [(row["person"], row["action"], row["subject"]) for row in rows] == [
        ("Jane Smith", "saved reply added", "R-1"),
        ("Jane Smith", "saved reply added", "R-2"),
        ("Omar Khan", "saved reply edited", "R-2"),
        ("Omar Khan", "saved reply deleted", "R-2"),
    ]


def test_the_same_reply_is_kept_once(desk: Desk) -> None:
    for _ in range(2):
        desk.saved_replies.add(JANE, "Purdah", "Wait.")
    assert len(saved(desk)) == 1


def test_who_edits_an_old_version_is_refused(desk: Desk, clock: FakeClock) -> None:
    found = desk.saved_replies.add(JANE, "Purdah", "Wait.")
    clock.advance(minutes=1)
    desk.saved_replies.edit(found.id, OMAR, "Purdah", "Wait, please.")
    with pytest.raises(Overtaken, match="R-1 was edited"):
        desk.saved_replies.edit(found.id, JANE, "Purdah", "No.", expected_edit=found.edited_at)
    assert saved(desk) == [("Purdah", "Wait, please.")]


def test_bad_replies_are_refused(desk: Desk) -> None:
    for title, text in (("", "x"), ("x", " ")):
        with pytest.raises(NothingSaid):
            desk.saved_replies.add(JANE, title, text)
    with pytest.raises(TooLong):
        desk.saved_replies.add(JANE, "x" * 201, "x")
    for number in (1, 10**30):
        with pytest.raises(NoSuchReply):
            desk.saved_replies.edit(number, JANE, "x", "x")
        with pytest.raises(NoSuchReply):
            desk.saved_replies.delete(number, JANE)


def test_replies_are_bounded(sqlite_desk: Desk) -> None:
    for number in range(MOST_REPLIES):
        sqlite_desk.saved_replies.add(JANE, f"Reply {number}", "x")
    with pytest.raises(TooMany, match="There are 500 saved replies"):
        sqlite_desk.saved_replies.add(JANE, "One more", "x")


def test_a_reply_that_repeats_an_erased_person_is_not_offered_until_it_is_edited(
    desk: Desk,
) -> None:
    opened(desk)
    kept = desk.saved_replies.add(JANE, "Purdah", "Wait until polling day.")
    named = desk.saved_replies.add(JANE, "For Ann", "Dear Ann Asker, no.")
    assert desk.privacy.erase(ANN.key, JANE).to_check == (named.ref,)
    found = {each.ref: each.repeats_erased for each in desk.saved_replies.listed()}
    assert found == {kept.ref: False, named.ref: True}
    desk.saved_replies.edit(named.id, JANE, "Greeting", "Dear colleague, no.")
    assert not any(each.repeats_erased for each in desk.saved_replies.listed())
