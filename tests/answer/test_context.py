import pytest

from answer.assistant import Assistant
from answer.context import leans_on_earlier
from answer.reply import Answer, Help
from knowledge.bank import Intent
from knowledge.question import Question
from tests.toy_bot import toy_assistant


@pytest.fixture(scope="module")
def bot() -> Assistant:
    return toy_assistant()


@pytest.mark.parametrize("text", ["and on a blog?", "What about councillors", "is that allowed"])
def test_a_message_that_begins_where_another_ended_leans_on_it(text: str) -> None:
    assert leans_on_earlier(text, Intent.ANSWERABLE, clear=True)


def test_a_message_that_asks_nothing_by_itself_leans_on_the_one_before() -> None:
    assert leans_on_earlier("twitter??", Intent.VAGUE, clear=False)


def test_a_short_message_that_points_back_leans_only_where_it_is_not_clear_by_itself() -> None:
    assert leans_on_earlier("can I delete it", Intent.ANSWERABLE, clear=False)
    assert not leans_on_earlier("can I delete it", Intent.ANSWERABLE, clear=True)


def test_a_word_that_points_at_nothing_leans_on_nothing() -> None:
    for text in ("is there a limit on hashtags", "may one of my team post", "if there are fines"):
        assert not leans_on_earlier(text, Intent.NEAR, clear=False)
    assert leans_on_earlier("may I post there", Intent.NEAR, clear=False)


def test_a_long_message_says_itself_what_it_points_at() -> None:
    long = "my neighbour sent me a picture of the road and wants me to put it on our page today"
    assert not leans_on_earlier(long, Intent.NEAR, clear=False)


@pytest.mark.parametrize("kind", [Intent.SENSITIVE, Intent.INJECTION])
def test_what_a_person_must_hear_is_never_read_as_part_of_something_else(kind: Intent) -> None:
    assert not leans_on_earlier("and it happened again", kind, clear=False)


def test_a_greeting_after_a_question_is_a_greeting(bot: Assistant) -> None:
    reply = bot.reply(Question("hello", history=("logo on my blog?",)))
    assert isinstance(reply, Help)
    assert not reply.leans_on_earlier


def test_thanks_in_between_do_not_cut_a_follow_up_off(bot: Assistant) -> None:
    reply = bot.reply(Question("and what about it?", history=("a journalist rang", "hello")))
    assert isinstance(reply, Answer)
    assert reply.citations[0].section == "2(b)"


def test_a_question_after_another_is_answered_as_if_it_came_first(bot: Assistant) -> None:
    first = bot.reply(Question("a journalist rang"))
    after = bot.reply(Question("a journalist rang", history=("logo on my blog?",)))
    assert isinstance(first, Answer)
    assert after == first


def test_a_follow_up_is_read_with_what_it_follows(bot: Assistant) -> None:
    reply = bot.reply(Question("and what about it?", history=("a journalist rang",)))
    assert isinstance(reply, Answer)
    assert reply.citations[0].section == "2(b)"
    assert reply.leans_on_earlier
    assert not bot.reply(Question("a journalist rang", history=("logo?",))).leans_on_earlier
