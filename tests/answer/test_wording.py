from dataclasses import replace

from answer.citations import citation
from answer.reply import Citation
from answer.wording import answer_lines, listed, opening, quoted
from index.passages import Passage
from knowledge.policy import OUTSIDE_SECTIONS, Obligation
from tests.toy import LOGO, MEETING, POLICY, TRAINING


def cited(place: int, sentence: object) -> Citation:
    return citation(Passage(POLICY, POLICY.clauses[place], sentence))  # type: ignore[arg-type]


FIRST, SECOND, THIRD = cited(0, LOGO), cited(1, TRAINING), cited(3, MEETING)


def test_an_opening_names_the_place_and_passes_no_verdict() -> None:
    assert opening([FIRST], several_policies=False) == "Section 1, Think twice:"
    assert opening([FIRST, THIRD], several_policies=False) == "Sections 1 and 3:"
    assert opening([FIRST], several_policies=True) == "Toy guidance, section 1, Think twice:"


def test_what_stands_outside_the_sections_is_named_by_its_heading() -> None:
    outside = replace(FIRST, section=OUTSIDE_SECTIONS, heading="Review date")
    assert opening([outside], several_policies=False) == "Review date:"


def test_the_force_of_a_rule_is_a_small_word_and_information_has_none() -> None:
    assert FIRST.force == "should not"
    assert replace(FIRST, obligation=Obligation.INFORMATION).force == ""


def test_each_quote_says_how_binding_it_is_and_where_it_stands() -> None:
    assert list(answer_lines([FIRST, replace(THIRD, obligation=Obligation.INFORMATION)])) == [
        "“Avoid use of the council logo on a blog.” (should not; section 1, Think twice)",
        "“A phone is permitted in a meeting.” (section 3, Councillors in meetings)",
    ]


def test_a_quote_is_shown_with_all_that_it_needs_in_printed_order() -> None:
    whole = replace(SECOND, before="Some post.", quote="This is bad.", after="Very.", items=("x",))
    assert quoted(whole) == "“You should:\n  • Some post. This is bad. Very.\n    • x”"


def test_a_list_that_was_cut_says_how_many_items_are_missing() -> None:
    cut = replace(FIRST, quote="Say:", items=("a", "b"), items_left_out=7)
    assert quoted(cut).endswith("(and 7 more)")


def test_names_are_listed_as_people_do() -> None:
    assert listed(["1", "2", "3"]) == "1, 2 and 3"
    assert listed(["a", "b", "c", "d"]) == "a, b, c and others"
