import pytest

from answer.quote_context import context_of, points_back
from knowledge.policy import Clause, Obligation, Sentence


def clause_of(*texts: str, lead_in: str = "") -> Clause:
    sentences = tuple(
        Sentence(text, Obligation.INFORMATION, lead_in if place == 0 else "")
        for place, text in enumerate(texts)
    )
    return holding(*sentences)


def holding(*sentences: Sentence) -> Clause:
    text = "\n".join(sentence.text for sentence in sentences)
    return Clause("1", "Heading", ("Heading",), text, (), sentences, 1)


@pytest.mark.parametrize(
    "text",
    [
        "We discourage this in blogs.",
        "They should not be too strict.",
        "For example, you should be careful.",
        "However, actions outside work count.",
        "You must also tell the team.",
        "The use of such devices is welcome.",
        "And be aware of the law.",
    ],
)
def test_words_that_point_back_are_recognised(text: str) -> None:
    assert points_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "This guidance covers employees.",
        "It is a good idea to write a plan.",
        "Tell your manager first.",
        "We encourage openness.",
        "All information is kept.",
    ],
)
def test_a_sentence_that_stands_alone_points_at_nothing(text: str) -> None:
    assert not points_back(text)


def test_a_sentence_that_points_back_brings_the_one_before_it() -> None:
    clause = clause_of("Some people write under another name.", "We discourage this in blogs.")
    assert context_of(clause, clause.sentences[1]).before == (clause.sentences[0].text,)
    assert context_of(clause, clause.sentences[0]).before == ()


def test_the_sentence_that_is_brought_along_keeps_its_own_lead_in() -> None:
    clause = clause_of("Listen to people.", "And be aware of their views.", lead_in="You should:")
    context = context_of(clause, clause.sentences[1])
    assert (context.lead_in, context.before) == ("You should:", ("Listen to people.",))


def test_a_quotation_over_two_sentences_is_shown_whole_from_either() -> None:
    clause = clause_of("Say: “This was removed.", "Please respect others.”", "Then go on.")
    assert context_of(clause, clause.sentences[0]).after == ("Please respect others.”",)
    assert context_of(clause, clause.sentences[1]).before == ("Say: “This was removed.",)


def test_a_list_item_never_brings_the_item_before_it() -> None:
    first = Sentence("Read it.", Obligation.SHOULD, "You should:")
    second = Sentence("They must be told.", Obligation.MUST, "You should:")
    clause = Clause("1", "H", ("H",), "Read it.\nThey must be told.", (), (first, second), 1)
    assert context_of(clause, second).before == ()


def test_a_chain_of_pointing_sentences_is_cut() -> None:
    clause = clause_of("One thing.", "This is two.", "This is three.", "This is four.")
    assert context_of(clause, clause.sentences[3]).before == ("This is two.", "This is three.")


def test_a_duty_that_the_next_sentence_adds_is_shown_too() -> None:
    said = Sentence("You may reply politely.", Obligation.MAY)
    added = Sentence("You must also tell the communications team.", Obligation.MUST)
    limit = Sentence("They should not be too strict.", Obligation.SHOULD_NOT)
    other = Sentence("You must be trained.", Obligation.MUST)
    assert context_of(holding(said, added), said).after == (added.text,)
    assert context_of(holding(said, limit), said).after == (limit.text,)
    assert context_of(holding(said, other), said).after == ()


def test_what_introduces_a_list_or_follows_one_is_no_duty_of_the_sentence_before() -> None:
    said = Sentence("All posts are kept.", Obligation.INFORMATION)
    opens = Sentence("You must also stick to these principles:", Obligation.MUST)
    item = Sentence("WhatsApp", Obligation.MAY, "Councillors may use:")
    for_all = Sentence("They must also keep a record.", Obligation.MUST)
    assert context_of(holding(said, opens), said).after == ()
    assert context_of(holding(item, for_all), item).after == ()
