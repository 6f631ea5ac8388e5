"""What the templates of the chat are given."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from answer.reply import Citation
from handlers.conversation.reply_message import ReplyMessage, Voice
from handlers.conversation.services import Services
from handlers.web.chat.template_context import ChatTemplateContext
from knowledge.policy import Sentence
from tests.toy import LOGO, MEETING, QUIET
from tests.toy_service import Toy, in_folder


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = Toy(in_folder(tmp_path)).service()
    yield made
    made.desk.close()


def cited(section: str, heading: str, sentence: Sentence) -> Citation:
    return Citation(
        policy="toy",
        section=section,
        heading=heading,
        title="Toy guidance",
        reviewed="",
        quote=sentence.text,
        lead_in="",
        items=(),
        obligation=sentence.obligation,
    )


def test_quotes_of_one_place_share_its_name_and_its_whole_clause(services: Services) -> None:
    meeting = "Councillors in meetings"
    quotes = (
        cited("1", "Think twice", LOGO),
        cited("3", meeting, MEETING),
        cited("3", meeting, QUIET),
    )
    places = list(ChatTemplateContext(services).by_place(quotes))
    assert [place for place, _ in places] == [quotes[:1], quotes[1:]]
    assert "Keep%20it%20quiet" in places[1][1]


def test_a_clause_that_is_quoted_twice_is_offered_once_after_its_last_quote(
    services: Services,
) -> None:
    meeting = "Councillors in meetings"
    quotes = (
        cited("3", meeting, MEETING),
        cited("1", "Think twice", LOGO),
        cited("3", meeting, QUIET),
    )
    offered = [address for _, address in ChatTemplateContext(services).by_place(quotes)]
    assert [bool(address) for address in offered] == [False, True, True]
    assert "Keep%20it%20quiet" in offered[2]


def test_a_lead_that_only_names_the_places_is_left_to_the_quotes(services: Services) -> None:
    wording = ChatTemplateContext(services)
    quotes = (cited("1", "Think twice", LOGO),)
    named = ReplyMessage(1, Voice.POLICY, "Section 1, Think twice:", quotes=quotes)
    assert wording.lead(named) == ""
    assert wording.lead(replace(named, lead="You asked two things.")) == "You asked two things."
    assert wording.lead(replace(named, quotes=())) == named.lead


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 11, 23), "Today"),
        (date(2026, 11, 22), "Yesterday"),
        (date(2026, 11, 1), "Sunday 1 November"),
        (date(2025, 11, 23), "Sunday 23 November 2025"),
    ],
)
def test_a_day_is_named_as_people_name_it(services: Services, day: date, label: str) -> None:
    assert ChatTemplateContext(services).day_name(day) == label
