"""The message extension, turn by turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.teams.reading import words
from tests.handlers.teams.stage import ANN, COMMS, SURE, UNSURE, Stage
from tests.toy_service import Toy, in_folder


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(Toy(in_folder(tmp_path), comms=(COMMS,)).service())
    yield made
    made.desk.close()


def test_clauses_are_found_by_question_and_by_word(stage: Stage) -> None:
    for typed in (SURE, "council logo"):
        query = {"parameters": [{"name": "question", "value": typed}]}
        *_, response = stage.hear(
            ANN.activity("invoke", name="composeExtension/query", value=query)
        )
        (first, *_) = response.value.body["composeExtension"]["attachments"]
        assert first["preview"]["content"]["title"] == "section 1, Think twice"
        assert "Avoid use of the council logo on a blog." in words(first["content"])


def test_a_message_is_looked_up_without_a_case(stage: Stage) -> None:
    message = {"messagePayload": {"body": {"content": f"<p>{UNSURE} &amp; more</p>"}}}
    *_, form = stage.hear(ANN.activity("invoke", name="composeExtension/fetchTask", value=message))
    shown = form.value.body["task"]["value"]["card"]["content"]
    assert shown["body"][0]["value"] == f"{UNSURE} & more"
    data = {"data": {"question": UNSURE}}
    *_, reply = stage.hear(ANN.activity("invoke", name="composeExtension/submitAction", value=data))
    assert "The policy does not say" in words(reply.value.body["task"]["value"]["card"]["content"])
    assert stage.desk.casework.listed() == ()
