import json
from pathlib import Path

import pytest

from knowledge.bank import Intent, read_bank, read_questions, read_sentence_ids, tie_to
from knowledge.documents.files import read_policies
from knowledge.errors import BadQuestionBank
from knowledge.policy import Role, sentences_of

ANSWERABLE = {
    "id": "a",
    "role": "manager",
    "question": "logo?",
    "kind": "answerable",
    "must": [["S1", "S2"], ["Spelled out."]],
    "ok": ["S2"],
    "history": ["earlier"],
}
NEAR = {"id": "n", "question": "which font?", "kind": "near", "closest": ["S1"]}
GREETING = {"id": "g", "question": "hi", "kind": "smalltalk"}
SENTENCES = frozenset({"First.", "Second.", "Spelled out."})


BANK = Path(__file__).parents[2] / "knowledge" / "questions"


def folder_of(tmp_path: Path, *lines: object) -> Path:
    (tmp_path / "sentences.tsv").write_text("S1\t[1]\tFirst.\nS2\t[2]\tSecond.\n")
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (tmp_path / "bank.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def test_sentences_are_named_by_id_or_by_their_text(tmp_path: Path) -> None:
    (question,) = read_bank(folder_of(tmp_path, ANSWERABLE))
    assert question.needed == (("First.", "Second."), ("Spelled out.",))
    assert question.asked.role is Role.MANAGER
    assert question.asked.history == ("earlier",)


def test_a_folder_that_does_not_exist_is_an_empty_bank(tmp_path: Path) -> None:
    assert read_bank(tmp_path / "none") == ()


def test_an_edited_sentence_is_left_out_and_its_alternative_kept(tmp_path: Path) -> None:
    questions = read_bank(folder_of(tmp_path, ANSWERABLE, NEAR, GREETING))
    bank = tie_to(questions, SENTENCES - {"First."})
    assert bank.questions[0].needed == (("Second.",), ("Spelled out.",))
    assert bank.orphans == ("n",)


def test_a_question_whose_every_answer_is_gone_is_reported(tmp_path: Path) -> None:
    other = ANSWERABLE | {"id": "b", "must": [["S2"]]}
    bank = tie_to(read_bank(folder_of(tmp_path, ANSWERABLE, other)), SENTENCES - {"Spelled out."})
    assert [question.id for question in bank.questions] == ["b"]
    assert bank.orphans == ("a",)


def test_a_bank_about_other_policies_still_knows_kinds_of_messages(tmp_path: Path) -> None:
    questions = read_bank(folder_of(tmp_path, ANSWERABLE, NEAR, GREETING))
    bank = tie_to(questions, frozenset({"Mileage is 45p."}))
    kinds = [question.kind for question in bank.questions]
    assert kinds == [Intent.OFF_TOPIC, Intent.OFF_TOPIC, Intent.SMALL_TALK]
    assert bank.orphans == ()


@pytest.mark.parametrize(
    "line",
    [
        "{not json",
        "[]",
        '"text"',
        '{"kind": "answerable"}',
        '{"question": "q", "kind": "odd"}',
        '{"question": "q", "role": "mayor"}',
        '{"question": "q", "must": [["S99"]]}',
        '{"question": "q", "must": 3}',
    ],
)
def test_a_line_that_is_no_question_is_named_by_file_and_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadQuestionBank, match=r"bank\.jsonl:2: "):
        read_bank(folder_of(tmp_path, GREETING, line))


def test_the_guidance_still_has_every_sentence_that_its_bank_cites() -> None:
    root = Path(__file__).parents[2] / "knowledge"
    questions = read_bank(root / "questions")
    assert tie_to(questions, sentences_of(read_policies(root / "policies"))).orphans == ()
    assert len({question.id for question in questions}) == len(questions) > 12_000


def test_no_held_out_message_is_learned_from_or_calibrated_on() -> None:
    texts = read_sentence_ids(BANK)
    seen = {question.asked.text.casefold() for question in read_bank(BANK)}
    held_out = [
        question.asked.text.casefold()
        for path in sorted((BANK / "held_out").glob("*.jsonl"))
        for question in read_questions(path, texts)
        if not question.asked.history
        and question.kind in {Intent.ANSWERABLE, Intent.NEAR, Intent.SENSITIVE}
    ]
    assert held_out
    assert not seen.intersection(held_out)
