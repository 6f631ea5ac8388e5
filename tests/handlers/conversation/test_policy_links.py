from dataclasses import replace

import pytest

from handlers.conversation.policy_links import PublicPages, link
from knowledge.policy import OUTSIDE_SECTIONS, Policy
from tests.toy import POLICY

ADDRESS = "https://policy.example.gov.uk"
SPACED = replace(POLICY, name="rules & roles", title="Rules")
UNNUMBERED = tuple(
    replace(clause, section=OUTSIDE_SECTIONS, heading="Café & Môn") for clause in POLICY.clauses[:2]
)
PARTS = replace(POLICY, name="parts", clauses=(*POLICY.clauses, *UNNUMBERED))
PAGES = PublicPages((POLICY, SPACED, PARTS), ADDRESS)


@pytest.mark.parametrize("policy", PAGES.policies, ids=lambda policy: policy.name)
def test_the_link_to_each_clause_leads_back_to_it(policy: Policy) -> None:
    for clause in policy.clauses:
        assert PAGES.clause_at(link(ADDRESS, policy, clause)) == (policy, clause)


def test_a_search_in_the_address_makes_no_difference() -> None:
    assert PAGES.clause_at(f"{ADDRESS}/policies/toy?q=logo#1") == (POLICY, POLICY.clauses[0])


def test_without_public_pages_no_address_names_a_clause() -> None:
    assert PublicPages((POLICY,), "").clause_at("/policies/toy#1") is None
