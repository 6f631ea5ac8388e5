"""Each way in which somebody in Slack reaches the bot, and who is not answered."""

from pathlib import Path

from desk.model.people import Person
from desk.model.text import LONGEST_REMARK
from handlers.conversation.button_labels import ADD, ASK_UNNAMED, NOT_HELPFUL, REMARK
from handlers.conversation.case_wording import ANSWERED, REMARK_SAVED, SORRY, THANKS
from handlers.slack.blocks.asker_views import (
    ANSWER_COMES,
    ASK_FORM,
    ASK_POLICY,
    HOW_TO_ASK,
    KEEP,
    UNNAMED,
    YOUR_QUESTION,
)
from handlers.slack.blocks.home_view import EXAMPLES, NO_OPEN_CASES, OPEN_CASES, PURPOSE
from handlers.slack.blocks.reply_blocks import ASKED_BY, SHARE
from handlers.slack.listeners.messages import NO_OUTSIDERS
from handlers.slack.listeners.ways_to_ask import CHOSEN
from handlers.slack.questions import NO_GUESTS
from knowledge.policy import Role
from tests.handlers.slack.council import ELSEWHERE, GENERAL, GUEST, SHARED
from tests.handlers.slack.fake import interactions
from tests.handlers.slack.fake.delivery import Kind
from tests.handlers.slack.fake.refusal import Refusal
from tests.handlers.slack.fake.screen import View
from tests.handlers.slack.fake.workspace import BOT_USER
from tests.handlers.slack.running_bot import (
    LOGO,
    QUOTE,
    RECEIPT,
    UNSURE,
    RunningBot,
    running_bot,
)

JANE = Person("terminal:jane", "Jane")
ANN_AT_THE_DESK = "slack:T0COUNCIL/U0ANN"
PHONE, PHONE_ANSWER = "phone in a meeting?", "A phone is permitted"

ONLY_THE_ASKER = "Only the person who asked"


def test_a_command_is_answered_to_its_asker_alone_who_may_share_it(bot: RunningBot) -> None:
    bot.ann.command("/policy", LOGO, GENERAL)
    answer = bot.message(bot.ann, QUOTE, GENERAL)
    assert answer.only_for == bot.ann.user.id
    assert bot.ben.answers(GENERAL) == []
    bot.ann.press(answer, SHARE)
    shared = bot.message(bot.ben, QUOTE, GENERAL)
    assert ASKED_BY.format(name="Ann Jones", question=LOGO) in shared.words


def test_a_command_where_the_bot_is_not_is_answered_in_the_direct_message(
    bot: RunningBot,
) -> None:
    bot.ann.command("/policy", LOGO, ELSEWHERE)
    bot.message(bot.ann, QUOTE)


def test_the_answer_to_a_command_handed_over_comes_to_the_direct_message(
    bot: RunningBot,
) -> None:
    bot.ann.command("/policy", UNSURE, GENERAL)
    assert bot.message(bot.ann, RECEIPT, GENERAL).only_for
    desk = bot.toy.desk()
    desk.casework.answer("C-1", JANE, "Yes.")
    desk.close()
    bot.message(bot.ann, "Yes.")
    assert bot.ben.answers(GENERAL) == []


def test_the_shortcut_asks_about_somebodys_message(bot: RunningBot) -> None:
    said = bot.ben.say("I put the logo on my blog", GENERAL)
    bot.ann.shortcut("ask_about", said)
    assert "I put the logo on my blog" in bot.modal(bot.ann).words
    bot.ann.submit({"What do you want to know about it?": LOGO})
    assert bot.message(bot.ann, QUOTE, GENERAL).only_for == bot.ann.user.id


def test_the_policy_is_asked_from_anywhere_with_a_form(bot: RunningBot) -> None:
    bot.ann.global_shortcut(ASK_FORM)
    form = bot.modal(bot.ann)
    assert form.json["title"]["text"] == ASK_POLICY
    assert ANSWER_COMES in form.words
    bot.ann.submit({YOUR_QUESTION: LOGO})
    asked = bot.message(bot.ann, CHOSEN.format(choice=LOGO))
    assert bot.message(bot.ann, QUOTE).thread_ts == asked.ts
    bot.ann.say(PHONE, thread=asked.ts)
    assert bot.message(bot.ann, PHONE_ANSWER).thread_ts == asked.ts


def test_the_form_hides_the_name_and_shows_contact_details_only_if_ticked(bot: RunningBot) -> None:
    bot.ann.global_shortcut(ASK_FORM)
    bot.modal(bot.ann)
    bot.ann.submit({YOUR_QUESTION: f"{UNSURE} with ann@example.org", HOW_TO_ASK: (UNNAMED, KEEP)})
    card = bot.message(bot.ben, "C-1  open", "C0COMMS")
    assert "Asked by unnamed" in card.words
    assert "ann@example.org" in card.words


