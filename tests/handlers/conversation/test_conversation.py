import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from answer.reply import Reply
from desk.model.case import Case, Reason
from desk.model.errors import NotYours
from desk.model.people import Person
from desk.model.question import Accepted, AlreadySeen, InboundEvent, Outcome
from handlers.conversation.conversation import TRIES, Conversation
from handlers.conversation.escalation import EscalationPolicy
from knowledge.question import Question
from tests.conversations.terminal import TerminalSurface
from tests.desk.council import ANN, BOB, incoming
from tests.desk.fakes import RecordingMessenger, SharedWord


class Broken:
    def reply(self, question: Question) -> Reply:
        raise RuntimeError(question.text)


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
    with pytest.raises(NotYours, match="Only who asked"):
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
