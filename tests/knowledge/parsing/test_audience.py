import pytest

from knowledge.parsing.audience import EVERYONE, audience
from knowledge.policy import Role

STAFF = (Role.STAFF, Role.MANAGER)


@pytest.mark.parametrize(
    ("heading", "roles"),
    [
        ("Guidance to employees", STAFF),
        ("Advice for all members of staff", STAFF),
        ("Guidance for Managers", (Role.MANAGER,)),
        ("Duties of line managers", (Role.MANAGER,)),
        ("Elected members", (Role.COUNCILLOR,)),
        ("Staff and councillors", EVERYONE),
        ("Complaints from members of the public", EVERYONE),
        ("Working with councillors", EVERYONE),
        ("Introduction", EVERYONE),
    ],
)
def test_a_heading_names_whom_it_addresses(heading: str, roles: tuple[Role, ...]) -> None:
    assert audience((heading,)) == roles


def test_the_innermost_heading_that_names_anyone_decides() -> None:
    assert audience(("Guidance for managers", "Phones")) == (Role.MANAGER,)
    assert audience(("Guidance for managers", "Councillors")) == (Role.COUNCILLOR,)
