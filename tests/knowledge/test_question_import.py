"""What a writer sends back is checked line by line, and nothing usable is lost."""

import json

import pytest

from knowledge.bank import Intent
from knowledge.errors import BadInput
from knowledge.json_objects import LARGEST_FILE
from knowledge.policy import Obligation, Policy, Sentence
from knowledge.question_import import CheckedImport, check, uncovered
from knowledge.teaching_prompt import sentence_ids
from tests.toy import JOURNALIST, LOGO, MEETING, POLICY, clause

IDS = {text: name for name, text in sentence_ids(POLICY).items()}


def line(question: str, **fields: object) -> str:
    return json.dumps({"question": question, "must": [[IDS[LOGO.text]]]} | fields)


def checked(*lines: str) -> CheckedImport:
    return check(POLICY, "\n".join(lines).encode())


def test_a_sentence_is_named_by_its_id_or_by_its_words() -> None:
    words = JOURNALIST.text.upper().replace(" ", "  ")
    found = checked(line("logo?"), line("press?", must=[[words]])).questions
    assert [each.needed for each in found] == [((LOGO.text,),), ((JOURNALIST.text,),)]


def test_what_assistants_put_around_the_lines_does_no_harm() -> None:
    found = checked("```json", "[", line("logo?") + ",", line("badge?"), "]", "```")
    assert len(found.questions) == 2
    assert found.problems == ()


def test_each_problem_is_named_with_its_line_and_the_others_are_taken() -> None:
    found = checked(
        line("logo?"),
        "Here are your questions:",
        line("x", must=[["S1-000"]]),
        line("y", must=[["No such sentence."]]),
        line("z", must=[]),
        line("", must=[[IDS[LOGO.text]]]),
        line("v", role="mayor"),
        line("w", kind="maybe"),
        line("u", kind="near", must=[]),
        line("t", must=5),
        line("s" * 2001),
    )
    assert [each.asked.text for each in found.questions] == ["logo?"]
    assert [problem.line for problem in found.problems] == list(range(2, 12))
    assert str(found.problems[0]).startswith("Line 2: not JSON")


def test_duplicates_are_counted_and_not_taken_again() -> None:
    first = checked(line("May I use the logo?"), line("may i use the  logo?"))
    again = check(POLICY, line("May I use the logo?").encode(), first.questions)
    assert (len(first.questions), first.duplicates) == (1, 1)
    assert (again.questions, again.duplicates) == ((), 1)


def test_near_misses_are_tied_to_what_they_resemble_and_small_talk_is_left_out() -> None:
    near = line("badge?", kind="near", must=[], closest=[IDS[LOGO.text]])
    found = checked(near, line("hello", kind="smalltalk", must=[]))
    assert found.left_out == 1
    assert found.questions[0].kind is Intent.NEAR
    assert found.questions[0].closest == (LOGO.text,)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"x" * (LARGEST_FILE + 1)])
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"\.$"):
        check(POLICY, content)


def test_json_that_is_nested_too_deeply_is_a_line_that_cannot_be_used() -> None:
    found = check(POLICY, b"[" * 100_000)
    assert (found.questions, len(found.problems)) == ((), 1)


def test_coverage_names_the_sentences_without_a_question() -> None:
    missing = uncovered(POLICY, checked(line("logo?", must=[[IDS[LOGO.text]]])).questions)
    assert LOGO.text not in missing
    assert MEETING.text in missing


def test_an_id_changes_with_its_sentence() -> None:
    other = Policy("p", "T", "", (clause("1", "H", Sentence("Other.", Obligation.MUST)),), ())
    assert not set(sentence_ids(other)) & set(sentence_ids(POLICY))


@pytest.mark.parametrize("field", ["question", "role", "kind", "must", "ok", "closest", "history"])
@pytest.mark.parametrize("kind", ["answerable", "near"])
@pytest.mark.parametrize(
    "value",
    [None, True, False, 0, 1.5, "", "x", "\0", "\ud800", [], [[]], [1], [["x"], 1], [None], {}],
    ids=json.dumps,
)
def test_every_field_takes_every_type_of_json(field: str, kind: str, value: object) -> None:
    given = {"question": "q?", "kind": kind, "must": [[LOGO.text]], "closest": [LOGO.text]}
    found = checked(json.dumps(given | {field: value}), line("logo?"))
    texts = [each.asked.text for each in found.questions]
    assert texts[-1] == "logo?"
    assert len(texts) + len(found.problems) == 2
    for problem in found.problems:
        assert str(problem).encode()
        assert str(problem).startswith("Line 1: ")


def test_a_nested_value_is_named_by_its_field_alone() -> None:
    deep: object = "S1"
    for _ in range(200):
        deep = [deep]
    found = checked(json.dumps({"question": "q?", "must": deep}))
    assert str(found.problems[0]) == "Line 1: “must” must be a list of groups of sentences."


def test_questions_are_the_same_as_they_are_at_the_desk() -> None:
    found = checked(line("May I use “the logo”?"), line("may i use the logo"), line("logo £5?"))
    assert (len(found.questions), found.duplicates) == (2, 1)


def test_characters_that_no_database_takes_are_taken_out() -> None:
    (found,) = checked(line("lo\0go\ud800?", history=["\0", "hi\0"])).questions
    assert (found.asked.text, found.asked.history) == ("logo\ufffd?", ("hi",))
