import io
import json

import pytest

from handlers.terminal.json_lines import BadBatch, answer_batch, read_batch
from knowledge.errors import BadInput
from knowledge.policy import Role
from knowledge.question import role_named
from tests.toy import LOGO
from tests.toy_bot import toy_assistant

BOT = toy_assistant()


def answered(*lines: dict[str, object]) -> list[dict[str, object]]:
    out = io.StringIO()
    answer_batch(read_batch(json.dumps(line) for line in lines), BOT.reply, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_answer_has_every_field_that_programs_rely_on() -> None:
    (line,) = answered({"id": "7", "question": "may I have the logo on my blog"})
    assert line["id"] == "7"
    assert line["outcome"] == "answered"
    assert line["citations"] == [
        {
            "policy": "toy",
            "title": "Toy guidance",
            "section": "1",
            "heading": "Think twice",
            "quote": LOGO.text,
            "obligation": "should not",
        }
    ]
    assert line["closest"] == []
    assert set(line) == {
        "id",
        "outcome",
        "confidence",
        "citations",
        "closest",
        "reason",
        "text",
        "ms",
    }


def test_each_line_is_answered_in_its_place() -> None:
    lines = answered(
        {"id": "a", "question": "hello"},
        {"id": "b", "question": "what weather today"},
        {"id": "c", "question": "what about it", "role": None, "history": None},
        {"id": "d", "question": "training meeting", "role": "manager", "history": ["hello"]},
        {"id": "e", "question": ""},
    )
    assert [line["id"] for line in lines] == ["a", "b", "c", "d", "e"]
    assert [line["outcome"] for line in lines][:3] == ["help", "declined", "clarify"]
    assert lines[4]["outcome"] == "help"


def test_what_is_merely_related_never_stands_among_the_citations() -> None:
    (line,) = answered({"question": "training meeting"})
    assert line["outcome"] == "escalated"
    assert line["citations"] == []
    assert 1 <= len(line["closest"]) <= 3  # type: ignore[arg-type] # a list of citations


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "3",
        "{}",
        '{"question": 3}',
        '{"question": "q", "role": "mayor"}',
        '{"question": "q", "history": [1]}',
        '{"question": "q", "history": "text"}',
        "[" * 100_000,
    ],
)
def test_a_bad_line_stops_the_batch_before_anything_is_answered(line: str) -> None:
    with pytest.raises(BadBatch, match="Line 2 of the batch"):
        read_batch(['{"question": "fine"}', line])


def test_a_lone_surrogate_in_any_field_ends_no_batch() -> None:
    lone = "\ud800"
    (line,) = answered({"id": lone, "question": f"logo? {lone} weather?", "history": [lone]})
    assert json.dumps(line, ensure_ascii=False).encode()
    assert line["id"] == "\ufffd"


def test_an_unknown_role_is_named_with_those_there_are() -> None:
    assert role_named("councillor") is Role.COUNCILLOR
    with pytest.raises(BadInput, match="'mayor': choose staff, manager, councillor"):
        role_named("mayor")
