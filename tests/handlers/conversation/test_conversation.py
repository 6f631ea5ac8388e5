import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from answer.reply import HandOver, Reply
from desk.model.case import Case
from desk.model.errors import NotYours, Refused, TooLong
from desk.model.people import Person
from desk.model.question import Accepted, AlreadySeen, InboundEvent, Outcome, Verdict
from desk.model.text import LONGEST_REMARK
from handlers.conversation import case_wording
from handlers.conversation.conversation import TRIES, Conversation
from handlers.conversation.escalation import EscalationPolicy
from handlers.conversation.question_actions import QuestionActions
from knowledge.question import Question
from knowledge.reason import Reason
from tests.conversations.terminal import TerminalSurface
from tests.desk.council import ANN, BOB, incoming
from tests.desk.fakes import RecordingMessenger, SharedWord


class Broken:
    def reply(self, question: Question) -> Reply:
        raise RuntimeError(question.text)


@dataclass(frozen=True)
class Always:
    """A bot that has one reply."""

    said: Reply

    def reply(self, question: Question) -> Reply:  # noqa: ARG002 -- the Protocol's name
        return self.said


NEAR_MISS = HandOver((), 0.2, Reason.NEAR_MISS, "I could not find this.")
ROUTES = "Speak to the monitoring officer."


@pytest.fixture
def surface(tmp_path: Path) -> Iterator[TerminalSurface]:
    surface = TerminalSurface(tmp_path, EscalationPolicy.AUTOMATIC)
    yield surface
    surface.office.close()


def broken(whole: Conversation) -> Conversation:
    return replace(whole, answers=Broken())


def number(accepted: Accepted | AlreadySeen) -> int:
    assert isinstance(accepted, Accepted)
    return accepted.question_id


def test_a_question_that_the_platform_delivers_twice_is_answered_once(
    surface: TerminalSurface,
) -> None:
    question, messenger = incoming(ANN, "training meeting"), RecordingMessenger()
    assert isinstance(surface.services.conversation.ask(question), Accepted)
    assert isinstance(surface.services.conversation.ask(question), AlreadySeen)
    surface.office.delivery.deliver_due(messenger)
    assert len(messenger.sent) == 1


def test_a_follow_up_that_the_platform_delivers_twice_is_added_once(
    surface: TerminalSurface,
) -> None:
    surface.services.conversation.ask(incoming(ANN, "training meeting"))
    edits, event = surface.office.case_edits, InboundEvent("event", "terminal", ANN)
    assert isinstance(edits.follow_up(event, "C-1", "Soon."), Case)
    assert isinstance(edits.follow_up(event, "C-1", "Soon."), AlreadySeen)
    said = [event.text for event in surface.office.casework.show("C-1").events]
    assert said.count("Soon.") == 1


def test_nobody_passes_on_the_question_of_somebody_else(surface: TerminalSurface) -> None:
    asked = number(surface.services.conversation.ask(incoming(ANN, "secret")))
    with pytest.raises(NotYours, match="Only the person who asked"):
        surface.services.question_actions.ask_comms(asked, BOB)
    assert surface.office.casework.listed() == ()


def test_a_question_that_breaks_the_bot_is_given_up_politely_and_goes_to_comms_on_a_yes(
    surface: TerminalSurface, caplog: pytest.LogCaptureFixture
) -> None:
    bot = broken(surface.services.conversation)
    with caplog.at_level(logging.DEBUG), pytest.raises(RuntimeError):
        bot.ask(incoming(ANN, "zebra crossing"))
    for _ in range(TRIES + 1):
        surface.clock.advance(minutes=3)
        surface.office.jobs.sweep(bot.answer_again)
    messenger = RecordingMessenger()
    surface.office.delivery.deliver_due(messenger)
    assert len(messenger.sent) == 1
    assert surface.office.casework.listed() == ()
    case = replace(surface.services.question_actions, answers=Broken()).ask_comms(1, ANN)
    assert case.reason is Reason.INTERRUPTED
    assert "zebra" not in caplog.text


