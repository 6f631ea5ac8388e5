"""The communications team at work in their channel."""

from pathlib import Path

import pytest

from desk.model.people import Person as DeskPerson
from handlers.conversation.button_labels import ADD
from handlers.conversation.case_actions import CLOSE_UNANSWERED, LABELS, CaseAction
from handlers.conversation.case_notices import NOTICES
from handlers.conversation.case_wording import ANSWERED, CLOSED_CASE
from handlers.conversation.publishing import ALSO_CORRECTED, CORRECT_PUBLISHED_TOO
from handlers.conversation.reply_message import PUBLISHED
from handlers.slack.blocks.asker_views import TEXT
from handlers.slack.blocks.case_cards import DESK_LINK
from handlers.slack.blocks.comms_views import INSERT_DRAFT, TEXT_WITH_DRAFT
from handlers.slack.blocks.reply_blocks import READ_ALL
from handlers.slack.context import NOT_COMMS
from handlers.slack.listeners.comms_actions import (
    IS_ANSWER,
    NO_TEXT,
    NOT_SENT,
    SEND_REPLY,
    SENT,
)
from tests.handlers.slack.council import COMMS, GENERAL
from tests.handlers.slack.fake import interactions
from tests.handlers.slack.fake.delivery import Kind
from tests.handlers.slack.fake.people import Person
from tests.handlers.slack.fake.screen import Message
from tests.handlers.slack.fake.state import ResponseUrl
from tests.handlers.slack.fake.workspace import BOT_USER
from tests.handlers.slack.running_bot import RECEIPT, UNSURE, RunningBot, running_bot

ANSWER, CLAIM, PUBLISH, RELEASE = (
    LABELS[action]
    for action in (CaseAction.ANSWER, CaseAction.CLAIM, CaseAction.PUBLISH, CaseAction.RELEASE)
)
DRAFT = "“You should:\n  • Not post without training.”"
IS_IT = IS_ANSWER.format(ref="C-1")
BY_BEN = ANSWERED.format(who="Ben Evans", ref="C-1")
BY_JANE = ANSWERED.format(who="Jane", ref="C-1")
JANE = DeskPerson("terminal:jane", "Jane")


def card_of_a_case(bot: RunningBot) -> Message:
    bot.ann.say(UNSURE)
    card = bot.message(bot.ben, "C-1  open", COMMS)
    bot.settle()  # so that the desk knows under which name Slack shows it
    return card


def open_answer(bot: RunningBot, card: Message) -> None:
    bot.ben.press(card, ANSWER)
    bot.modal(bot.ben)


def answer_elsewhere(bot: RunningBot, text: str) -> None:
    desk = bot.toy.desk()
    desk.casework.answer("C-1", JANE, text)
    desk.close()


def test_a_card_shows_the_case_and_stays_up_to_date(bot: RunningBot) -> None:
    card = card_of_a_case(bot)
    heading = next(block for block in card.blocks if block["type"] == "header")
    assert heading["text"]["text"] == "C-1  open, due Tuesday 24 November 10:00"
    assert "Asked by Ann Jones (staff). Reason: not in the policy." in card.words
    assert DRAFT in card.words
    bot.ben.press(card, CLAIM)
    bot.slack.wait_for(lambda: "C-1  claimed, with Ben Evans" in card.words)
    bot.ben.press(card, RELEASE)
    bot.slack.wait_for(lambda: "C-1  open" in card.words)
    assert len(bot.ben.answers(COMMS)) == 1


def test_a_card_leads_to_the_desk_where_that_has_a_public_address(tmp_path: Path) -> None:
    with running_bot(tmp_path, public_url="https://policy.example.gov.uk") as bot:
        card = card_of_a_case(bot)
        assert "https://policy.example.gov.uk/desk/cases/C-1" in str(card.blocks)
        assert DESK_LINK.format(ref="C-1") in card.words
        bot.settle()


def test_an_answer_starts_empty_and_a_button_inserts_the_draft(bot: RunningBot) -> None:
    open_answer(bot, card_of_a_case(bot))
    form = bot.modal(bot.ben)
    assert DRAFT in form.words
    field = next(block for block in form.json["blocks"] if block.get("block_id") == TEXT)
    assert "initial_value" not in field["element"]
    bot.ben.fill_in("Answer", "As the policy says:")
    bot.ben.press(form, INSERT_DRAFT)
    bot.slack.wait_for(lambda: TEXT_WITH_DRAFT in str(form.json))
    bot.ben.submit({"Quote these clauses below it": ("toy:3",)})
    answer = bot.message(bot.ann, BY_BEN)
    assert f"As the policy says:\n{DRAFT}" in answer.words
    assert "A phone is permitted in a meeting." in answer.words


