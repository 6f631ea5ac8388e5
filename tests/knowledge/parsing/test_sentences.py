import pytest

from knowledge.parsing.sentences import sentences


@pytest.mark.parametrize(
    "text",
    [
        "Bring e.g. a badge, i.e. the blue one.",
        "See No. 4 and para. 4.2 of the S. Wales code.",
        "Cllr. Jones and Mr. J. R. Smith met.",
        "Read www.council.gov.uk and https://a.gov.uk/x?y=1 on 1.4.2024.",
        "The office opens at 9 a.m. on weekdays.",
        "Use a disclaimer, such as: “Views are my own.” or the like.",
        "Section 3.1. applies.",
    ],
)
def test_points_within_a_sentence_do_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “Stop. I will go.” Then he left.", ["He said: “Stop.", "I will go.”"]),
        ("We say “employer”. It fits.", ["We say “employer”.", "It fits."]),
        ("Ask first! Is it fair? Then post.", ["Ask first!", "Is it fair?"]),
        ("Post what you may. Keep a record.", ["Post what you may.", "Keep a record."]),
        ("**Be kind.** Always.", ["**Be kind.**", "Always."]),
        ("(See below.) Then act.", ["(See below.)", "Then act."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text)[: len(expected)] == expected


def test_no_character_but_outer_blanks_is_lost() -> None:
    text = "One  thing.  Another (e.g. this\xa0one). “A third.” !!! And so on"
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_text_without_words_has_no_sentence() -> None:
    assert sentences(" ... — !") == []
