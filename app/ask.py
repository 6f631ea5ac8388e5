"""Answers one question of the command line, in text or JSON, with or without the desk."""

from rich.console import Console

from app.assistant import assistant
from handlers.conversation.reply_message import from_reply
from handlers.terminal import json_lines, reply_text
from knowledge.errors import BadInput
from knowledge.question import Question
from knowledge.reason import Reason
from settings import Settings

NOT_READ = (Reason.EMPTY, Reason.TOO_LONG)


def show(settings: Settings, question: Question) -> None:
    """Raises BadInput for what is no question."""
    reply = assistant(settings).reply(question)
    if reply.reason in NOT_READ:
        raise BadInput(reply.lead)
    reply_text.show(Console(), from_reply(reply))


def line(settings: Settings, question: Question) -> str:
    return json_lines.answer_line(json_lines.BatchLine("1", question), assistant(settings).reply)
