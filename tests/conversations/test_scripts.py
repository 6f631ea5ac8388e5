from pathlib import Path

import pytest

from handlers.conversation.escalation import EscalationPolicy
from tests.conversations.script import SCRIPTS, bot, play, policy
from tests.conversations.terminal import TerminalSurface


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written_in_the_terminal(script: Path, tmp_path: Path) -> None:
    text = script.read_text(encoding="utf-8")
    surface = TerminalSurface(tmp_path, EscalationPolicy(policy(text)), bot(text))
    play(text, surface)
    surface.office.close()


def test_a_line_that_is_no_step_stops_the_script(tmp_path: Path) -> None:
    surface = TerminalSurface(tmp_path, EscalationPolicy.AUTOMATIC)
    with pytest.raises(AssertionError, match="line 1 is no step: Ann dances"):
        play("Ann dances", surface)
    surface.office.close()


def test_what_was_not_shown_fails_the_script(tmp_path: Path) -> None:
    surface = TerminalSurface(tmp_path, EscalationPolicy.AUTOMATIC)
    with pytest.raises(AssertionError, match="line 2: Ann sees: a unicorn"):
        play("Ann asks: hello\nAnn sees: a unicorn", surface)
    surface.office.close()
