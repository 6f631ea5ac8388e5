"""Teams never sends again what was acknowledged, so the desk has it before that."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from answer.reply import Reply
from handlers.conversation.question_actions import Answers
from knowledge.question import Question
from tests.handlers.teams.fake_teams import Json
from tests.handlers.teams.in_process import COMMS
from tests.handlers.teams.running import Bot, running
from tests.handlers.teams.tenant import CHANNEL
from tests.toy_bot import toy_assistant
from tests.toy_service import Toy, in_folder

SURE = "logo on my blog"
UNSURE = "training meeting"


class SlowAnswers:
    """Answers when it may."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.may = threading.Event()

    def reply(self, question: Question) -> Reply:
        assert self.may.wait(10)
        return self._answers.reply(question)


def interrupted(toy: Toy) -> list[str]:
    """The questions that another process finds after this one was killed now."""
    found: list[str] = []
    toy.clock.advance(minutes=3)
    desk = toy.desk()
    desk.jobs.sweep(lambda question: found.append(question.text))
    desk.close()
    return found


def asked_by_message(bot: Bot) -> None:
    bot.take(bot.person("Ann").says(SURE))


def asked_by_button(bot: Bot) -> None:
    bot.take(bot.person("Ann").presses("ask", {"text": SURE}))


@pytest.mark.parametrize("ask", [asked_by_message, asked_by_button])
def test_a_question_is_stored_when_it_is_acknowledged_and_answered_later(
    tmp_path: Path, ask: Callable[[Bot], None]
) -> None:
    answers = SlowAnswers(toy_assistant())
    toy = Toy(in_folder(tmp_path), answers=answers)
    with running(toy.service()) as bot:
        ask(bot)
        assert interrupted(toy) == [SURE]
        assert bot.fake.of("a:Ann") == []
        answers.may.set()
        bot.settle()
        assert len(bot.fake.of("a:Ann")) == 1


@pytest.mark.parametrize("kind", ["follow-up", "edit", "delete", "answer of comms"])
def test_what_changes_a_case_is_stored_when_it_is_acknowledged(tmp_path: Path, kind: str) -> None:
    toy = Toy(in_folder(tmp_path), comms=(COMMS,))
    with running(toy.service()) as bot:
        thread = bot.in_channel("Ann", "19:x@thread.tacv2;messageid=5")
        question = thread.mentions(UNSURE)
        bot.hear(question)
        card = bot.in_channel("Jane", bot.fake.within(CHANNEL)[0].conversation)
        activity: dict[str, Json] = {
            "follow-up": thread.mentions("also for volunteers?"),
            "edit": thread.edits(question, "training on a Monday"),
            "delete": thread.deletes(question),
            "answer of comms": card.mentions("Yes."),
        }
        steps = {
            "follow-up": "followed up",
            "edit": "edited",
            "delete": "withdrawn",
            "answer of comms": "answered",
        }
        bot.take(activity[kind])
        other = toy.desk()
        assert other.casework.show("C-1").events[-1].step == steps[kind]
        other.close()
        bot.settle()


def test_a_message_that_cannot_be_stored_is_told_to_its_writer(tmp_path: Path) -> None:
    with running(Toy(in_folder(tmp_path)).service()) as bot:
        break_database(bot, tmp_path)
        assert bot.status_of(bot.person("Ann").says(SURE)) == 200
        (told,) = bot.fake.of("a:Ann")
        assert told.activity["text"].startswith("Something went wrong.")


def test_if_its_writer_cannot_be_told_either_teams_is_to_send_it_again(tmp_path: Path) -> None:
    with running(Toy(in_folder(tmp_path)).service()) as bot:
        break_database(bot, tmp_path)
        bot.fake.refusals.append((500, {}))
        assert bot.status_of(bot.person("Ann").says(SURE)) == 503


def break_database(bot: Bot, folder: Path) -> None:
    bot.service.desk.close()
    (folder / "desk.db").unlink()
    (folder / "desk.db").mkdir()


def test_a_failure_after_the_acknowledgement_is_told(tmp_path: Path) -> None:
    class BrokenAnswers:
        def reply(self, question: Question) -> Reply:
            raise RuntimeError(question.text)

    with running(Toy(in_folder(tmp_path), answers=BrokenAnswers()).service()) as bot:
        bot.hear(bot.person("Ann").says(SURE))
        (told,) = bot.fake.of("a:Ann")
        assert "Your question is saved" in told.activity["text"]
