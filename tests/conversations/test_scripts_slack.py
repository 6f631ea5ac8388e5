from pathlib import Path

import pytest

from handlers.conversation.escalation import EscalationPolicy
from tests.conversations.script import SCRIPTS, bot, play, policy
from tests.conversations.slack import SlackConversation
from tests.handlers.slack.running_bot import Mode

# The way in which Slack delivers makes no difference to most of what is said.
BY_SOCKET = [path for path in SCRIPTS if path.stem in ("the_loop", "edited_and_deleted")]
PLAYED = [(path, Mode.HTTP) for path in SCRIPTS] + [(path, Mode.SOCKET) for path in BY_SOCKET]


@pytest.mark.parametrize(("script", "mode"), PLAYED, ids=lambda part: getattr(part, "stem", part))
def test_the_conversation_goes_as_written_in_slack(
    script: Path, mode: Mode, tmp_path: Path
) -> None:
    text = script.read_text(encoding="utf-8")
    surface = SlackConversation(tmp_path, EscalationPolicy(policy(text)), mode, bot(text))
    try:
        play(text, surface)
        assert surface.slack.complaints == []
    finally:
        surface.close()
