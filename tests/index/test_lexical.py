from pathlib import Path

import bm25s
import numpy as np

from index.lexical import LexicalSearch
from knowledge.documents.files import read_policies
from knowledge.policy import sentences_of

SEARCH = LexicalSearch(["The council logo is protected.", "Phones are muted.", "Records are kept."])
QUESTIONS = (
    "may I use the council's logo, the LOGO, on my blog?",
    "who can read what staff post on a social media page that is not official",
    "is it the?",
    "zebra crossing",
)


def test_the_text_that_shares_a_word_scores_highest() -> None:
    assert SEARCH.scores("may I use the logo?").argmax() == 0


def test_a_question_of_common_words_only_scores_nothing() -> None:
    assert not SEARCH.scores("is it the?").any()


def test_a_question_of_unknown_words_scores_nothing() -> None:
    assert not SEARCH.scores("zebra crossing").any()


def test_without_texts_there_are_no_scores() -> None:
    assert LexicalSearch([]).scores("logo").shape == (0,)


def test_texts_without_a_word_score_nothing() -> None:
    assert not LexicalSearch(["...", "!"]).scores("logo").any()


def test_the_scores_are_those_of_bm25s() -> None:
    texts = sorted(sentences_of(read_policies(Path("knowledge/policies"))))
    ours, theirs = LexicalSearch(texts), bm25s.BM25()
    tokens = bm25s.tokenize(texts, stopwords="en", return_ids=False, show_progress=False)
    theirs.index(tokens, show_progress=False)
    for question in QUESTIONS:
        words = bm25s.tokenize([question], stopwords="en", return_ids=False, show_progress=False)
        expected = theirs.get_scores(words[0]) if words[0] else np.zeros(len(texts))
        np.testing.assert_allclose(ours.scores(question), expected, rtol=1e-4, atol=1e-5)
