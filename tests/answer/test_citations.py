from dataclasses import replace

import numpy as np
import pytest

from answer.citations import MOST, QuoteMismatch, citation, quoted_rows
from answer.features import Ranking
from index.passages import Passage
from tests.toy import LOGO, POLICY, TRAINING

RANKING = Ranking(POLICY.clauses, (0.6, 0.2, 0.1, 0.05, 0.05), (0, 1, 2, 3, 5))


def shares(*values: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.array(values, dtype=np.float32)


def test_a_sure_answer_quotes_one_sentence() -> None:
    assert quoted_rows(shares(0.9, 0.02, 0.01, 0, 0, 0), RANKING) == (0,)


def test_a_sentence_nearly_as_likely_completes_the_answer() -> None:
    assert quoted_rows(shares(0.5, 0.02, 0.4, 0, 0, 0), RANKING) == (0, 2)


def test_no_more_than_three_sentences_are_quoted() -> None:
    assert len(quoted_rows(shares(0.2, 0.2, 0.2, 0.2, 0.2, 0), RANKING)) == MOST


def test_a_quote_is_the_stored_sentence_with_its_place_and_lead_in() -> None:
    cited = citation(Passage(POLICY, POLICY.clauses[1], TRAINING))
    assert (cited.quote, cited.section, cited.lead_in) == (TRAINING.text, "2(a)", "You should:")
    assert cited.reviewed == "April 2013"


def test_a_sentence_that_introduces_others_brings_them_along() -> None:
    opening = replace(LOGO, text="You should:")
    whole = replace(POLICY.clauses[1], sentences=(opening, TRAINING))
    assert citation(Passage(POLICY, whole, opening)).items == (TRAINING.text,)
    assert citation(Passage(POLICY, whole, TRAINING)).items == ()


def test_a_sentence_that_its_clause_does_not_hold_is_withheld() -> None:
    forged = replace(LOGO, text="You may use the council logo on a blog.")
    with pytest.raises(QuoteMismatch):
        citation(Passage(POLICY, POLICY.clauses[0], forged))


def test_a_line_break_inside_a_sentence_is_no_mismatch() -> None:
    wrapped = replace(POLICY.clauses[0], text=LOGO.text.replace("council logo", "council\nlogo"))
    assert citation(Passage(POLICY, wrapped, LOGO)).quote == LOGO.text
