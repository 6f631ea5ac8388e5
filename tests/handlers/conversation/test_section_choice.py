from dataclasses import replace
from pathlib import Path

import pytest

from answer.reply import Answer, Clarify, HandOver
from handlers.conversation.section_choice import MOST_CHOICES, section_chosen, section_reply
from knowledge.documents.files import read_policies
from knowledge.policy import Obligation, Policy, Sentence
from knowledge.question import Question
from knowledge.reason import Reason
from tests.toy import JOURNALIST, POLICY, TRAINING, clause
from tests.toy_bot import toy_assistant

GUIDANCE = read_policies(Path(__file__).parents[3] / "knowledge" / "policies")
MANY = tuple(Sentence(f"Do thing number {number}.", Obligation.SHOULD) for number in range(5))


def with_clauses(*parts: str) -> Policy:
    clauses = tuple(
        replace(clause(part, f"Part {part}", *MANY), path=("Long section", f"Part {part}"))
        for part in parts
    )
    return replace(POLICY, clauses=clauses)


def chosen(text: str, policy: Policy = POLICY) -> Answer | Clarify | None:
    section = section_chosen(text, (policy,))
    reply = section_reply(section, None) if section else None
    assert reply is None or isinstance(reply, Answer | Clarify)
    return reply


@pytest.mark.parametrize("label", ["Employees", "employees?", "  Employees "])
def test_a_heading_leads_to_the_sentences_below_it(label: str) -> None:
    reply = chosen(label)
    assert isinstance(reply, Answer)
    assert [each.quote for each in reply.citations] == [TRAINING.text, JOURNALIST.text]
    assert reply.lead == "Employees says:"


def test_a_place_leads_to_the_sentences_of_one_clause() -> None:
    reply = chosen("Section 2(b), Employees")
    assert isinstance(reply, Answer)
    assert [each.quote for each in reply.citations] == [JOURNALIST.text]
    assert reply.lead == "Section 2(b), Employees says:"


@pytest.mark.parametrize("text", ["training meeting", "", "?", "Employees may post", "2"])
def test_other_messages_are_no_choice(text: str) -> None:
    assert chosen(text) is None


def test_a_long_section_asks_one_narrower_question_whose_choices_lead_on() -> None:
    policy = with_clauses("1", "2", "3", "4", "5", "6", "7")
    reply = chosen("Long section", policy)
    assert isinstance(reply, Clarify)
    assert len(reply.choices) == MOST_CHOICES
    for choice in reply.choices:
        assert isinstance(chosen(choice, policy), Answer)


def test_a_long_clause_shows_how_it_begins() -> None:
    reply = chosen("Long section", with_clauses("1"))
    assert isinstance(reply, Answer)
    assert reply.lead.endswith("begins like this:")
    assert len(reply.citations) == 3


def test_what_was_found_for_the_message_before_comes_first() -> None:
    policy = with_clauses("1", "2")
    found = section_reply(section_chosen("Part 2", (policy,))[:1], None)
    assert isinstance(found, Answer)
    before = HandOver(found.citations, 0.3, Reason.BELOW_THRESHOLD, "")
    reply = section_reply(section_chosen("Long section", (policy,)), before)
    assert isinstance(reply, Answer)
    assert [each.section for each in reply.citations] == ["2"]
    assert "closest to what you asked" in reply.lead


def test_every_heading_of_the_guidance_leads_to_its_words() -> None:
    """The choices of a clarifying question are such headings."""
    headings = {each.path[0] for policy in GUIDANCE for each in policy.clauses if each.path}
    assert headings
    for heading in headings:
        section = section_chosen(heading, GUIDANCE)
        assert section, heading
        assert isinstance(section_reply(section, None), Answer | Clarify)


def test_the_choices_that_the_bot_offers_lead_to_answers() -> None:
    reply = toy_assistant().reply(Question("what about it"))
    assert isinstance(reply, Clarify)
    assert reply.choices
    assert all(isinstance(chosen(choice), Answer) for choice in reply.choices)
