from datetime import date

import pytest

from knowledge.documents.reading import read
from knowledge.parsing.review_date import is_review_line, next_review, review_date
from tests.knowledge.parsing.read import parse


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("(Guidance last reviewed: April 2013)", "April 2013"),
        ("Last reviewed: 3rd June 2021", "3rd June 2021"),
        ("Review date: 01/04/2024", "01/04/2024"),
        ("Version 3.2 | Approved 12 May 2023 | Next review May 2025", "12 May 2023"),
        ("Reviewed by Cabinet on 5 March 2021", "5 March 2021"),
        ("Approved by Council May 2019, last updated May 4, 2022", "May 4, 2022"),
        ("last_reviewed: 2024-04-01", "2024-04-01"),
        ("Next review: May 2025", ""),
    ],
)
def test_the_date_is_read_as_printed(line: str, date: str) -> None:
    assert is_review_line(line)
    assert review_date([line]) == date


def test_a_review_date_beside_an_approval_is_the_next_one() -> None:
    assert review_date(["Date approved: 12/03/2022", "Review date: March 2025"]) == "12/03/2022"


@pytest.mark.parametrize(
    "line",
    [
        "All limits are reviewed every April.",
        "Posts approved before 3 March 2021 must be deleted.",
        "Content should be reviewed regularly.",
        "Ask the team first. The list was last updated in May 2020.",
    ],
)
def test_rules_about_reviews_are_no_review_lines(line: str) -> None:
    assert not is_review_line(line)


@pytest.mark.parametrize("place", ["head", "foot"])
def test_a_review_line_is_a_clause_of_its_own(place: str) -> None:
    line = "Last reviewed: April 2013"
    parts = ["Key policy", line, "1. Keys", "Lock them."]
    if place == "foot":
        parts = [parts[0], *parts[2:], line]
    policy = parse("\n\n".join(parts), "any")
    review = next(clause for clause in policy.clauses if clause.heading == "Review date")
    assert (review.section, review.text, policy.reviewed) == ("0", line, "April 2013")


def test_a_date_within_a_section_stays_there() -> None:
    policy = parse("1. Keys\n\nLock them.\n\n2. Review\n\nLast reviewed: May 2020\n", "any")
    assert [clause.section for clause in policy.clauses] == ["1", "2"]
    assert policy.reviewed == "May 2020"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Next review: May 2025", date(2025, 5, 31)),
        ("Version 3.2 | Approved 12 May 2023 | Next review May 2025", date(2025, 5, 31)),
        ("Next review date | 01/04/2026", date(2026, 4, 1)),
        ("next_review: 2025-05-01", date(2025, 5, 1)),
        ("review_by: 2026-02-28", date(2026, 2, 28)),
        ("review_by: 2026-02-30", None),
        ("Review due: Spring 2026", date(2026, 5, 31)),
        ("To be reviewed by 3rd June 2027", date(2027, 6, 3)),
        ("Date approved: 12.05.25. Review date: 12.05.27", date(2027, 5, 12)),
        ("Approved May 2019. Last review date: May 2020", None),
        ("Last reviewed: May 2020", None),
        ("Review date: May 2020", None),
        ("Next review of this policy: 2026", date(2026, 12, 31)),
        ("Next review of the register: May 2025", None),
        ("This policy will next be reviewed in March 2027.", date(2027, 3, 31)),
        ("This document was agreed and is due for review in October 2026.", date(2026, 10, 31)),
        ("Fees will be reviewed in April 2026.", None),
        ("Your licence must be reviewed by 1 May 2026.", None),
        ("The policy was reviewed in May 2020.", None),
    ],
)
def test_the_next_review_is_that_of_the_policy(text: str, due: date | None) -> None:
    assert next_review([text]) == due


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Keys\nnext_review: 2025-05-01\n---\n\n# Keys\n\nLock them.\n",
        "# Keys\n\nNext review: 1 May 2025\n\n## 1. Locks\n\nLock them.\n",
        "# Keys\n\n## 1. Locks\n\nLock them. Date of next review: 1 May 2025.\n",
    ],
)
def test_the_next_review_is_read_wherever_the_document_says_it(text: str) -> None:
    assert read(text.encode(), "keys.md").policy.review_by == date(2025, 5, 1)
