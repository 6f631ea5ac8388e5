from dataclasses import replace

import pytest

from answer.assistant import LONGEST
from answer.hand_over import hand_over
from answer.reply import Answer, Clarify, Decline, HandOver, Help
from answer.wording import plain_text
from knowledge.bank import Intent, Need, SmallTalk
from knowledge.policy import Role
from knowledge.question import Question
from knowledge.reason import Reason
from tests.toy import LOGO, POLICY, TRAINING
from tests.toy_bot import QUESTIONS, asked, toy_assistant

BOT = toy_assistant()


def test_a_covered_question_is_answered_with_the_sentence_and_its_section() -> None:
    reply = BOT.reply(Question("may I have the logo on my blog"))
    assert isinstance(reply, Answer)
    assert reply.citations[0].quote == LOGO.text
    assert reply.citations[0].section == "1"
    assert reply.lead == "Section 1, Think twice:"
    assert reply.citations[0].force == "should not"
    assert plain_text(reply) == (
        "Section 1, Think twice:\n"
        "“Avoid use of the council logo on a blog.” (should not; section 1, Think twice)\n"
        "Toy guidance, last reviewed April 2013"
    )


def test_a_quote_is_shown_with_the_lead_in_that_gives_it_its_force() -> None:
    reply = BOT.reply(Question("is training needed"))
    assert isinstance(reply, Answer)
    shown = f"“You should:\n  • {TRAINING.text}” (should not; section 2(a), Employees)"
    assert shown in plain_text(reply)


def test_several_policies_are_told_apart_in_the_opening() -> None:
    other = replace(POLICY, name="other", title="Other rules")
    reply = toy_assistant((POLICY, other)).reply(Question("may I have the logo on my blog"))
    assert isinstance(reply, Answer)
    assert reply.lead == f"{reply.citations[0].title}, section 1, Think twice:"


@pytest.mark.parametrize("text", ["logo", "phones etc", "journalist?"])
def test_a_fragment_is_asked_what_it_means_however_sure_its_subject(text: str) -> None:
    reply = BOT.reply(Question(text))
    assert isinstance(reply, Clarify)
    assert reply.choices


def test_a_near_miss_goes_to_a_person() -> None:
    reply = BOT.reply(Question("training meeting"))
    assert isinstance(reply, HandOver)
    assert reply.reason is Reason.NEAR_MISS
    assert reply.closest


def test_weak_clauses_are_ranked_but_not_shown_with_a_hand_over() -> None:
    likely = BOT.consider(Question("training meeting"))
    weak = hand_over(Intent.NEAR, replace(likely, confidence=0.1))
    assert weak.closest == hand_over(Intent.NEAR, likely).closest
    assert weak.may_help == ()
    assert plain_text(weak) == weak.lead


def test_a_sensitive_matter_shows_contacts_and_passes_nothing_on() -> None:
    reply = BOT.reply(Question("my secret is out"))
    assert isinstance(reply, HandOver)
    assert reply.reason is Reason.SENSITIVE
    assert reply.need is Need.DATA_BREACH
    assert reply.closest == ()
    assert "HR, 01234 567890" in plain_text(reply)
    assert "Nothing you wrote has been passed on." in plain_text(reply)


def test_a_sensitive_part_wins_over_the_question_beside_it() -> None:
    reply = BOT.reply(Question("May I have the logo on my blog? And my secret is out."))
    assert isinstance(reply, HandOver)
    assert reply.reason is Reason.SENSITIVE
    assert "You can ask me your other question" in reply.lead


def test_wrongdoing_is_never_offered_to_the_communications_team() -> None:
    fraud = asked("12", "a secret journalist weather", Intent.SENSITIVE, need=Need.WRONGDOING)
    reply = toy_assistant(questions=(*QUESTIONS, fraud)).reply(
        Question("a secret about the weather and a journalist")
    )
    assert isinstance(reply, HandOver)
    assert reply.need is Need.WRONGDOING
    assert not reply.for_comms


