"""Builds what runs as long as the process: the conversation, and the surfaces that carry it on."""

from app.assistant import assistant
from app.desk import desk_of
from desk.model.clock import SystemClock
from handlers.conversation.conversation import Conversation
from handlers.conversation.escalation import EscalationPolicy
from handlers.conversation.published_answers import PublishedAnswers
from handlers.conversation.services import Services
from handlers.conversation.similarity import EncoderSimilarity
from settings import Settings


def service(settings: Settings) -> Services:
    bot, clock = assistant(settings), SystemClock()
    likeness = EncoderSimilarity(bot.index.encoders.general)
    desk = desk_of(settings, likeness)
    published = PublishedAnswers(desk.publishing, bot.policies, likeness, clock, desk.hours)
    conversation = Conversation(
        bot, desk, published, EscalationPolicy(settings.escalation), settings.comms_contact
    )
    return Services(conversation, bot.policies, likeness, clock, settings.public_url.rstrip("/"))
