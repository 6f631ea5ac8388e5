"""Invented policies in nine styles of numbering and nine forms: every label, every word."""

from collections import Counter

import pytest

from knowledge.documents.reading import read
from knowledge.policy import Policy
from tests.knowledge.documents.corpus.files import corpus
from tests.knowledge.documents.corpus.model import Invented

CORPUS = list(corpus())
RIGHT = 0.98


def _sections(policy: Policy) -> dict[str, list[str]]:
    """The sections under which each sentence came out."""
    found: dict[str, list[str]] = {}
    for clause in policy.clauses:
        for sentence in clause.sentences:
            found.setdefault(sentence.text, []).append(clause.section)
    return found


def _words(texts: list[str]) -> Counter[str]:
    return Counter(word for text in texts for word in text.split())


@pytest.fixture(scope="module")
def readings() -> list[tuple[str, Policy, Invented]]:
    return [(name, read(content, name).policy, document) for name, content, document in CORPUS]


def test_nearly_every_label_is_right(readings: list[tuple[str, Policy, Invented]]) -> None:
    wrong = []
    count = 0
    for name, policy, document in readings:
        sections = _sections(policy)
        for text, section in document.expected.items():
            count += 1
            if sections.get(text) != [section]:
                wrong.append((name, text, section, sections.get(text)))
    assert len(wrong) <= (1 - RIGHT) * count, wrong


def test_no_word_is_lost_and_none_comes_twice(
    readings: list[tuple[str, Policy, Invented]],
) -> None:
    for name, policy, document in readings:
        if name == "untitled-8-columns.pdf":
            continue
        said = _words(list(_sections(policy)))
        assert said == _words(list(document.expected)), name


def test_the_corpus_has_every_format_and_style() -> None:
    assert len(CORPUS) >= 80
    assert {name.rpartition(".")[2] for name, _, _ in CORPUS} == {
        *("txt", "md", "html", "docx", "odt", "pdf")
    }