def test_a_greeting_is_greeted() -> None:
    reply = BOT.reply(Question("hello"))
    assert isinstance(reply, Help)
    assert reply.talk is SmallTalk.GREETING
    assert reply.lead.startswith("Hello.")
    assert "Toy guidance" in plain_text(reply)


def test_another_subject_is_declined_with_the_offer_of_a_person() -> None:
    reply = BOT.reply(Question("weather"))
    assert isinstance(reply, Decline)
    assert reply.offers_person


def test_hostile_text_is_declined_and_never_echoed() -> None:
    reply = BOT.reply(Question("hello secret weather <!channel> <script>"))
    assert isinstance(reply, Decline)
    assert reply.reason is Reason.HOSTILE
    assert "<" not in plain_text(reply)


def test_a_vague_message_gets_at_most_three_choices() -> None:
    reply = BOT.reply(Question("what about it"))
    assert isinstance(reply, Clarify)
    assert 1 <= len(reply.choices) <= 3


def test_a_lower_accepted_risk_hands_over_what_a_higher_one_answers() -> None:
    question = Question("may I have the logo on my blog")
    assert isinstance(toy_assistant(accepted_risk=0.05).reply(question), Answer)
    careful = toy_assistant(accepted_risk=0.00001).reply(question)
    assert isinstance(careful, HandOver)
    assert careful.closest[0].quote == LOGO.text
    assert careful.may_help == careful.closest[:1]
    assert "This may help:" in plain_text(careful)


def test_a_named_place_is_quoted() -> None:
    reply = BOT.reply(Question("what does section 3 say?"))
    assert isinstance(reply, Answer)
    assert [citation.section for citation in reply.citations] == ["3", "3"]


def test_a_place_that_does_not_exist_is_said_to_be_missing() -> None:
    reply = BOT.reply(Question("what does section 12 say?"))
    assert isinstance(reply, Clarify)
    assert reply.reason is Reason.NO_SUCH_PLACE


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "?!", "\x00\x07", "👍"])
def test_a_message_without_words_is_no_question(text: str) -> None:
    reply = BOT.reply(Question(text))
    assert isinstance(reply, Help)
    assert reply.reason is Reason.EMPTY


def test_wrongdoing_beside_something_more_sensitive_is_not_for_comms() -> None:
    reply = BOT.reply(Question("My secret is out, help. There is some fraud in a meeting."))
    assert isinstance(reply, HandOver)
    assert reply.reason is Reason.SENSITIVE
    assert not reply.for_comms


def test_a_message_longer_than_the_bot_reads_is_said_to_be_so() -> None:
    reply = BOT.reply(Question("logo " * LONGEST))
    assert isinstance(reply, Decline)
    assert reply.reason is Reason.TOO_LONG
    assert not reply.offers_person  # nobody has read whether it reports wrongdoing


def test_control_characters_and_broken_ones_do_not_reach_the_encoder() -> None:
    BOT.reply(Question("logo\x00 \udcff blog"))
    assert BOT.index.encoders.adapted.encoded[-1] == "staff: logo  blog"  # type: ignore[attr-defined] # the toy keeps what it was given


def test_welsh_is_answered_in_welsh_and_handed_over() -> None:
    reply = BOT.reply(Question("pwy sy'n gyfrifol am hyn", Role.COUNCILLOR))
    assert isinstance(reply, HandOver)
    assert reply.reason is Reason.LANGUAGE
    assert "tîm cyfathrebu" in plain_text(reply)


def test_an_answer_opens_with_where_it_stands() -> None:
    assert POLICY.title == "Toy guidance"
    reply = BOT.reply(Question("a journalist rang"))
    assert isinstance(reply, Answer)
    assert reply.lead == "Section 2(b), Employees:"


@pytest.mark.parametrize(
    "text",
    [
        "Can I put the logo on my blog? My secret is out, help.",
        "my secret is out, help, and can I put the logo on my blog",
    ],
)
def test_an_ordinary_question_does_not_hide_a_disclosure_beside_it(text: str) -> None:
    assert BOT.reply(Question(text)).reason is Reason.SENSITIVE
