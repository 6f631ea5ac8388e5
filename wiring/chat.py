"""Builds the conversation, in which bot and desk meet, and the terminal that carries it on."""

from rich.console import Console

from desk.clock import SystemClock
from handlers.conversation import Conversation
from handlers.likeness import EncoderLikeness
from handlers.published import PublishedAnswers
from handlers.terminal_chat import Chat
from handlers.terminal_desk import TerminalMessenger, contact_of, system_user
from knowledge.policy import Role
from settings import Settings
from wiring.assistant import assistant
from wiring.office import desk_of


def conversation(settings: Settings) -> Conversation:
    bot = assistant(settings)
    likeness = EncoderLikeness(bot.index.encoders.general)
    desk = desk_of(settings, likeness)
    published = PublishedAnswers(desk.precedents, bot.policies, likeness, SystemClock(), desk.hours)
    return Conversation(bot, desk, published, settings.escalation, settings.comms_contact)


def chat(settings: Settings, role: Role) -> Chat:
    talk, console, person = conversation(settings), Console(), system_user()
    messenger = TerminalMessenger(console, contact_of(person), talk.desk.hours, SystemClock())
    return Chat(console, talk, messenger, person, role)
