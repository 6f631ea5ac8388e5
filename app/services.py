"""Builds what runs as long as the process: the conversation, and the surfaces that carry it on."""

from app.assistant import assistant
from app.desk import desk_of
from desk.model.clock import SystemClock
from handlers.conversation.escalation import EscalationPolicy
from handlers.conversation.services import Bot, Council, Services, build_services
from handlers.conversation.similarity import EncoderSimilarity
from settings import Settings


def service(settings: Settings) -> Services:
    answers = assistant(settings)
    encoder = EncoderSimilarity(answers.index.encoders.general)
    return build_services(
        Bot(answers, answers.policies, encoder),
        desk_of(settings, encoder),
        SystemClock(),
        Council(
            EscalationPolicy(settings.escalation),
            settings.comms_contact,
            settings.public_url.rstrip("/"),
        ),
    )
