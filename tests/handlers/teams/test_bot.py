"""What an asker does on Teams, one activity after the other."""

from pathlib import Path

import pytest

from desk.model.case import Naming, PersonalData
from desk.model.preferences import Preferences
from desk.model.text import LONGEST_REMARK
from handlers.conversation.case_wording import NO_CASES, REMARK_SAVED, SORRY, THANKS
from handlers.teams.action_data import NO_NUMBER, TOO_LONG
from handlers.teams.asker_actions import ASKED
from handlers.teams.cards.welcome import COMMS_HOW, HELLO
from handlers.teams.messages import ADAPTIVE_CARD
from knowledge.policy import Role
from tests.handlers.teams.card_text import words
from tests.handlers.teams.fake_teams import Json, Person
from tests.handlers.teams.in_process import ANN, JANE, SURE, UNSURE, TeamsInProcess, desk_person
from tests.handlers.teams.tenant import GROUP_CHAT
from tests.toy_service import Toy, in_folder


def test_a_question_is_answered_through_the_outbox_alone(teams: TeamsInProcess) -> None:
    assert teams.hear(ANN.says(SURE)) == []
    assert teams.replies() == ["Section 1, Think twice:"]


def test_the_same_activity_twice_is_answered_once(teams: TeamsInProcess) -> None:
    question = ANN.says(SURE)
    teams.hear(question)
    teams.hear(question)
    assert len(teams.messenger.sent) == 1


def test_equal_ids_of_two_chats_are_two_questions(teams: TeamsInProcess) -> None:
    teams.hear(ANN.says(SURE, id="1"))
    teams.hear(Person("Bob", ANN.service_url, "a:Bob").says(SURE, id="1"))
    assert len(teams.messenger.sent) == 2


@pytest.mark.parametrize(
    "activity",
    [
        ANN.says(""),
        ANN.says(
            "<span></span>",
            attachments=[{"contentType": ADAPTIVE_CARD, "content": {}}],
        ),
        ANN.says("", attachments=[{"contentType": "text/html", "content": "<p></p>"}]),
        ANN.says('<quoted messageId="1700000000000"/>'),
        ANN.activity("messageReaction", reactionsAdded=[{"type": "like"}]),
        ANN.activity("conversationUpdate", membersAdded=[{"id": "29:Bob"}]),
        ANN.activity("messageUpdate", text="x", channelData={"eventType": "undeleteMessage"}),
        ANN.activity("typing"),
    ],
    ids=lambda activity: str(activity["type"]),
)
def test_an_activity_without_words_is_passed_over(teams: TeamsInProcess, activity: Json) -> None:
    assert teams.hear(activity) == []
    assert teams.messenger.sent == []


def test_who_installs_the_bot_is_shown_examples_for_each_role(teams: TeamsInProcess) -> None:
    (welcome,) = teams.hear(ANN.activity("installationUpdate", action="add"))
    shown = words(welcome["attachments"][0]["content"])
    assert all(f"As a {role}" in shown for role in ("member of staff", "manager", "councillor"))


def test_who_removes_the_bot_is_left_in_peace(teams: TeamsInProcess) -> None:
    assert teams.hear(ANN.activity("installationUpdate", action="remove")) == []


def test_what_somebody_chooses_holds_for_their_next_question(teams: TeamsInProcess) -> None:
    teams.press(ANN, "choose", role="councillor", unnamed="true", keep="true")
    teams.hear(ANN.says("training meeting for ann@example.org"))
    case = teams.desk.casework.show("C-1")
    assert case.role is Role.COUNCILLOR
    assert case.askers[0].person.name == ""
    assert "ann@example.org" in case.question


def test_a_role_that_does_not_exist_is_refused_with_a_sentence(teams: TeamsInProcess) -> None:
    assert "There is no role 'mayor'" in teams.press(ANN, "choose", role="mayor")


def test_unnamed_may_be_said_of_one_question(teams: TeamsInProcess) -> None:
    teams.desk.preferences.choose(
        desk_person(), Preferences(naming=Naming.NAMED, personal_data=PersonalData.MASKED)
    )
    teams.hear(ANN.says(f"Unnamed: {UNSURE}"))
    assert teams.desk.casework.show("C-1").askers[0].naming is Naming.UNNAMED


def test_further_words_in_the_thread_go_to_the_same_case(teams: TeamsInProcess) -> None:
    ann = Person("Ann", ANN.service_url, "19:x@thread.tacv2;messageid=5", "channel")
    teams.hear(ann.mentions(UNSURE))
    teams.hear(ann.mentions("also for volunteers?"))
    case = teams.desk.casework.show("C-1")
    assert [event.text for event in case.events][-1] == "also for volunteers?"
    assert len(teams.desk.casework.listed()) == 1


