"""What an asker adds to a case, or changes in its question: comms see it at once."""

import logging
from dataclasses import dataclass

from answer.assistant import LONGEST
from answer.reply import HandOver
from desk.model.case import Case, PersonalData
from desk.model.errors import Refused
from desk.model.people import Person
from desk.model.question import AlreadySeen, InboundEvent, NoCase
from desk.services.case_edits import CaseEdits
from handlers.conversation.case_wording import NOT_FOR_COMMS
from handlers.conversation.question_actions import Answers
from knowledge.policy import Role
from knowledge.question import Question

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CaseAdditions:
    """As CaseEdits, but what may report wrongdoing at work does not reach comms: it raises Refused,
    with where to turn instead."""

    answers: Answers
    edits: CaseEdits

    def follow_up(
        self, event: InboundEvent, ref: str, text: str, personal_data: PersonalData, role: Role
    ) -> Case | AlreadySeen:
        self._check(text, role)
        return self.edits.follow_up(event, ref, text, personal_data)

    def edited(
        self,
        event: InboundEvent,
        message_id: str,
        text: str,
        personal_data: PersonalData,
        role: Role,
    ) -> Case | NoCase | AlreadySeen:
        self._check(text, role)
        return self.edits.edited(event, message_id, text, personal_data)

    def comms_know_name(self, ref: str, person: Person) -> bool:
        return self.edits.comms_know_name(ref, person)

    def _check(self, text: str, role: Role) -> None:
        """If the bot fails here, the asker must still reach a person."""
        try:
            reply = self.answers.reply(Question(text[:LONGEST], role))
        except Exception as error:  # noqa: BLE001 -- whatever breaks the bot, comms do not need it
            log.warning("Words added to a case were not read: %s", type(error).__name__)
            return
        if isinstance(reply, HandOver) and not reply.for_comms:
            raise Refused(f"{NOT_FOR_COMMS}\n{reply.lead}")
