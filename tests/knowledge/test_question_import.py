"""What a writer sends back is checked line by line, and nothing usable is lost."""

import json

import pytest

from knowledge.bank import Intent
from knowledge.errors import BadInput
from knowledge.policy import Obligation, Policy, Sentence
from knowledge.question_import import LARGEST_FILE, CheckedImport, check, uncovered
from knowledge.teaching_prompt import SENTENCES_A_PART, prompts, sentence_ids
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


def test_the_prompts_ask_for_each_sentence_once_and_hold_the_whole_policy() -> None:
    sentences = [Sentence(f"Rule number {n} holds.", Obligation.MUST) for n in range(45)]
    policy = Policy("p", "Rules", "", (clause("1", "All", *sentences),), ())
    parts = prompts(policy)
    assert len(parts) == -(-45 // SENTENCES_A_PART)
    for part in parts:
        assert all(sentence.text in part.text for sentence in sentences)
    ids = list(sentence_ids(policy))
    assert f"sentences {ids[20]} to {ids[39]}" in " ".join(parts[1].text.split())
