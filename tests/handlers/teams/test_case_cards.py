import json
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.model.case import Status
from desk.model.hours import OfficeHours
from desk.model.messages import CaseNotice
from handlers.conversation.case_notices import NOTICES
from handlers.teams.cards.case_cards import CLOSEST, DETAILS, CommsCards
from handlers.teams.cards.case_forms import INSERT_DRAFT
from handlers.teams.cards.elements import Element
from handlers.teams.cards.quotes import Quotes
from knowledge.errors import BadInput
from tests.handlers.teams.card_parser import look_over
from tests.handlers.teams.card_text import elements, filled, titles, words
from tests.handlers.teams.cases import JANE, NOW, TRAINING, case
from tests.toy import POLICY

QUOTES = Quotes((POLICY,), "https://policy.example.gov.uk")
COMMS = CommsCards(QUOTES, OfficeHours())


def text_of(card: Element) -> str:
    (seen,) = look_over([card])
    return "\n".join(seen.words)


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.OPEN, ["Claim", "Send the answer", INSERT_DRAFT, "Close the case"]),
        (
            Status.CLAIMED,
            [
                "Send the answer",
                INSERT_DRAFT,
                "Close the case",
                "Unassign",
            ],
        ),
        (Status.ANSWERED, ["Send the correction", "Publish for the next asker", "Reopen", "Close"]),
        (Status.CLOSED, ["Reopen", "Send the correction", "Publish for the next asker"]),
        (Status.WITHDRAWN, []),
    ],
)
def test_a_case_offers_what_its_status_allows(status: Status, offered: list[str]) -> None:
    assert titles(COMMS.case(case(status), NOW)) == offered


@pytest.mark.parametrize("status", [*Status])
def test_the_first_action_stands_out_and_no_other(status: Status) -> None:
    styles = [each.get("style") for each in COMMS.case(case(status), NOW).get("actions", [])]
    assert styles.count("positive") == (1 if titles(COMMS.case(case(status), NOW)) else 0)


def test_only_a_colleague_of_the_holder_is_offered_to_take_the_case_over() -> None:
    def offered(*, mine: bool | None) -> list[str]:
        return titles(COMMS.case(case(Status.CLAIMED), NOW, mine=mine))

    assert "Take over from Jane Smith" in offered(mine=False)
    for mine in (True, None):  # None: the card that everybody sees
        assert not any(title.startswith("Take over") for title in offered(mine=mine))


def test_each_reader_gets_a_card_of_their_own() -> None:
    action = COMMS.case(case(Status.CLAIMED), NOW)["refresh"]["action"]
    assert (action["verb"], action["data"]) == ("view", {"case": "C-12"})


@pytest.mark.parametrize("mine", [None, True, False])
@pytest.mark.parametrize("status", [*Status])
def test_a_case_shows_at_most_three_buttons_and_the_rest_in_the_menu(
    status: Status, mine: bool | None
) -> None:
    buttons = COMMS.case(case(status), NOW, mine=mine)["actions"]
    assert len([each for each in buttons if each.get("mode") != "secondary"]) <= 3


def test_a_long_question_and_answer_are_whole_in_the_details() -> None:
    long = "word " * 100 + "end."
    answered = case(Status.ANSWERED, long)
    last = replace(answered.events[-1], text=f"First.\n{long}")
    card = COMMS.case(replace(answered, events=(answered.events[0], last)), NOW)
    assert "end." not in text_of(card).partition("Correct\n")[0]
    (details,) = [each for each in elements(card) if each.get("id") == DETAILS]
    assert words(details).count("end.") == 3  # the question, the answer, the history


def test_only_an_overdue_case_has_the_colour_of_an_alarm() -> None:
    assert "Attention" not in json.dumps(COMMS.case(case(), NOW))
    assert "Attention" in json.dumps(COMMS.case(case(), NOW + timedelta(days=2)))


def test_a_case_says_who_asks_what_why_and_until_when() -> None:
    shown = text_of(COMMS.case(case(Status.CLAIMED, holder=JANE), NOW))
    assert "claimed, with Jane Smith" in shown
    assert "due tomorrow 11:00" in shown
    assert "Asked by Ann Asker (staff). Reason: not in the policy." in shown


def test_the_answer_starts_empty_and_a_button_inserts_the_draft() -> None:
    card = COMMS.case(case(), NOW)
    assert filled(card, "answer") == ""
    assert INSERT_DRAFT in titles(card)
    assert INSERT_DRAFT not in titles(COMMS.case(case(draft=""), NOW))


def test_the_draft_follows_what_was_typed() -> None:
    card = COMMS.with_draft(case(), "Dear Ann,", NOW)
    assert filled(card, "answer") == f"Dear Ann,\n{case().draft}"
    assert titles(card) == ["Send the answer"]


def test_a_draft_that_does_not_fit_is_refused_and_not_cut() -> None:
    with pytest.raises(BadInput, match="too long for a card"):
        COMMS.with_draft(case(draft="😀" * 7_000), "", NOW)


def test_the_closest_clauses_and_the_history_unfold() -> None:
    card = COMMS.case(case(), NOW)
    assert TRAINING.text not in text_of(card).partition("Answer\n")[0]
    (unfold,) = [each for each in elements(card) if each.get("title") == DETAILS]
    (hidden,) = [each for each in elements(card) if each.get("id") == unfold["targetElements"][0]]
    assert TRAINING.text in words(hidden)
    assert "opened by Ann Asker" in words(hidden)
    assert CLOSEST not in words(COMMS.case(case(closest=()), NOW))


def test_clauses_are_offered_by_the_name_that_the_policy_gives_them() -> None:
    named = [("0", "Who it is for"), ("Article II", "Names"), ("2(a)", "Employees")]
    closest = tuple(replace(TRAINING, section=label, heading=heading) for label, heading in named)
    shown = json.dumps(COMMS.case(case(closest=closest), NOW))
    for name in ("Who it is for", "Article II, Names", "Section 2(a), Employees"):
        assert f'"title": "{name}"' in shown


def test_with_public_pages_a_case_has_a_link_to_the_desk() -> None:
    (link,) = [e for e in elements(COMMS.case(case(), NOW)) if "at the desk" in e.get("title", "")]
    assert link["url"] == "https://policy.example.gov.uk/desk/cases/C-12"
    without = CommsCards(Quotes((POLICY,), ""), OfficeHours())
    assert "at the desk" not in text_of(without.case(case(), NOW))


def test_notifications_of_a_case_show_nothing_of_the_question() -> None:
    assert "secret" not in COMMS.case(case(question="my secret"), NOW)["fallbackText"]


def test_every_kind_of_notice_says_of_which_case_it_is() -> None:
    for kind in NOTICES:
        assert "C-12" in text_of(COMMS.notice(CaseNotice(case(), kind, ""), NOW))


def test_with_several_policies_each_quote_says_which_it_is_from() -> None:
    two = Quotes((POLICY, replace(POLICY, name="other", title="Another guidance")), "")
    assert "Toy guidance" in words(CommsCards(two, OfficeHours()).case(case(), NOW))
    assert "Toy guidance" not in words(COMMS.case(case(), NOW))
