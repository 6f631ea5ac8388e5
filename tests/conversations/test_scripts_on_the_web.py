from pathlib import Path

import pytest

from handlers.escalation_policy import EscalationPolicy
from tests.conversations.script import SCRIPTS, play, policy
from tests.conversations.web import Mortal, WebSurface
from tests.toy_service import Toy, in_folder
from tests.web.serving import site


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written_on_the_pages(script: Path, tmp_path: Path) -> None:
    text, answers = script.read_text(encoding="utf-8"), Mortal()
    toy = Toy(in_folder(tmp_path), policy=EscalationPolicy(policy(text)), answers=answers)
    with site(toy) as running:
        play(text, WebSurface(running, answers))
