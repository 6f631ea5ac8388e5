from dataclasses import replace

from answer.assistant import Assistant
from answer.reply import HandOver
from knowledge.policy import Obligation, Sentence
from knowledge.question import Question
from tests.toy import LOGO, POLICY
from tests.toy_bot import QUESTIONS, toy_assistant

PRIVATE = Sentence("For private use, avoid the logo on a blog.", Obligation.SHOULD_NOT)


def bot_with_a_rule_for_private_use() -> Assistant:
    first, *others = POLICY.clauses
    private = replace(first, text=PRIVATE.text, sentences=(PRIVATE,))
    questions = [
        replace(each, needed=((PRIVATE.text,),)) if each.needed == ((LOGO.text,),) else each
        for each in QUESTIONS
    ]
    policy = replace(POLICY, clauses=(private, *others))
    return toy_assistant((policy,), questions)


def shown(text: str) -> list[str]:
    reply = bot_with_a_rule_for_private_use().reply(Question(text))
    assert isinstance(reply, HandOver)
    return [citation.quote for citation in reply.may_help]


def test_a_rule_for_private_use_is_not_shown_beside_a_question_about_an_official_account() -> None:
    assert PRIVATE.text not in shown("a phone for our service blog")
    assert PRIVATE.text in shown("a phone for the blog")
