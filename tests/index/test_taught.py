"""Policies with questions of their own, beside the question bank and beside each other."""

import numpy as np
import pytest

from index.combined_scores import combined_scores
from index.evidence import Evidence
from index.query_text import query_text
from index.taught import (
    EvidenceWithTaught,
    is_taught,
    outside_untaught,
    with_neighbours,
    with_taught,
)
from index.taught_policy import Examples, TaughtPolicy, teach
from knowledge.bank import BankQuestion, Intent
from knowledge.policy import Obligation, Policy, Sentence
from knowledge.question import Question
from tests.toy import LOGO, POLICY, WordEncoder, clause
from tests.toy_bot import QUESTIONS, toy_index

ENCODER = WordEncoder()
HELLO = Sentence("Say hello to visitors.", Obligation.MUST)
WEATHER = Sentence("Weather reports are posted daily.", Obligation.MUST)
GREETINGS = Policy("greetings", "Greetings", "", (clause("1", "Hi", HELLO),), ())
FORECAST = Policy("forecast", "Forecast", "", (clause("1", "Sky", WEATHER),), ())


def asked(text: str, sentence: Sentence) -> BankQuestion:
    return BankQuestion("", Question(text), Intent.ANSWERABLE, ((sentence.text,),))


def examples(*questions: BankQuestion) -> Examples:
    texts = [query_text(question.asked) for question in questions]
    return Examples(questions, ENCODER.encode(texts))


def taught(policy: Policy, *questions: BankQuestion) -> TaughtPolicy:
    other = BankQuestion("", Question("who runs the blog?"), Intent.OFF_TOPIC)
    return teach(ENCODER, policy, examples(*questions), examples(other))


def best(evidence: Evidence) -> str:
    return evidence.passages[int(np.argmax(combined_scores(evidence)))].sentence.text


@pytest.mark.parametrize(("text", "sentence"), [("what weather?", WEATHER), ("hello?", HELLO)])
def test_the_policy_that_a_question_is_about_answers_it(text: str, sentence: Sentence) -> None:
    index = with_taught(
        toy_index((POLICY, GREETINGS, FORECAST), questions=()),
        [
            taught(GREETINGS, asked("hello, who greets?", HELLO)),
            taught(FORECAST, asked("is the weather posted?", WEATHER)),
        ],
    )
    evidence = index.search(Question(text))
    assert best(evidence) == sentence.text
    assert combined_scores(evidence).sum() <= 1 + 1e-5
    assert isinstance(evidence, EvidenceWithTaught)
    assert evidence.own.keys() == {"greetings", "forecast"}
    (together,) = index.search_each([Question(text)])
    assert best(together) == sentence.text


def test_a_taught_policy_leaves_what_is_outside_to_the_policies_without_questions() -> None:
    policies = (POLICY, GREETINGS, FORECAST)
    known = taught(FORECAST, asked("is the weather posted?", WEATHER))
    plain = toy_index(policies, QUESTIONS)
    before, evidence = (
        each.search(Question("hello weather")) for each in (plain, with_taught(plain, [known]))
    )
    rows = [passage.policy is FORECAST for passage in evidence.passages]
    assert before.outside[rows].min() > 0
    assert evidence.outside[rows].max() == 0
    assert np.array_equal(outside_untaught(evidence), before.outside)
    assert evidence.outside.sum() > 0
    assert evidence.banked[rows].all()


def test_a_question_put_to_another_policy_is_not_claimed_by_a_taught_one() -> None:
    index = with_taught(
        toy_index((GREETINGS, FORECAST), questions=()),
        [taught(FORECAST, asked("is the weather posted?", WEATHER))],
    )
    assert best(index.search(Question("weather?"))) == WEATHER.text
    chosen = index.search(Question("weather?", policy="greetings"))
    assert best(chosen) == HELLO.text
    assert not is_taught(chosen, "forecast")


def test_a_taught_policys_sentences_keep_their_order_beside_the_bank() -> None:
    """Its own confidence judges its best clause, so the same clause must be quoted."""
    both = Policy("both", "Both", "", (clause("1", "A", HELLO), clause("2", "B", WEATHER)), ())
    known = taught(both, asked("hello?", HELLO), asked("is the weather posted?", WEATHER))
    index = with_taught(toy_index((POLICY, both), QUESTIONS), [known])
    evidence = index.search(Question("hello, weather on the blog?"))
    assert isinstance(evidence, EvidenceWithTaught)
    own, rows = evidence.own["both"], [passage.policy is both for passage in evidence.passages]
    by_head = evidence.learned[rows].sum() / own.learned.sum()
    by_neighbours = evidence.echoed[rows].sum() / own.echoed.sum()
    assert by_head == pytest.approx(by_neighbours)


def test_near_misses_of_a_taught_policy_are_seen_by_head_and_neighbours() -> None:
    near = BankQuestion(
        "", Question("who posts the weather?"), Intent.NEAR, closest=(WEATHER.text,)
    )
    index = with_taught(toy_index((FORECAST,), questions=()), [taught(FORECAST, near, near)])
    evidence = index.search(near.asked)
    assert evidence.near_misses[0] > 0
    assert evidence.echoed_near_misses[0] > 0


def test_the_bank_keeps_its_own_subject() -> None:
    index = with_taught(
        toy_index((POLICY, FORECAST), QUESTIONS),
        [taught(FORECAST, asked("is the weather posted?", WEATHER))],
    )
    assert best(index.search(Question("logo on my blog?"))) == LOGO.text
    assert best(index.search(Question("weather?"))) == WEATHER.text


def test_a_sentence_that_nobody_asked_about_is_still_found() -> None:
    both = Policy("both", "Both", "", (clause("1", "A", HELLO), clause("2", "B", WEATHER)), ())
    known = taught(both, asked("hello?", HELLO), asked("hello there", HELLO))
    vector = ENCODER.encode(["staff: weather"])[0]
    evidence = known.evidence(Question("weather"), vector)
    assert evidence.passages[int(np.argmax(evidence.learned))].sentence is WEATHER


def test_an_index_without_taught_policies_stays_as_it_is() -> None:
    index = toy_index()
    assert with_taught(index, []) is index


def test_a_question_added_to_the_bank_counts_as_a_neighbour() -> None:
    added = asked("secret weather", LOGO)
    index = with_neighbours(toy_index(), examples(added))
    neighbours = index.search(Question("secret weather")).neighbours
    assert neighbours[0].question is added
    assert neighbours[0].similarity == pytest.approx(1)
