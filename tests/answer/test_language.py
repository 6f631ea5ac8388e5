import pytest

from answer.language import Language, language_of


@pytest.mark.parametrize(
    "text",
    [
        "a allaf i ddefnyddio logo'r cyngor ar fy mlog personol?",
        "ga i drydar o gyfarfod",
        "pwy sy'n gyfrifol am hyn",
        "Helo, oes angen hyfforddiant arnaf i?",
    ],
)
def test_a_question_in_welsh_is_recognised(text: str) -> None:
    assert language_of(text) is Language.WELSH


@pytest.mark.parametrize(
    "text",
    [
        "can I use the council logo on my personal blog?",
        "hi",
        "bore da",
        "bore da, can i post on fb from caldicot",
        "wot about insta m8",
        "soz r memes ok in grp chat",
        "does mr jones llanelli know",
        "fjdks lkj ;lkj fds",
        "👍👍👍",
        "2013?",
    ],
)
def test_slang_names_and_short_messages_count_as_english(text: str) -> None:
    assert language_of(text) is Language.ENGLISH


@pytest.mark.parametrize("text", ["我可以在博客上使用标志吗", "Могу ли я использовать логотип?"])
def test_another_script_is_another_language(text: str) -> None:
    assert language_of(text) is Language.OTHER
