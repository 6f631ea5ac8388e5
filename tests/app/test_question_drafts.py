"""Drafting sends the policy's text alone, goes on where it stopped, and fails plainly."""

import json
import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.question_drafts import draft
from knowledge.errors import BadInput
from knowledge.policy import Obligation, Policy, Sentence
from knowledge.question_import import check
from knowledge.teaching_prompt import Prompts
from settings import Settings
from tests.app.question_writer import question_writer
from tests.toy import clause
from tests.toy_bot import nothing

RULES = [Sentence(f"Rule number {number} holds.", Obligation.MUST) for number in range(45)]
POLICY = Policy("rules", "Rules", "", (clause("1", "All", *RULES),), ())


def settings(folder: Path, url: str) -> Settings:
    return Settings(
        data=folder,
        question_writer_url=url,
        question_writer_key=SecretStr("the-key"),
        question_writer_model="the-model",
    )


def written(prompt: str) -> tuple[int, str]:
    first = re.search(r"the\s+sentences (\S+) to", prompt)
    assert first
    return 200, json.dumps({"question": f"about {first[1]}?", "must": [[first[1]]]})


def test_each_part_is_asked_for_once_with_the_policy_alone(tmp_path: Path) -> None:
    with question_writer(written) as writer:
        content = draft(settings(tmp_path, writer.address), POLICY, nothing)
        assert draft(settings(tmp_path, writer.address), POLICY, nothing) == content
    assert writer.prompts == [part.text for part in Prompts(POLICY)]
    for path, key, body in writer.requests:
        assert (path, key) == ("/v1/chat/completions", "Bearer the-key")
        assert body.keys() == {"model", "messages"}
        assert body["model"] == "the-model"
    found = check(POLICY, content.content)
    assert len(found.questions) == len(writer.requests) == 3
    assert found.problems == ()


def test_what_was_written_before_a_failure_is_kept(tmp_path: Path) -> None:
    first, second, third = (part.text for part in Prompts(POLICY))
    with question_writer(lambda p: (400, "") if p == second else written(p)) as writer:
        with pytest.raises(BadInput, match="failed at part 2 of 3"):
            draft(settings(tmp_path, writer.address), POLICY, nothing)
        writer.answer = written
        draft(settings(tmp_path, writer.address), POLICY, nothing)
    assert writer.prompts == [first, second, second, third]


def test_an_answer_without_words_and_a_closed_port_are_told_in_one_sentence(
    tmp_path: Path,
) -> None:
    with question_writer(lambda _: (200, "")) as writer:
        with pytest.raises(BadInput, match="it wrote nothing"):
            draft(settings(tmp_path, writer.address), POLICY, nothing)
        address = writer.address
    with pytest.raises(BadInput, match="failed at part 1 of 3") as refused:
        draft(settings(tmp_path, address), POLICY, nothing)
    assert "the-key" not in str(refused.value)


def test_an_answer_that_was_cut_off_is_used_and_asked_for_again(tmp_path: Path) -> None:
    with question_writer(written) as writer:
        writer.finish_reason = "length"
        cut = draft(settings(tmp_path, writer.address), POLICY, nothing)
        assert len(check(POLICY, cut.content).questions) == len(cut.problems) == 3
        assert cut.problems[0].startswith("Part 1 of 3: the answer was cut off")
        writer.finish_reason = "stop"
        whole = draft(settings(tmp_path, writer.address), POLICY, nothing)
    assert whole.problems == ()
    assert len(writer.prompts) == 2 * len(Prompts(POLICY))


def test_an_answer_without_a_usable_question_is_asked_for_again(tmp_path: Path) -> None:
    with question_writer(lambda _: (200, "I cannot help with that.")) as writer:
        refused = draft(settings(tmp_path, writer.address), POLICY, nothing)
        assert refused.problems[2].startswith("Part 3 of 3: no line of the answer could be used.")
        writer.answer = written
        assert draft(settings(tmp_path, writer.address), POLICY, nothing).problems == ()
    assert len(writer.prompts) == 2 * len(Prompts(POLICY))


def test_without_an_endpoint_nothing_is_sent(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="QUESTION_WRITER_URL"):
        draft(Settings(data=tmp_path), POLICY, nothing)
