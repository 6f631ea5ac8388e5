from dataclasses import replace

import pytest

from desk.model.case import Status
from desk.model.hours import OfficeHours
from desk.model.messages import CaseNotice
from handlers.conversation.case_notices import NOTICES
from handlers.teams.cards.case_cards import CommsCards
from handlers.teams.cards.elements import Element
from handlers.teams.cards.quotes import Quotes
from tests.handlers.teams.cards import look_over
from tests.handlers.teams.cases import JANE, NOW, case
from tests.handlers.teams.reading import elements, titles
from tests.toy import POLICY

QUOTES = Quotes((POLICY,), "https://policy.example.gov.uk")
COMMS = CommsCards(QUOTES, OfficeHours())


def text_of(card: Element) -> str:
    (seen,) = look_over([card])
    return "\n".join(seen.words)


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.OPEN, ["Claim", "Send the answer", "Close"]),
        (Status.CLAIMED, ["Send the answer", "Close", "Give back", "Take over"]),
        (Status.ANSWERED, ["Send the correction", "Publish for the next asker", "Close", "Reopen"]),
        (Status.CLOSED, ["Reopen"]),
        (Status.WITHDRAWN, []),
    ],
)
def test_a_case_offers_what_its_status_allows(status: Status, offered: list[str]) -> None:
    assert titles(COMMS.case(case(status), NOW)) == offered


def test_a_case_says_who_asks_what_why_and_until_when() -> None:
    shown = text_of(COMMS.case(case(Status.CLAIMED, holder=JANE), NOW))
    assert "claimed, with Jane Smith" in shown
    assert "due tomorrow 11:00" in shown
    assert "Asked by Ann Asker (staff). Why it is here: near miss." in shown


def test_the_draft_stands_ready_to_be_sent() -> None:
    card = COMMS.case(case(), NOW)
    (draft,) = [e for e in elements(card) if e.get("id") == "answer"]
    assert draft["value"] == case().draft


def test_a_draft_that_would_have_to_be_cut_is_left_out() -> None:
    card = COMMS.case(case(draft="x" * 30_000), NOW)
    (draft,) = [e for e in elements(card) if e.get("id") == "answer"]
    assert draft["value"] == ""


def test_notifications_of_a_case_show_nothing_of_the_question() -> None:
    assert "secret" not in COMMS.case(case(question="my secret"), NOW)["fallbackText"]


def test_every_kind_of_notice_says_of_which_case_it_is() -> None:
    for kind in NOTICES:
        assert "C-12" in text_of(COMMS.notice(CaseNotice(case(), kind, ""), NOW))


def test_with_several_policies_each_quote_says_which_it_is_from() -> None:
    two = Quotes((POLICY, replace(POLICY, name="other", title="Another guidance")), "")
    assert "Toy guidance" in text_of(CommsCards(two, OfficeHours()).case(case(), NOW))
    assert "Toy guidance" not in text_of(COMMS.case(case(), NOW))
