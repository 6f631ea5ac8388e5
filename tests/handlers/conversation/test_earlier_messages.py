from answer.reply import Answer, HandOver, Help, Reply
from handlers.conversation.earlier_messages import needed_earlier
from knowledge.question import Question
from knowledge.reason import Reason


def handed_over(reason: Reason = Reason.NEAR_MISS, *, leans: bool) -> HandOver:
    return HandOver((), 0.2, reason, "I could not find this.", leans_on_earlier=leans)


SAYS: dict[str, Reply] = {
    "alone": Answer((), 0.9, Reason.COVERED, "Section 1:"),
    "leans": handed_over(leans=True),
    "thanks": Help(0.0, Reason.SMALL_TALK, "Any time.", leans_on_earlier=True),
    "secret": handed_over(Reason.SENSITIVE, leans=False),
    "diolch": handed_over(Reason.LANGUAGE, leans=False),
}


def needed(*history: str, leans: bool = True) -> tuple[str, ...]:
    question = Question("and this?", history=history)
    return needed_earlier(question, handed_over(leans=leans), lambda asked: SAYS[asked.text])


def test_a_question_that_stands_by_itself_needs_nothing() -> None:
    assert needed("alone", "leans", leans=False) == ()


def test_a_question_needs_what_it_leans_on_and_what_that_leans_on() -> None:
    assert needed("alone", "alone") == ("alone",)
    assert needed("alone", "leans") == ("alone", "leans")


def test_at_most_two_earlier_messages_are_needed() -> None:
    assert needed("alone", "leans", "leans", "leans") == ("leans", "leans")


def test_small_talk_is_passed_over() -> None:
    assert needed("alone", "thanks") == ("alone",)
    assert needed("thanks") == ()


def test_a_sensitive_message_is_never_needed_nor_what_came_before_it() -> None:
    assert needed("alone", "secret") == ()
    assert needed("alone", "secret", "leans") == ("leans",)
    assert needed("alone", "diolch") == ()
