import pytest

from answer.audience import audience_asked, names


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("does this apply to volunteers at the museum", "volunteers"),
        ("Are agency workers bound by it?", "agency workers"),
        ("I'm an apprentice, am I covered by the guidance?", "apprentice"),
        ("does the guidance cover town councillors", "town councillors"),
        ("do the rules about photos apply to contractors", "contractors"),
    ],
)
def test_the_people_whom_a_question_asks_about_are_found(text: str, audience: str) -> None:
    assert audience_asked(text) == audience


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("Families of staff are covered.", "family"),
        ("A charity that we fund must follow it.", "charities"),
        ("Wives and husbands may come.", "wife"),
    ],
)
def test_a_group_is_named_in_the_singular_or_the_plural(text: str, audience: str) -> None:
    assert names(text, audience)


@pytest.mark.parametrize(
    "text",
    [
        "a volunteer was rude under our post, do I delete it",
        "does this apply to Instagram",
        "am I covered as an employee",
        "does this apply to posts about charities?",
        "is a post on our apprentices covered?",
    ],
)
def test_other_questions_ask_about_nobody(text: str) -> None:
    assert audience_asked(text) == ""


def test_a_sentence_names_people_in_the_singular_or_the_plural() -> None:
    assert names("This code binds every volunteer of the council.", "volunteers")
    assert not names("This code binds employees.", "volunteers")
    assert not names("Town centres are busy.", "town councillors")
