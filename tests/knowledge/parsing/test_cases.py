"""Small documents that were once read wrongly, each read as a person would cite it."""

from pathlib import Path

import pytest

from knowledge.documents.reading import read
from knowledge.policy import Policy

CASES = Path(__file__).parent / "cases"
EXPECTED = [
    line.split("\t") for line in (CASES / "expected.tsv").read_text(encoding="utf-8").splitlines()
]
FILES = sorted({row[0] for row in EXPECTED})


def _rows(policy: Policy) -> list[list[str]]:
    """Section, path, obligation, lead-in and text of each sentence."""
    return [
        [
            clause.section,
            " > ".join(clause.path),
            sentence.obligation.value,
            sentence.lead_in.replace("\n", " / "),
            sentence.text,
        ]
        for clause in policy.clauses
        for sentence in clause.sentences
    ]


def _expected(name: str) -> list[list[str]]:
    return [row[1:] for row in EXPECTED if row[0] == name]


@pytest.mark.parametrize("name", FILES)
def test_a_case_is_read_as_a_person_reads_it(name: str) -> None:
    policy = read((CASES / name).read_bytes(), name).policy
    assert _rows(policy) == _expected(name)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("line_end", ["\r\n", "\r", "  \n", "\t\n"])
def test_line_ends_change_nothing(name: str, line_end: str) -> None:
    text = (CASES / name).read_text(encoding="utf-8")
    policy = read(text.replace("\n", line_end).encode(), name).policy
    assert _rows(policy) == _expected(name)


@pytest.mark.parametrize("name", FILES)
def test_every_quote_stands_in_its_clause_with_its_lead_in(name: str) -> None:
    for clause in read((CASES / name).read_bytes(), name).policy.clauses:
        for sentence in clause.sentences:
            assert clause.contains_in_order([sentence.lead_in, sentence.text])


@pytest.mark.parametrize("name", FILES)
def test_more_blank_lines_and_no_final_line_end_change_nothing(name: str) -> None:
    text = (CASES / name).read_text(encoding="utf-8")
    policy = read(("\n\n" + text.replace("\n\n", "\n\n\n")).rstrip().encode(), name).policy
    assert _rows(policy) == _expected(name)
