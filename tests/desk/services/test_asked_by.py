import pytest

from desk.model.errors import BadDatabase, NotYours
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from tests.desk.council import ANN, BOB, accepted, incoming
from tests.desk.fakes import FakeClock

DEAD = "postgresql://bot:hunter2@127.0.0.1:1/desk"


def test_only_who_asked_gets_the_question_back(sqlite_desk: Desk) -> None:
    number = accepted(sqlite_desk, incoming(ANN, "May I?"))
    assert sqlite_desk.intake.asked_by(ANN, number).text == "May I?"
    with pytest.raises(NotYours, match="Only who asked"):
        sqlite_desk.intake.asked_by(BOB, number)


def test_a_database_that_does_not_answer_is_one_sentence_without_its_password() -> None:
    with pytest.raises(BadDatabase, match="cannot be opened") as refused:
        open_desk(
            "postgresql://bot:hunter2@127.0.0.1:1/desk", Rules(), FakeClock(), EqualWordsOnly()
        )
    assert "hunter2" not in str(refused.value)
