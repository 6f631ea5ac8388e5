"""The queue over HTTP: what each row says, how it is sorted and searched, and from case to case."""

import re

import pytest

from desk.model.case import Naming
from desk.services.desk import Desk
from tests.desk.council import ANN, BOB, JANE, OMAR, opened
from tests.handlers.web.colleague import Colleague
from tests.handlers.web.desk_site import DeskSite


@pytest.fixture
def desk(site: DeskSite) -> Desk:
    """Three cases, each opened two hours after the one before."""
    desk = site.service.desk
    opened(desk, ANN, "May I post about the election?")
    site.toy.clock.advance(hours=2)
    opened(desk, BOB, "Beth am y LLên?", naming=Naming.UNNAMED)
    site.toy.clock.advance(hours=2)
    opened(desk, ANN, "Who pays?")
    desk.casework.claim("C-2", OMAR)
    return desk


@pytest.fixture
def jane(site: DeskSite, desk: Desk) -> Colleague:
    del desk
    return Colleague(site.address, site.secret(JANE))


def rows(colleague: Colleague, path: str) -> list[str]:
    """The text of each row."""
    body = colleague.get(path).text.partition("<tbody")[2]
    return [
        " ".join(re.sub(r"<[^>]*>", " ", row).split())
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]


def refs(colleague: Colleague, path: str) -> list[str]:
    return [row.removeprefix("Choose ").split()[0] for row in rows(colleague, path)]


def test_a_row_says_how_old_the_case_is_who_asks_and_when_it_is_due(jane: Colleague) -> None:
    first, second, third = rows(jane, "/desk?sort=opened")
    assert "4 h May I post about the election? Ann Asker open nobody" in first
    assert first.endswith("in 19 h")
    assert "2 h Beth am y LLên? not named claimed Omar Khan" in second
    assert "1 min Who pays? Ann Asker" in third


def test_a_late_case_says_by_how_much(site: DeskSite, desk: Desk) -> None:
    assert len(desk.casework.listed()) == 3
    site.toy.clock.advance(days=4)
    text = Colleague(site.address, site.secret(JANE)).get("/desk").text
    assert "3 days late" in text
    assert 'title="Tuesday 24 November 2026, 10:00"' in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=opened&down=yes", ["C-3", "C-2", "C-1"]),
        ("sort=holder", ["C-1", "C-3", "C-2"]),
        ("text=ll%C3%8AN", ["C-2"]),
        ("text=C-3", ["C-3"]),
        ("policy=social-media", ["C-1", "C-2", "C-3"]),
        ("policy=other", []),
        ("since=2026-11-24", []),
        ("until=2026-11-23", ["C-1", "C-2", "C-3"]),
        ("since=0001-01-01&until=9999-12-31&sort=x&down=&reason=x&status=x", ["C-3", "C-2", "C-1"]),
        ("status=all&mine=yes", []),
    ],
)
def test_the_queue_is_sorted_filtered_and_searched_by_its_address(
    jane: Colleague, query: str, found: list[str]
) -> None:
    assert refs(jane, f"/desk?{query}") == found


def test_a_heading_sorts_and_turns_the_order_round(jane: Colleague) -> None:
    page = jane.get("/desk?text=e&sort=holder").text
    assert 'href="/desk?text=e&amp;sort=holder&amp;down=yes">With</a>' in page
    assert 'href="/desk?text=e">Due</a>' in page
    assert 'aria-sort="ascending"' in page


def test_cases_follow_each_other_as_the_queue_lists_them(desk: Desk, jane: Colleague) -> None:
    page = jane.get("/desk/cases/C-2?sort=opened&down=yes").text
    assert 'rel="prev" href="/desk/cases/C-3?sort=opened&amp;down=yes"' in page
    assert 'rel="next" href="/desk/cases/C-1?sort=opened&amp;down=yes"' in page
    case = desk.casework.show("C-3")
    sent = jane.post(
        "/desk/cases/C-3/answer?sort=opened&down=yes", since=str(case.version), text="We do."
    )
    assert sent.headers["Location"] == "/desk/cases/C-3?sort=opened&down=yes"
    answered = jane.get(sent.headers["Location"]).text
    assert "Next case: C-2" in answered


def test_no_more_cases_are_chosen_than_can_be_sent_at_once(desk: Desk, jane: Colleague) -> None:
    assert '<label class="govuk-label govuk-checkboxes__label" for="choose-all">All' in (
        jane.get("/desk").text
    )
    for number in range(98):
        opened(desk, ANN, f"Question {number}?")
    assert 'for="choose-all">The first 100</label>' in jane.get("/desk").text
    refused = jane.post("/desk/bulk", case=[f"C-{n}@1" for n in range(101)])
    assert refused.status == 409
    assert "Choose at most 100 cases at once. You chose 101." in refused.text
    assert '<a href="/desk">Back to the desk</a>' in refused.text
