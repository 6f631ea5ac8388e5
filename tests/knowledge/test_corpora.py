"""The form of the invented policies' questions. Whether a label is right, a person has to judge."""

from collections import Counter
from pathlib import Path

import pytest

from answer.training import HELD_OUT
from knowledge.bank import Intent, read_questions
from knowledge.documents.files import read_policy
from knowledge.policy import sentences_of

FOLDER = Path(__file__).parent.parent.parent / "knowledge" / "corpora"
NAMES = sorted(path.name.removesuffix(".questions.jsonl") for path in FOLDER.glob("*.jsonl"))
FEWEST, MOST = 80, 130


@pytest.mark.parametrize("name", NAMES)
def test_each_question_names_sentences_that_the_policy_has(name: str) -> None:
    (path,) = (path for path in FOLDER.glob(f"{name}.*") if path.suffix in {".md", ".txt"})
    sentences = sentences_of([read_policy(path)])
    questions = list(read_questions(FOLDER / f"{name}.questions.jsonl", {}))
    missing = [
        (question.id, text)
        for question in questions
        for text in (*sum(question.needed, ()), *question.fine, *question.closest)
        if text not in sentences
    ]
    assert missing == []
    assert [q.id for q in questions if bool(q.needed) != (q.kind is Intent.ANSWERABLE)] == []
    assert FEWEST <= len(questions) <= MOST


@pytest.mark.parametrize("name", NAMES)
def test_no_question_is_asked_twice(name: str) -> None:
    questions = list(read_questions(FOLDER / f"{name}.questions.jsonl", {}))
    asked = Counter(question.asked for question in questions)
    assert [question.text for question, times in asked.items() if times > 1] == []
    assert len({question.id for question in questions}) == len(questions)


def test_the_policies_held_out_of_the_training_are_there() -> None:
    held_out = (FOLDER / HELD_OUT).read_text(encoding="utf-8").split()
    assert set(held_out) <= set(NAMES)
    assert len(held_out) >= 12
