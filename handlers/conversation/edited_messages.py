"""A message that its writer changes: its flags are read as those of a new one."""

from dataclasses import dataclass

from desk.model.case import Case
from desk.model.people import Person
from desk.model.preferences import Preferences
from desk.model.question import AlreadySeen, InboundEvent, NoCase
from handlers.conversation.case_additions import CaseAdditions
from handlers.conversation.case_wording import NAME_KNOWN
from handlers.conversation.message_flags import MessageFlags
from knowledge.policy import Role


@dataclass(frozen=True, slots=True)
class Edit:
    """`notice`: a sentence for the asker about what the edit cannot change; empty without one."""

    outcome: Case | NoCase | AlreadySeen
    notice: str


def take_edit(
    edits: CaseAdditions,
    event: InboundEvent,
    message_id: str,
    flags: MessageFlags,
    chosen: Preferences,
) -> Edit:
    """`flags` are those of the changed message; `chosen` holds where it says nothing. Raises as
    CaseAdditions.edited does."""
    personal_data = flags.options(chosen).personal_data
    role = chosen.role or Role.STAFF
    outcome = edits.edited(event, message_id, flags.text, personal_data, role)
    return Edit(outcome, _notice(edits, event.person, outcome) if flags.unnamed else "")


def _notice(edits: CaseAdditions, person: Person, outcome: Case | NoCase | AlreadySeen) -> str:
    if isinstance(outcome, Case) and edits.comms_know_name(outcome.ref, person):
        return NAME_KNOWN.format(ref=outcome.ref)
    return ""
