"""Builds the terminal that carries the conversation on."""

from rich.console import Console

from handlers import json_opened
from handlers.terminal_chat import Chat
from handlers.terminal_desk import TerminalMessenger, contact_of, system_user
from knowledge.policy import Role
from knowledge.question import Question
from settings import Settings
from wiring.service import service


def chat(settings: Settings, role: Role) -> Chat:
    whole, console, person = service(settings), Console(), system_user()
    messenger = TerminalMessenger(console, contact_of(person), whole.desk.hours, whole.clock)
    return Chat(console, whole.conversation, messenger, person, role)


def opened_line(settings: Settings, question: Question) -> str:
    person = system_user()
    return json_opened.opened_line(service(settings), person, contact_of(person), question)
