from dataclasses import replace

import numpy as np
import pytest

from answer.citations import (
    MOST,
    QuoteMismatch,
    citation,
    in_reading_order,
    quoted_rows,
    shortened,
)
from answer.features import Ranking
from answer.reply import Citation
from index.passages import Passage
from knowledge.policy import Obligation
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


def quote(text: str, **fields: object) -> Citation:
    return replace(citation(Passage(POLICY, POLICY.clauses[0], LOGO)), quote=text, **fields)  # type: ignore[arg-type]


def test_a_quote_that_points_back_brings_the_sentence_before_it() -> None:
    first, second = replace(LOGO, text="Some use a false name."), replace(LOGO, text="This is bad.")
    whole = replace(
        POLICY.clauses[0], text=f"{first.text}\n{second.text}", sentences=(first, second)
    )
    cited = citation(Passage(POLICY, whole, second))
    assert (cited.before, cited.quote) == (first.text, second.text)


def test_parts_that_stand_in_another_order_are_withheld() -> None:
    first, second = replace(LOGO, text="Some use a false name."), replace(LOGO, text="This is bad.")
    turned = replace(
        POLICY.clauses[0], text=f"{second.text}\n{first.text}", sentences=(first, second)
    )
    with pytest.raises(QuoteMismatch):
        citation(Passage(POLICY, turned, second))


def test_an_introduction_stands_before_its_example_and_only_once() -> None:
    rule, example = quote("Comply with the law."), quote("For example, be careful.")
    example = replace(example, before=rule.quote)
    assert in_reading_order([rule, example]) == (example,)
    assert in_reading_order([example, rule]) == (example,)


def test_sentences_that_need_each_other_for_nothing_stay_best_first() -> None:
    one, two = quote("Second in the policy."), quote("First in the policy.")
    assert in_reading_order([one, two]) == (one, two)


def test_a_long_list_is_cut_to_the_items_that_matter_and_a_short_one_is_not() -> None:
    items = tuple(f"Item {number}." for number in range(9))
    long = quote("Include:", items=items)
    cut = shortened(long, ("Item 3.", "Item 7."))
    assert (cut.items, cut.items_left_out) == (("Item 3.", "Item 7."), 7)
    assert shortened(replace(long, items=items[:2]), ()).items == items[:2]


def test_a_small_word_says_how_binding_the_strongest_of_the_sentences_shown_is() -> None:
    should = quote("You should ask.", obligation=Obligation.SHOULD)
    assert should.force == "should"
    assert replace(should, added=(Obligation.INFORMATION,)).force == "should"
    assert replace(should, added=(Obligation.MAY, Obligation.MUST)).force == "must"
    encouraged = quote("We encourage you to ask.", obligation=Obligation.SHOULD)
    assert encouraged.force == "advice"
