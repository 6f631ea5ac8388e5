from index.lexical import LexicalSearch

SEARCH = LexicalSearch(["The council logo is protected.", "Phones are muted.", "Records are kept."])


def test_the_text_that_shares_a_word_scores_highest() -> None:
    assert SEARCH.scores("may I use the logo?").argmax() == 0


def test_a_question_of_common_words_only_scores_nothing() -> None:
    assert not SEARCH.scores("is it the?").any()


def test_a_question_of_unknown_words_scores_nothing() -> None:
    assert not SEARCH.scores("zebra crossing").any()
