"""The whole bot against the faked Slack, with the real Bolt and the real SDK, in both modes."""

from handlers.conversation import case_wording
from tests.handlers.slack.council import COMMS, GENERAL
from tests.handlers.slack.fake.workspace import BOT_USER
from tests.handlers.slack.running_bot import IN_BOTH_MODES, LOGO, QUOTE, RECEIPT, UNSURE, RunningBot


@IN_BOTH_MODES
def test_a_question_in_a_direct_message_is_answered_beneath_it(
    bot: RunningBot,
) -> None:
    asked = bot.ann.say(LOGO)
    answer = bot.message(bot.ann, QUOTE)
    assert answer.thread_ts == asked.ts
    assert "section 1, Think twice" in answer.words
    assert "Toy guidance, last reviewed April 2013" in answer.words
    assert not answer.unfurls


@IN_BOTH_MODES
def test_a_question_travels_to_comms_and_back(bot: RunningBot) -> None:
    asked = bot.ann.say(UNSURE)
    assert bot.message(bot.ann, RECEIPT).thread_ts == asked.ts
    card = bot.message(bot.ben, "C-1  open", COMMS)
    bot.ben.press(card, "Answer")
    bot.modal(bot.ben)
    bot.ben.submit({"Answer": "Yes, book it with us."})
    answer = bot.message(bot.ann, case_wording.ANSWERED.format(who="Ben Evans", ref="C-1"))
    assert "Yes, book it with us." in answer.words
    assert answer.thread_ts == asked.ts
    bot.slack.wait_for(lambda: "C-1  answered" in card.words)


@IN_BOTH_MODES
def test_a_mention_is_answered_in_its_thread_and_followed_up_without_one(
    bot: RunningBot,
) -> None:
    asked = bot.ann.say(f"<@{BOT_USER}> {LOGO}", GENERAL)
    assert bot.message(bot.ben, QUOTE, GENERAL).thread_ts == asked.ts
    bot.ben.say("a word among colleagues", GENERAL, asked.ts)
    bot.ann.say(f"and the {UNSURE}?", GENERAL, asked.ts)
    receipt = bot.message(bot.ann, RECEIPT, GENERAL)
    assert case_wording.EARLIER.format(said=LOGO) in receipt.words
    assert receipt.thread_ts == asked.ts
    bot.ann.say("Also on Friday?", GENERAL, asked.ts)
    bot.message(bot.ben, "the asker added:", COMMS)
