"""What comms do on Teams, one activity after the other."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk.model.messages import CaseCard, CommsAnswer, Receipt
from desk.model.people import Contact
from handlers.conversation.publishing import ALSO_CORRECTED, NOT_A_DAY, WITHHELD
from handlers.teams.action_data import TOO_LONG
from handlers.teams.bot import FILES
from handlers.teams.cards.case_forms import LONGEST_ANSWER
from handlers.teams.cards.case_list import MOST_LISTED, NONE_WAIT
from handlers.teams.comms_actions import (
    FIXED,
    NOT_ALLOWED,
    NOT_COMMS,
    NOT_SENT,
    SHOWN,
    SHOWN_BEFORE,
    STAYS_SENT,
    USED,
)
from handlers.teams.comms_commands import SENT
from tests.handlers.teams.card_text import filled, presses, titles, words
from tests.handlers.teams.fake_teams import Json, Person, mention
from tests.handlers.teams.in_process import ANN, JANE, UNSURE, TeamsInProcess, desk_person
from tests.handlers.teams.tenant import BOT, BOT_NAME, CHANNEL
from tests.toy_service import Toy, in_folder


@pytest.fixture
def without_comms(tmp_path: Path) -> Iterator[TeamsInProcess]:
    made = TeamsInProcess(Toy(in_folder(tmp_path)).service(), allowed=frozenset({"id-Jane"}))
    yield made
    made.desk.close()


def test_a_case_is_claimed_answered_and_delivered(teams: TeamsInProcess) -> None:
    teams.hear(ANN.says(UNSURE))
    claimed = teams.press(JANE, "claim", case="C-1")
    assert "claimed, with Jane" in words(claimed)
    teams.press(
        JANE, "answer", case="C-1", answer="Yes.", answerClauses="toy:2(a)", answerOthers="3; 4"
    )
    answers = [s.message for s in teams.messenger.sent if isinstance(s.message, CommsAnswer)]
    assert [quote.section for quote in answers[0].cited] == ["2(a)", "3", "4"]


def test_a_section_that_does_not_exist_is_refused_and_nothing_sent(teams: TeamsInProcess) -> None:
    teams.hear(ANN.says(UNSURE))
    said = teams.press(JANE, "answer", case="C-1", answer="Yes.", answerOthers="99")
    assert "There is no section '99'" in said
    assert not teams.desk.casework.show("C-1").answers


def test_nobody_outside_the_place_of_comms_works_on_a_case(teams: TeamsInProcess) -> None:
    teams.hear(ANN.says(UNSURE))
    assert teams.press(ANN, "claim", case="C-1") == NOT_COMMS


def test_the_commands_of_comms_are_questions_elsewhere(teams: TeamsInProcess) -> None:
    teams.hear(ANN.says("turn on: off"))
    assert teams.desk.switches.on() == frozenset()


def listed(teams: TeamsInProcess, typed: str) -> Json:
    """The card that answers what Jane typed in the channel."""
    (reply,) = teams.hear(JANE.mentions(typed))
    card: Json = reply["attachments"][0]["content"]
    return card


def cards(teams: TeamsInProcess) -> list[str]:
    """The cases whose cards were sent to Teams."""
    to_teams = [each for each in teams.messenger.sent if each.contact.surface == "teams"]
    return [s.message.case.ref for s in to_teams if isinstance(s.message, CaseCard)]


def test_who_is_allowed_names_the_place_of_comms_and_is_shown_one_list(
    without_comms: TeamsInProcess,
) -> None:
    for number in range(30):
        without_comms.hear(ANN.says(f"{UNSURE} {number}"))
    shown = listed(without_comms, "Use this channel for escalations")
    assert USED in words(shown)
    assert "30 cases wait for an answer" in words(shown)
    assert "and 10 more, due later." in words(shown)
    assert len(presses(shown)) == MOST_LISTED
    assert cards(without_comms) == []


def test_a_case_that_changes_gets_its_card_where_the_list_was_shown(
    without_comms: TeamsInProcess,
) -> None:
    without_comms.hear(ANN.says(UNSURE))
    without_comms.hear(ANN.says("who runs the training and the meeting?"))
    listed(without_comms, "use this channel for escalations")
    assert without_comms.press(JANE, "show", case="C-1") == SHOWN.format(ref="C-1")
    assert without_comms.press(JANE, "show", case="C-1") == SHOWN_BEFORE.format(ref="C-1")
    without_comms.desk.casework.claim("C-2", desk_person())
    without_comms.press(JANE, "view", case="C-2")
    assert cards(without_comms) == ["C-1", "C-2"]


def test_cases_are_listed_on_one_card(teams: TeamsInProcess) -> None:
    assert NONE_WAIT in words(listed(teams, "cases"))
    teams.hear(ANN.says(UNSURE))
    shown = listed(teams, "Cases")
    assert "1 case waits for an answer" in words(shown)
    assert f"C-1  open  due tomorrow 10:00\n{UNSURE}" in words(shown)


def test_nobody_else_does(without_comms: TeamsInProcess) -> None:
    eve = Person("Eve", ANN.service_url, CHANNEL, "channel")
    assert without_comms.texts(eve.mentions("use this channel for escalations")) == [NOT_ALLOWED]
    assert without_comms.desk.comms_contacts.listed() == ()


def test_comms_may_move_but_the_settings_win(teams: TeamsInProcess) -> None:
    assert USED in words(listed(teams, "use this channel for escalations"))
    boss = TeamsInProcess(teams.services, allowed=frozenset({"id-Jane"}))
    elsewhere = Person("Jane", ANN.service_url, "19:other@thread.tacv2", "channel")
    assert boss.texts(elsewhere.mentions("use this channel for escalations")) == [FIXED]


def test_an_asker_on_teams_is_answered_by_comms_on_slack(tmp_path: Path) -> None:
    slack = Contact("slack", '"a channel of Slack"')
    teams = TeamsInProcess(Toy(in_folder(tmp_path), comms=(slack,)).service())
    teams.hear(ANN.says(UNSURE))
    card, receipt = sorted(teams.messenger.sent, key=lambda sent: sent.contact.surface)
    assert (card.contact, type(card.message)) == (slack, CaseCard)
    assert (receipt.contact.surface, type(receipt.message)) == ("teams", Receipt)
    teams.desk.casework.answer("C-1", desk_person("slack:T/U"), "Yes.")
    teams.desk.delivery.deliver_due(teams.messenger)
    (answer,) = [s for s in teams.messenger.sent if isinstance(s.message, CommsAnswer)]
    assert answer.contact == receipt.contact
    teams.desk.close()


def test_in_a_group_chat_an_answer_names_its_case(teams: TeamsInProcess) -> None:
    teams.hear(ANN.says(UNSURE))
    said = teams.texts(JANE.mentions("answer C-1: Yes,\nby all means."))
    assert said == ["Sent as the answer to C-1."]
    assert teams.desk.casework.show("C-1").answers[0].text == "Yes,\nby all means."


@pytest.fixture
def in_thread(teams: TeamsInProcess) -> Person:
    """Jane in the thread of the card of C-1, which Ann asked."""
    teams.hear(ANN.says(UNSURE))
    kinds = [type(sent.message) for sent in teams.messenger.sent]
    post = kinds.index(CaseCard) + 1
    return Person("Jane", ANN.service_url, f"{CHANNEL};messageid={post}", "channel")


def answers(teams: TeamsInProcess) -> list[str]:
    return [event.text for event in teams.desk.casework.show("C-1").answers]


def test_what_comms_write_in_the_thread_of_a_card_is_the_answer(
    teams: TeamsInProcess, in_thread: Person
) -> None:
    assert teams.texts(in_thread.mentions("Yes.")) == [SENT.format(ref="C-1")]
    assert answers(teams) == ["Yes."]


def test_an_answer_that_teams_delivers_twice_is_sent_once(
    teams: TeamsInProcess, in_thread: Person
) -> None:
    written = in_thread.mentions("Yes.")
    assert teams.texts(written) == [SENT.format(ref="C-1")]
    assert teams.texts(written) == []
    assert answers(teams) == ["Yes."]


def test_words_to_a_colleague_in_that_thread_are_not_sent(
    teams: TeamsInProcess, in_thread: Person
) -> None:
    written = f"<at>Bob Borough</at>, is this yours? <at>{BOT_NAME}</at>"
    entities = [mention("Bob Borough", "29:bob"), mention(BOT_NAME, BOT)]
    told = teams.texts(in_thread.says(written, entities=entities))
    assert told == [NOT_SENT.format(ref="C-1")]
    assert answers(teams) == []


def test_a_file_in_that_thread_is_not_sent(teams: TeamsInProcess, in_thread: Person) -> None:
    picture = [{"contentType": "image/png"}]
    assert teams.texts(in_thread.mentions("") | {"attachments": picture}) == [FILES]
    assert answers(teams) == []


def test_an_answer_that_is_too_long_is_refused_with_a_sentence(
    teams: TeamsInProcess, in_thread: Person
) -> None:
    refused = TOO_LONG.format(limit=LONGEST_ANSWER)
    long = "x" * (LONGEST_ANSWER + 1)
    assert teams.texts(in_thread.mentions(long)) == [refused]
    assert teams.texts(JANE.mentions(f"answer C-1: {long}")) == [refused]
    assert teams.press(in_thread, "answer", case="C-1", answer=long) == refused
    assert answers(teams) == []


def test_comms_who_change_or_delete_an_answer_are_told_that_it_stays_sent(
    teams: TeamsInProcess, in_thread: Person
) -> None:
    answer = in_thread.mentions("Yes.")
    teams.hear(answer)
    told = [STAYS_SENT.format(ref="C-1")]
    assert teams.texts(in_thread.edits(answer, "No.")) == told
    assert teams.texts(in_thread.deletes(answer)) == told
    assert answers(teams) == ["Yes."]


def test_the_draft_is_inserted_after_what_was_typed(
    teams: TeamsInProcess, in_thread: Person
) -> None:
    form = teams.press(in_thread, "insertDraft", case="C-1", answer="Dear Ann,")
    draft = teams.desk.casework.show("C-1").draft
    assert filled(form, "answer") == f"Dear Ann,\n{draft}"
    assert answers(teams) == []


def test_an_answer_without_words_is_refused(teams: TeamsInProcess, in_thread: Person) -> None:
    refused = teams.press(in_thread, "answer", case="C-1", answer=" ")
    assert refused == "An answer needs words."
    assert answers(teams) == []


def test_a_colleague_who_claims_a_case_is_not_offered_to_take_it_over(
    teams: TeamsInProcess, in_thread: Person
) -> None:
    claimed = teams.press(in_thread, "claim", case="C-1")
    assert "Unassign" in titles(claimed)
    assert not any(title.startswith("Take over") for title in titles(claimed))


def test_each_reader_of_a_claimed_case_is_offered_what_they_may_do(
    teams: TeamsInProcess, in_thread: Person
) -> None:
    teams.press(in_thread, "claim", case="C-1")
    assert "Unassign" in titles(teams.press(in_thread, "view", case="C-1"))
    omar = replace(in_thread, name="Omar")
    taking_over, *_ = titles(teams.press(omar, "view", case="C-1"))
    assert taking_over == f"Take over from {in_thread.name}"


def test_a_colleague_takes_a_case_over_by_typing(teams: TeamsInProcess, in_thread: Person) -> None:
    teams.press(in_thread, "claim", case="C-1")
    omar = replace(JANE, name="Omar")
    assert teams.texts(omar.mentions("Take over C-1")) == ["C-1 is with you now."]
    holder = teams.desk.casework.show("C-1").holder
    assert holder is not None
    assert holder.name == "Omar"


@pytest.mark.parametrize("too", ["true", "false"])
def test_a_correction_says_what_happened_to_the_published_answer(
    teams: TeamsInProcess, in_thread: Person, too: str
) -> None:
    teams.press(in_thread, "answer", case="C-1", answer="Yes.", answerClauses="toy:2(a)")
    data = {"question": UNSURE, "publish": "Yes.", "owner": "", "reviewBy": "2027-11-23"}
    assert "P-1 is published" in teams.press(in_thread, "publish", case="C-1", **data)
    correction = {"case": "C-1", "correct": "No.", "published": too}
    (told,) = teams.texts(in_thread.presses("correct", correction))
    expected = ALSO_CORRECTED if too == "true" else WITHHELD
    assert told == expected.format(refs="P-1")


@pytest.mark.parametrize("day", ["", "soon", "2027-13-01"])
def test_a_review_date_that_is_none_is_refused(
    teams: TeamsInProcess, in_thread: Person, day: str
) -> None:
    teams.press(in_thread, "answer", case="C-1", answer="Yes.", answerClauses="toy:2(a)")
    data = {"question": UNSURE, "publish": "Yes.", "reviewBy": day}
    assert teams.press(in_thread, "publish", case="C-1", **data) == NOT_A_DAY.format(text=day)


@pytest.mark.parametrize("ref", ["C-99", "nonsense", "C-" + "9" * 100, "", "C-0"])
def test_a_case_that_does_not_exist_is_refused_with_a_sentence(
    teams: TeamsInProcess, in_thread: Person, ref: str
) -> None:
    assert "Something went wrong" not in teams.press(in_thread, "claim", case=ref)
