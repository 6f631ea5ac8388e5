"""Builds the terminal that carries the conversation on."""

from rich.console import Console

from app.services import service
from handlers.terminal import json_case
from handlers.terminal.chat import Chat
from handlers.terminal.messenger import TerminalMessenger, contact_of, system_user
from knowledge.policy import Role
from knowledge.question import Question
from settings import Settings


def chat(settings: Settings, role: Role) -> Chat:
    whole, console, person = service(settings), Console(), system_user()
    messenger = TerminalMessenger(console, contact_of(person), whole.desk.hours, whole.clock)
    return Chat(console, whole, messenger, person, role)


def opened_line(settings: Settings, question: Question) -> str:
    person = system_user()
    return json_case.opened_line(service(settings), person, contact_of(person), question)
