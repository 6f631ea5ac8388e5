"""What somebody wrote in Slack, read as its writer saw it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.message_text import (
    FILES_ONLY,
    FORWARDED,
    LINKS_ONLY,
    SlackNames,
    answer_text,
    is_to_colleague,
    mentions,
    plain,
    question_text,
    why_unreadable,
)
from handlers.slack.payloads import Json
from tests.handlers.slack.fake.reading import typed

NAMES = SlackNames(
    {"U0ANN": "Ann Jones"}, {"C1": "general"}, workspace_url="https://council.slack.com/"
)
FORWARD = [{"is_share": True, "text": "Somebody's words"}]


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("May I &lt;post&gt; &amp; go?", "May I <post> & go?"),
        ("ask <@U0ANN> or <#C1|general>", "ask @somebody or #general"),
        ("<!channel> <!subteam^S1|@press>", "@channel @press"),
        ("due <!date^1^{date}|on Monday>", "due on Monday"),
        ("see <https://a.example|the page>", "see the page"),
        ("see <https://a.example>", "see https://a.example"),
        ("to <mailto:a@b.example|a@b.example>", "to a@b.example"),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_a_question_is_read_as_it_was_seen(sent: str, seen: str) -> None:
    assert question_text({"text": sent}, "U0BOT") == seen


@given(st.text(alphabet=st.characters(exclude_characters="<>@#!"), max_size=200))
def test_reading_undoes_what_slack_does_to_plain_words(text: str) -> None:
    assert plain(typed(text)) == text.strip()


@pytest.mark.parametrize(
    ("sent", "readable"),
    [
        ("see <https://a.example/x|the page>", "see the page (https://a.example/x)"),
        ("see <http://a.example|a.example>", "see http://a.example"),
        ("write to <mailto:a@b.example|a@b.example>", "write to a@b.example"),
        ("ask <@U0ANN>", "ask Ann Jones (https://council.slack.com/team/U0ANN)"),
        ("in <#C1>", "in #general (https://council.slack.com/archives/C1)"),
        ("in <#C9|>", "in a channel (https://council.slack.com/archives/C9)"),
        ("<!subteam^S1|@press> &amp; <!here>", "@press & @here"),
    ],
)
def test_an_answer_of_comms_keeps_its_addresses(sent: str, readable: str) -> None:
    assert answer_text({"text": sent}, NAMES) == readable


def test_the_mention_of_the_bot_is_taken_away_by_its_id() -> None:
    message = {"text": "<@U0BOT> may the policy assistant and <@U0BOT|bot> tag <@U0ANN>?"}
    assert question_text(message, "U0BOT") == "may the policy assistant and  tag @somebody?"
    assert mentions("<@U0BOT|bot> may I?", "U0BOT")
    assert not mentions("<@U0ANN> may I?", "U0BOT")


def test_an_emoji_is_read_as_its_character() -> None:
    emoji = {"type": "emoji", "name": "+1", "unicode": "1f44d-1f3fd"}
    section = {"type": "rich_text_section", "elements": [emoji]}
    message = {"text": ":+1::skin-tone-4: :other:", "blocks": [{"elements": [section]}]}
    assert (
        question_text(message, "U0BOT")
        == "\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4} :other:"
    )


@pytest.mark.parametrize(
    ("text", "to_colleague"),
    [
        ("<@U0ANN> did you see this?", True),
        (" *<@U0ANN|ann>*, <@U0BEN>: look", True),
        ("<!subteam^S1|@press> look", True),
        ("<@U0ANN> ask <@U0BOT> about it", True),
        ("<@U0BOT> may I post?", False),
        ("<@U0ANN> <@U0BOT> may we post?", False),
        ("may <@U0ANN> post?", False),
    ],
)
def test_words_that_begin_with_somebody_elses_mention_are_theirs(
    text: str, to_colleague: bool
) -> None:
    assert is_to_colleague(text, "U0BOT") is to_colleague


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ({"text": "", "files": [{"id": "F1"}]}, FILES_ONLY),
        ({"text": "<@U0BOT>", "files": [{"id": "F1"}]}, FILES_ONLY),
        ({"text": "may I post this?", "files": [{"id": "F1"}]}, ""),
        ({"text": "", "attachments": FORWARD}, FORWARDED),
        ({"text": "may I post this?", "attachments": FORWARD}, ""),
        ({"text": "<https://council.slack.com/archives/C1/p1>"}, LINKS_ONLY),
        ({"text": ""}, ""),
    ],
)
def test_a_message_without_words_is_told_what_to_do(message: Json, why: str) -> None:
    assert why_unreadable(message, "U0BOT") == why
