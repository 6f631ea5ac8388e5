import csv
import io
import logging
from pathlib import Path

import pytest

from desk.model.audit import Intact
from desk.model.case import Naming, Status
from desk.model.errors import Undeliverable
from desk.model.messages import CaseCard, CommsAnswer
from desk.model.people import Person
from desk.model.question import NoCase, Outcome, Verdict
from desk.services.desk import Desk
from desk.services.report import Report
from tests.desk.council import (
    ANN,
    BOB,
    CLAUSE,
    JANE,
    OMAR,
    QUESTION,
    accepted,
    event,
    followed_up,
    incoming,
    opened,
)
from tests.desk.fakes import FakeClock, RecordingMessenger, SharedWord


def figures(desk: Desk, clock: FakeClock) -> Report:
    return desk.reports.report(FakeClock().now(), clock.now(), SharedWord())


def closed(desk: Desk) -> str:
    case = opened(desk)
    desk.casework.answer(case.ref, JANE, "No, Ann.", (CLAUSE,))
    desk.casework.close(case.ref, JANE)
    return case.ref


def test_a_recent_case_is_kept(desk: Desk, clock: FakeClock) -> None:
    ref = closed(desk)
    clock.advance(days=700)
    assert desk.privacy.purge().cases == 0
    assert desk.casework.show(ref).question == QUESTION


def test_an_old_case_loses_its_words_and_keeps_its_figures(desk: Desk, clock: FakeClock) -> None:
    ref = closed(desk)
    clock.advance(days=731)
    purged = desk.privacy.purge()
    assert (purged.questions, purged.cases) == (1, 1)
    case = desk.casework.show(ref)
    assert (case.question, case.draft, case.askers) == ("", "", ())
    assert {event.text for event in case.events} == {""}
    found = figures(desk, clock)
    assert (found.questions, found.cases_answered) == (1, 1)
    assert [each.section for each in found.most_cited] == ["4(c)"]


def test_a_case_that_still_waits_is_never_purged(desk: Desk, clock: FakeClock) -> None:
    ref = opened(desk).ref
    clock.advance(days=3000)
    desk.privacy.purge()
    assert desk.casework.show(ref).question == QUESTION
    assert desk.casework.answer(ref, JANE, "At last: no.").status is Status.ANSWERED


def test_a_question_that_the_bot_answered_is_purged_earlier(desk: Desk, clock: FakeClock) -> None:
    number = accepted(desk, incoming(message="m-30"))
    desk.intake.finish(number, Outcome.ANSWERED, "the reply")
    desk.intake.feedback(number, ANN, Verdict.NOT_HELPFUL, "my boss disagrees")
    clock.advance(days=181)
    assert desk.privacy.purge().questions == 1
    assert desk.intake.cases_of(ANN) == ()
    assert desk.privacy.export(ANN.key, JANE).questions == ()


def test_nothing_of_a_purged_or_erased_question_is_left_on_the_disk(
    sqlite_desk: Desk, sqlite_folder: Path, clock: FakeClock
) -> None:
    opened(sqlite_desk, text="May I post about zebrafinches?")
    sqlite_desk.privacy.erase(ANN.key, JANE)
    case = opened(sqlite_desk, BOB, "May I post about quokkas?")
    sqlite_desk.casework.close(case.ref, JANE, "Ask the wombats.")
    clock.advance(days=731)
    sqlite_desk.privacy.purge()
    disk = b"".join(file.read_bytes() for file in sqlite_folder.iterdir())
    assert b"Purdah" in disk, "the clauses of a purged case stay"
    for word in (b"zebrafinches", b"quokkas", b"wombats", b"Ann Asker", b"Bob Borough"):
        assert word not in disk


