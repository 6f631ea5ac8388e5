from pathlib import Path

import pytest

from handlers.conversation.escalation import EscalationPolicy
from tests.conversations.script import SCRIPTS, bot, play, policy
from tests.conversations.teams import teams_surface


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written_on_teams(script: Path, tmp_path: Path) -> None:
    text = script.read_text(encoding="utf-8")
    with teams_surface(tmp_path, EscalationPolicy(policy(text)), bot(text)) as surface:
        play(text, surface)
