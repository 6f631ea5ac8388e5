"""Policies without a question bank: the best sentence counts, and there is a third way between an
answer and the hand-over."""

from dataclasses import replace

import pytest

from answer.features import rank
from answer.reply import Answer, Clarify, HandOver
from answer.wording import IF_NONE, plain_text
from knowledge.policy import Obligation, Sentence
from knowledge.question import Question
from knowledge.reason import Reason
from tests.toy import LOGO, MEETING, POLICY, TRAINING, clause
from tests.toy_bot import toy_assistant, toy_index

BOT = toy_assistant(questions=())
OTHER = replace(POLICY, name="other", title="Other rules")
TWO = toy_assistant((POLICY, OTHER), questions=())


def test_a_clause_is_as_good_as_its_best_sentence() -> None:
    chatter = tuple(
        Sentence(f"A phone rang {number} times.", Obligation.INFORMATION) for number in range(9)
    )
    long = clause("1", "Long", *chatter)
    policy = replace(POLICY, clauses=(long, clause("2", "Short", MEETING)))
    ranking = rank(toy_index((policy,), ()).search(Question("phone in a meeting")))
    assert ranking.clauses[0].section == "2"


def test_what_is_likely_but_not_sure_is_shown_as_a_search_result() -> None:
    reply = BOT.reply(Question("training meeting"))
    assert isinstance(reply, HandOver)
    assert reply.reason is Reason.MAY_ANSWER
    assert TRAINING.text in {cited.quote for cited in reply.may_help}
    assert 2 <= len(reply.may_help) <= 3
    assert plain_text(reply).startswith("These sections may answer you. They are search results")
    assert plain_text(reply).endswith(IF_NONE)


@pytest.mark.parametrize("text", ["training", "phones etc", "secret?"])
def test_a_fragment_is_asked_what_it_means_and_shown_no_search_result(text: str) -> None:
    assert isinstance(BOT.reply(Question(text)), Clarify)


def test_another_subject_gets_no_search_result() -> None:
    reply = BOT.reply(Question("what is the time in Rome today"))
    assert isinstance(reply, HandOver)
    assert reply.reason is not Reason.MAY_ANSWER
    assert reply.may_help == ()


def test_a_policy_with_a_bank_is_answered_or_handed_over() -> None:
    reply = toy_assistant().reply(Question("training meeting"))
    assert isinstance(reply, HandOver)
    assert reply.reason is Reason.NEAR_MISS


def test_two_equally_likely_policies_are_asked_about_once() -> None:
    asked = "may I have the logo on my blog"
    reply = TWO.reply(Question(asked))
    assert isinstance(reply, Clarify)
    assert reply.reason is Reason.TWO_POLICIES
    assert reply.choices == ("Toy guidance", "Other rules")
    assert reply.lead == "Do you mean “Toy guidance” or “Other rules”?"
    chosen = TWO.reply(Question("the Other rules.", history=(asked,)))
    assert isinstance(chosen, Answer)
    assert chosen.leans_on_earlier
    assert chosen.citations[0].quote == LOGO.text
    assert chosen.citations[0].policy == "other"
    assert chosen.citations[0].place == "Other rules, section 1, Think twice"


def test_a_citation_names_its_policy_only_beside_others() -> None:
    reply = BOT.reply(Question("may I have the logo on my blog"))
    assert isinstance(reply, Answer)
    assert reply.citations[0].place == "section 1, Think twice"
