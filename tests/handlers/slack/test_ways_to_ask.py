"""Each way in which somebody in Slack reaches the bot, and who is not answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.model.people import Person
from handlers.slack.home_view import EXAMPLES
from knowledge.policy import Role
from tests.handlers.slack.council import ELSEWHERE, GENERAL, GUEST, SHARED
from tests.handlers.slack.slack_bot import LOGO, QUOTE, RECEIPT, UNSURE, Council, council_with_bot
from tests.handlers.slack.workspace import BOT_USER


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with council_with_bot(tmp_path) as here:
        yield here
        here.settle()
        assert here.slack.complaints == []


def test_a_command_is_answered_to_its_asker_alone_who_may_share_it(council: Council) -> None:
    council.ann.command("/policy", LOGO, GENERAL)
    answer = council.heard(council.ann, QUOTE, GENERAL)
    assert answer.only_for == council.ann.user.id
    assert council.ben.answers(GENERAL) == []
    council.ann.press(answer, "Share in channel")
    shared = council.heard(council.ben, QUOTE, GENERAL)
    assert f"Ann Jones asked: “{LOGO}”" in shared.words


def test_a_command_where_the_bot_is_not_is_answered_in_the_direct_message(
    council: Council,
) -> None:
    council.ann.command("/policy", LOGO, ELSEWHERE)
    council.heard(council.ann, QUOTE)


def test_the_answer_to_a_command_handed_over_comes_to_the_direct_message(
    council: Council,
) -> None:
    council.ann.command("/policy", UNSURE, GENERAL)
    assert council.heard(council.ann, RECEIPT, GENERAL).only_for
    office = council.toy.desk()
    office.casework.answer("C-1", _colleague(), "Yes.")
    office.close()
    council.heard(council.ann, "Yes.")
    assert council.ben.answers(GENERAL) == []


def test_the_shortcut_asks_about_somebodys_message(council: Council) -> None:
    said = council.ben.say("I put the logo on my blog", GENERAL)
    council.ann.shortcut("ask_about", said)
    assert "I put the logo on my blog" in council.modal(council.ann).words
    council.ann.submit({"What do you want to know about it?": LOGO})
    assert council.heard(council.ann, QUOTE, GENERAL).only_for == council.ann.user.id


def test_an_opened_conversation_suggests_questions_for_the_role(council: Council) -> None:
    council.ben.open_messages()
    council.slack.wait_for(lambda: council.slack.shown.prompts)
    (prompts,) = council.slack.shown.prompts.values()
    assert prompts[0]["message"] == EXAMPLES[Role.MANAGER]
    assert len(prompts) == len(EXAMPLES)


def test_while_it_looks_up_a_status_shows(council: Council) -> None:
    asked = council.ann.say(LOGO)
    council.heard(council.ann, QUOTE)
    assert council.slack.shown.statuses == [(council.ann.dm.id, asked.ts, "is looking it up…")]


def test_a_guest_is_told_and_not_answered(council: Council) -> None:
    council.slack.people[GUEST].say(LOGO)
    council.heard(council.slack.people[GUEST], "I answer only people of this organisation.")


def test_a_channel_with_people_from_outside_is_told_and_not_answered(council: Council) -> None:
    council.ann.say(f"<@{BOT_USER}> {LOGO}", SHARED)
    told = council.heard(council.ann, "People from outside are in this channel", SHARED)
    assert told.only_for == council.ann.user.id


def test_a_follow_up_in_a_channel_shared_meanwhile_is_left_alone(council: Council) -> None:
    asked = council.ann.say(f"<@{BOT_USER}> {LOGO}", GENERAL)
    council.heard(council.ann, QUOTE, GENERAL)
    council.slack.workspace.channels[GENERAL].ext_shared = True
    council.ann.say("phone in a meeting?", GENERAL, asked.ts)
    council.settle()
    assert len(council.ann.answers(GENERAL)) == 1


def test_a_council_may_answer_its_guests(tmp_path: Path) -> None:
    with council_with_bot(tmp_path, answer_guests=True) as here:
        guest = here.slack.people[GUEST]
        guest.say(f"<@{BOT_USER}> {LOGO}", SHARED)
        here.heard(guest, QUOTE, SHARED)


def test_what_is_not_said_to_it_is_left_alone(council: Council) -> None:
    said = council.ann.say(LOGO, GENERAL)
    council.ben.say(LOGO, GENERAL, said.ts)
    council.ann.join(GENERAL)
    council.ann.edit(said, f"{LOGO}?")
    council.ann.delete(said)
    council.ann.say(LOGO)
    council.heard(council.ann, QUOTE)
    assert council.ann.answers(GENERAL) == []


def test_a_mention_is_answered_once_though_slack_tells_of_it_twice(council: Council) -> None:
    asked = council.ann.say(f"<@{BOT_USER}> {LOGO}", GENERAL)
    council.ann.say(f"<@{BOT_USER}> phone in a meeting?", GENERAL, asked.ts)
    council.heard(council.ann, "A phone is permitted", GENERAL)
    council.settle()
    assert len(council.ann.answers(GENERAL)) == 2


def test_a_choice_offered_is_asked_by_pressing_it(council: Council) -> None:
    council.ann.say("what about it")
    offered = council.heard(council.ann, "Could you say what you want to do?")
    chosen = next(e for b in offered.blocks if b["type"] == "actions" for e in b["elements"])
    council.ann.press(offered, chosen["action_id"])
    council.slack.wait_for(lambda: f"You asked: “{chosen['value']}”" in offered.words)
    council.slack.wait_for(lambda: len(council.ann.answers()) == 2)


def test_the_whole_clause_is_shown_with_its_neighbours(council: Council) -> None:
    council.ann.say("a journalist rang")
    answer = council.heard(council.ann, "Tell your manager if a journalist calls.")
    council.ann.press(answer, "clause_0")
    view = council.modal(council.ann)
    assert "Toy guidance, last reviewed April 2013" in view.words
    assert "Before it: Section 2(a), Employees" in view.words
    assert "After it: Section 3, Councillors in meetings" in view.words


def test_what_was_missing_is_kept_with_the_verdict(council: Council) -> None:
    council.ann.say(LOGO)
    council.ann.feedback(council.heard(council.ann, QUOTE), helpful=False)
    offered = council.heard(council.ann, "I can pass your question to the communications team.")
    assert offered.only_for == council.ann.user.id
    council.ann.press(offered, "Say what was missing")
    council.modal(council.ann)
    council.ann.submit({"What was missing or wrong?": "the other logo"})
    council.heard(council.ann, "Thank you for your feedback.")
    desk = council.toy.desk()
    kept = desk.privacy.export("slack:T0COUNCIL/U0ANN", _colleague())
    desk.close()
    assert "the other logo" in str(kept)


def test_the_home_says_what_it_is_for_and_takes_choices(council: Council) -> None:
    home = council.home(council.ann, "What I am for")
    assert "Open cases" not in home.words
    council.ann.choose(home, "choose_role", "councillor")
    home = council.home_now(council.ann, "My role: councillor")
    assert EXAMPLES[Role.COUNCILLOR] in home.words
    council.ann.choose(home, "choose_personal", "kept")
    council.settle()
    council.ann.say("training meeting for ann@example.org")
    council.heard(council.ann, "training meeting for ann@example.org")


def test_the_home_lists_ones_cases_and_for_comms_the_open_ones(council: Council) -> None:
    council.ann.say(UNSURE)
    council.heard(council.ann, RECEIPT)
    assert f"C-1  open  “{UNSURE}”" in council.home(council.ann, "C-1").words
    home = council.home(council.ben, "Open cases")
    council.ben.press(home, "Answer C-1")
    council.modal(council.ben)
    council.ben.submit({"Answer": "Yes."})
    council.heard(council.ann, "Ben Evans answers (C-1):")
    council.home_now(council.ben, "No case waits.")
    home = council.home(council.ann, "answered")
    council.ann.press(home, "Add to C-1")
    council.modal(council.ann)
    council.ann.submit({"What do you want to add?": "And on Friday?"})
    council.home_now(council.ann, "C-1  reopened")


def _colleague() -> Person:
    return Person("terminal:jane", "Jane")