def test_a_reply_below_the_card_becomes_the_answer_by_one_press(bot: RunningBot) -> None:
    card = card_of_a_case(bot)
    reply = bot.ben.say("Book it with <us> & HR.", COMMS, card.ts)
    question = bot.message(bot.ben, IS_IT, COMMS)
    assert question.only_for == bot.ben.user.id
    bot.ben.edit(reply, "Book it with us & HR.")
    bot.ben.press(question, SEND_REPLY)
    bot.message(bot.ann, "Book it with us & HR.")
    bot.message(bot.ben, SENT.format(ref="C-1"), COMMS)


def test_links_people_and_channels_in_an_answer_arrive_with_their_address(
    bot: RunningBot,
) -> None:
    card = card_of_a_case(bot)
    text = f"Read https://a.example/rules, or ask <@{bot.ann.user.id}> in <#{GENERAL}>."
    bot.ben.say(text, COMMS, card.ts)
    bot.ben.press(bot.message(bot.ben, IS_IT, COMMS), SEND_REPLY)
    answer = bot.message(bot.ann, BY_BEN)
    workspace = "https://council.slack.com"
    assert "Read https://a.example/rules, or ask Ann Jones" in answer.words.replace("\n", "")
    assert f"{workspace}/team/{bot.ann.user.id}" in answer.words
    assert f"#general ({workspace}/archives/{GENERAL}" in answer.words.replace("\n", "")
    links = [each["url"] for each in _elements(answer) if each["type"] == "link"]
    assert links[0] == "https://a.example/rules"


def test_a_word_among_colleagues_stays_among_them(bot: RunningBot) -> None:
    bot.ben.say("who knows?", COMMS, card_of_a_case(bot).ts)
    bot.ben.press(bot.message(bot.ben, IS_IT, COMMS), "No")
    bot.message(bot.ben, NOT_SENT, COMMS)
    bot.settle()
    assert "who knows?" not in "".join(each.words for each in bot.ann.answers())


def test_a_word_to_a_named_colleague_is_not_taken_for_an_answer(bot: RunningBot) -> None:
    card = card_of_a_case(bot)
    bot.ben.say(f"<@{bot.ann.user.id}> can you take this one?", COMMS, card.ts)
    bot.settle()
    assert bot.ben.answers(COMMS) == [card]


def test_a_file_below_the_card_is_no_answer(bot: RunningBot) -> None:
    bot.ben.send_file("rules.pdf", channel=COMMS, thread=card_of_a_case(bot).ts)
    bot.message(bot.ben, NO_TEXT.format(ref="C-1"), COMMS)


def test_a_colleague_who_asks_in_the_channel_of_comms_goes_on_asking(bot: RunningBot) -> None:
    asked = bot.ben.say(f"<@{BOT_USER}> {UNSURE}", COMMS)
    receipt = bot.message(bot.ben, RECEIPT, COMMS)
    assert receipt.thread_ts == asked.ts
    bot.settle()
    bot.ben.say("Also on Friday?", COMMS, asked.ts)
    bot.message(bot.ben, "the asker added:", COMMS)


def test_what_the_asker_adds_appears_below_the_card(bot: RunningBot) -> None:
    card = card_of_a_case(bot)
    asked = bot.message(bot.ann, RECEIPT)
    bot.ann.say("Also for <!channel> volunteers", "", asked.thread_ts)
    notice = bot.message(bot.ben, "the asker added:", COMMS)
    assert notice.thread_ts == card.ts
    assert "Also for @channel volunteers" in notice.words
    assert notice.live_parts == ()


def test_closing_without_an_answer_needs_a_reason_that_the_asker_sees(bot: RunningBot) -> None:
    card = card_of_a_case(bot)
    bot.ben.press(card, CLOSE_UNANSWERED)
    bot.modal(bot.ben)
    bot.ben.submit({"Reason": "HR answers this."})
    bot.message(bot.ann, CLOSED_CASE.format(ref="C-1", reason="HR answers this."))
    bot.slack.wait_for(lambda: "C-1  closed" in card.words)


