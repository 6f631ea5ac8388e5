from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.live_assistant import Built, LiveAssistant
from app.policies import policies_in_force
from app.policy_review import DocumentReviewer, policy_in_folder
from desk.model.case import Quote
from desk.model.policy_version import PolicyVersion
from desk.model.question import Outcome
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from knowledge.comparison import Change
from tests.desk.council import ANN, JANE, accepted, incoming
from tests.desk.fakes import FakeClock
from tests.toy_bot import toy_assistant

TEXT = """Social media guidance

1. Logo

Never use the logo on a private blog.

2. Training

Training is needed before you post for the council.
"""
NEW = TEXT.replace("Never use", "You may use")
TODAY = date(2026, 12, 1)


class Council:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "policies"
        self.folder.mkdir()
        (self.folder / "guidance.txt").write_text(TEXT, encoding="utf-8")
        address = f"sqlite:///{folder / 'desk.db'}"
        self.desk: Desk = open_desk(address, Rules(), FakeClock(), EqualWordsOnly())
        self.live = LiveAssistant(self._build, self.desk.policy_versions.versions_in_force)
        self.reviewer = DocumentReviewer(
            self.desk,
            self.live,
            lambda name: policy_in_folder(self.folder, name),
            toy_assistant,
            lambda: TODAY,
            timedelta(days=30),
        )

    def _build(self) -> Built:
        uploaded = self.desk.policy_versions.in_force()
        return Built(toy_assistant(policies_in_force(self.folder, uploaded, TODAY).policies))

    def upload(self, text: str = NEW) -> PolicyVersion:
        return self.desk.policy_versions.upload("guidance", "guidance.txt", text.encode(), JANE)

    def put_in_force(self, version: PolicyVersion) -> None:
        self.desk.policy_versions.put_in_force(version.id, JANE)
        self.live.refresh()
        self.live.refresh()

    def answered(self, text: str, section: str, heading: str) -> int:
        number = accepted(self.desk, incoming(ANN, text))
        cited = (Quote("guidance", section, heading, "the quote"),)
        self.desk.intake.finish(number, Outcome.ANSWERED, "body", cited)
        return number


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    made = Council(tmp_path)
    yield made
    made.desk.close()


def test_a_review_shows_what_the_version_changes(council: Council) -> None:
    review = council.reviewer.review(council.upload())
    (change,) = review.changed
    assert (change.section, change.change) == ("1", Change.CHANGED)


def test_a_version_answers_once_it_is_in_force(council: Council) -> None:
    council.put_in_force(council.upload())
    assert "You may use" in council.live.policies[0].clauses[0].text
    council.desk.policy_versions.return_to_folder("guidance", JANE)
    council.live.refresh()
    council.live.refresh()
    assert "Never use" in council.live.policies[0].clauses[0].text


def test_a_replay_names_the_questions_that_would_be_answered_otherwise(council: Council) -> None:
    council.answered("training section 2?", "2", "Training")
    without = TEXT.split("2. Training", maxsplit=1)[0]
    replayed = council.reviewer.replay(council.upload(without), timedelta(days=30))
    assert [each.question for each in replayed] == ["training section 2?"]


def test_those_who_were_answered_from_a_changed_clause_would_be_told(council: Council) -> None:
    number = council.answered("logo?", "1", "Logo")
    council.answered("training?", "2", "Training")
    version = council.upload()
    assert council.reviewer.notices(version) == ()  # nobody is told of a draft
    council.put_in_force(version)
    (notice,) = council.reviewer.notices(version)
    assert notice.question_id == number
    assert "You may use the logo" in notice.message.text


def test_a_version_is_compared_with_the_one_that_was_in_force_before_it(council: Council) -> None:
    council.put_in_force(council.upload(NEW))
    council.answered("logo?", "1", "Logo")
    version = council.upload(NEW.replace("You may use", "You may not use"))
    council.put_in_force(version)
    (notice,) = council.reviewer.notices(version)
    assert "said: “You may use" in notice.message.text
