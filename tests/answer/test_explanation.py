import pytest

from answer.assessment import Measure
from answer.assistant import Assistant
from answer.reply import Answer
from knowledge.question import Question
from tests.toy import LOGO
from tests.toy_bot import toy_assistant


@pytest.fixture(scope="module")
def bot() -> Assistant:
    return toy_assistant()


def test_an_answer_is_explained_by_its_own_confidence_and_threshold(bot: Assistant) -> None:
    question = Question("logo on my blog?")
    (explained,) = bot.explain(question)
    reply = bot.reply(question)
    assert isinstance(reply, Answer)
    assert explained.confidence == reply.confidence
    assert explained.is_sure
    assert explained.threshold == bot.models.banked.threshold(bot.accepted_risk)
    assert explained.measure is Measure.BANK
    assert explained.candidates[0].citation.quote == LOGO.text
    shares = [each.share for each in explained.candidates]
    assert shares == sorted(shares, reverse=True)


def test_what_is_handed_over_is_explained_as_unsure() -> None:
    (explained,) = toy_assistant(accepted_risk=0.01).explain(Question("a phone for the blog?"))
    assert not explained.is_sure
    assert explained.confidence < explained.threshold


def test_each_part_of_a_message_is_explained(bot: Assistant) -> None:
    question = Question("May I use the logo on my blog? Do I need training first?")
    reply = bot.reply(question)
    assert isinstance(reply, Answer)
    assert tuple(each.part for each in bot.explain(question)) == reply.parts


@pytest.mark.parametrize("text", ["", "?!", "x" * 5000, "section 2(a)", "my secret is out, help"])
def test_a_reply_without_a_search_has_no_explanation(bot: Assistant, text: str) -> None:
    assert bot.explain(Question(text)) == ()
