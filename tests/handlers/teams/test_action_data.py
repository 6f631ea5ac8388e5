import pytest

from handlers.teams.action_data import ActionData
from knowledge.errors import BadInput


@pytest.mark.parametrize("value", [None, 1, [], {}, True])
def test_what_is_no_text_is_empty(value: object) -> None:
    assert ActionData({"word": value}).text("word") == ""


def test_a_text_has_a_limit() -> None:
    data = ActionData({"word": "x" * 201})
    assert len(data.text("word", longest=201)) == 201
    with pytest.raises(BadInput, match="at most 200 characters"):
        data.text("word")


@pytest.mark.parametrize("value", [None, "1", 0, -1, 2**63, 1.0, []])
def test_what_is_no_number_of_a_question_is_refused(value: object) -> None:
    with pytest.raises(BadInput):
        ActionData({"question": value}).number("question")


@pytest.mark.parametrize(("value", "is_on"), [("true", True), ("false", False), (None, False)])
def test_a_switch_is_on_only_where_it_says_so(value: object, *, is_on: bool) -> None:
    assert ActionData({"keep": value}).is_on("keep") is is_on
