from tests.handlers.teams.card_parser import Card, complaints, look_over


def card(*body: Card, **other: object) -> Card:
    told = {"fallbackText": "A clause", "speak": "A clause"}
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **told, **other}


def test_a_sound_card_draws_no_complaint() -> None:
    sound = card(
        {"type": "TextBlock", "text": "4(c)", "wrap": True},
        {"type": "Input.Text", "id": "answer", "label": "Answer"},
        actions=[{"type": "Action.Execute", "title": "Claim", "verb": "claim"}],
    )
    assert complaints(sound) == []


def test_what_the_parser_does_not_know_is_reported() -> None:
    odd = card(
        {"type": "Bogus"},
        {"type": "TextBlock", "text": "a", "size": "enormous"},
        {"type": "Input.Text", "label": "Without an id"},
        actions=[{"type": "Action.Nope"}],
    )
    kinds = {complaint.split(":")[0] for complaint in complaints(odd)}
    assert kinds == {
        "UnknownElementType",
        "InvalidPropertyValue",
        "PropertyCantBeNull",
        "UnknownActionType",
    }


def test_two_inputs_of_one_id_are_reported() -> None:
    twice = {"type": "Input.Text", "id": "x", "label": "X"}
    assert complaints(card(twice, twice)) == ['DuplicateId: Duplicate Id "x".']


def test_what_teams_would_not_take_is_reported() -> None:
    large = {"type": "TextBlock", "text": "é" * 15_000}
    assert complaints(card(version="1.6"), card(large), card(speak="")) == [
        "version: 1.6 is newer than Teams shows, 1.5",
        "size: 30124 bytes, Teams accepts 28672",
        "speak: missing",
    ]


def test_what_is_read_out_leaves_hidden_words_away() -> None:
    (seen,) = look_over(
        [
            card(
                {"type": "TextBlock", "text": "Sign your posts"},
                {"type": "TextBlock", "text": "the whole clause", "isVisible": False},
                {"type": "FactSet", "facts": [{"title": "Policy", "value": "Social media"}]},
                {"type": "Input.Text", "id": "a", "label": "Answer", "value": "a draft"},
                actions=[{"type": "Action.Submit", "title": "Send"}],
            )
        ]
    )
    assert seen.words == ("Sign your posts", "Policy", "Social media", "Answer", "a draft", "Send")
