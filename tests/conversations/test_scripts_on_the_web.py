from pathlib import Path

import pytest

from answer.assistant import Assistant
from handlers.conversation.escalation import EscalationPolicy
from tests.conversations.script import SCRIPTS, play, policy
from tests.conversations.web import Mortal, WebSurface
from tests.handlers.web.chat_site import site
from tests.toy_bot import toy_assistant
from tests.toy_service import Toy, in_folder


@pytest.fixture(scope="module")
def bot() -> Assistant:
    return toy_assistant()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written_on_the_pages(
    script: Path, tmp_path: Path, bot: Assistant
) -> None:
    text, answers = script.read_text(encoding="utf-8"), Mortal(bot)
    toy = Toy(in_folder(tmp_path), policy=EscalationPolicy(policy(text)), answers=answers)
    with site(toy) as running:
        play(text, WebSurface(running, answers))
