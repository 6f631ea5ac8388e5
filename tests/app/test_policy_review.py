from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desk.model.case import Quote
from desk.model.policy_version import PolicyVersion
from desk.model.question import Outcome
from handlers.conversation.policy_changes import PolicyReviewer
from knowledge.comparison import Change
from tests.desk.council import ANN, JANE, accepted, incoming, opened
from tests.toy_policies import TEXT, PolicyToy, policy_folder
from tests.toy_service import in_folder

NEW = TEXT.replace("Never use", "You may use")


class Council:
    """The services over a folder of policies, and what comms and askers do with them."""

    def __init__(self, folder: Path) -> None:
        self.toy = PolicyToy(in_folder(folder), folder=policy_folder(folder))
        self.service = self.toy.service()
        self.desk = self.service.desk

    @property
    def reviewer(self) -> PolicyReviewer:
        assert self.service.policy_reviewer is not None
        return self.service.policy_reviewer

    @property
    def first_clause(self) -> str:
        return self.service.policies[0].clauses[0].text

    def refresh(self) -> None:
        self.service.refresh_policies()
        self.service.refresh_policies()

    def upload(self, text: str = NEW) -> PolicyVersion:
        return self.desk.policy_versions.upload("guidance", "guidance.txt", text.encode(), JANE)

    def put_in_force(self, version: PolicyVersion) -> None:
        """A minute after what happened before."""
        self.toy.clock.advance(minutes=1)
        self.desk.policy_versions.put_in_force(version.id, JANE)
        self.refresh()

    def answered(self, text: str, section: str, heading: str, quote: str = "") -> int:
        number = accepted(self.desk, incoming(ANN, text))
        cited = (Quote("guidance", section, heading, quote),)
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
    assert "You may use" in council.first_clause
    council.desk.policy_versions.return_to_folder("guidance", JANE)
    council.refresh()
    assert "Never use" in council.first_clause


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
    assert notice.asked.id == number
    assert "You may use the logo" in notice.message.text


def test_a_version_is_compared_with_the_one_that_was_in_force_before_it(council: Council) -> None:
    council.put_in_force(council.upload(NEW))
    council.answered("logo?", "1", "Logo")
    version = council.upload(NEW.replace("You may use", "You may not use"))
    council.put_in_force(version)
    (notice,) = council.reviewer.notices(version)
    assert "said: “You may use" in notice.message.text


def test_nobody_is_told_who_was_answered_from_the_new_version(council: Council) -> None:
    version = council.upload()
    council.put_in_force(version)
    council.toy.clock.advance(minutes=1)
    council.answered("logo?", "1", "Logo")
    assert council.reviewer.notices(version) == ()


def test_of_two_changes_each_asker_hears_of_their_own(council: Council) -> None:
    council.answered("before both?", "1", "Logo", "Never use the logo")
    council.put_in_force(council.upload(NEW))
    council.answered("between?", "1", "Logo", "You may use the logo")
    latest = council.upload(NEW.replace("You may", "You should"))
    council.put_in_force(latest)
    council.answered("after both?", "1", "Logo", "You should use the logo")
    (notice,) = council.reviewer.notices(latest)
    assert notice.asked.text == "between?"


def test_a_version_that_comes_back_is_compared_with_the_one_between(council: Council) -> None:
    first, second = council.upload(NEW), council.upload(NEW.replace("You may", "You should"))
    for version in (first, second, first):
        council.put_in_force(version)
        council.toy.clock.advance(minutes=1)
        council.answered(f"version {version.number}?", "1", "Logo")
    told = council.reviewer.review(first).notices
    assert [each.asked.text for each in told] == ["version 2?"]
    assert "said: “You should use" in told[0].message.text


def test_an_asker_whom_comms_answered_from_a_changed_clause_would_be_told(
    council: Council,
) -> None:
    case = opened(council.desk, ANN, "can I use the logo?")
    council.desk.casework.answer(case.ref, JANE, "No.", (Quote("guidance", "1", "Logo", ""),))
    version = council.upload()
    council.put_in_force(version)
    (notice,) = council.reviewer.notices(version)
    assert (notice.asked.asker.name, notice.asked.case_ref) == (ANN.name, case.ref)
    assert "You may use the logo" in notice.message.text


def test_who_was_answered_from_the_old_words_while_the_bot_took_up_the_new_would_be_told(
    council: Council,
) -> None:
    version = council.upload()
    council.put_in_force(version)
    council.toy.clock.advance(seconds=30)
    council.answered("old words?", "1", "Logo", "Never use the logo on a private blog.")
    council.answered("new words?", "1", "Logo", "You may use the logo on a private blog.")
    council.answered("words of both?", "1", "Logo", "the logo on a private blog.")
    told = council.reviewer.notices(version)
    assert [each.asked.text for each in told] == ["old words?"]