def test_a_published_answer_is_found_for_the_next_asker(bot: RunningBot) -> None:
    card = card_of_a_case(bot)
    open_answer(bot, card)
    bot.ben.submit({"Answer": "Book it with us."})
    bot.slack.wait_for(lambda: "C-1  answered" in card.words)
    bot.ben.press(card, PUBLISH)
    assert "Book it with us." in str(bot.modal(bot.ben).json)
    bot.ben.submit({"Owner": "HR"})
    bot.message(bot.ben, "P-1 is published, to be reviewed by 23 November 2027.", COMMS)
    bot.ben.say(UNSURE)
    bot.message(bot.ben, PUBLISHED.format(day="23 November 2026"))


def test_a_correction_corrects_what_was_published_in_the_same_step(bot: RunningBot) -> None:
    card = card_of_a_case(bot)
    open_answer(bot, card)
    bot.ben.submit({"Answer": "Book it with us."})
    bot.slack.wait_for(lambda: "C-1  answered" in card.words)
    bot.ben.press(card, PUBLISH)
    bot.modal(bot.ben)
    bot.ben.submit({"Owner": "HR"})
    bot.settle()
    bot.ben.press(card, LABELS[CaseAction.CORRECT])
    bot.modal(bot.ben)
    too = CORRECT_PUBLISHED_TOO.format(refs="P-1")
    bot.ben.submit({"Answer": "Book it with HR.", "Published answer": (too,)})
    bot.message(bot.ben, ALSO_CORRECTED.format(refs="P-1"), COMMS)
    bot.ben.say(UNSURE)
    bot.message(bot.ben, "Book it with HR.")


def test_the_second_to_answer_is_told_so_in_the_form(bot: RunningBot) -> None:
    open_answer(bot, card_of_a_case(bot))
    answer_elsewhere(bot, "Yes.")
    bot.ben.submit({"Answer": "No."})
    assert "C-1 was already answered by Jane." in bot.modal(bot.ben).errors[TEXT]


@pytest.mark.parametrize("channel", ["", COMMS])
def test_nobody_else_acts_for_comms(bot: RunningBot, channel: str) -> None:
    """Also not from their channel, which may be public, so that others see its cards."""
    card = card_of_a_case(bot)
    press_from_outside(bot, bot.ann, channel or bot.ann.dm.id)
    bot.message(bot.ann, NOT_COMMS)
    assert "C-1  open" in card.words


def press_from_outside(bot: RunningBot, person: Person, channel: str) -> None:
    pressed = {"action_id": "claim", "block_id": "b", "type": "button", "value": "C-1"}
    where = bot.slack.workspace.channels[channel]
    forged = Message(channel, bot.slack.screen.next_ts(), BOT_USER, "")
    payload = interactions.pressed_in_message(person.user, where, forged, pressed)
    person.send(Kind.INTERACTION, payload, ResponseUrl(person.dm.id, person.user.id))


def test_an_answer_given_elsewhere_arrives_and_the_card_follows(bot: RunningBot) -> None:
    card = card_of_a_case(bot)
    answer_elsewhere(bot, "Yes.")
    bot.message(bot.ann, BY_JANE)
    bot.slack.wait_for(lambda: "C-1  answered, with Jane" in card.words)


def test_what_is_overdue_stands_below_the_card(bot: RunningBot) -> None:
    card = card_of_a_case(bot)
    bot.toy.clock.advance(days=2)
    desk = bot.toy.desk()
    desk.jobs.remind()
    desk.close()
    overdue = "and has no answer"
    assert any(overdue in sentence for sentence in NOTICES.values())
    assert bot.message(bot.ben, overdue, COMMS).thread_ts == card.ts


def test_a_long_answer_is_read_to_its_end_in_a_form(bot: RunningBot) -> None:
    card_of_a_case(bot)
    answer_elsewhere(bot, f"{'Many words. ' * 1_200}The end.")
    answer = bot.message(bot.ann, BY_JANE)
    assert "The end." not in answer.words
    bot.ann.press(answer, READ_ALL)
    assert "The end." in bot.modal(bot.ann).words


def test_the_asker_of_a_closed_case_may_add_to_it(bot: RunningBot) -> None:
    card_of_a_case(bot)
    desk = bot.toy.desk()
    desk.casework.close("C-1", JANE, "HR answers this.")
    desk.close()
    closed = bot.message(bot.ann, "HR answers this.")
    bot.ann.press(closed, ADD.format(ref="C-1"))
    bot.modal(bot.ann)
    bot.ann.submit({"What do you want to add?": "They do not."})
    bot.message(bot.ben, "C-1  reopened", COMMS)


def _elements(message: Message) -> list[dict[str, str]]:
    return [
        part
        for block in message.blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        for part in element["elements"]
    ]
