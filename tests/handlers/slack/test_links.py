"""A link to a clause shows the clause, and no other link shows anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.slack.council import ELSEWHERE, GENERAL, SHARED
from tests.handlers.slack.fake.refusal import Refusal
from tests.handlers.slack.fake.screen import SharedLinks
from tests.handlers.slack.running_bot import LOGO, QUOTE, RunningBot, running_bot

ADDRESS = "https://policy.example.gov.uk"
CLAUSE = f"{ADDRESS}/policies/toy#2-b"
CALLS = "Tell your manager if a journalist calls."


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[RunningBot]:
    with running_bot(tmp_path, public_url=ADDRESS) as running:
        yield running
        running.settle()


def shared(bot: RunningBot) -> SharedLinks:
    return [*bot.slack.screen.links.values()][-1]


@pytest.mark.parametrize("channel", [GENERAL, ELSEWHERE])
def test_a_link_to_a_clause_shows_it_also_where_the_bot_is_not(
    bot: RunningBot, channel: str
) -> None:
    bot.ann.say(f"Is it {CLAUSE} or {ADDRESS}/policies/toy#1?", channel)
    bot.slack.wait_for(lambda: CALLS in shared(bot).words)
    assert "Toy guidance, last reviewed April 2013" in shared(bot).words
    assert "Section 2(b), Employees" in shared(bot).words


def test_a_link_that_is_still_being_written_shows_it_too(bot: RunningBot) -> None:
    bot.ann.begin_to_write(CLAUSE, GENERAL)
    bot.slack.wait_for(lambda: CALLS in shared(bot).words)


@pytest.mark.parametrize(
    "link",
    [
        f"{ADDRESS}/desk/cases/C-1#2-b",
        f"{ADDRESS}/policies/toy",
        f"{ADDRESS}/policies/toy#9",
        f"{ADDRESS}/policies/other#1",
        "http://policy.example.gov.uk/policies/toy#1",
        "https://policy.example.gov.uk@evil.example/policies/toy#1",
        "https://policy.example.gov.uk:8443/policies/toy#1",
    ],
)
def test_no_other_link_shows_anything(bot: RunningBot, link: str) -> None:
    bot.ann.say(f"See {link}", GENERAL)
    bot.settle()
    assert [each.method for each in bot.slack.state.calls].count("chat.unfurl") == 0


def test_people_from_outside_are_shown_no_clause(bot: RunningBot) -> None:
    bot.ann.say(CLAUSE, SHARED)
    bot.settle()
    assert shared(bot).previews == {}


def test_a_preview_that_slack_refuses_troubles_nobody(bot: RunningBot) -> None:
    bot.slack.state.troubles["chat.unfurl"].append(Refusal("cannot_unfurl_url"))
    bot.ann.say(CLAUSE, GENERAL)
    bot.settle()
    assert bot.ann.answers(GENERAL) == []
    bot.ann.say(LOGO)
    bot.message(bot.ann, QUOTE)
