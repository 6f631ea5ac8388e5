from handlers.conversation.similarity import KEPT, EncoderSimilarity
from tests.toy import WordEncoder

SIMILARITY = EncoderSimilarity(WordEncoder(), similar_from=0.6)


def test_the_nearest_question_comes_first_and_an_unlike_one_not_at_all() -> None:
    pending = ["a logo", "weather", "the logo on a blog", "blog and logo, please"]
    assert SIMILARITY.similar("logo blog", pending) == [2, 3, 0]


def test_the_same_is_what_is_near_and_says_the_same() -> None:
    published = ["weather", "a blog without the logo?", "the logo", "the logo on a blog?"]
    assert SIMILARITY.same("logo on the blog?", published) == [3]
    assert SIMILARITY.same("secret logo on the blog?", published) == []


def test_nothing_is_read_where_nothing_is_pending() -> None:
    encoder = WordEncoder()
    assert EncoderSimilarity(encoder).same("logo", []) == []
    assert encoder.encoded == []


def test_what_waits_to_be_compared_is_read_once() -> None:
    encoder = WordEncoder()
    similarity = EncoderSimilarity(encoder)
    assert similarity.similar("logo", ["a logo", "weather"]) == [0]
    assert similarity.similar("weather", ["a logo", "weather", "a blog"]) == [1]
    assert encoder.encoded == ["a logo", "weather", "logo", "a blog", "weather"]


def test_what_is_compared_again_and_again_is_kept_longest() -> None:
    encoder = WordEncoder()
    similarity = EncoderSimilarity(encoder)
    published = [f"logo {number}" for number in range(KEPT)]
    similarity.similar("logo", published)
    similarity.similar("logo", ["weather", *published[5:]])
    encoder.encoded.clear()
    similarity.similar("logo", ["weather", *published[5:]])
    assert encoder.encoded == ["logo"]


def test_no_more_than_so_much_is_kept() -> None:
    similarity = EncoderSimilarity(WordEncoder())
    similarity.similar("logo", [f"logo {number}" for number in range(KEPT)])
    assert similarity.similar("weather", ["weather", "logo 1", "logo"]) == [0]
    assert len(similarity.kept) <= KEPT


def test_texts_similar_to_the_first_of_a_group_are_one_gap() -> None:
    texts = ["logo blog", "weather", "logo", "what weather"]
    assert SIMILARITY.group(texts) == [[0, 2], [1, 3]]
