import numpy as np

from index.recent_vectors import KEPT, RecentVectors
from tests.toy import WordEncoder


def test_a_text_is_encoded_once() -> None:
    encoder = WordEncoder()
    recent = RecentVectors(encoder)
    first = recent.encode(["a logo", "a phone", "a logo"])
    again = recent.encode(["a phone", "a blog"])
    assert encoder.encoded == ["a logo", "a phone", "a blog"]
    assert np.array_equal(first, WordEncoder().encode(["a logo", "a phone", "a logo"]))
    assert np.array_equal(again, WordEncoder().encode(["a phone", "a blog"]))


def test_no_texts_have_no_vectors() -> None:
    assert RecentVectors(WordEncoder()).encode([]).shape == (0, WordEncoder.dimension)


def test_only_the_latest_texts_are_remembered() -> None:
    encoder = WordEncoder()
    recent = RecentVectors(encoder)
    recent.encode(["first", "second"])
    recent.encode(["first"])
    recent.encode([f"text {number}" for number in range(KEPT - 1)])
    encoder.encoded.clear()
    recent.encode(["first"])
    recent.encode(["second"])
    assert encoder.encoded == ["second"]


def test_more_texts_than_are_remembered_are_encoded_as_they_are() -> None:
    recent = RecentVectors(WordEncoder())
    assert len(recent.encode(["logo"] * (KEPT + 1))) == KEPT + 1
