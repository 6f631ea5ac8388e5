from dataclasses import replace

import numpy as np

from answer.intent import intent_of
from index.evidence import Evidence
from knowledge.bank import Intent
from knowledge.policy import Policy
from knowledge.question import Question
from tests.toy import POLICY, SECRET, clause
from tests.toy_bot import toy_index

OTHER = replace(POLICY, name="other", clauses=(clause("1", "Weather", SECRET),))


def found(*policies: Policy, sensitivity: float, share: float) -> Evidence:
    evidence = toy_index(policies).search(Question("my secret is out, help"))
    outside = np.where(evidence.banked, 0.0, share).astype(np.float32)
    return replace(evidence, sensitivity=sensitivity, outside=outside)


def test_a_message_is_ordinary_if_a_policy_that_the_bank_does_not_know_answers_it() -> None:
    assert intent_of(found(POLICY, OTHER, sensitivity=0.2, share=0.9)) is Intent.ANSWERABLE
    assert intent_of(found(POLICY, OTHER, sensitivity=0.5, share=0.9)) is Intent.SENSITIVE


def test_where_no_policy_answers_only_what_is_surely_ordinary_is_taken_for_that() -> None:
    assert intent_of(found(POLICY, OTHER, sensitivity=0.2, share=0.1)) is Intent.SENSITIVE
    assert intent_of(found(POLICY, OTHER, sensitivity=0.001, share=0.1)) is Intent.ANSWERABLE


def test_where_the_bank_knows_all_policies_it_decides_alone() -> None:
    evidence = toy_index((POLICY,)).search(Question("my secret is out, help"))
    assert evidence.sensitivity == 1.0
    assert intent_of(evidence) is Intent.SENSITIVE
