import pytest

from tests.knowledge.parsing.read import parse

BODY = "\n\n{mark}1. Keys\n\nStaff must keep the keys.\n\n{mark}2. Doors\n\nStaff must lock them.\n"


@pytest.mark.parametrize(
    ("head", "mark", "title"),
    [
        ("AVONMERE COUNCIL\n\nCONDITIONS OF HIRE", "", "CONDITIONS OF HIRE"),
        ("Avonmere Borough Council\n\nLooking after keys", "", "Looking after keys"),
        ("# Avonmere Council\n\n# Keys Policy", "## ", "Keys Policy"),
        ("# Avonmere Council\n\n## Looking after keys", "## ", "Looking after keys"),
        ("# Avonmere Council: looking after keys", "## ", "Avonmere Council: looking after keys"),
        ("# Avonmere Council", "## ", "Avonmere Council"),
    ],
)
def test_the_title_is_not_the_councils_name_where_another_is_printed(
    head: str, mark: str, title: str
) -> None:
    policy = parse(head + BODY.format(mark=mark), "any")
    assert policy.title == title
    assert [clause.section for clause in policy.clauses if clause.section != "0"] == ["1", "2"]
