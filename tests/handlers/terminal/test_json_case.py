import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.model.people import Contact
from desk.services.switches import Switch
from handlers.conversation import case_wording
from handlers.conversation.services import Services
from handlers.terminal.json_case import opened_line
from handlers.terminal.json_lines import BatchLine, answer_line
from knowledge.policy import Role
from knowledge.question import Question
from tests.desk.council import ANN, JANE
from tests.desk.fakes import RecordingMessenger
from tests.toy_service import Toy, in_folder

HOME = Contact("terminal", ANN.key)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Services]:
    service = Toy(in_folder(tmp_path)).service()
    yield service
    service.desk.close()


def opened(service: Services, text: str) -> dict[str, object]:
    line: dict[str, object] = json.loads(
        opened_line(service, ANN, HOME, Question(text, Role.STAFF))
    )
    return line


@pytest.mark.parametrize(
    "text", ["may I have the logo on my blog", "hello", "what about it", "weather", "secret"]
)
def test_what_opens_no_case_is_the_line_of_asking_alone(service: Services, text: str) -> None:
    reply = service.conversation.answers.reply
    alone = json.loads(answer_line(BatchLine("1", Question(text)), reply))
    line = opened(service, text)
    assert line.pop("case") == ""
    assert line | {"ms": 0} == alone | {"ms": 0}


def test_a_case_stands_in_the_line_with_all_that_was_said(service: Services) -> None:
    line = opened(service, "training meeting")
    assert (line["case"], line["outcome"], line["citations"]) == ("C-1", "escalated", [])
    assert "Your reference is C-1. Expect an answer by tomorrow 10:00." in str(line["text"])
    assert line["closest"]
    (case,) = service.desk.casework.listed()
    assert case.ref == "C-1"


def test_an_answer_that_comms_keep_to_themselves_is_not_in_the_line(service: Services) -> None:
    service.desk.switches.turn_on(Switch.HAND_EVERYTHING_OVER, JANE)
    line = opened(service, "may I have the logo on my blog")
    assert (line["case"], line["outcome"], line["citations"]) == ("C-1", "escalated", [])


def test_a_bot_that_is_off_declines(service: Services) -> None:
    service.desk.switches.turn_on(Switch.OFF, JANE)
    line = opened(service, "may I have the logo on my blog")
    assert (line["case"], line["outcome"]) == ("", "declined")
    assert case_wording.SWITCHED_OFF in str(line["text"])


def test_what_is_due_for_something_else_stays_for_the_person_to_read(tmp_path: Path) -> None:
    toy = Toy(in_folder(tmp_path))
    service = toy.service()
    opened(service, "training meeting")
    service.desk.casework.answer("C-1", JANE, "Yes.")
    assert "Yes." not in str(opened(service, "may I have the logo on my blog")["text"])
    toy.clock.advance(minutes=1)
    messenger = RecordingMessenger()
    service.desk.delivery.deliver_due(messenger)
    assert len(messenger.to(ANN.key)) == 1
    service.desk.close()
