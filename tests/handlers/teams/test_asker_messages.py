"""Messages of every kind that askers send: replies, edits, deletions, files, flags and thanks."""

import pytest

from desk.model import people
from desk.model.case import Case, Naming, Status, Step
from desk.model.text import LONGEST_TEXT
from handlers.conversation.case_wording import (
    ACKNOWLEDGED,
    FOLLOW_UP_KEPT,
    NAME_KNOWN,
    WITHDRAWN,
)
from handlers.teams.action_data import TOO_LONG
from handlers.teams.asker_messages import ACKNOWLEDGED_IN_A_CHAT, NOT_ADDED
from handlers.teams.bot import FILES, FORWARDED
from handlers.teams.cards.welcome import HELLO
from handlers.teams.messages import ADAPTIVE_CARD
from tests.handlers.teams.card_text import words
from tests.handlers.teams.fake_teams import Json, Person, mention
from tests.handlers.teams.in_process import ANN, JANE, SURE, UNSURE, TeamsInProcess
from tests.handlers.teams.tenant import BOT, BOT_NAME, GROUP_CHAT

IN_THREAD = Person("Ann", ANN.service_url, "19:x@thread.tacv2;messageid=5", "channel")
IN_GROUP = Person("Ann", ANN.service_url, GROUP_CHAT, "groupChat")
PICTURE = [{"contentType": "image/png", "contentUrl": "https://example.org/a.png"}]
FILE = [{"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "a.docx"}]
CARD = [{"contentType": ADAPTIVE_CARD, "content": {}}]
FORWARD = (
    '<blockquote itemtype="http://schema.skype.com/Forward"><p>training meeting</p></blockquote>'
)


def case(teams: TeamsInProcess) -> Case:
    return teams.desk.casework.show("C-1")


def answer(teams: TeamsInProcess) -> None:
    teams.desk.casework.answer("C-1", people.Person("teams:jane", "Jane"), "Yes, you may.")
    while teams.desk.delivery.deliver_due(teams.messenger):
        pass


def forwarded(own: str = "") -> list[Json]:
    return [{"contentType": "text/html", "content": f"<p>{own}</p>{FORWARD}"}]


@pytest.mark.parametrize("person", [IN_GROUP, IN_THREAD], ids=["group", "channel"])
def test_the_mention_of_the_bot_is_no_part_of_the_question(
    teams: TeamsInProcess, person: Person
) -> None:
    teams.hear(person.mentions(UNSURE))
    assert case(teams).question == UNSURE


@pytest.mark.parametrize("attachments", [PICTURE, FILE])
@pytest.mark.parametrize("person", [ANN, IN_THREAD])
def test_a_file_alone_gets_a_sentence_and_no_case(
    teams: TeamsInProcess, person: Person, attachments: list[Json]
) -> None:
    sent = person.says("", attachments=attachments)
    assert teams.texts(sent) == [FILES]
    assert teams.desk.casework.listed() == ()


@pytest.mark.parametrize("attachments", [PICTURE, FILE, CARD])
def test_words_beside_an_attachment_are_answered(
    teams: TeamsInProcess, attachments: list[Json]
) -> None:
    assert teams.hear(ANN.says(SURE, attachments=attachments)) == []
    assert teams.replies() == ["Section 1, Think twice:"]


def test_a_forwarded_message_gets_a_sentence_and_no_case(teams: TeamsInProcess) -> None:
    sent = ANN.says("meeting", attachments=forwarded())
    assert teams.texts(sent) == [FORWARDED]
    assert teams.desk.casework.listed() == ()


def test_own_words_beside_a_forwarded_message_are_answered(teams: TeamsInProcess) -> None:
    teams.hear(ANN.says(f"{SURE}\r\n\r\nmeeting", attachments=forwarded(SURE)))
    assert teams.replies() == ["Section 1, Think twice:"]


def test_a_mention_without_words_shows_what_to_ask(teams: TeamsInProcess) -> None:
    (card,) = teams.hear(IN_GROUP.mentions(""))
    assert HELLO in words(card["attachments"][0]["content"])


@pytest.mark.parametrize("typed", ["help", "my cases"])
def test_a_command_is_read_after_a_quote(teams: TeamsInProcess, typed: str) -> None:
    quoted = ANN.says(f'<quoted messageId="1700"/> {typed}')
    assert len(teams.hear(quoted)) == 1
    assert teams.replies() == []


def test_unnamed_is_read_after_a_quote_and_a_mention(teams: TeamsInProcess) -> None:
    written = f'<quoted messageId="1"/> <at>{BOT_NAME}</at>, <b>unnamed:</b> {UNSURE}'
    teams.hear(IN_GROUP.says(written, entities=[mention(BOT_NAME, BOT)]))
    assert case(teams).askers[0].naming is Naming.UNNAMED
    assert case(teams).askers[0].person.name == ""
    assert case(teams).question == UNSURE


def test_a_reply_to_a_message_about_a_case_is_about_that_case(teams: TeamsInProcess) -> None:
    question = ANN.says(UNSURE)
    teams.hear(question)
    teams.hear(ANN.says(f'<quoted messageId="{question["id"]}"/> also for volunteers?'))
    assert case(teams).events[-1].text == "also for volunteers?"
    assert len(teams.desk.casework.listed()) == 1


def test_a_reply_to_a_message_about_the_case_of_another_person_is_a_question(
    teams: TeamsInProcess,
) -> None:
    question = IN_GROUP.mentions(UNSURE)
    teams.hear(question)
    bob = Person("Bob", ANN.service_url, GROUP_CHAT, "groupChat")
    teams.hear(bob.says(f'<quoted messageId="{question["id"]}"/> {SURE}'))
    assert teams.replies() == ["Section 1, Think twice:"]


@pytest.mark.parametrize("thanks", ["thanks", "👍", "OK", "Thank you, Jane!", "that helps :)"])
def test_thanks_in_the_thread_of_an_answered_case_do_not_reopen_it(
    teams: TeamsInProcess, thanks: str
) -> None:
    teams.hear(IN_THREAD.mentions(UNSURE))
    answer(teams)
    assert teams.texts(IN_THREAD.mentions(thanks)) == [ACKNOWLEDGED.format(ref="C-1")]
    assert case(teams).status is Status.ANSWERED


def test_thanks_as_a_reply_to_the_question_do_not_reopen_it(teams: TeamsInProcess) -> None:
    question = ANN.says(UNSURE)
    teams.hear(question)
    answer(teams)
    quoted = ANN.says(f'<quoted messageId="{question["id"]}"/> thanks')
    assert teams.texts(quoted) == [ACKNOWLEDGED_IN_A_CHAT.format(ref="C-1")]
    assert case(teams).status is Status.ANSWERED


def test_more_words_in_the_thread_of_an_answered_case_reopen_it(teams: TeamsInProcess) -> None:
    teams.hear(IN_THREAD.mentions(UNSURE))
    answer(teams)
    assert teams.hear(IN_THREAD.mentions("thanks, and for volunteers?")) == []
    assert case(teams).status is Status.REOPENED


def test_words_to_somebody_else_in_the_thread_are_not_added(teams: TeamsInProcess) -> None:
    teams.hear(IN_THREAD.mentions(UNSURE))
    written = f"<at>Bob Borough</at> shall we wait? <at>{BOT_NAME}</at>"
    entities = [mention("Bob Borough", "29:bob"), mention(BOT_NAME, BOT)]
    told = teams.texts(IN_THREAD.says(written, entities=entities))
    assert told == [NOT_ADDED.format(ref="C-1")]
    assert [event.step for event in case(teams).events] == [Step.OPENED]


def test_words_for_a_case_that_are_too_long_are_refused_with_a_sentence(
    teams: TeamsInProcess,
) -> None:
    teams.hear(IN_THREAD.mentions(UNSURE))
    long = "x" * (LONGEST_TEXT + 1)
    (told,) = teams.texts(IN_THREAD.mentions(long))
    assert "at most 20,000 characters" in told
    assert teams.press(IN_THREAD, "add", case="C-1", add=long) == TOO_LONG.format(
        limit=LONGEST_TEXT
    )
    assert [event.step for event in case(teams).events] == [Step.OPENED]


def test_an_edit_is_read_as_the_message_was(teams: TeamsInProcess) -> None:
    question = IN_GROUP.mentions(f"keep: {UNSURE} for ann@example.org")
    teams.hear(question)
    at_bot = f'<quoted messageId="1"/><at>{BOT_NAME}</at>&nbsp;'
    edit = IN_GROUP.edits(question, f"{at_bot}unnamed: keep: training for ann@example.org")
    teams.hear(edit | {"entities": [mention(BOT_NAME, BOT)]})
    assert case(teams).question == "training for ann@example.org"


def test_an_edit_cannot_take_back_a_name_and_says_so(teams: TeamsInProcess) -> None:
    question = ANN.says(UNSURE)
    teams.hear(question)
    told = teams.texts(ANN.edits(question, f"unnamed: {UNSURE} on Friday"))
    assert told == [NAME_KNOWN.format(ref="C-1")]
    assert case(teams).question == f"{UNSURE} on Friday"
    assert case(teams).askers[0].naming is Naming.NAMED


def test_an_edit_of_an_unnamed_question_says_nothing_about_the_name(teams: TeamsInProcess) -> None:
    question = ANN.says(f"unnamed: {UNSURE}")
    teams.hear(question)
    assert teams.texts(ANN.edits(question, f"unnamed: {UNSURE} on Friday")) == []
    assert case(teams).question == f"{UNSURE} on Friday"


def test_an_edit_without_keep_masks_what_is_personal(teams: TeamsInProcess) -> None:
    question = ANN.says(UNSURE)
    teams.hear(question)
    teams.hear(ANN.edits(question, "training for ann@example.org"))
    assert "ann@example.org" not in case(teams).question


def test_an_edit_without_a_change_is_none(teams: TeamsInProcess) -> None:
    """Teams reports one when it adds the preview of a link."""
    question = IN_GROUP.mentions(UNSURE)
    teams.hear(question)
    before = len(teams.messenger.sent)
    for text in (question["text"], f"<p>{question['text']} </p>"):
        teams.hear(IN_GROUP.edits(question, text) | {"entities": question["entities"]})
    assert [event.step for event in case(teams).events] == [Step.OPENED]
    assert len(teams.messenger.sent) == before


def test_deleting_the_question_withdraws_it(teams: TeamsInProcess) -> None:
    question = ANN.says(UNSURE)
    teams.hear(question)
    assert teams.texts(ANN.deletes(question)) == [WITHDRAWN]
    assert case(teams).status is Status.WITHDRAWN


def test_deleting_what_was_added_later_says_that_it_stays(teams: TeamsInProcess) -> None:
    teams.hear(IN_THREAD.mentions(UNSURE))
    added = IN_THREAD.mentions("also for volunteers?")
    teams.hear(added)
    assert teams.texts(IN_THREAD.deletes(added)) == [FOLLOW_UP_KEPT.format(ref="C-1")]
    assert case(teams).status is Status.OPEN


def test_a_name_of_any_length_is_taken(teams: TeamsInProcess) -> None:
    ann = ANN.says(UNSURE)
    teams.hear(ann | {"from": ann["from"] | {"name": "A" * 500}})
    assert len(case(teams).askers[0].person.name) == 200


def test_comms_may_ask_in_their_own_channel(teams: TeamsInProcess) -> None:
    teams.hear(JANE.mentions(SURE))
    assert teams.replies() == ["Section 1, Think twice:"]
