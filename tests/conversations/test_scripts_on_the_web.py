from pathlib import Path

import pytest

from handlers.conversation.escalation import EscalationPolicy
from tests.conversations.script import SCRIPTS, bot, play, policy
from tests.conversations.web import Mortal, WebSurface
from tests.handlers.web.chat_site import site
from tests.toy_service import Toy, in_folder


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written_on_the_pages(script: Path, tmp_path: Path) -> None:
    text = script.read_text(encoding="utf-8")
    answering = bot(text)
    answers = Mortal(answering)
    toy = Toy(
        in_folder(tmp_path),
        policy=EscalationPolicy(policy(text)),
        answers=answers,
        policies=answering.policies,
    )
    with site(toy) as running:
        play(text, WebSurface(running, answers))
