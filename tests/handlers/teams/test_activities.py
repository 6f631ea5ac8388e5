"""What an asker does on Teams, turn by turn."""

from pathlib import Path

import pytest

from desk.model.case import Naming, PersonalData
from desk.model.preferences import Preferences
from handlers.teams.messenger import ADAPTIVE
from knowledge.policy import Role
from tests.handlers.teams.fake_teams import Json, Person
from tests.handlers.teams.reading import words
from tests.handlers.teams.stage import ANN, SURE, THREAD, UNSURE, Stage, desk_person
from tests.handlers.teams.tenant import GROUP_CHAT
from tests.toy_service import Toy, in_folder


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
        desk_person(), Preferences(naming=Naming.NAMED, personal_data=PersonalData.MASKED)
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
    assert "Sorry that this did not help." in words(follows.attachments[0].content)
    assert "Thank you" in stage.press(ANN, "remark", question=1, word="wrong section")


def test_my_cases_are_listed(stage: Stage) -> None:
    stage.hear(ANN.says(UNSURE))
    assert stage.texts(ANN.says("my cases")) == [f"C-1  open  {UNSURE}"]