def test_somebody_elses_words_in_the_thread_are_a_question_of_their_own(
    teams: TeamsInProcess,
) -> None:
    thread = "19:x@thread.tacv2;messageid=5"
    teams.hear(Person("Ann", ANN.service_url, thread, "channel").mentions(UNSURE))
    teams.hear(Person("Bob", ANN.service_url, thread, "channel").mentions(SURE))
    assert teams.replies() == ["Section 1, Think twice:"]


def test_a_question_that_leans_on_an_earlier_one_takes_it_to_comms(teams: TeamsInProcess) -> None:
    teams.hear(ANN.says(SURE))
    teams.hear(ANN.says("and the training meeting?"))
    assert teams.desk.casework.show("C-1").history == (SURE,)


def test_a_choice_is_asked_as_if_it_were_typed(teams: TeamsInProcess) -> None:
    assert teams.press(ANN, "ask", text=SURE) == ASKED
    assert teams.replies() == ["Section 1, Think twice:"]


def test_only_the_asker_may_pass_a_question_on(teams: TeamsInProcess) -> None:
    teams.hear(ANN.says(SURE))
    stranger = Person("Bob", ANN.service_url, "a:Ann")
    said = teams.press(stranger, "comms", question=1, offer="COMMS")
    assert said == "Only the person who asked can ask comms this question."


@pytest.mark.parametrize("place", [("a:Bob", "personal"), (GROUP_CHAT, "groupChat")])
def test_an_answer_is_rated_by_its_asker_alone(
    teams: TeamsInProcess, place: tuple[str, str]
) -> None:
    teams.hear(ANN.says(SURE))
    stranger = Person("Bob", ANN.service_url, *place)
    for verb in ("helpful", "notHelpful", "remark"):
        said = teams.press(stranger, verb, question=1, word="x")
        assert said.startswith("Only the person who asked")
    assert teams.press(ANN, "helpful", question=1) == THANKS


def test_a_remark_is_kept_with_the_verdict_and_no_longer_than_the_card_allows(
    teams: TeamsInProcess,
) -> None:
    teams.hear(ANN.says(SURE))
    (follows,) = teams.hear(ANN.presses("notHelpful", {"question": 1}))
    assert SORRY in words(follows["attachments"][0]["content"])
    assert teams.press(ANN, "remark", question=1, word="wrong section") == REMARK_SAVED
    refused = teams.press(ANN, "remark", question=1, word="x" * (LONGEST_REMARK + 1))
    assert refused == TOO_LONG.format(limit=LONGEST_REMARK)


@pytest.mark.parametrize("question", [None, "1", -1, 0, 1.5, 10**30, [1], {"a": 1}])
def test_a_button_without_a_question_is_refused_with_a_sentence(
    teams: TeamsInProcess, question: object
) -> None:
    assert teams.press(ANN, "comms", question=question, offer="COMMS") == NO_NUMBER


def test_a_verb_that_no_card_has_is_an_error_with_a_reference(
    teams: TeamsInProcess, caplog: pytest.LogCaptureFixture
) -> None:
    said = teams.press(ANN, "dance")
    assert said.split()[-1].rstrip(".") in caplog.text


def test_a_failure_before_anything_is_stored_is_told_and_not_logged_in_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    teams = TeamsInProcess(Toy(in_folder(tmp_path)).service())
    teams.desk.close()
    (tmp_path / "desk.db").unlink()
    (tmp_path / "desk.db").mkdir()
    handled = teams.handle(ANN.says("my very own words"))
    assert handled.is_lost
    assert handled.reply is not None
    assert handled.reply["text"].startswith("Something went wrong.")
    assert "my very own words" not in caplog.text


def test_an_unknown_invoke_has_no_answer(teams: TeamsInProcess) -> None:
    assert teams.handle(ANN.activity("invoke", name="signin/verifyState")).body is None


def test_my_cases_are_listed(teams: TeamsInProcess) -> None:
    assert teams.texts(ANN.says("my cases")) == [NO_CASES]
    teams.hear(ANN.says(UNSURE))
    assert teams.texts(ANN.says("my cases")) == [f"C-1  open  {UNSURE}"]


@pytest.mark.parametrize("typed", ["help", "Help.", "settings"])
def test_help_shows_examples(teams: TeamsInProcess, typed: str) -> None:
    (card,) = teams.hear(ANN.says(typed))
    assert HELLO in words(card["attachments"][0]["content"])


def test_help_in_the_channel_of_comms_is_for_comms(teams: TeamsInProcess) -> None:
    (card,) = teams.hear(JANE.mentions("help"))
    shown = words(card["attachments"][0]["content"])
    assert COMMS_HOW in shown
    assert HELLO not in shown
