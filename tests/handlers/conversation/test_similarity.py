from handlers.conversation.similarity import KEPT, EncoderSimilarity
from tests.toy import WordEncoder

LIKENESS = EncoderSimilarity(WordEncoder(), same_from=0.9, akin_from=0.6)


def test_the_likest_question_comes_first_and_an_unlike_one_not_at_all() -> None:
    pending = ["a logo", "weather", "the logo on a blog", "blog and logo, please"]
    assert LIKENESS.same("logo blog", pending) == [2, 3]


def test_nothing_is_read_where_nothing_is_pending() -> None:
    encoder = WordEncoder()
    assert EncoderSimilarity(encoder).same("logo", []) == ()
    assert encoder.encoded == []


def test_what_waits_to_be_compared_is_read_once() -> None:
    encoder = WordEncoder()
    likeness = EncoderSimilarity(encoder)
    assert likeness.same("logo", ["a logo", "weather"]) == [0]
    assert likeness.similar("weather", ["a logo", "weather", "a blog"]) == [1]
    assert encoder.encoded == ["a logo", "weather", "logo", "a blog", "weather"]


def test_no_more_than_so_much_is_kept() -> None:
    likeness = EncoderSimilarity(WordEncoder())
    likeness.same("logo", [f"logo {number}" for number in range(KEPT)])
    assert likeness.same("weather", ["weather", "logo 1", "logo"]) == [0]
    assert len(likeness.kept) <= KEPT


def test_texts_akin_to_the_first_of_a_group_are_one_gap() -> None:
    texts = ["logo blog", "weather", "logo", "what weather"]
    assert LIKENESS.group(texts) == [[0, 2], [1, 3]]


def test_what_is_similar_is_less_than_the_same() -> None:
    published = ["weather", "the logo", "the logo on a blog"]
    assert LIKENESS.same("logo blog", published) == [2]
    assert LIKENESS.similar("logo blog", published) == [2, 1]
    assert LIKENESS.similar("weather", published[1:]) == []
