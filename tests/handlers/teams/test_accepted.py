"""Teams never sends again what was acknowledged, so the desk has it before that."""

import threading
from pathlib import Path

from answer.reply import Reply
from handlers.conversation.question_actions import Answers
from knowledge.question import Question
from tests.handlers.teams.running import running
from tests.toy_bot import toy_assistant
from tests.toy_service import Toy, in_folder

QUESTION = "logo on my blog"


class Thoughtful:
    """Answers when it may."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.may = threading.Event()

    def reply(self, question: Question) -> Reply:
        assert self.may.wait(10)
        return self._answers.reply(question)


def left_by_the_bot(toy: Toy) -> list[str]:
    """What a sweep finds after the process died now."""
    found: list[str] = []
    toy.clock.advance(minutes=3)
    desk = toy.desk()
    desk.jobs.sweep(lambda question: found.append(question.text))
    desk.close()
    return found


def test_a_question_is_at_the_desk_when_it_is_acknowledged_and_answered_later(
    tmp_path: Path,
) -> None:
    thoughtful = Thoughtful(toy_assistant())
    toy = Toy(in_folder(tmp_path), answers=thoughtful)
    with running(toy.service()) as bot:
        bot.take(bot.person("Ann").says(QUESTION))
        assert left_by_the_bot(toy) == [QUESTION]
        assert bot.fake.of("a:Ann") == []
        thoughtful.may.set()
        bot.settle()
        assert len(bot.fake.of("a:Ann")) == 1
