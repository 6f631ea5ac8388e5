from knowledge.policy import OUTSIDE_SECTIONS, ClauseRef, clause_ref
from tests.toy import POLICY


def test_a_clause_is_named_by_its_policy_its_label_and_its_heading() -> None:
    assert clause_ref(POLICY, POLICY.clauses[1]) == ClauseRef("toy", "2(a)", "Employees")


def test_a_place_outside_the_sections_is_its_heading() -> None:
    assert ClauseRef("toy", "2(a)", "Employees").place == "section 2(a), Employees"
    assert ClauseRef("toy", OUTSIDE_SECTIONS, "Preamble").place == "Preamble"
    assert ClauseRef("toy", "4", "").place == "section 4"
