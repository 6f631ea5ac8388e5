from dataclasses import replace
from pathlib import Path

import numpy as np

from index.encoder import Vectors
from index.passages import banked, passages_of
from index.search import Encoders
from index.sentence_vectors import POLICIES, sentence_vectors
from knowledge.policy import Policy
from tests.toy import LOGO, POLICY, WordEncoder, clause
from tests.toy_bot import QUESTIONS

OTHER = Policy("other", "Other", "", (clause("1", "Logo", LOGO),), ())
THIRD = replace(OTHER, name="third", title="Third")


class Read:
    """What was read of the policies, and what was reported on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.adapted, self.general = WordEncoder(), WordEncoder()
        self.reports: list[tuple[str, int, int]] = []

    def vectors(self, *policies: Policy) -> Vectors:
        passages = passages_of(policies)
        inside = banked(passages, QUESTIONS) & [each.policy.name == "toy" for each in passages]
        encoders = Encoders(self.adapted, self.general)
        return sentence_vectors(encoders, passages, inside, self.folder, self.report)

    def report(self, *report: object) -> None:
        self.reports.append(report)  # type: ignore[arg-type] # what Progress says


def test_each_sentence_is_read_by_the_encoder_of_its_policy(tmp_path: Path) -> None:
    read = Read(tmp_path)
    vectors = read.vectors(POLICY, OTHER)
    assert (len(read.adapted.encoded), len(read.general.encoded)) == (6, 1)
    texts = [passage.in_context for passage in passages_of([POLICY, OTHER])]
    assert np.array_equal(vectors, WordEncoder().encode(texts))


def test_one_bar_shows_the_reading_of_all_policies(tmp_path: Path) -> None:
    read = Read(tmp_path)
    read.vectors(POLICY, OTHER, THIRD)
    assert read.reports == [(POLICIES, 6, 8), (POLICIES, 7, 8), (POLICIES, 8, 8)]


def test_a_new_policy_costs_the_reading_of_itself_alone(tmp_path: Path) -> None:
    first, then = Read(tmp_path), Read(tmp_path)
    alone = first.vectors(POLICY, OTHER)
    with_third = then.vectors(POLICY, THIRD, OTHER)
    assert not then.adapted.encoded
    assert then.general.encoded == [passage.in_context for passage in passages_of([THIRD])]
    assert np.array_equal(with_third[[*range(6), 7]], alone)


def test_a_changed_policy_costs_the_reading_of_its_changed_sentences(tmp_path: Path) -> None:
    Read(tmp_path).vectors(POLICY)
    then = Read(tmp_path)
    changed = replace(LOGO, text="Never show the logo.")
    then.vectors(
        replace(POLICY, clauses=(clause("1", "Think twice", changed), *POLICY.clauses[1:]))
    )
    assert then.adapted.encoded == ["Toy guidance Think twice Never show the logo."]


def test_what_is_kept_of_a_policy_goes_with_it(tmp_path: Path) -> None:
    Read(tmp_path).vectors(POLICY, OTHER)
    Read(tmp_path).vectors(POLICY)
    again = Read(tmp_path)
    again.vectors(POLICY, OTHER)
    assert len(again.general.encoded) == 1
