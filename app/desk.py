"""Builds the desk from the settings. It needs no encoder, so its commands start at once."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from desk.model.clock import SystemClock
from desk.model.hours import Nation, OfficeHours
from desk.model.people import Contact
from desk.services.desk import Desk, Rules, open_desk
from desk.services.digests import DigestRules
from desk.services.escalation import EqualWordsOnly, Similarity
from desk.services.privacy import Retention
from desk.services.report import Grouping
from handlers.conversation.staff_context import StaffContext
from handlers.slack import address
from handlers.slack.address import Address
from handlers.teams.address import comms_contact
from handlers.terminal.messenger import system_user
from knowledge.documents.files import read_policies
from settings import Settings


def desk_of(settings: Settings, similarity: Similarity) -> Desk:
    """The desk of the database that the settings name. Raises BadDatabase and BadHours."""
    rules = Rules(
        comms=comms(settings),
        hours=hours(settings),
        retention=retention(settings),
        close_answered_after=timedelta(days=settings.close_answered_after_days),
        digest=digest_rules(settings),
        undo_within=timedelta(seconds=settings.undo_seconds),
    )
    return open_desk(settings.database, rules, SystemClock(), similarity)


def staff_context(settings: Settings) -> StaffContext:
    """The desk in the hands of the person at this terminal. Raises BadDatabase and BadHours."""
    return StaffContext(
        desk=desk_of(settings, EqualWordsOnly()),
        by=system_user(),
        clock=SystemClock(),
        policies=lambda: read_policies(settings.policies, settings.data / "readings"),
        grouping=lambda: grouping(settings),
        public_address=settings.public_url.rstrip("/"),
    )


def comms(settings: Settings) -> tuple[Contact, ...]:
    """Where the settings say that cases are shown, whichever process changes them."""
    channel, conversation = settings.slack_comms_channel, settings.teams_comms_conversation
    slack = (address.contact(Address(channel)),) if channel else ()
    if not conversation:
        return slack
    teams = comms_contact(conversation, settings.teams_tenant, settings.teams_app_id)
    return (*slack, teams)


def hours(settings: Settings) -> OfficeHours:
    return OfficeHours(
        zone=ZoneInfo(settings.time_zone),
        nation=Nation(settings.nation),
        opens=settings.office_opens,
        closes=settings.office_closes,
        weekdays=settings.office_days,
        answer_by=settings.answer_by,
        remind_before=settings.remind_before,
        closures=settings.closed_days,
    )


def digest_rules(settings: Settings) -> DigestRules | None:
    """None where no e-mail is sent."""
    if not settings.smtp_host:
        return None
    return DigestRules(settings.comms_emails, settings.digest_at)


def retention(settings: Settings) -> Retention:
    return Retention(
        questions=timedelta(days=settings.keep_questions_days),
        cases=timedelta(days=settings.keep_cases_days),
        events=timedelta(days=settings.keep_events_days),
    )


def grouping(settings: Settings) -> Grouping:
    """What groups similar questions in a report."""
    # The encoder's libraries take seconds, and most commands of the desk group nothing.
    from app.encoders import encoders_of  # noqa: PLC0415 -- see above
    from handlers.conversation.similarity import EncoderSimilarity  # noqa: PLC0415 -- see above

    return EncoderSimilarity(encoders_of(settings).general)
