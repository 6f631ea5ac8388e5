"""A whole service over the toy policy: the real conversation and desk, on a database of its own."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

from answer.assistant import Assistant
from desk.model.people import Contact
from desk.services.desk import Desk, Rules, open_desk
from handlers.conversation.escalation import EscalationPolicy
from handlers.conversation.question_actions import Answers
from handlers.conversation.services import Bot, Council, Services, build_services
from handlers.conversation.similarity import EncoderSimilarity
from knowledge.policy import Policy
from tests.desk.fakes import FakeClock
from tests.toy import POLICY, WordEncoder
from tests.toy_bot import toy_assistant

CONTACT = "Communications, 01234 567891"

SIMILARITY = EncoderSimilarity(WordEncoder())
# It keeps nothing of what it is asked, and takes a while to make.
shared_assistant = cache(toy_assistant)


@dataclass
class Toy:
    """`comms`: where cases are shown. `address` may be that of a PostgreSQL database."""

    address: str
    policy: EscalationPolicy = EscalationPolicy.AUTOMATIC
    comms: tuple[Contact, ...] = ()
    clock: FakeClock = field(default_factory=FakeClock)
    answers: Answers = field(default_factory=shared_assistant)
    public_url: str = ""
    sends_email: bool = False
    policies: tuple[Policy, ...] = (POLICY,)
    undo_within: timedelta = timedelta()

    def service(self) -> Services:
        desk = self.desk()
        trial = self.answers if isinstance(self.answers, Assistant) else None
        bot = Bot(self.answers, self.policies, SIMILARITY, trial=trial)
        council = Council(self.policy, CONTACT, self.public_url, self.sends_email)
        return build_services(bot, desk, self.clock, council)

    def desk(self) -> Desk:
        rules = Rules(comms=self.comms, undo_within=self.undo_within)
        return open_desk(self.address, rules, self.clock, SIMILARITY)


def in_folder(folder: Path) -> str:
    return f"sqlite:///{folder / 'desk.db'}"