def test_the_form_offers_no_choice_that_holds_for_all_questions(bot: RunningBot) -> None:
    home = bot.home(bot.ann, PURPOSE)
    bot.ann.choose(home, "choose_naming", "unnamed")
    bot.settle()
    bot.ann.press(home, ASK_POLICY)
    assert ASK_UNNAMED not in bot.modal(bot.ann).words


def test_a_question_in_the_form_is_answered_though_slack_opens_no_conversation(
    bot: RunningBot,
) -> None:
    bot.slack.state.troubles["conversations.open"].append(Refusal("internal_error"))
    bot.ann.global_shortcut(ASK_FORM)
    bot.modal(bot.ann)
    bot.ann.submit({YOUR_QUESTION: LOGO})
    assert bot.message(bot.ann, QUOTE).thread_ts == ""


def test_an_example_in_the_home_is_asked_by_pressing_it(bot: RunningBot) -> None:
    home = bot.home(bot.ann, PURPOSE)
    bot.ann.press(home, EXAMPLES[Role.STAFF])
    asked = bot.message(bot.ann, CHOSEN.format(choice=EXAMPLES[Role.STAFF]))
    bot.slack.wait_for(lambda: [m for m in bot.ann.answers() if m.thread_ts == asked.ts])


def test_a_hand_over_leads_to_the_whole_clause_that_may_help(bot: RunningBot) -> None:
    bot.ann.say("a blog on the phone")
    receipt = bot.message(bot.ann, RECEIPT)
    bot.ann.press(receipt, "clause_0")
    assert "Toy guidance, last reviewed April 2013" in bot.modal(bot.ann).words


def test_an_opened_conversation_suggests_questions_for_the_role(bot: RunningBot) -> None:
    bot.ben.open_messages()
    bot.slack.wait_for(lambda: bot.slack.screen.prompts)
    (prompts,) = bot.slack.screen.prompts.values()
    assert prompts[0]["message"] == EXAMPLES[Role.MANAGER]
    assert len(prompts) == len(EXAMPLES)


def test_a_guest_is_told_and_not_answered(bot: RunningBot) -> None:
    guest = bot.slack.people[GUEST]
    guest.say(LOGO)
    bot.message(guest, NO_GUESTS)
    assert len(guest.answers()) == 1


def test_a_channel_with_people_from_outside_is_told_and_not_answered(bot: RunningBot) -> None:
    bot.ann.say(f"<@{BOT_USER}> {LOGO}", SHARED)
    told = bot.message(bot.ann, NO_OUTSIDERS, SHARED)
    assert told.only_for == bot.ann.user.id


def test_a_follow_up_in_a_channel_shared_meanwhile_is_left_alone(bot: RunningBot) -> None:
    asked = bot.ann.say(f"<@{BOT_USER}> {LOGO}", GENERAL)
    bot.message(bot.ann, QUOTE, GENERAL)
    bot.slack.workspace.channels[GENERAL].ext_shared = True
    bot.ann.say(PHONE, GENERAL, asked.ts)
    bot.settle()
    assert len(bot.ann.answers(GENERAL)) == 1


def test_a_council_may_answer_its_guests(tmp_path: Path) -> None:
    with running_bot(tmp_path, answer_guests=True) as bot:
        guest = bot.slack.people[GUEST]
        guest.say(f"<@{BOT_USER}> {LOGO}", SHARED)
        bot.message(guest, QUOTE, SHARED)


def test_what_is_not_said_to_it_is_left_alone(bot: RunningBot) -> None:
    said = bot.ann.say(LOGO, GENERAL)
    bot.ben.say(LOGO, GENERAL, said.ts)
    bot.ann.join(GENERAL)
    bot.ann.edit(said, f"{LOGO}?")
    bot.ann.delete(said)
    bot.ann.say(LOGO)
    bot.message(bot.ann, QUOTE)
    assert bot.ann.answers(GENERAL) == []


def test_a_mention_is_answered_once_though_slack_tells_of_it_twice(bot: RunningBot) -> None:
    asked = bot.ann.say(f"<@{BOT_USER}> {LOGO}", GENERAL)
    bot.ann.say(f"<@{BOT_USER}> {PHONE}", GENERAL, asked.ts)
    bot.message(bot.ann, PHONE_ANSWER, GENERAL)
    bot.settle()
    assert len(bot.ann.answers(GENERAL)) == 2


def test_a_choice_offered_is_asked_by_pressing_it(bot: RunningBot) -> None:
    bot.ann.say("what about it")
    offered = bot.message(bot.ann, "Could you say what you want to do?")
    chosen = next(e for b in offered.blocks if b["type"] == "actions" for e in b["elements"])
    bot.ann.press(offered, chosen["action_id"])
    bot.slack.wait_for(lambda: CHOSEN.format(choice=chosen["value"]) in offered.words)
    bot.slack.wait_for(lambda: len(bot.ann.answers()) == 2)


def test_the_whole_clause_is_shown_with_its_neighbours(bot: RunningBot) -> None:
    bot.ann.say("a journalist rang")
    answer = bot.message(bot.ann, "Tell your manager if a journalist calls.")
    bot.ann.press(answer, "clause_0")
    view = bot.modal(bot.ann)
    assert "Toy guidance, last reviewed April 2013" in view.words
    assert "Before it: Section 2(a), Employees" in view.words
    assert "After it: Section 3, Councillors in meetings" in view.words


