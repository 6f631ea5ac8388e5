"""Builds what runs as long as the process: the conversation, and the surfaces that carry it on."""

from desk.clock import SystemClock
from handlers.conversation import Conversation
from handlers.likeness import EncoderLikeness
from handlers.published import PublishedAnswers
from handlers.service import Service
from settings import Settings
from wiring.assistant import assistant
from wiring.office import desk_of


def service(settings: Settings) -> Service:
    bot, clock = assistant(settings), SystemClock()
    likeness = EncoderLikeness(bot.index.encoders.general)
    desk = desk_of(settings, likeness)
    published = PublishedAnswers(desk.precedents, bot.policies, likeness, clock, desk.hours)
    conversation = Conversation(bot, desk, published, settings.escalation, settings.comms_contact)
    return Service(conversation, bot.policies, likeness, clock, settings.public_url.rstrip("/"))
