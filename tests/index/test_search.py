from dataclasses import fields, replace

import numpy as np
import pytest

from index.combined_scores import combined_scores
from index.message_kinds import MessageKinds
from index.open_set import OpenSetSoftmax
from knowledge.bank import BankQuestion, Intent
from knowledge.policy import Role
from knowledge.question import Question
from tests.toy import LOGO, MEETING, POLICY, SECRET, clause
from tests.toy_bot import QUESTIONS, toy_index

INDEX = toy_index()
OTHER = replace(POLICY, name="other", clauses=(clause("1", "Weather", SECRET),))


def test_the_sentence_that_the_nearest_bank_questions_name_has_most_of_the_share() -> None:
    shares = combined_scores(INDEX.search(Question("can I put the logo on a blog")))
    assert INDEX.passages[int(shares.argmax())].sentence is LOGO
    assert shares.max() > 0.5


def test_all_that_a_question_can_mean_sums_to_one() -> None:
    evidence = INDEX.search(Question("phone?"))
    learned = evidence.learned.sum() + evidence.near_misses.sum()
    assert learned + sum(evidence.learned_kinds.values()) == pytest.approx(1.0, abs=1e-5)


def test_a_greeting_is_learned_and_echoed_as_small_talk() -> None:
    evidence = INDEX.search(Question("hello"))
    assert max(evidence.learned_kinds, key=evidence.learned_kinds.__getitem__) is Intent.SMALL_TALK
    assert max(evidence.echoed_kinds, key=evidence.echoed_kinds.__getitem__) is Intent.SMALL_TALK


def test_role_and_last_message_reach_the_encoder() -> None:
    index = toy_index()
    index.search(Question("and mute?", Role.COUNCILLOR, ("first", "my phone in the meeting")))
    assert index.encoders.adapted.encoded[-1] == "councillor: my phone in the meeting / and mute?"  # type: ignore[attr-defined] # the toy keeps what it was given


def test_a_policy_outside_the_bank_gets_what_the_bank_takes_for_another_subject() -> None:
    index = toy_index((POLICY, OTHER))
    assert [*index.banked] == [True] * 6 + [False]
    elsewhere = combined_scores(index.search(Question("what weather today")))
    assert index.passages[int(elsewhere.argmax())].policy is OTHER
    inside = combined_scores(index.search(Question("phone in a meeting")))
    assert index.passages[int(inside.argmax())].sentence is MEETING


def test_without_a_bank_the_likest_sentence_is_found() -> None:
    index = toy_index(questions=())
    shares = combined_scores(index.search(Question("is my logo ok")))
    assert index.passages[int(shares.argmax())].sentence is LOGO
    assert np.isfinite(shares).all()


def test_a_bank_of_other_policies_still_knows_a_greeting() -> None:
    index = toy_index((OTHER,), QUESTIONS[:6] + QUESTIONS[7:])
    evidence = index.search(Question("hello"))
    assert evidence.echoed_kinds[Intent.SMALL_TALK] > 0.5


def test_sentences_outside_the_bank_share_one_with_none_of_them() -> None:
    index = toy_index(questions=())
    none = -np.ones(index.encoders.general.dimension, dtype=np.float32)
    learned = replace(index.encoders, open_set=OpenSetSoftmax(20.0, 30.0, none))
    evidence = replace(index, encoders=learned).search(Question("is my logo ok"))
    assert 0 < evidence.outside.sum() < 1
    assert index.search(Question("is my logo ok")).outside.sum() == pytest.approx(1.0)


def test_a_question_about_one_policy_finds_nothing_in_another() -> None:
    index = toy_index((POLICY, replace(POLICY, name="other")), questions=())
    shares = combined_scores(index.search(Question("is my logo ok", policy="other")))
    assert shares[:6].sum() == 0
    assert index.passages[int(shares.argmax())].policy.name == "other"


@pytest.mark.parametrize("questions", [QUESTIONS, ()])
def test_the_kind_of_a_message_is_the_same_without_a_look_at_the_sentences(
    questions: tuple[BankQuestion, ...],
) -> None:
    index = toy_index((POLICY, OTHER), questions)
    asked = [Question("hello"), Question("my secret is out"), Question("phone?")]
    for kinds, evidence in zip(index.kinds_each(asked), index.search_each(asked), strict=True):
        for each in fields(MessageKinds):
            assert getattr(kinds, each.name) == getattr(evidence, each.name)
    assert index.kinds_each([]) == ()
