"""What one process of the whole bot does in a conversation, until it is killed."""

from contextlib import suppress
from datetime import date, timedelta

from sqlalchemy import Engine, event

from answer.reply import Reply
from desk.model.case import Case, Status, Step
from desk.model.errors import Refused
from desk.model.precedent import Reviewed, cite
from desk.model.question import InboundEvent, Incoming
from handlers.conversation.question_actions import Answers
from handlers.conversation.services import Services
from knowledge.policy import Role
from knowledge.question import Question
from tests.desk.case_process import KillableMessenger, KillAfter, Run
from tests.desk.council import ANN, JANE, at_home
from tests.toy_bot import toy_assistant
from tests.toy_service import Toy

COVERED = Incoming("E1", "M1", at_home(ANN), ANN, Role.STAFF, "may I have the logo on my blog")
PUZZLING = Incoming("E2", "M2", at_home(ANN), ANN, Role.STAFF, "training meeting")


class PreparedReplies:
    """What the toy bot replies, worked out before any process forks: the libraries that search
    do not survive that once they have run."""

    def __init__(self) -> None:
        bot = toy_assistant()
        asked = (Question(each.text, each.role) for each in (COVERED, PUZZLING))
        self._replies = {question.text: bot.reply(question) for question in asked}

    def reply(self, question: Question) -> Reply:
        return self._replies[question.text]


def run_conversation(answers: Answers, run: Run) -> None:
    """Take the conversation on from wherever an earlier run left it."""
    toy, kill_after = Toy(run.address, comms=run.comms, answers=answers), KillAfter(run.moments)
    toy.clock.time += timedelta(days=run.day)
    service = toy.service()
    event.listen(Engine, "commit", kill_after.commit)
    messenger = KillableMessenger(run.sink, kill_after)
    for act in (_ask, _rescue, _answer, _follow_up, _answer_again, _correct, _publish, _doubt):
        with suppress(Refused):
            act(service)
        service.desk.delivery.deliver_due(messenger)
    service.desk.close()


def _ask(service: Services) -> None:
    service.conversation.ask(COVERED)
    service.conversation.ask(PUZZLING)


def _rescue(service: Services) -> None:
    service.desk.jobs.sweep(service.conversation.answer_again)
    service.desk.jobs.remind()
    service.desk.jobs.close_answered()


def _answer(service: Services) -> None:
    casework, case = service.desk.casework, _the_case(service)
    if not case.answers:
        casework.claim(case.ref, JANE)
        casework.answer(case.ref, JANE, "No.")


def _follow_up(service: Services) -> None:
    event = InboundEvent("E3", at_home(ANN).surface, ANN)
    service.desk.case_edits.follow_up(event, _the_case(service).ref, "And at home?")


def _answer_again(service: Services) -> None:
    case = _the_case(service)
    if len(case.answers) == 1:
        service.desk.casework.answer(case.ref, JANE, "At home: yes.")


def _correct(service: Services) -> None:
    case = _the_case(service)
    if all(event.step is not Step.CORRECTED for event in case.events):
        service.desk.casework.correct(case.ref, JANE, "At home: no.")


def _publish(service: Services) -> None:
    precedents, policy = service.desk.publishing, service.policies[0]
    if not precedents.published():
        cited = (cite(policy, policy.clauses[0]),)
        reviewed = Reviewed("Training meeting?", "No.", cited, "Comms", date(2027, 5, 1))
        precedents.publish(_the_case(service).ref, JANE, reviewed)


def _doubt(service: Services) -> None:
    """As if the policy were gone."""
    service.desk.jobs.recheck(())


def _the_case(service: Services) -> Case:
    (case,) = service.desk.casework.listed(Status)
    return case
