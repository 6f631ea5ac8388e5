import pytest

from knowledge.parsing.review_date import is_review_line, review_date
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
