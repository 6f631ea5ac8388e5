"""What comms do on Teams, turn by turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.model.messages import CaseCard, CommsAnswer, Receipt
from desk.model.people import Contact
from handlers.teams.comms_actions import FIXED, NOT_ALLOWED, NOT_COMMS, USED
from tests.handlers.teams.fake_teams import Person
from tests.handlers.teams.reading import words
from tests.handlers.teams.stage import ANN, JANE, UNSURE, Stage, desk_person
from tests.handlers.teams.tenant import CHANNEL
from tests.toy_service import Toy, in_folder


@pytest.fixture
def without_comms(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(Toy(in_folder(tmp_path)).service(), allowed=frozenset({"id-Jane"}))
    yield made
    made.desk.close()


def test_a_case_is_claimed_answered_and_delivered(stage: Stage) -> None:
    stage.hear(ANN.says(UNSURE))
    claimed = stage.press(JANE, "claim", case="C-1")
    assert "claimed, with Jane" in words(claimed)
    stage.press(
        JANE, "answer", case="C-1", answer="Yes.", answerClauses="toy:2(a)", answerOthers="3; 4"
    )
    answers = [s.message for s in stage.messenger.sent if isinstance(s.message, CommsAnswer)]
    assert [quote.section for quote in answers[0].cited] == ["2(a)", "3", "4"]


def test_a_section_that_does_not_exist_is_refused_and_nothing_sent(stage: Stage) -> None:
    stage.hear(ANN.says(UNSURE))
    said = stage.press(JANE, "answer", case="C-1", answer="Yes.", answerOthers="99")
    assert "There is no section '99'" in said
    assert not stage.desk.casework.show("C-1").answers


def test_nobody_outside_the_place_of_comms_works_on_a_case(stage: Stage) -> None:
    stage.hear(ANN.says(UNSURE))
    assert stage.press(ANN, "claim", case="C-1") == NOT_COMMS


def test_the_commands_of_comms_are_questions_elsewhere(stage: Stage) -> None:
    stage.hear(ANN.says("turn on: off"))
    assert stage.desk.switches.on() == frozenset()


def test_who_is_allowed_names_the_place_of_comms(without_comms: Stage) -> None:
    without_comms.hear(ANN.says(UNSURE))
    assert without_comms.texts(JANE.mentions("Use this channel for escalations")) == [USED]
    (card,) = [s for s in without_comms.messenger.sent if isinstance(s.message, CaseCard)]
    assert card.contact.surface == "teams"
    assert CHANNEL in card.contact.address


def test_nobody_else_does(without_comms: Stage) -> None:
    eve = Person("Eve", ANN.service_url, CHANNEL, "channel")
    assert without_comms.texts(eve.mentions("use this channel for escalations")) == [NOT_ALLOWED]
    assert without_comms.desk.comms_contacts.listed() == ()


def test_comms_may_move_but_the_settings_win(stage: Stage) -> None:
    moved = Person("Jane", ANN.service_url, CHANNEL, "channel")
    assert stage.texts(moved.mentions("use this channel for escalations")) == [USED]
    boss = Stage(stage.service, allowed=frozenset({"id-Jane"}))
    elsewhere = Person("Jane", ANN.service_url, "19:other@thread.tacv2", "channel")
    assert boss.texts(elsewhere.mentions("use this channel for escalations")) == [FIXED]


def test_an_asker_on_teams_is_answered_by_comms_on_slack(tmp_path: Path) -> None:
    slack = Contact("slack", '"a channel of Slack"')
    stage = Stage(Toy(in_folder(tmp_path), comms=(slack,)).service())
    stage.hear(ANN.says(UNSURE))
    card, receipt = sorted(stage.messenger.sent, key=lambda sent: sent.contact.surface)
    assert (card.contact, type(card.message)) == (slack, CaseCard)
    assert (receipt.contact.surface, type(receipt.message)) == ("teams", Receipt)
    stage.desk.casework.answer("C-1", desk_person("slack:T/U"), "Yes.")
    stage.desk.delivery.deliver_due(stage.messenger)
    (answer,) = [s for s in stage.messenger.sent if isinstance(s.message, CommsAnswer)]
    assert answer.contact == receipt.contact
    stage.desk.close()


def test_in_a_group_chat_an_answer_names_its_case(stage: Stage) -> None:
    stage.hear(ANN.says(UNSURE))
    said = stage.texts(JANE.mentions("answer C-1: Yes,\nby all means."))
    assert said == ["Sent as the answer to C-1."]
    assert stage.desk.casework.show("C-1").answers[0].text == "Yes,\nby all means."
