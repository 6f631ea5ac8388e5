"""What people write, change and delete in the conversation with the bot."""

import pytest

from desk.model.people import Person
from handlers.conversation.case_wording import (
    ACKNOWLEDGED,
    AS_UNNAMED,
    FOLLOW_UP_KEPT,
    NAME_KNOWN,
    NOTHING_WITHDRAWN,
    WITHDRAWN,
)
from handlers.slack.message_text import FILES_ONLY, FORWARDED, LINKS_ONLY
from tests.handlers.slack.council import COMMS, GENERAL
from tests.handlers.slack.fake.screen import Message
from tests.handlers.slack.fake.workspace import BOT_USER
from tests.handlers.slack.running_bot import LOGO, QUOTE, RECEIPT, UNSURE, RunningBot

JANE = Person("terminal:jane", "Jane")
MAIL, MASKED = "ann@example.org", "[e-mail address]"


def card(bot: RunningBot, ref: str = "C-1") -> Message:
    return bot.message(bot.ben, ref, COMMS)


def asked_and_waiting(bot: RunningBot) -> Message:
    """Ann's question, which is with comms."""
    asked = bot.ann.say(UNSURE)
    bot.message(bot.ann, RECEIPT)
    bot.settle()
    return asked


def asked_and_answered(bot: RunningBot) -> Message:
    asked = asked_and_waiting(bot)
    desk = bot.toy.desk()
    desk.casework.answer("C-1", JANE, "Book it with us.")
    desk.close()
    bot.message(bot.ann, "Book it with us.")
    bot.settle()
    return asked


@pytest.mark.parametrize(
    "written",
    [
        "unnamed: {question}",
        "  Unnamed :  {question}",
        "*unnamed:* {question}",
        "*unnamed*: {question}",
        ", unnamed: {question}",
    ],
)
def test_a_question_marked_unnamed_hides_the_name_and_the_mark(
    bot: RunningBot, written: str
) -> None:
    bot.ann.say(f"<@{BOT_USER}>{written.format(question=UNSURE)}", GENERAL)
    assert AS_UNNAMED in bot.message(bot.ann, RECEIPT, GENERAL).words
    assert f"\n{UNSURE}\nAsked by unnamed" in card(bot).words


def test_a_command_reads_the_same_marks(bot: RunningBot) -> None:
    bot.ann.command("/policy", f"unnamed, keep: {UNSURE} for {MAIL}", GENERAL)
    assert f"\n{UNSURE} for {MAIL}\nAsked by unnamed" in card(bot).words


def test_an_edited_question_is_read_as_the_first_one_was(bot: RunningBot) -> None:
    asked = bot.ann.say(f"unnamed: {UNSURE}")
    bot.message(bot.ann, RECEIPT)
    bot.settle()
    bot.ann.edit(asked, f"unnamed, keep: {UNSURE} for {MAIL}")
    bot.slack.wait_for(lambda: f"\n{UNSURE} for {MAIL}\nAsked by unnamed" in card(bot).words)
    bot.ann.edit(asked, f"unnamed: {UNSURE} for {MAIL}")
    bot.slack.wait_for(lambda: f"\n{UNSURE} for {MASKED}\nAsked by unnamed" in card(bot).words)


def test_an_edit_cannot_take_back_a_name_and_says_so(bot: RunningBot) -> None:
    bot.ann.edit(asked_and_waiting(bot), f"unnamed: {UNSURE} on Friday")
    bot.message(bot.ann, NAME_KNOWN.format(ref="C-1"))
    bot.slack.wait_for(lambda: f"\n{UNSURE} on Friday\nAsked by Ann Jones" in card(bot).words)


def test_an_edit_of_formatting_alone_is_no_edit(bot: RunningBot) -> None:
    asked = asked_and_waiting(bot)
    bot.ann.edit(asked, f" {UNSURE} ")
    bot.settle()
    assert "edited" not in card(bot).words


