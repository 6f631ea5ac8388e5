"""Builds the bot from its settings: all that is slow to import, made once."""

import logging

from rich.console import Console

from answer.assistant import Assistant
from answer.trained import read_encoders, read_judgements
from answer.training import Lessons, read_elsewhere, train
from desk.clock import SystemClock
from handlers.conversation import Conversation
from handlers.likeness import EncoderLikeness
from handlers.progress import progress_bars
from handlers.published import PublishedAnswers
from handlers.terminal_chat import Chat
from handlers.terminal_desk import TerminalMessenger, contact_of, system_user
from index.build import Progress, open_index
from knowledge.bank import read_bank, tie_to
from knowledge.policy import Role, sentences_of
from knowledge.reading import read_policies
from settings import Settings
from wiring_desk import desk_of

log = logging.getLogger(__name__)


def assistant(settings: Settings) -> Assistant:
    """Raises BadInput for what the settings name wrongly."""
    with progress_bars() as progress:
        return _assistant(settings, progress)


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


def learn(settings: Settings) -> None:
    """Adapt encoder and judgements to the bank, into the folder of what was learned."""
    policies = read_policies(settings.policies)
    bank = tie_to(read_bank(settings.questions), sentences_of(policies))
    lessons = Lessons(policies, bank, read_elsewhere(settings.elsewhere))
    with progress_bars() as progress:
        train(settings.model, lessons, settings.trained, progress)


def _assistant(settings: Settings, progress: Progress) -> Assistant:
    policies = read_policies(settings.policies)
    encoders = read_encoders(settings.trained, settings.model)
    sentences = sentences_of(policies) if encoders.know_the_bank else frozenset()
    bank = tie_to(read_bank(settings.questions), sentences)
    if bank.orphans:
        log.warning("Left out of the bank, their sentences being gone: %s", ", ".join(bank.orphans))
    index = open_index(encoders, policies, bank, settings.data / "index", progress)
    judgements = read_judgements(settings.trained)
    return Assistant(policies, index, judgements, settings.accepted_risk, settings.contacts)
