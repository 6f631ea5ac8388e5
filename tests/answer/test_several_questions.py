import pytest

from answer.assistant import Assistant
from answer.reply import Answer
from answer.wording import plain_text
from knowledge.question import Question
from tests.toy_bot import toy_assistant


@pytest.fixture(scope="module")
def bot() -> Assistant:
    return toy_assistant()


def test_two_questions_are_answered_in_the_order_asked_each_under_its_own_words(
    bot: Assistant,
) -> None:
    reply = bot.reply(Question("Must I tell about a journalist? May I have the logo on my blog?"))
    assert isinstance(reply, Answer)
    assert [citation.section for citation in reply.citations] == ["2(b)", "1"]
    text = plain_text(reply)
    first, second = text.index("“Must I tell"), text.index("“May I have the logo")
    assert first < text.index("Tell your manager") < second < text.index("Avoid use")


def test_a_part_that_was_not_found_is_named_and_offered_to_a_person(bot: Assistant) -> None:
    reply = bot.reply(Question("May I have the logo on my blog? And what weather do we get?"))
    assert isinstance(reply, Answer)
    assert reply.not_found == ("what weather do we get?",)
    missing = reply.lead.index("About “what weather do we get?” I found nothing")
    assert reply.lead.index("I found something about one of your questions") < missing
    assert all(citation.about == "May I have the logo on my blog?" for citation in reply.citations)


def test_a_greeting_in_front_is_no_question(bot: Assistant) -> None:
    reply = bot.reply(Question("Hello, are you there? Hello? May I have the logo on my blog?"))
    assert isinstance(reply, Answer)
    assert reply.parts == ()
    assert "I found nothing" not in reply.lead


def test_a_part_whose_answer_is_not_sure_is_not_said_to_be_missing(bot: Assistant) -> None:
    reply = bot.reply(Question("May I have the logo on my blog? And is a blog on the phone fine?"))
    assert isinstance(reply, Answer)
    assert "About “is a blog on the phone fine?” I am not sure" in reply.lead
    assert "I found nothing" not in reply.lead


def test_the_confidence_of_two_answers_is_that_of_the_less_likely(bot: Assistant) -> None:
    both = bot.reply(Question("Must I tell about a journalist? May I have the logo on my blog?"))
    each = [
        bot.reply(Question("Must I tell about a journalist?")),
        bot.reply(Question("May I have the logo on my blog?", history=("a journalist rang",))),
    ]
    assert both.confidence == pytest.approx(min(reply.confidence for reply in each))


def test_a_question_put_twice_is_answered_once(bot: Assistant) -> None:
    reply = bot.reply(Question("May I have the logo on my blog? Is the logo fine on a blog?"))
    assert isinstance(reply, Answer)
    assert reply.parts == ()
    assert reply.lead == "Section 1, Think twice:"


def test_no_more_than_three_sentences_are_quoted_for_all_questions_together(
    bot: Assistant,
) -> None:
    reply = bot.reply(
        Question(
            "Must I tell about a journalist? May I have the logo on my blog? "
            "Is the phone fine in a meeting?"
        )
    )
    assert isinstance(reply, Answer)
    assert [citation.section for citation in reply.citations] == ["2(b)", "1", "3"]
