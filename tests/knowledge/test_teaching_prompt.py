"""Each prompt shows the headings of the policy and the clauses that it asks about."""

import pytest

from knowledge.policy import Obligation, Policy, Sentence
from knowledge.teaching_prompt import AROUND, SENTENCES_A_PART, Prompts, sentence_ids
from tests.toy import clause


def rules(begin: int, end: int) -> list[Sentence]:
    return [Sentence(f"Rule number {n} holds.", Obligation.MUST) for n in range(begin, end)]


def policy_of(clauses: int, sentences: int) -> Policy:
    parts = (
        clause(str(n), f"Part {n}", *rules(n * sentences, (n + 1) * sentences))
        for n in range(clauses)
    )
    return Policy("rules", "Rules", "", tuple(parts), ())


def test_each_sentence_is_asked_for_once_in_order() -> None:
    policy = policy_of(1, 45)
    ids = list(sentence_ids(policy))
    texts = [" ".join(part.text.split()) for part in Prompts(policy)]
    assert len(texts) == len(Prompts(policy)) == -(-45 // SENTENCES_A_PART)
    for text, (first, last) in zip(texts, [(0, 19), (20, 39), (40, 44)], strict=True):
        assert f"lines for the sentences {ids[first]} to {ids[last]} now." in text


def test_a_part_shows_all_headings_and_its_own_clauses_only() -> None:
    policy = policy_of(10, 10)
    text = Prompts(policy).part(1).text
    assert all(f"Part {n}\n" in text for n in range(10))
    assert all(f" Rule number {n} holds.\n" in text for n in range(20))
    assert "Rule number 20 holds." not in text


def test_a_long_policy_makes_prompts_of_the_same_size() -> None:
    short, long = (Prompts(policy_of(1, count)) for count in (100, 2000))
    lines = [len(prompts.part(3).text.splitlines()) for prompts in (short, long)]
    assert lines[0] == lines[1]
    assert long.part(50).text.count("Rule number") == 2 * AROUND + SENTENCES_A_PART


def test_a_sentence_that_is_printed_again_far_below_widens_no_part() -> None:
    first, *others = rules(0, 100)
    policy = Policy("r", "R", "", (clause("1", "All", first, *others, first),), ())
    assert "Rule number 90 holds." not in Prompts(policy).part(1).text


@pytest.mark.parametrize("number", [0, 4, -1])
def test_there_is_no_part_of_another_number(number: int) -> None:
    with pytest.raises(IndexError):
        Prompts(policy_of(1, 45)).part(number)


def test_a_policy_without_sentences_has_no_prompts() -> None:
    assert list(Prompts(Policy("none", "None", "", (), ()))) == []