def test_a_person_sees_all_that_is_stored_about_them_and_nothing_of_others(desk: Desk) -> None:
    case = opened(desk)
    opened(desk, BOB)
    followed_up(desk, case.ref, BOB, "Bob's own worry.")
    followed_up(desk, case.ref, ANN, "Ann's own worry.")
    desk.casework.answer(case.ref, JANE, "No.")
    file = desk.privacy.export(ANN.key, OMAR)
    assert [question.text for question in file.questions] == [QUESTION]
    (mine,) = file.cases
    texts = [event.text for event in mine.events]
    assert "Ann's own worry." in texts
    assert "No." in texts
    assert "Bob's own worry." not in texts


def test_a_person_is_erased_and_the_trail_stays_intact(desk: Desk) -> None:
    ref = closed(desk)
    trail = desk.audit_csv()
    erased = desk.privacy.erase(ANN.key, JANE)
    assert (erased.questions, erased.cases) == (1, 1)
    assert desk.privacy.export(ANN.key, JANE).questions == ()
    assert "Ann" not in repr(desk.casework.show(ref))
    assert desk.audit_csv().startswith(trail)
    assert isinstance(desk.verify_audit(), Intact)


def test_an_open_case_of_an_erased_person_is_withdrawn(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    ref = opened(desk).ref
    desk.delivery.deliver_due(messenger)
    desk.privacy.erase(ANN.key, JANE)
    assert desk.casework.listed() == ()
    desk.delivery.deliver_due(messenger)
    card = messenger.sent[-1]
    assert isinstance(card.message, CaseCard)
    assert card.replaces
    assert (card.message.case.ref, card.message.case.question) == (ref, "")


def test_a_shared_case_goes_on_for_the_other_asker(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk, text="may i post about the ELECTION")
    opened(desk, BOB)
    desk.privacy.erase(ANN.key, JANE)
    assert desk.casework.show(case.ref).question == QUESTION
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(messenger)
    assert messenger.to(ANN.key) == []
    assert isinstance(messenger.to(BOB.key)[-1], CommsAnswer)


def test_an_erased_question_that_was_not_finished_is_not_swept(
    desk: Desk, clock: FakeClock
) -> None:
    accepted(desk, incoming(message="m-31"))
    desk.privacy.erase(ANN.key, JANE)
    clock.advance(hours=1)
    assert desk.jobs.sweep(lambda left: pytest.fail(left.text)) == 0
    assert isinstance(desk.case_edits.deleted(event(), "m-31"), NoCase)


def test_an_erased_colleague_loses_the_name_and_the_answer_stays(desk: Desk) -> None:
    ref = closed(desk)
    desk.privacy.erase(JANE.key, OMAR)
    answer = desk.casework.show(ref).answers[0]
    assert (answer.text, answer.person.name) == ("No, Ann.", "")


def test_the_person_of_an_unnamed_question_is_erased_as_well(desk: Desk) -> None:
    opened(desk, naming=Naming.UNNAMED)
    assert desk.privacy.erase(ANN.key, JANE).questions == 1


def test_erasing_an_unknown_person_erases_nothing(desk: Desk) -> None:
    opened(desk)
    erased = desk.privacy.erase("terminal:nobody", JANE)
    assert (erased.questions, erased.cases) == (0, 0)


def test_exports_and_erasures_are_in_the_trail(desk: Desk) -> None:
    opened(desk)
    desk.privacy.export(ANN.key, JANE)
    desk.privacy.erase(ANN.key, JANE)
    rows = list(csv.DictReader(io.StringIO(desk.audit_csv())))
    assert [row["action"] for row in rows] == [
        "opened",
        "exported",
        "personal data erased",
        "erased",
    ]


def test_no_words_of_a_question_reach_the_log(
    desk: Desk, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    messenger = RecordingMessenger()
    messenger.failures = [ValueError(QUESTION), Undeliverable(QUESTION)]
    opened(desk)
    accepted(desk, incoming(Person("terminal:zoe", "Zoe")))
    desk.delivery.deliver_due(messenger)
    clock.advance(hours=1)

    def fail(_: object) -> None:
        raise ValueError(QUESTION)

    desk.jobs.sweep(fail)
    assert len(caplog.records) >= 3
    for secret in (QUESTION, "election", "Zoe", "Ann"):
        assert secret not in caplog.text
