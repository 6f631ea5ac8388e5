"""The message extension: what is searched and looked up, without a client."""

from typing import Any

import pytest

from answer import wording
from handlers.teams.action_data import TOO_LONG
from handlers.teams.cards.buttons import LONGEST_QUESTION
from tests.handlers.teams.card_text import words
from tests.handlers.teams.in_process import SURE, UNSURE, TeamsInProcess

QUERY, FORM, REPLY = (f"composeExtension/{name}" for name in ("query", "fetchTask", "submitAction"))


def query(typed: str) -> dict[str, Any]:
    return {"parameters": [{"name": "question", "value": typed}]}


def message(html: str) -> dict[str, Any]:
    return {"messagePayload": {"body": {"content": html}}}


def dialog(body: dict[str, Any]) -> dict[str, Any]:
    card: dict[str, Any] = body["task"]["value"]["card"]["content"]
    return card


@pytest.mark.parametrize("typed", [SURE, "council logo"])
def test_clauses_are_found_by_question_and_by_word(teams: TeamsInProcess, typed: str) -> None:
    (first, *_) = teams.invoke(QUERY, query(typed))["composeExtension"]["attachments"]
    assert first["preview"]["content"]["title"] == "section 1, Think twice"
    assert "Avoid use of the council logo on a blog." in words(first["content"])


@pytest.mark.parametrize("value", [{}, {"parameters": []}, {"parameters": "x"}, query("")])
def test_a_search_for_nothing_finds_nothing(teams: TeamsInProcess, value: dict[str, Any]) -> None:
    assert teams.invoke(QUERY, value)["composeExtension"]["attachments"] == []


def test_a_message_is_looked_up_without_a_case(teams: TeamsInProcess) -> None:
    form = dialog(teams.invoke(FORM, message(f"<p>{UNSURE} &amp; more</p>")))
    assert form["body"][0]["value"] == f"{UNSURE} & more"
    reply = teams.invoke(REPLY, {"data": {"question": UNSURE}})
    assert wording.NEAR_MISS in words(dialog(reply))
    assert teams.desk.casework.listed() == ()


def test_a_message_that_replies_to_another_is_looked_up_without_the_quote(
    teams: TeamsInProcess,
) -> None:
    quote = '<blockquote itemtype="http://schema.skype.com/Reply"><p>before</p></blockquote>'
    form = dialog(teams.invoke(FORM, message(f"{quote}<p>{SURE}</p>")))
    assert form["body"][0]["value"] == SURE


def test_a_message_of_a_megabyte_is_cut_before_it_is_read(teams: TeamsInProcess) -> None:
    form = dialog(teams.invoke(FORM, message("<" * 1_000_000)))
    assert len(form["body"][0]["value"]) == LONGEST_QUESTION


@pytest.mark.parametrize(
    ("invoke", "value", "path"),
    [
        (QUERY, query("x" * (LONGEST_QUESTION + 1)), ("composeExtension", "text")),
        (REPLY, {"data": {"question": "x" * (LONGEST_QUESTION + 1)}}, ("task", "value")),
    ],
    ids=["query", "reply"],
)
def test_a_question_that_is_too_long_is_refused_with_a_sentence(
    teams: TeamsInProcess, invoke: str, value: dict[str, Any], path: tuple[str, str]
) -> None:
    outer, inner = path
    shown = teams.invoke(invoke, value)[outer]
    assert (shown["type"], shown[inner]) == ("message", TOO_LONG.format(limit=LONGEST_QUESTION))


def test_an_invoke_of_another_kind_is_not_of_the_extension(teams: TeamsInProcess) -> None:
    assert teams.invoke("signin/verifyState", {}) is None
