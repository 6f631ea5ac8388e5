"""What is deleted is also removed from the database's files, by one replica, when it is needed."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import connect

import psycopg
import pytest

from desk.model.errors import NoSuchPrecedent
from desk.model.precedent import PrecedentState, StaleReason
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from desk.services.privacy import PURGED_AT_ONCE
from tests.desk.council import ANN, BOB, JANE, accepted, incoming, opened
from tests.desk.fakes import FakeClock
from tests.desk.services.test_publishing import POLICY, REVIEWED, TODAY, published
from tests.desk.statements import statements


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Somebody else has the database open in a transaction, and so holds its log."""
    with closing(connect(folder / "desk.db", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM cases").fetchall()
        yield
        other.execute("COMMIT")


def on_disk(folder: Path, word: bytes) -> bool:
    return any(word in file.read_bytes() for file in folder.iterdir())


def test_an_erasure_that_a_reader_holds_up_is_reported_and_finished_later(
    sqlite_desk: Desk, sqlite_folder: Path
) -> None:
    opened(sqlite_desk, text="May I post about zebrafinches?")
    with reading(sqlite_folder):
        erased = sqlite_desk.privacy.erase(ANN.key, JANE)
        assert (erased.cases, erased.cleaned) == (1, False)
        assert on_disk(sqlite_folder, b"zebrafinches")
        assert not sqlite_desk.privacy.finish_deletions()
    assert sqlite_desk.privacy.finish_deletions()
    assert not on_disk(sqlite_folder, b"zebrafinches")


def test_an_erasure_that_was_held_up_is_finished_by_the_next_process(
    sqlite_desk: Desk, sqlite_folder: Path, sqlite_address: str, clock: FakeClock
) -> None:
    opened(sqlite_desk, text="May I post about zebrafinches?")
    with reading(sqlite_folder):
        sqlite_desk.privacy.erase(ANN.key, JANE)
    another = open_desk(sqlite_address, Rules(), clock, EqualWordsOnly())
    assert another.privacy.finish_deletions()
    another.close()
    assert not on_disk(sqlite_folder, b"zebrafinches")


def test_the_files_are_cleaned_only_after_a_deletion(desk: Desk) -> None:
    opened(desk)
    with statements() as sent:
        assert desk.privacy.purge().cleaned
    assert not [each for each in sent.sent if each.startswith("VACUUM")]
    assert "purged" not in desk.audit_csv()


def test_postgresql_cleans_the_tables_with_words_and_locks_nobody_out(
    postgresql_address: str, clock: FakeClock
) -> None:
    desk = open_desk(postgresql_address, Rules(), clock, EqualWordsOnly())
    opened(desk)
    with statements() as sent:
        assert desk.privacy.erase(ANN.key, JANE).cleaned
    (vacuum,) = [each for each in sent.sent if each.startswith("VACUUM")]
    assert "FULL" not in vacuum
    assert "questions" in vacuum
    assert "audit" not in vacuum
    with statements() as sent:
        assert desk.privacy.finish_deletions()
    assert len(sent.sent) == 1
    desk.close()


def test_while_one_replica_purges_the_others_do_not(
    postgresql_address: str, clock: FakeClock
) -> None:
    desk = open_desk(postgresql_address, Rules(), clock, EqualWordsOnly())
    case = opened(desk)
    desk.casework.close(case.ref, JANE, "Asked in error.")
    clock.advance(days=800)
    with psycopg.connect(postgresql_address, autocommit=True) as another:
        another.execute("SELECT pg_advisory_lock(4201119)")
        assert desk.privacy.purge().cases == 0
        another.execute("SELECT pg_advisory_unlock(4201119)")
    assert desk.privacy.purge().cases == 1
    desk.close()


def test_a_large_purge_is_done_in_parts(sqlite_desk: Desk, clock: FakeClock) -> None:
    for number in range(PURGED_AT_ONCE + 5):
        case = opened(sqlite_desk, text=f"Question {number}?")
        sqlite_desk.casework.close(case.ref, JANE, "Old.")
    clock.advance(days=800)
    purged = sqlite_desk.privacy.purge()
    assert (purged.cases, purged.questions) == (PURGED_AT_ONCE + 5,) * 2
    assert sqlite_desk.audit_csv().count(",purged,") == 2
    assert sqlite_desk.privacy.purge().cases == 0


def test_published_answers_that_repeat_the_erased_words_are_listed(desk: Desk) -> None:
    precedent = published(desk)
    opened(desk, BOB, "Something quite different, with other words?")
    assert desk.privacy.erase(BOB.key, JANE).to_check == ()
    assert desk.publishing.in_force([POLICY], TODAY) == (precedent,)
    before = desk.publishing.version()
    accepted(desk, incoming(ANN, REVIEWED.question))
    assert desk.privacy.erase(ANN.key, JANE).to_check == (precedent.ref,)
    (marked,) = desk.publishing.to_recheck([POLICY], TODAY)
    assert marked.stale_reasons == (StaleReason.REPEATS_ERASED,)
    assert desk.publishing.in_force([POLICY], TODAY) == ()
    assert desk.publishing.version() > before, "other replicas must read it again"
    edited = desk.publishing.edit(precedent.ref, JANE, REVIEWED)
    assert desk.publishing.in_force([POLICY], TODAY) == (edited,)


def test_a_retired_answer_is_not_listed(desk: Desk) -> None:
    precedent = published(desk)
    desk.publishing.retire(precedent.ref, JANE)
    accepted(desk, incoming(ANN, REVIEWED.question))
    assert desk.privacy.erase(ANN.key, JANE).to_check == ()
    with pytest.raises(NoSuchPrecedent):
        desk.publishing.show(precedent.ref)
    assert desk.publishing.checked((PrecedentState.RETIRED,), [POLICY], TODAY)
