"""Slack takes the blocks made of any text, and relayed text has no links or mentions in them."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.model.case import Case, Quote
from desk.model.hours import OfficeHours
from desk.model.messages import CaseClosed, CaseNotice, CommsAnswer, MessageKind, Receipt
from desk.model.preferences import Preferences
from desk.services.switches import Switch
from handlers.conversation.case_notices import NOTICES
from handlers.conversation.policy_links import PublicPages
from handlers.conversation.reply_message import ReplyMessage, from_reply
from handlers.conversation.whole_clause import WholeClause
from handlers.slack.blocks import asker_views, case_cards, comms_views, home_view, reply_blocks
from handlers.slack.blocks.block_kit import MessageContent
from handlers.slack.blocks.home_view import CommsSection, HomeContent
from knowledge.policy import Policy, Role
from knowledge.question import Question
from tests.handlers.slack import any_text as drawn
from tests.handlers.slack.fake.block_rules import check_message, check_view
from tests.handlers.slack.fake.chat_methods import LONGEST_UPDATE
from tests.handlers.slack.fake.reading import all_live_parts
from tests.toy import POLICY
from tests.toy_bot import toy_assistant

HOURS = OfficeHours()
anything = settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])


def fits(content: MessageContent) -> None:
    message = content.as_json()
    check_message(message["blocks"])
    assert 0 < len(message["text"]) <= LONGEST_UPDATE


def has_no_links(content: MessageContent) -> None:
    assert all_live_parts((content.as_json(),)) == ()


@anything
@given(drawn.says)
def test_a_reply_fits(says: ReplyMessage) -> None:
    for shown in (
        reply_blocks.bot_reply(says),
        reply_blocks.private_reply(says),
        reply_blocks.after_verdict(says),
        reply_blocks.shared_reply(says, says.lead, "Ann"),
    ):
        fits(shown)


@anything
@given(drawn.receipts)
def test_a_receipt_fits(receipt: Receipt) -> None:
    fits(reply_blocks.receipt(receipt, HOURS, drawn.NOW))


@anything
@given(drawn.answers)
def test_an_answer_of_comms_fits(answer: CommsAnswer) -> None:
    fits(reply_blocks.comms_answer(answer))
    fits(reply_blocks.corrected_answer(answer))


@anything
@given(drawn.closings)
def test_a_closing_fits_and_has_no_links(closing: CaseClosed) -> None:
    fits(reply_blocks.case_closed(closing))
    has_no_links(reply_blocks.case_closed(closing))


@anything
@given(drawn.cases, st.sampled_from([*NOTICES]), drawn.words)
def test_a_card_and_its_notices_fit(case: Case, kind: MessageKind, text: str) -> None:
    fits(case_cards.case_card(case, HOURS))
    notice = case_cards.case_notice(CaseNotice(case, kind, text), HOURS, drawn.NOW)
    fits(notice)
    has_no_links(notice)


@anything
@given(drawn.cases, drawn.quotes)
def test_the_forms_of_comms_fit(case: Case, clauses: tuple[Quote, ...]) -> None:
    for view in (
        comms_views.answer(case, clauses),
        comms_views.correct(case, clauses),
        comms_views.publish(case, clauses, date(2027, 11, 23)),
        comms_views.close(case),
    ):
        check_view(view.to_dict(), "modal")


@anything
@given(drawn.policies, drawn.words)
def test_the_whole_clause_fits(policy: Policy, quote: str) -> None:
    first, *rest = policy.clauses
    found = WholeClause(policy, first, tuple(rest[:1]), tuple(rest[1:2]))
    check_view(asker_views.whole_clause(found, quote).to_dict(), "modal")
    check_view(asker_views.whole_clause(None, quote).to_dict(), "modal")


def test_a_whole_clause_has_the_name_that_the_policy_gives_it() -> None:
    article, outside = (replace(POLICY.clauses[0], section=each) for each in ("Article II", "0"))
    shown = str(
        asker_views.whole_clause(WholeClause(POLICY, article, (outside,), ()), "").to_dict()
    )
    assert "Article II, Think twice" in shown
    assert "Section" not in shown
    assert "Before it: Think twice" in shown


@anything
@given(drawn.words)
def test_the_forms_of_askers_fit(text: str) -> None:
    for view in (
        asker_views.follow_up("C-1"),
        asker_views.remark("1"),
        asker_views.ask_about(text, "C1/1.2"),
        asker_views.whole_answer("C-1", text),
    ):
        check_view(view.to_dict(), "modal")


@anything
@given(st.lists(drawn.cases, max_size=30), st.sets(st.sampled_from(Switch)))
def test_the_home_fits(cases: list[Case], switches: set[Switch]) -> None:
    comms = CommsSection(tuple(cases), frozenset(switches))
    content = HomeContent(Role.STAFF, Preferences(), tuple(cases), comms)
    check_view(home_view.home(content, HOURS, drawn.NOW).to_dict(), "home")


@pytest.mark.parametrize("text", drawn.HOSTILE)
def test_relayed_words_have_no_links_or_mentions(text: str) -> None:
    closing = reply_blocks.case_closed(CaseClosed("C-1", f"see {text} now", text))
    has_no_links(closing)


def test_a_citation_leads_to_its_public_page_where_there_is_one() -> None:
    says = from_reply(toy_assistant().reply(Question("logo on my blog?")))
    pages = PublicPages((POLICY,), "https://policy.example.gov.uk")
    shown = reply_blocks.bot_reply(says, pages)
    fits(shown)
    assert all_live_parts((shown.as_json()["blocks"],)) == ("link",)
    assert '"https://policy.example.gov.uk/policies/toy#1"' in json.dumps(shown.as_json())
    has_no_links(reply_blocks.bot_reply(says))


def test_two_sentences_of_one_clause_have_one_button_to_it() -> None:
    says = from_reply(toy_assistant().reply(Question("logo on my blog?")))
    twice = replace(says, quotes=(says.quotes[0], replace(says.quotes[0], quote="More of it.")))
    shown = reply_blocks.shared_reply(twice, "May I?", "Ann")
    assert json.dumps(shown.as_json()).count("Whole clause") == 1
