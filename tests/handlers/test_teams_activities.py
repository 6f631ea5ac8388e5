"""The turns of the bot in botbuilder's own TestAdapter, over a real desk."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from botbuilder.core import TurnContext
from botbuilder.core.adapters import TestAdapter
from botbuilder.schema import Activity

from desk import people
from desk.case import Naming, PersonalData
from desk.desk import Desk
from desk.messages import BotReply, CaseCard, CommsAnswer, Receipt
from desk.people import Contact
from desk.preference import Preferences
from handlers.bot_says import from_body
from handlers.service import Service
from handlers.teams_address import comms_contact
from handlers.teams_app import bot_of
from handlers.teams_cards import AskerCards
from handlers.teams_case_cards import CommsCards
from handlers.teams_comms import FIXED, NOT_ALLOWED, NOT_COMMS, USED, Allowed
from handlers.teams_messenger import ADAPTIVE
from handlers.teams_quotes import Quotes
from knowledge.policy import Role
from tests.desk.fakes import RecordingMessenger
from tests.teams.fake_teams import Json, Person
from tests.teams.reading import words
from tests.teams.tenant import CHANNEL, GROUP_CHAT, TENANT
from tests.toy_service import Toy, in_folder

SURE = "may I have the logo on my blog"
UNSURE = "training meeting"
THREAD = f"{CHANNEL};messageid=17"
ANN = Person("Ann", "http://localhost/", "a:Ann")
JANE = Person("Jane", "http://localhost/", CHANNEL, "channel")
COMMS = comms_contact(CHANNEL, TENANT, "")


class Everywhere(RecordingMessenger):
    surfaces = frozenset({"teams", "slack"})


@dataclass
class Stage:
    service: Service
    allowed: frozenset[str] = frozenset()
    messenger: RecordingMessenger = field(default_factory=Everywhere)

    def __post_init__(self) -> None:
        quotes, hours = Quotes(self.service.policies, ""), self.desk.hours
        allowed = Allowed(self.allowed, everybody=False)
        cards = AskerCards(quotes, hours), CommsCards(quotes, hours)
        self.bot = bot_of(self.service, *cards, allowed)

    @property
    def desk(self) -> Desk:
        return self.service.desk

    def hear(self, activity: Json) -> list[Activity]:
        """What the bot says within the turn; the rest is delivered."""
        said = self.turn(activity)
        while self.desk.delivery.deliver_due(self.messenger):
            pass
        return said

    def turn(self, activity: Json) -> list[Activity]:
        adapter = TestAdapter()
        heard = Activity().deserialize(activity)
        heard.conversation.tenant_id = TENANT

        async def turn() -> None:
            await self.bot.on_turn(TurnContext(adapter, heard))

        asyncio.run(turn())
        said: list[Activity] = adapter.activity_buffer
        return said

    def press(self, who: Person, verb: str, **data: object) -> Any:
        """What the person who presses is shown: a line, or a card."""
        *_, response = self.hear(who.presses(verb, data))
        assert response.value.status == 200
        return response.value.body["value"]

    def texts(self, activity: Json) -> list[str]:
        return [each.text for each in self.hear(activity)]

    def replies(self) -> list[str]:
        bodies = [sent.message for sent in self.messenger.sent]
        return [from_body(each.body).lead for each in bodies if isinstance(each, BotReply)]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(Toy(in_folder(tmp_path), comms=(COMMS,)).service())
    yield made
    made.desk.close()


@pytest.fixture
def without_comms(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(Toy(in_folder(tmp_path)).service(), allowed=frozenset({"id-Jane"}))
    yield made
    made.desk.close()


def test_a_question_is_answered_through_the_outbox_alone(stage: Stage) -> None:
    assert stage.hear(ANN.says(SURE)) == []
    assert stage.replies() == ["The guidance says to avoid this:"]


def test_the_same_activity_twice_is_answered_once(stage: Stage) -> None:
    question = ANN.says(SURE)
    stage.hear(question)
    stage.hear(question)
    assert len(stage.messenger.sent) == 1


def test_equal_ids_of_two_chats_are_two_questions(stage: Stage) -> None:
    stage.hear(ANN.says(SURE, id="1"))
    stage.hear(Person("Bob", ANN.service_url, "a:Bob").says(SURE, id="1"))
    assert len(stage.messenger.sent) == 2


@pytest.mark.parametrize(("kind", "conversation"), [("groupChat", GROUP_CHAT), ("channel", THREAD)])
def test_the_mention_of_the_bot_is_no_part_of_the_question(
    stage: Stage, kind: str, conversation: str
) -> None:
    stage.hear(Person("Ann", ANN.service_url, conversation, kind).mentions(UNSURE))
    assert stage.desk.casework.show("C-1").question == UNSURE


def test_other_people_who_are_mentioned_stay_as_names(stage: Stage) -> None:
    stage.hear(ANN.says("training meeting with <at>Bob Borough</at> &amp; others"))
    assert stage.desk.casework.show("C-1").question == "training meeting with Bob Borough & others"


@pytest.mark.parametrize(
    "activity",
    [
        ANN.says(""),
        ANN.says(
            "<span></span>",
            attachments=[{"contentType": ADAPTIVE, "content": {}}],
        ),
        ANN.activity("messageReaction", reactionsAdded=[{"type": "like"}]),
        ANN.activity("conversationUpdate", membersAdded=[{"id": "29:Bob"}]),
        ANN.activity("messageUpdate", text="x", channelData={"eventType": "undeleteMessage"}),
        ANN.activity("typing"),
    ],
    ids=lambda activity: str(activity["type"]),
)
def test_what_asks_nothing_is_passed_over(stage: Stage, activity: Json) -> None:
    assert stage.hear(activity) == []
    assert stage.messenger.sent == []


def test_who_installs_the_bot_is_shown_examples_for_each_role(stage: Stage) -> None:
    (welcome,) = stage.hear(ANN.activity("installationUpdate", action="add"))
    shown = words(welcome.attachments[0].content)
    assert all(f"As a {role}" in shown for role in ("member of staff", "manager", "councillor"))


def test_who_removes_the_bot_is_left_in_peace(stage: Stage) -> None:
    assert stage.hear(ANN.activity("installationUpdate", action="remove")) == []


def test_what_somebody_chooses_holds_for_their_next_question(stage: Stage) -> None:
    stage.press(ANN, "choose", role="councillor", unnamed="true", keep="true")
    stage.hear(ANN.says("training meeting for ann@example.org"))
    case = stage.desk.casework.show("C-1")
    assert case.role is Role.COUNCILLOR
    assert case.askers[0].who.name == ""
    assert "ann@example.org" in case.question


def test_a_role_that_does_not_exist_is_refused_with_a_sentence(stage: Stage) -> None:
    assert "There is no role 'mayor'" in stage.press(ANN, "choose", role="mayor")


def test_unnamed_may_be_said_of_one_question(stage: Stage) -> None:
    stage.desk.preferences.choose(
        _person(), Preferences(naming=Naming.NAMED, personal_data=PersonalData.MASKED)
    )
    stage.hear(ANN.says(f"Unnamed: {UNSURE}"))
    assert stage.desk.casework.show("C-1").askers[0].naming is Naming.UNNAMED


def test_further_words_in_the_thread_go_to_the_same_case(stage: Stage) -> None:
    ann = Person("Ann", ANN.service_url, "19:x@thread.tacv2;messageid=5", "channel")
    stage.hear(ann.mentions(UNSURE))
    stage.hear(ann.mentions("also for volunteers?"))
    case = stage.desk.casework.show("C-1")
    assert [event.text for event in case.events][-1] == "also for volunteers?"
    assert len(stage.desk.casework.listed()) == 1


def test_somebody_elses_words_in_the_thread_are_a_question_of_their_own(stage: Stage) -> None:
    thread = "19:x@thread.tacv2;messageid=5"
    stage.hear(Person("Ann", ANN.service_url, thread, "channel").mentions(UNSURE))
    stage.hear(Person("Bob", ANN.service_url, thread, "channel").mentions(SURE))
    assert stage.replies() == ["The guidance says to avoid this:"]


def test_in_a_chat_earlier_questions_are_the_history(stage: Stage) -> None:
    stage.hear(ANN.says(SURE))
    stage.hear(ANN.says(UNSURE))
    assert stage.desk.casework.show("C-1").history == (SURE,)


def test_a_choice_is_asked_as_if_it_were_typed(stage: Stage) -> None:
    assert stage.press(ANN, "ask", text=SURE) == "Asked."
    assert stage.replies() == ["The guidance says to avoid this:"]


def test_only_the_asker_may_pass_a_question_on(stage: Stage) -> None:
    stage.hear(ANN.says(SURE))
    stranger = Person("Bob", ANN.service_url, "a:Ann")
    said = stage.press(stranger, "comms", question=1, offer="COMMS")
    assert said == "Only who asked a question may pass it on."


def test_a_verb_that_no_card_has_is_an_error_with_a_reference(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    said = stage.press(ANN, "dance")
    reference = said.split()[-1].rstrip(".")
    assert reference in caplog.text
    assert "Something went wrong on my side." in said


def test_the_words_of_a_question_that_breaks_the_bot_are_not_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stage = Stage(Toy(in_folder(tmp_path)).service())
    stage.desk.close()
    (tmp_path / "desk.db").unlink()
    (tmp_path / "desk.db").mkdir()
    (said,) = stage.turn(ANN.says("my very own words"))
    assert said.text.startswith("Something went wrong on my side.")
    assert "my very own words" not in caplog.text


def test_an_unknown_invoke_is_not_implemented(stage: Stage) -> None:
    (response,) = stage.hear(ANN.activity("invoke", name="signin/verifyState"))
    assert response.value.status == 501


def test_a_remark_is_kept_with_the_verdict(stage: Stage) -> None:
    stage.hear(ANN.says(SURE))
    follows, _ = stage.hear(ANN.presses("notHelpful", {"question": 1}))
    assert "Sorry about that." in words(follows.attachments[0].content)
    assert "Thank you" in stage.press(ANN, "remark", question=1, word="wrong section")


def test_my_cases_are_listed(stage: Stage) -> None:
    stage.hear(ANN.says(UNSURE))
    assert stage.texts(ANN.says("my cases")) == [f"C-1  open  {UNSURE}"]


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
    stage.desk.casework.answer("C-1", _person("slack:T/U"), "Yes.")
    stage.desk.delivery.deliver_due(stage.messenger)
    (answer,) = [s for s in stage.messenger.sent if isinstance(s.message, CommsAnswer)]
    assert answer.contact == receipt.contact
    stage.desk.close()


def test_clauses_are_found_by_question_and_by_word(stage: Stage) -> None:
    for typed in (SURE, "council logo"):
        query = {"parameters": [{"name": "question", "value": typed}]}
        *_, response = stage.hear(
            ANN.activity("invoke", name="composeExtension/query", value=query)
        )
        (first, *_) = response.value.body["composeExtension"]["attachments"]
        assert first["preview"]["content"]["title"] == "section 1, Think twice"
        assert "Avoid use of the council logo on a blog." in words(first["content"])


def test_a_message_is_looked_up_without_a_case(stage: Stage) -> None:
    message = {"messagePayload": {"body": {"content": f"<p>{UNSURE} &amp; more</p>"}}}
    *_, form = stage.hear(ANN.activity("invoke", name="composeExtension/fetchTask", value=message))
    shown = form.value.body["task"]["value"]["card"]["content"]
    assert shown["body"][0]["value"] == f"{UNSURE} & more"
    data = {"data": {"question": UNSURE}}
    *_, reply = stage.hear(ANN.activity("invoke", name="composeExtension/submitAction", value=data))
    assert "The policy does not say" in words(reply.value.body["task"]["value"]["card"]["content"])
    assert stage.desk.casework.listed() == ()


def _person(key: str = f"teams:{TENANT}/id-Ann") -> people.Person:
    return people.Person(key, "Somebody")