def test_what_was_missing_is_kept_with_the_verdict(bot: RunningBot) -> None:
    bot.ann.say(LOGO)
    bot.ann.feedback(bot.message(bot.ann, QUOTE), helpful=False)
    offered = bot.message(bot.ann, SORRY)
    assert offered.only_for == bot.ann.user.id
    bot.ann.press(offered, REMARK)
    bot.modal(bot.ann)
    bot.ann.submit({REMARK: "the other logo"})
    bot.message(bot.ann, REMARK_SAVED)
    desk = bot.toy.desk()
    kept = desk.privacy.export(ANN_AT_THE_DESK, JANE)
    desk.close()
    assert "the other logo" in str(kept)


def test_a_remark_is_short_and_on_ones_own_question(bot: RunningBot) -> None:
    """Slack's client keeps to the length of the field; another sender need not."""
    bot.ann.say(LOGO)
    bot.ann.feedback(bot.message(bot.ann, QUOTE), helpful=False)
    bot.ann.press(bot.message(bot.ann, SORRY), REMARK)
    form = bot.modal(bot.ann)
    assert submit_remark(bot, form, "x" * (LONGEST_REMARK + 1)).startswith(
        "A remark may have at most"
    )
    form.user = bot.ben.user.id
    assert submit_remark(bot, form, "not mine").startswith("Only the person who asked")


def submit_remark(bot: RunningBot, form: View, text: str) -> str:
    """The sentence with which the form is refused."""
    person = bot.slack.people[form.user]
    values = {"text": {"input": {"type": "plain_text_input", "value": text}}}
    delivery = person.send(Kind.INTERACTION, interactions.submitted(person.user, form, values))
    return str(delivery.acks[-1].body["errors"]["text"])


def test_in_a_channel_too_only_the_asker_judges_an_answer(bot: RunningBot) -> None:
    bot.ann.say(f"<@{BOT_USER}> {LOGO}", GENERAL)
    answer = bot.message(bot.ben, QUOTE, GENERAL)
    bot.ben.feedback(answer, helpful=False)
    bot.message(bot.ben, ONLY_THE_ASKER, GENERAL)
    bot.ann.feedback(answer, helpful=True)
    bot.message(bot.ann, THANKS, GENERAL)


def test_in_a_private_chat_only_the_asker_judges_an_answer(bot: RunningBot) -> None:
    bot.ann.command("/policy", LOGO, GENERAL)
    answer = bot.message(bot.ann, QUOTE, GENERAL)
    answer.only_for = bot.ben.user.id  # as if somebody else could press there
    bot.ben.feedback(answer, helpful=True)
    bot.message(bot.ben, ONLY_THE_ASKER, GENERAL)


def test_the_home_says_what_it_is_for_and_takes_choices(bot: RunningBot) -> None:
    home = bot.home(bot.ann, PURPOSE)
    assert OPEN_CASES not in home.words
    bot.ann.choose(home, "choose_role", "councillor")
    home = bot.home_now(bot.ann, "My role: councillor")
    assert EXAMPLES[Role.COUNCILLOR] in home.words
    bot.ann.choose(home, "choose_personal", "kept")
    bot.settle()
    bot.ann.say("training meeting for ann@example.org")
    bot.message(bot.ann, "training meeting for ann@example.org")


def test_who_chose_to_ask_anonymously_is_not_named(bot: RunningBot) -> None:
    bot.ann.choose(bot.home(bot.ann, PURPOSE), "choose_naming", "unnamed")
    bot.settle()
    bot.ann.say(UNSURE)
    assert "Asked by unnamed" in bot.message(bot.ben, "C-1  open", "C0COMMS").words


def test_the_home_lists_ones_cases_and_for_comms_the_open_ones(bot: RunningBot) -> None:
    bot.ann.say(UNSURE)
    bot.message(bot.ann, RECEIPT)
    assert f"C-1  open  “{UNSURE}”" in bot.home(bot.ann, "C-1").words
    home = bot.home(bot.ben, OPEN_CASES)
    bot.ben.press(home, "Answer C-1")
    bot.modal(bot.ben)
    bot.ben.submit({"Answer": "Yes."})
    bot.message(bot.ann, ANSWERED.format(who="Ben Evans", ref="C-1"))
    bot.home_now(bot.ben, NO_OPEN_CASES)
    home = bot.home(bot.ann, "answered")
    bot.ann.press(home, ADD.format(ref="C-1"))
    bot.modal(bot.ann)
    bot.ann.submit({"What do you want to add?": "And on Friday?"})
    bot.home_now(bot.ann, "C-1  reopened")


def test_the_verdict_is_offered_in_the_words_of_every_surface(bot: RunningBot) -> None:
    bot.ann.say(LOGO)
    assert NOT_HELPFUL in bot.message(bot.ann, QUOTE).words