def test_the_words_of_a_sensitive_matter_are_in_no_list_of_gaps(surface: TerminalSurface) -> None:
    surface.services.conversation.ask(incoming(ANN, "secret"))
    end = surface.clock.now()
    surface.clock.advance(hours=1)
    report = surface.office.reports.report(end, surface.clock.now(), SharedWord())
    assert report.outcomes == ((Outcome.DECLINED, 1),)
    assert report.gaps == ()


def test_each_of_two_people_named_alike_has_their_own_cases(surface: TerminalSurface) -> None:
    surface.services.conversation.ask(incoming(ANN, "training meeting"))
    stranger = Person("terminal:other-ann", ANN.name)
    assert surface.office.intake.cases_of(stranger) == ()


def test_a_question_is_stored_before_the_bot_reads_anything(surface: TerminalSurface) -> None:
    bot = broken(surface.services.conversation)
    question = replace(incoming(ANN, "and this?"), history=("zebra crossing", "and that?"))
    assert isinstance(bot.accept(question), Accepted)


def test_one_word_that_asks_nothing_opens_no_case_by_itself(surface: TerminalSurface) -> None:
    bot = replace(surface.services.conversation, answers=Always(NEAR_MISS))
    asked = number(bot.ask(incoming(ANN, "blog")))
    assert surface.office.casework.listed() == ()
    assert case_wording.NOT_SENT in said_to(ANN, surface)
    surface.services.question_actions.ask_comms(asked, ANN)
    assert len(surface.office.casework.listed()) == 1


def test_wrongdoing_at_work_is_neither_sent_nor_offered_to_comms(
    surface: TerminalSurface,
) -> None:
    wrongdoing = replace(NEAR_MISS, reason=Reason.SENSITIVE, for_comms=False, lead=ROUTES)
    bot, actions = (
        replace(part, answers=Always(wrongdoing))
        for part in (surface.services.conversation, surface.services.question_actions)
    )
    assert isinstance(bot, Conversation)
    assert isinstance(actions, QuestionActions)
    asked = number(bot.ask(incoming(ANN, "my manager takes bribes, what do I do")))
    assert said_to(ANN, surface) == ROUTES
    with pytest.raises(Refused, match=ROUTES):
        actions.ask_comms(asked, ANN)
    with pytest.raises(Refused, match="does not deal with it"):
        actions.complain(asked, ANN)
    assert surface.office.casework.listed() == ()


def test_only_the_asker_judges_an_answer(surface: TerminalSurface) -> None:
    asked = number(surface.services.conversation.ask(incoming(ANN, "logo on my blog?")))
    actions = surface.services.question_actions
    with pytest.raises(NotYours):
        actions.judge(asked, BOB, Verdict.NOT_HELPFUL, "Nonsense.")
    assert actions.judge(asked, ANN, Verdict.HELPFUL).lead == case_wording.THANKS


def test_a_remark_has_a_limit(surface: TerminalSurface) -> None:
    asked = number(surface.services.conversation.ask(incoming(ANN, "logo on my blog?")))
    actions = surface.services.question_actions
    with pytest.raises(TooLong):
        actions.judge(asked, ANN, Verdict.NOT_HELPFUL, "x" * (LONGEST_REMARK + 1))
    said = actions.judge(asked, ANN, Verdict.NOT_HELPFUL, "x" * LONGEST_REMARK)
    assert said.lead == case_wording.REMARK_SAVED


def test_what_the_bot_says_now_is_for_the_asker_alone(surface: TerminalSurface) -> None:
    asked = number(surface.services.conversation.ask(incoming(ANN, "logo on my blog?")))
    actions = surface.services.question_actions
    assert actions.reply_now(asked, ANN).quotes
    with pytest.raises(NotYours):
        actions.reply_now(asked, BOB)


def said_to(person: Person, surface: TerminalSurface) -> str:
    messenger = RecordingMessenger()
    surface.office.delivery.deliver_due(messenger)
    (message,) = messenger.to(person.key)
    return case_wording.to_asker(message, surface.office.hours, surface.clock.now())
