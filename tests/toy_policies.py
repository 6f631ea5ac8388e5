"""A toy service whose policies lie in a folder and can be uploaded, read by the real readers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from app.live_assistant import Built, LiveAssistant, file_states
from app.policies import policies_in_force
from app.policy_review import DocumentReviewer, policy_in_folder
from desk.services.desk import Desk
from handlers.conversation.services import Bot, Council, Services, build_services
from handlers.conversation.similarity import EncoderSimilarity
from tests.toy import WordEncoder
from tests.toy_bot import toy_assistant
from tests.toy_service import CONTACT, Toy

TEXT = """Social media guidance

1. Logo

Never use the logo on a private blog.

2. Training

Training is needed before you post for the council.
"""


@dataclass
class PolicyToy(Toy):
    """`folder` of policies is made with one policy in it, "guidance"."""

    folder: Path = field(default=Path())

    def service(self) -> Services:
        desk = self.desk()
        live = live_toy(self.folder, desk, self.clock.now())
        reviewer = DocumentReviewer(
            desk,
            live,
            lambda name: policy_in_folder(self.folder, name),
            toy_assistant,
            self.clock.now,
            timedelta(days=30),
        )
        bot = Bot(
            live,
            live.policies,
            EncoderSimilarity(WordEncoder()),
            live.refresh,
            lambda: live.unread,
            reviewer,
            trial=live,
        )
        return build_services(bot, desk, self.clock, Council(self.policy, CONTACT, self.public_url))


def policy_folder(parent: Path) -> Path:
    folder = parent / "policies"
    folder.mkdir()
    (folder / "guidance.txt").write_text(TEXT, encoding="utf-8")
    return folder


def live_toy(folder: Path, desk: Desk, now: datetime) -> LiveAssistant:
    def build() -> Built:
        found = policies_in_force(folder, desk.policy_versions.in_force(), now)
        return Built(toy_assistant(found.policies), found.unread)

    return LiveAssistant(
        build, lambda: (file_states((folder,)), desk.policy_versions.versions_in_force())
    )
