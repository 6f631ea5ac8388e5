import re
from pathlib import Path

import pytest

from knowledge.documents.files import read_policy
from knowledge.policy import Clause, Obligation, Policy, Role, Sentence

FILE = Path("knowledge/policies/social-media-guidance.txt")
HERE = Path(__file__).parent
EXPECTED = [
    line.split("\t")
    for line in (HERE / "social-media-guidance.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return read_policy(FILE)


def _clause_of(policy: Policy, beginning: str) -> Clause:
    return next(
        clause
        for clause in policy.clauses
        if any(sentence.text.startswith(beginning) for sentence in clause.sentences)
    )


def _sentence(policy: Policy, beginning: str) -> Sentence:
    clause = _clause_of(policy, beginning)
    return next(each for each in clause.sentences if each.text.startswith(beginning))


@pytest.mark.parametrize(("number", "label", "text"), EXPECTED)
def test_every_sentence_stands_under_its_section(
    policy: Policy, number: str, label: str, text: str
) -> None:
    section, _, heading = label.strip("[]").partition(" ")
    clauses = [
        clause for clause in policy.clauses if text in [each.text for each in clause.sentences]
    ]
    assert [clause.section for clause in clauses] == [section], number
    if heading and heading not in ("(meetings)", "principles"):
        assert clauses[0].heading.lower() == heading.lower()


def test_nothing_is_read_beyond_the_listed_sentences_and_the_preamble(policy: Policy) -> None:
    read = [sentence.text for clause in policy.clauses for sentence in clause.sentences]
    assert read[2:] == [text for _, _, text in EXPECTED]
    assert policy.clauses[0].section == "0"
    assert policy.clauses[0].heading == policy.title


def test_every_line_of_the_body_stands_in_exactly_one_clause(policy: Policy) -> None:
    printed = FILE.read_text(encoding="utf-8").splitlines()
    headings = {
        number
        for number, line in enumerate(printed, start=1)
        if number in (1, 33, 57, 71, 125, 139, 169) or re.match(r"1\. Introduction", line)
    }
    headings |= set(range(5, 18)) | {37, 41, 49, 53} | {184}
    body = [
        re.sub(r"^(\d\.|\([a-zK]\)|•)\s*", "", line.strip()).strip("· \xa0")
        for number, line in enumerate(printed, start=1)
        if number not in headings and line.strip()
    ]
    assert [line for clause in policy.clauses for line in clause.text.split("\n")] == body


def test_title_and_review_date_are_the_printed_ones(policy: Policy) -> None:
    assert policy.title == "Social media guidance for our staff and members"
    assert policy.reviewed == "April 2013"
    assert policy.name == "social-media-guidance"


def test_titled_bullets_are_parts_of_their_section(policy: Policy) -> None:
    clause = _clause_of(policy, "Avoid use of the council e-mail address")
    assert clause.path == ("Using social media outside work", "Think twice")
    assert clause.line == 43


def test_principles_after_the_last_item_are_no_part_of_that_item(policy: Policy) -> None:
    clause = _clause_of(policy, "You also must stick to")
    assert (clause.section, len(clause.sentences)) == ("6", 4)
    assert _clause_of(policy, "All information you post").sentences == (
        Sentence(
            "All information you post using social media is subject to the "
            "Freedom of Information Act.",
            Obligation.INFORMATION,
        ),
    )


@pytest.mark.parametrize(
    ("beginning", "roles"),
    [
        ("Declare yourself", (Role.STAFF, Role.MANAGER)),
        ("Handheld devices", (Role.COUNCILLOR,)),
        ("They should not adopt", (Role.MANAGER,)),
        ("You should use mature", (Role.STAFF, Role.MANAGER, Role.COUNCILLOR)),
        ("If a journalist", (Role.STAFF, Role.MANAGER, Role.COUNCILLOR)),
        ("(Guidance last reviewed", (Role.STAFF, Role.MANAGER, Role.COUNCILLOR)),
    ],
)
def test_headings_say_whom_a_clause_addresses(
    policy: Policy, beginning: str, roles: tuple[Role, ...]
) -> None:
    assert _clause_of(policy, beginning).audience == roles


def test_bullets_carry_the_sentence_that_introduces_them(policy: Policy) -> None:
    bullets = _clause_of(policy, "How many times a day").sentences[1:]
    assert {bullet.lead_in for bullet in bullets} == {
        "It is a good idea to produce a business case including details of:"
    }
    assert _sentence(policy, "Not use any").lead_in == "You should:"
    assert _sentence(policy, "Some bloggers").lead_in == ""


OBLIGATIONS = {
    Obligation.MUST: [
        "You must comply",
        "For the council’s protection",
        "You must also advise",
        "You must make sure",
        "You also must stick",
        "We are all responsible",
        "All information created",
        "All information is subject",
    ],
    Obligation.MUST_NOT: ["When using social media for personal"],
    Obligation.SHOULD_NOT: [
        "Avoid use of",
        "Derogatory comments",
        "Don’t use any",
        "Not use any",
        "We discourage this",
        "Not be defensive",
        "Not forget",
        "Councillors have a responsibility",
        "They should not adopt",
    ],
    Obligation.MAY: [
        "Though not directly council-related",
        "When you see inaccuracies",
        "Handheld devices",
    ],
    Obligation.INFORMATION: [
        "Social media is a term",
        "We respect the legal rights",
        "The personal image you project",
        "By identifying yourself",
        "This includes not breaching",
        "The web and communications team",
        "If you have any uncertainty",
        "Be aware that content",
        "By revealing certain",
        "And be aware that people",
        "A few sentences should do",
        "I will respond",
        "Remember that there are",
        "Ultimately, however",
        "The use of such devices",
        "Monmouthshire residents",
        "This will ensure",
        "Remember that if you break",
        "Under these guidelines",
        "In some cases individuals",
    ],
    Obligation.SHOULD: [
        "We recommend you",
        "Where possible, include",
        "For example, you should",
        "We encourage open",
        "Be sure that",
        "While we encourage",
        "You should:",
        "Abide by",
        "If you still don’t know",
        "Also bear in mind",
        "If you have a vested",
        "What you publish will be",
        "Write using",
        "Ask permission",
        "Be the first",
        "If a conversation turns",
        "In a blog",
        "If you’re about",
        "Before you write",
        "Ensure the volume",
        "What other channels",
        "Content should be",
        "Managers should bear",
    ],
}


@pytest.mark.parametrize(
    ("beginning", "obligation"),
    [(text, obligation) for obligation, texts in OBLIGATIONS.items() for text in texts],
)
def test_sentences_bind_as_their_words_say(
    policy: Policy, beginning: str, obligation: Obligation
) -> None:
    assert _sentence(policy, beginning).obligation is obligation


def test_each_defect_of_the_document_is_reported_once(policy: Policy) -> None:
    assert [(defect.line, defect.problem, defect.assumed) for defect in policy.defects] == [
        (39, "a stray “·” beside the text", "it is decoration"),
        (51, "a stray “·” beside the text", "it is decoration"),
        (123, "“K” among small letters", "it is k"),
        (136, "a stray “·” beside the text", "it is decoration"),
        (151, "a stray “·” beside the text", "it is decoration"),
        (163, "the word “to” is printed twice", "it is quoted as printed"),
        (
            169,
            "the heading “Guidance for Managers” has lost its number",
            "it is 7, as the contents say",
        ),
        (171, "no blank between “1.” and the text", "“1.” is the number"),
        (184, "“Comments are closed.” is left over from a web page", "left out"),
    ]
