from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.conversation import case_wording
from handlers.conversation.escalation import EscalationPolicy
from tests.conversations.terminal import TerminalSurface


@pytest.fixture
def surface(tmp_path: Path) -> Iterator[TerminalSurface]:
    surface = TerminalSurface(tmp_path, EscalationPolicy.AUTOMATIC)
    yield surface
    surface.office.close()


def types(surface: TerminalSurface, line: str) -> str:
    surface.chat("Ann").take(line)
    return surface.seen("Ann")


def test_a_number_chooses_under_the_last_reply(surface: TerminalSurface) -> None:
    assert "1. Think twice" in types(surface, "what about it")
    assert "Avoid use of the council logo" in types(surface, "1")
    assert surface.office.casework.listed() == ()


def test_an_edited_question_is_read_as_a_new_one_is(surface: TerminalSurface) -> None:
    types(surface, "keep: training meeting with ann@example.org")
    shown = types(surface, "/edit *keep:* training meeting with ann@example.org on Friday")
    assert "“training meeting with ann@example.org on Friday”" in shown
    assert "[e-mail address]" in types(surface, "/edit training meeting with ann@example.org")


def test_an_edit_cannot_take_back_a_name_and_says_so(surface: TerminalSurface) -> None:
    types(surface, "training meeting")
    shown = types(surface, "/edit unnamed: training meeting on Friday")
    assert case_wording.NAME_KNOWN.format(ref="C-1") in shown


def test_an_edited_question_that_never_reached_comms_is_asked_again(
    surface: TerminalSurface,
) -> None:
    types(surface, "hello")
    assert "Avoid use of the council logo" in types(surface, "/edit logo on my blog?")


def test_each_command_of_the_help_is_known(surface: TerminalSurface) -> None:
    shown = types(surface, "/help")
    for line in filter(None, (line.strip() for line in shown.splitlines())):
        command = line.split()[0]
        if command.startswith("/") and command != "/quit":
            assert "ask a question" not in types(surface, command)


def test_an_unknown_command_shows_the_help(surface: TerminalSurface) -> None:
    assert "ask a question" in types(surface, "/dance")


def test_a_verdict_before_the_first_question_is_refused(surface: TerminalSurface) -> None:
    assert "Ask a question first." in types(surface, "/helpful")


def test_the_cases_of_a_person_without_any_are_said_to_be_none(surface: TerminalSurface) -> None:
    assert case_wording.NO_CASES in types(surface, "/cases")


def test_thanks_added_to_an_answered_case_do_not_reopen_it(surface: TerminalSurface) -> None:
    types(surface, "training meeting")
    surface.type_command("Jane", "answer", "C-1", "Yes.")
    assert "You are welcome." in types(surface, "/add C-1 thanks")
    assert "answered" in types(surface, "/cases")
