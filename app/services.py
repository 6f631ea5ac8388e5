"""Builds what runs as long as the process: the conversation, and the surfaces that carry it on."""

import logging
from collections.abc import Hashable
from datetime import datetime, timedelta

from app.assistant import TaughtAssistant, assistant_of
from app.desk import desk_of
from app.encoders import encoders_of
from app.live_assistant import Built, LiveAssistant, file_states
from app.policies import policies_in_force
from app.policy_review import DocumentReviewer, policy_in_folder
from app.teaching import Teacher
from desk.model.clock import SystemClock
from desk.services.desk import Desk
from handlers.conversation.escalation import EscalationPolicy
from handlers.conversation.services import Bot, Council, Services, build_services
from handlers.conversation.similarity import EncoderSimilarity
from handlers.terminal.progress import progress_bars
from knowledge.policy import Policy
from settings import Settings

log = logging.getLogger(__name__)


def service(settings: Settings) -> Services:
    """Raises BadInput for what the settings name wrongly, and BadDatabase."""
    encoders = encoders_of(settings)
    similarity = EncoderSimilarity(encoders.general)
    desk = desk_of(settings, similarity)
    teacher = Teacher(settings, encoders)
    live = live_assistant(settings, teacher, desk)

    def trial(policies: tuple[Policy, ...]) -> TaughtAssistant:
        questions = desk.teaching.by_policy()
        return assistant_of(settings, policies, Teacher(settings, encoders), questions, _silent)

    reviewer = DocumentReviewer(
        desk,
        live,
        lambda name: policy_in_folder(settings.policies, name),
        lambda policies: trial(policies).assistant,
        lambda: SystemClock().now().astimezone(desk.hours.zone),
        timedelta(days=settings.tell_askers_days),
    )
    return build_services(
        Bot(
            live,
            live.policies,
            similarity,
            live.refresh,
            lambda: live.unread,
            reviewer,
            lambda policy: live.taught.card(policy, settings.accepted_risk),
            live,
        ),
        desk,
        SystemClock(),
        Council(
            EscalationPolicy(settings.escalation),
            settings.comms_contact,
            settings.public_url.rstrip("/"),
            bool(settings.smtp_host),
        ),
    )


def live_assistant(settings: Settings, teacher: Teacher, desk: Desk) -> LiveAssistant:
    """Follows the folder of policies, the question bank, what comms put in force, and the example
    questions that they teach a policy with."""
    with progress_bars() as progress:
        reporting = [progress]
        clock = SystemClock()

        def now() -> datetime:
            return clock.now().astimezone(desk.hours.zone)

        def state() -> Hashable:
            files = file_states((settings.policies, settings.questions))
            versions = desk.policy_versions.versions_in_force()
            # On a new day the review of a policy may become overdue.
            return files, versions, now().date(), desk.teaching.version()

        def build() -> Built:
            found = policies_in_force(settings.policies, desk.policy_versions.in_force(), now())
            for problem in found.unread:
                log.warning("%s", problem)
            report = reporting.pop() if reporting else _silent
            questions = desk.teaching.by_policy()
            made = assistant_of(settings, found.policies, teacher, questions, report)
            return Built(made.assistant, found.unread, made.taught)

        return LiveAssistant(build, state)


def _silent(_task: str, _done: int, _of: int) -> None:
    """Later builds draw no bar: it would stand in the middle of a server's log."""
