"""More sentences than are all looked at: what is found is what a look at each would find."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from index.build import index_of
from index.candidates import BY_VECTOR, BY_WORDS, EXHAUSTIVE_UP_TO
from index.combined_scores import combined_scores
from index.evidence import Evidence
from index.search import Encoders, Index
from index.taught import with_taught
from index.taught_policy import Examples, teach
from knowledge.bank import BankQuestion, Intent, tie_to
from knowledge.policy import Obligation, Policy, Sentence, sentences_of
from knowledge.question import Question
from tests.toy import LOGO, POLICY, WORDS, WordEncoder, clause
from tests.toy_bot import QUESTIONS, nothing

EACH = 400
POLICIES = -(-(EXHAUSTIVE_UP_TO + 1) // EACH)
SUBJECTS = [" ".join(words) for words in product(WORDS[:7], WORDS[2:9])]


def large_policy(number: int) -> Policy:
    sentences = [
        Sentence(f"{SUBJECTS[(number + at) % len(SUBJECTS)]} rule{number}x{at}.", Obligation.MUST)
        for at in range(EACH)
    ]
    clauses = (clause(str(at), "", sentence) for at, sentence in enumerate(sentences))
    return Policy(f"large-{number}", f"Large {number}", "", tuple(clauses), ())


@pytest.fixture(scope="module")
def index() -> Index:
    policies = [POLICY, *map(large_policy, range(POLICIES))]
    encoder, bank = WordEncoder(), tie_to(QUESTIONS, sentences_of(policies))
    return index_of(Encoders(encoder, WordEncoder()), policies, bank, nothing)


def best(evidence: Evidence) -> str:
    return evidence.passages[int(np.argmax(combined_scores(evidence)))].sentence.text


def test_only_what_may_answer_is_looked_at(index: Index) -> None:
    assert len(index.passages) > EXHAUSTIVE_UP_TO
    evidence = index.search(Question("weather and secret rule7x33"))
    assert len(evidence.passages) <= BY_VECTOR + BY_WORDS + 6
    assert len(evidence.outside) == len(evidence.similarity) == len(evidence.passages)


@pytest.mark.parametrize("text", ["what of rule7x33?", "rule21x3 please", "rule0x399 phone"])
def test_the_best_sentence_is_the_one_that_a_look_at_each_finds(index: Index, text: str) -> None:
    each = replace(index, candidates=None).search(Question(text))
    assert best(index.search(Question(text))) == best(each)


def test_the_bank_says_the_same_of_its_own_policy(index: Index) -> None:
    question = Question("can I put the logo on a blog")
    some, each = index.search(question), replace(index, candidates=None).search(question)
    assert best(some) == LOGO.text
    for name in ("learned", "echoed", "near_misses", "echoed_near_misses"):
        found, expected = getattr(some, name), getattr(each, name)
        assert found.sum() == pytest.approx(expected.sum(), abs=1e-6)
        assert np.allclose(found, expected[some.rows], atol=1e-6)
    assert some.learned_kinds == pytest.approx(each.learned_kinds)
    assert some.needs == pytest.approx(each.needs)
    assert not some.all_banked


def test_a_question_about_one_policy_looks_at_all_of_it_and_at_no_other(index: Index) -> None:
    evidence = index.search(Question("weather", policy="large-3"))
    names = [passage.policy.name for passage in evidence.passages]
    assert names.count("large-3") == EACH
    assert combined_scores(evidence)[[name != "large-3" for name in names]].sum() == 0


def test_a_taught_policy_is_looked_at_as_a_whole(index: Index) -> None:
    policy = large_policy(5)
    text = policy.clauses[9].sentences[0].text
    question = BankQuestion("", Question("nothing but this"), Intent.ANSWERABLE, ((text,),))
    own = Examples((question,), WordEncoder().encode(["staff: nothing but this"]))
    other = Examples((replace(question, kind=Intent.OFF_TOPIC, needed=()),), own.vectors)
    taught = with_taught(index, [teach(WordEncoder(), policy, own, other)])
    evidence = taught.search(Question("anything"))
    names = [passage.policy.name for passage in evidence.passages]
    assert names.count("large-5") == EACH
    known = [passage.policy.name in ("large-5", "toy") for passage in evidence.passages]
    assert [*evidence.banked] == known