@pytest.mark.parametrize("words", ["Thanks!", ":+1:", "ok", "great, thank you Jane :tada:"])
def test_thanks_for_an_answer_do_not_open_the_case_again(bot: RunningBot, words: str) -> None:
    asked = asked_and_answered(bot)
    bot.ann.say(words, "", asked.ts)
    bot.message(bot.ann, ACKNOWLEDGED.format(ref="C-1"))
    bot.slack.redeliver(bot.slack.courier.sent[-1])
    bot.settle()
    assert "C-1  answered" in card(bot).words
    assert sum("You are welcome" in each.words for each in bot.ann.answers()) == 1


def test_a_further_question_opens_the_case_again(bot: RunningBot) -> None:
    asked = asked_and_answered(bot)
    bot.ann.say("Thanks, and on Friday?", "", asked.ts)
    bot.slack.wait_for(lambda: "C-1  reopened" in card(bot).words)


def test_words_to_a_colleague_in_the_thread_are_not_taken(bot: RunningBot) -> None:
    asked = bot.ann.say(f"<@{BOT_USER}> {UNSURE}", GENERAL)
    bot.message(bot.ann, RECEIPT, GENERAL)
    bot.ann.say(f"<@{bot.ben.user.id}> did you know?", GENERAL, asked.ts)
    bot.ann.say(f"<@{bot.ben.user.id}> then <@{BOT_USER}> helped me", GENERAL, asked.ts)
    bot.settle()
    assert len(bot.ann.answers(GENERAL)) == 1
    assert "did you know" not in card(bot).words


def test_words_with_a_file_are_answered_as_words(bot: RunningBot) -> None:
    bot.ann.send_file("logo.png", LOGO)
    bot.message(bot.ann, QUOTE)
    bot.ann.send_file("logo.png", f"<@{BOT_USER}> {LOGO}", GENERAL)
    bot.message(bot.ann, QUOTE, GENERAL)


def test_a_file_or_a_link_alone_is_told_what_to_do_and_opens_nothing(bot: RunningBot) -> None:
    asked = asked_and_waiting(bot)
    bot.ann.send_file("rules.pdf")
    bot.message(bot.ann, FILES_ONLY)
    bot.ann.send_file("rules.pdf", thread=asked.ts)
    bot.ann.say("https://a.example/rules")
    bot.message(bot.ann, LINKS_ONLY)
    bot.settle()
    assert sum(FILES_ONLY in each.words for each in bot.ann.answers()) == 2
    assert "followed up" not in card(bot).words
    assert len(bot.ben.answers(COMMS)) == 1


def test_a_forwarded_message_is_told_what_to_do(bot: RunningBot) -> None:
    said = bot.ben.say("We may all tweet tonight.", GENERAL)
    bot.ann.forward(said)
    bot.message(bot.ann, FORWARDED)
    bot.ann.forward(said, LOGO)
    bot.message(bot.ann, QUOTE)


def test_a_question_with_comms_that_is_deleted_is_withdrawn(bot: RunningBot) -> None:
    bot.ann.delete(asked_and_waiting(bot))
    bot.message(bot.ann, WITHDRAWN)
    bot.message(bot.ben, "C-1  withdrawn", COMMS)


def test_a_deleted_follow_up_is_said_to_be_with_comms_already(bot: RunningBot) -> None:
    asked = asked_and_waiting(bot)
    follow_up = bot.ann.say(f"Also for {MAIL}", "", asked.ts)
    bot.settle()
    bot.ann.delete(follow_up)
    bot.message(bot.ann, FOLLOW_UP_KEPT.format(ref="C-1"))
    assert f"Also for {MASKED}" in card(bot).words


def test_deleting_a_question_that_the_bot_answered_withdraws_nothing(bot: RunningBot) -> None:
    asked = bot.ann.say(LOGO)
    bot.message(bot.ann, QUOTE)
    bot.ann.delete(asked)
    bot.message(bot.ann, NOTHING_WITHDRAWN)


def test_an_edited_follow_up_reaches_comms_while_the_case_waits(bot: RunningBot) -> None:
    asked = asked_and_waiting(bot)
    follow_up = bot.ann.say("Also on Firday?", "", asked.ts)
    bot.settle()
    bot.ann.edit(follow_up, "Also on Friday?")
    bot.slack.wait_for(lambda: "Also on Friday?" in card(bot).words)
