"""What is shown from a taught policy: its own questions decide, the search result stays."""

from dataclasses import replace

import numpy as np
import pytest

from answer.assistant import Assistant
from answer.confidence import ConfidenceModel, RiskBound
from answer.features import NAMES
from answer.intent import intent_of
from answer.reply import Answer, HandOver
from index.encoder import Vectors
from index.query_text import query_text
from index.taught import with_taught
from index.taught_policy import Examples, teach
from knowledge.bank import BankQuestion, Intent
from knowledge.question import Question
from knowledge.reason import Reason
from tests.toy import LOGO, POLICY, TRAINING, WordEncoder
from tests.toy_bot import asked, toy_assistant

ENCODER = WordEncoder()
ASKED = (
    asked("a", "may I have the logo on my blog?", Intent.ANSWERABLE, LOGO),
    asked("b", "training first, or later?", Intent.ANSWERABLE, TRAINING),
)
LOGO_QUESTION = Question("may I have the logo on my blog")


def vectors(questions: tuple[BankQuestion, ...]) -> Vectors:
    return ENCODER.encode([query_text(question.asked) for question in questions])


def own_confidence(probability: float) -> ConfidenceModel:
    """Gives every question the same probability; 0.5 is proven for a risk of 5 %."""
    count = len(NAMES)
    logit = float(np.log(probability / (1 - probability)))
    bounds = (RiskBound(0.5, 100, 1, 0.04), RiskBound(0.2, 200, 60, 0.35))
    nothing, ones = (0.0,) * count, (1.0,) * count
    return ConfidenceModel(NAMES, nothing, ones, nothing, logit, bounds)


def bot(probability: float) -> Assistant:
    others = (BankQuestion("", Question("who runs it?"), Intent.OFF_TOPIC),)
    known = teach(
        ENCODER, POLICY, Examples(ASKED, vectors(ASKED)), Examples(others, vectors(others))
    )
    plain = toy_assistant(questions=())
    taught = {POLICY.name: own_confidence(probability)}
    return replace(plain, index=with_taught(plain.index, [known]), taught=taught)


def test_its_own_confidence_decides_whether_an_answer_is_shown() -> None:
    shown = bot(0.9).reply(LOGO_QUESTION)
    assert isinstance(shown, Answer)
    assert shown.citations[0].quote == LOGO.text
    assert 0.5 < shown.confidence <= 0.9
    assert isinstance(bot(0.01).reply(LOGO_QUESTION), HandOver)


def test_what_is_likely_but_not_sure_stays_a_search_result() -> None:
    reply = bot(0.4).reply(LOGO_QUESTION)
    assert isinstance(reply, HandOver)
    assert reply.reason is Reason.MAY_ANSWER


def test_without_a_confidence_of_its_own_it_is_judged_as_before() -> None:
    taught, plain = replace(bot(0.9), taught={}), toy_assistant(questions=())
    confidence = taught.consider(LOGO_QUESTION).confidence
    assert confidence == pytest.approx(plain.consider(LOGO_QUESTION).confidence)


def test_an_ordinary_question_that_the_bank_takes_for_sensitive_is_still_answered() -> None:
    evidence = bot(0.9).index.search(LOGO_QUESTION)
    for kinds in (evidence.learned_kinds, evidence.echoed_kinds):
        assert isinstance(kinds, dict)
        kinds[Intent.SENSITIVE] = 0.4
    assert intent_of(evidence) is Intent.SENSITIVE
    assert intent_of(replace(evidence, sensitivity=0.1)) is Intent.ANSWERABLE
