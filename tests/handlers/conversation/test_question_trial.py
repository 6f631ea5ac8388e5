from collections.abc import Iterator
from pathlib import Path

import pytest

from answer.assessment import Measure
from desk.model.audit import Intact
from desk.model.precedent import Reviewed, cite
from desk.model.question import Outcome
from desk.services.switches import Switch
from handlers.conversation.question_trial import QuestionTrials
from handlers.conversation.services import Services
from knowledge.policy import Role
from knowledge.reason import Reason
from tests.desk.council import JANE, incoming
from tests.desk.fakes import FakeClock
from tests.toy import POLICY
from tests.toy_bot import toy_assistant
from tests.toy_service import Toy, in_folder

LOGO = "may I have the logo on my blog"
UNSURE = "who runs the training and the meeting?"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = Toy(in_folder(tmp_path), clock=FakeClock()).service()
    yield services
    services.desk.close()


def trials(services: Services) -> QuestionTrials:
    assert services.question_trials is not None
    return services.question_trials


def test_a_trial_says_what_the_conversation_would_say(services: Services) -> None:
    (trial,) = trials(services).of(LOGO)
    assert (trial.roles, trial.outcome) == (tuple(Role), Outcome.ANSWERED)
    assert trial.reason is Reason.COVERED
    (explained,) = trial.evidence
    assert explained.is_sure
    services.conversation.ask(incoming(text=LOGO))
    assert services.desk.metrics().outcomes[0] == (Outcome.ANSWERED, 1)


def test_a_trial_stores_nothing_and_opens_no_case(services: Services) -> None:
    (trial,) = trials(services).of(UNSURE)
    assert (trial.outcome, trial.reason) == (Outcome.ESCALATED, Reason.NEAR_MISS)
    desk = services.desk
    assert desk.casework.listed() == ()
    assert sum(number for _, number in desk.metrics().outcomes) == 0
    audit = desk.verify_audit()
    assert isinstance(audit, Intact)
    assert audit.entries == 0


def test_a_trial_knows_the_message_before(services: Services) -> None:
    (trial,) = trials(services).of("what about it", ("training first?",))
    assert trial.evidence[0].leans_on_earlier


def test_switches_and_published_answers_decide_as_for_an_asker(services: Services) -> None:
    desk = services.desk
    services.conversation.ask(incoming(text=UNSURE))
    desk.casework.answer("C-1", JANE, "HR do.")
    cited = (cite(POLICY, POLICY.clauses[0]),)
    review_by = services.office(JANE).today.replace(year=2040)
    desk.publishing.publish("C-1", JANE, Reviewed(UNSURE, "HR do.", cited, "HR", review_by))
    published = trials(services).of(UNSURE)[0]
    assert (published.outcome, published.reason) == (Outcome.ANSWERED, None)
    assert "HR do." in published.says.text
    desk.switches.turn_on(Switch.HAND_EVERYTHING_OVER, JANE)
    assert trials(services).of(LOGO)[0].reason is Reason.ALL_HANDED_OVER
    desk.switches.turn_on(Switch.OFF, JANE)
    assert trials(services).of(LOGO)[0].outcome is Outcome.DECLINED


def test_another_bot_can_be_tried_with_its_own_policies(services: Services) -> None:
    other = toy_assistant(questions=())
    (trial,) = trials(services).of(LOGO, bot=other)
    assert trial.evidence[0].measure is Measure.OTHER_POLICIES
