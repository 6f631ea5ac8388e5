"""Small policies in the style of other councils, read whole."""

from pathlib import Path

import pytest

from knowledge.documents.files import read_policies
from knowledge.policy import Obligation, Policy, Role

FOLDER = Path(__file__).parent / "policies"


@pytest.fixture(scope="module")
def policies() -> dict[str, Policy]:
    return {policy.name: policy for policy in read_policies(FOLDER)}


def _outline(policy: Policy) -> list[tuple[str, str]]:
    return [(clause.section, clause.heading) for clause in policy.clauses]


def test_decimal_numbers_and_lists_within_them(policies: dict[str, Policy]) -> None:
    policy = policies["acceptable-use"]
    assert (policy.title, policy.reviewed) == ("Acceptable Use of ICT Policy", "12 May 2023")
    assert _outline(policy) == [
        ("0", "Acceptable Use of ICT Policy"),
        ("0", "Review date"),
        ("1.1", "Introduction"),
        ("1.2", "Introduction"),
        ("1.2(a)", "Introduction"),
        ("1.2(b)", "Introduction"),
        ("1.2(c)", "Introduction"),
        ("2.1.1", "Laptops and phones"),
        ("2.1.2", "Laptops and phones"),
        ("2.1.3", "Laptops and phones"),
        ("2.2.1", "Removable media"),
        ("2.2.3", "Removable media"),
        ("3.1", "E-mail"),
        ("3.2", "E-mail"),
        ("3.2(i)", "E-mail"),
        ("3.2(ii)", "E-mail"),
        ("3.2(iii)", "E-mail"),
        ("3.2(iii)(1)", "E-mail"),
        ("3.2(iii)(2)", "E-mail"),
        ("3.3", "E-mail"),
        ("4.1", "Breaches"),
    ]
    assert policy.clauses[7].path == ("Using council equipment", "Laptops and phones")
    assert [defect.problem for defect in policy.defects] == [
        "“2.2.3” follows 2.2.1: 2.2.2 left out"
    ]


def test_articles_and_appendices(policies: dict[str, Policy]) -> None:
    policy = policies["lone-working"]
    assert (policy.title, policy.reviewed) == ("LONE WORKING POLICY", "14 June 2022")
    assert [section for section, _ in _outline(policy)] == [
        *("0", "0", "Article I", "Article II(A)", "Article II(B)", "Article III"),
        *("Article III(a)", "Article III(b)", "Article III(c)", "Article III"),
        *("Article IV(a)", "Article IV(h)", "Article IV(i)", "Article IV(j)"),
        *("Appendix A 1", "Appendix A 2", "Appendix A 3"),
        *("Appendix B 1", "Appendix B 2", "Appendix B 2(i)", "Appendix B 2(ii)", "Appendix B 3"),
        "0",
    ]
    refusal = next(clause for clause in policy.clauses if clause.section == "Article III(c)")
    assert refusal.sentences[0].obligation is Obligation.MUST_NOT
    assert refusal.sentences[0].lead_in == "Lone workers must:"
    assert refusal.audience == (Role.STAFF, Role.MANAGER)


def test_markdown_without_numbers(policies: dict[str, Policy]) -> None:
    policy = policies["business-travel"]
    assert (policy.title, policy.reviewed) == ("Business Travel Policy", "2024-04-01")
    assert _outline(policy) == [
        ("0", "Review date"),
        ("0", "Business Travel Policy"),
        ("0", "Before you travel"),
        ("0", "Booking"),
        ("1", "Staying overnight"),
        ("2", "Staying overnight"),
        ("0", "Staying overnight"),
        ("0", "Claiming expenses"),
        ("0", "Do not claim for"),
        ("0", "Who to ask"),
    ]
    booking = policy.clauses[3].sentences
    assert booking[0].text == "You must book through the travel desk."
    assert booking[3].text == "use a travel agent of your own choice; or"
    assert booking[3].obligation is Obligation.MUST_NOT
    assert booking[5].lead_in.endswith("\nhire a car for less than 30 miles:")
    mileage = next(s for s in policy.clauses[7].sentences if s.text.startswith("Mileage"))
    assert mileage.text == "Mileage | 45p a mile | Line manager"
    assert mileage.lead_in == "Expense | Limit | Who approves"


def test_document_codes(policies: dict[str, Policy]) -> None:
    policy = policies["information-security"]
    assert (policy.title, policy.reviewed) == ("Information Security Standard", "01/04/2024")
    assert _outline(policy) == [
        ("POL.ABC.001", "Passwords"),
        ("POL.ABC.002(a)", "Clear desk"),
        ("POL.ABC.002(b)", "Clear desk"),
        ("POL.ABC.002(c)", "Clear desk"),
        ("POL.ABC.003 1", "Visitors"),
        ("POL.ABC.003 2", "Visitors"),
        ("POL.ABC.003 2(i)", "Visitors"),
        ("POL.ABC.003 2(ii)", "Visitors"),
        ("POL.ABC.003 3", "Visitors"),
        ("POL.ABC.004", "Reporting"),
    ]


def test_titles_without_numbers(policies: dict[str, Policy]) -> None:
    policy = policies["flexible-working"]
    assert policy.reviewed == "Spring 2024"
    assert _outline(policy) == [
        ("0", "Flexible working: a guide for our staff"),
        ("0", "What is flexible working?"),
        ("0", "How to ask"),
        ("0", "Guidance for managers"),
        ("0", "APPEALS"),
        ("0", "Review date"),
    ]
    assert policy.clauses[3].audience == (Role.MANAGER,)


def test_wrapped_lines_and_page_footers(policies: dict[str, Policy]) -> None:
    policy = policies["officer-gifts"]
    assert [section for section, _ in _outline(policy)] == [
        *("1", "2", "2(1)", "2(2)", "2(4)", "3.1", "3.2", "3.2(a)", "3.2(b)", "3.3", "5")
    ]
    sentences = [sentence.text for sentence in policy.clauses[0].sentences]
    assert sentences[2] == (
        "The protocol is read together with the rules of disclosure and section 3."
    )
    assert sentences[3].endswith("the code is to be followed instead.")
    assert len(sentences) == 4
    assert [defect.line for defect in policy.defects] == [12, 22, 40]
