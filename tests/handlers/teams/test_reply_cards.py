import json
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from desk.model.case import Event, Status, Step
from desk.model.hours import OfficeHours
from desk.model.messages import BotReply, CaseClosed, CaseNotice, CorrectedAnswer, MessageKind
from desk.model.people import PersonRef
from desk.model.preferences import Preferences
from handlers.conversation.button_labels import (
    ASK_COMMS,
    ASK_UNNAMED,
    DOES_THIS_ANSWER,
    HELPFUL,
    NO,
    NOT_HELPFUL,
    YES,
)
from handlers.conversation.reply_message import (
    TO_COMMS,
    Offer,
    RelatedAnswer,
    ReplyMessage,
    Voice,
    as_body,
)
from handlers.teams.cards.case_cards import CommsCards
from handlers.teams.cards.case_list import case_list
from handlers.teams.cards.elements import Element
from handlers.teams.cards.quotes import Quotes
from handlers.teams.cards.reply_cards import AskerCards
from handlers.teams.cards.welcome import comms_help, welcome
from tests.handlers.teams.card_parser import LARGEST, complaints, look_over
from tests.handlers.teams.card_text import elements, presses, titles, words
from tests.handlers.teams.cases import ANN, LOGO, NOW, TRAINING, answer, case, comms_answer, receipt
from tests.toy import POLICY

QUOTES = Quotes((POLICY,), "https://policy.example.gov.uk")
ASKER = AskerCards(QUOTES, OfficeHours())
COMMS = CommsCards(QUOTES, OfficeHours())
HOSTILE = (
    "[win](https://evil.example) **bold** <at>Everyone</at> _x_ {{DATE(2020-01-01T00:00:00Z)}}"
)
ANY = st.text(max_size=12_000) | st.text(alphabet='😀\\"é\n', max_size=12_000)


def every_card(text: str) -> Iterator[Element]:
    """One card of each kind, with this text wherever somebody may have written it."""
    says = answer(
        lead=text,
        text=text,
        choices=(text[:200],) * 3,
        related=(LOGO,),
        similar_answers=(RelatedAnswer(text, text, text),),
    )
    yield ASKER.of(BotReply(as_body(says)), NOW)
    yield ASKER.of(receipt(text, says), NOW)
    yield ASKER.of(comms_answer(text, text), NOW)
    yield ASKER.of(CorrectedAnswer(comms_answer(text, text)), NOW)
    yield ASKER.of(CaseClosed("C-12", text, text), NOW)
    yield ASKER.sorry(ReplyMessage(7, Voice.BOT, "Sorry.", offers=TO_COMMS))
    events = tuple(Event(n, Step.FOLLOWED_UP, ANN, NOW, text, ()) for n in range(30))
    for status in Status:
        shown = case(status, question=text, history=(text,) * 9, draft=text)
        yield COMMS.case(shown, NOW)
    yield COMMS.case(case(question=text, events=events, closest=(TRAINING,) * 30), NOW)
    yield COMMS.notice(CaseNotice(case(question=text), MessageKind.FOLLOW_UP, text), NOW)
    yield COMMS.with_draft(case(draft="As in 2(a).", question=text), text[:200], NOW)
    yield case_list([case(question=text)] * 40, OfficeHours(), NOW, QUOTES.address, text[:200])
    yield welcome(Preferences(), "Policy Assistant")
    yield comms_help()


def test_a_long_list_of_cases_fits_whatever_they_are_written_in() -> None:
    for text in ("😀" * 500, '\\"' * 500):
        waiting = [case(question=text, holder=PersonRef("j", text[:200]))] * 40
        listed = case_list(waiting, OfficeHours(), NOW, QUOTES.address)
        assert len(json.dumps(listed)) <= LARGEST


def text_of(card: Element) -> str:
    (seen,) = look_over([card])
    return "\n".join(seen.words)


def test_microsofts_own_parser_has_nothing_to_say_against_any_card() -> None:
    assert complaints(*every_card("May I post this?\n\nOr that?"), *every_card(HOSTILE)) == []


@settings(max_examples=25, deadline=None)
@given(ANY)
def test_no_text_makes_a_card_larger_than_teams_takes(text: str) -> None:
    for card in every_card(text):
        assert len(json.dumps(card)) <= LARGEST


def test_what_somebody_wrote_is_never_read_as_markdown() -> None:
    for card in every_card(HOSTILE):
        blocks = [each["text"] for each in elements(card) if each.get("type") == "TextBlock"]
        assert not any("evil" in text for text in blocks)


def test_each_input_has_a_label_and_each_text_wraps() -> None:
    for card in every_card("May I?"):
        for element in elements(card):
            kind = str(element.get("type", ""))
            if kind == "Input.Toggle":
                assert element["title"]
            elif kind.startswith("Input."):
                assert element["label"]
            elif kind == "TextBlock":
                assert element["wrap"]


def test_no_two_inputs_of_a_card_bear_one_name() -> None:
    for card in every_card("May I?"):
        names = [each["id"] for each in elements(card) if "id" in each]
        assert len(names) == len(set(names))


def test_an_answer_shows_its_quote_with_section_title_and_review_date() -> None:
    shown = text_of(ASKER.says(answer()))
    assert "“Avoid use of the council logo on a blog.”" in shown
    assert "section 1, Think twice" in shown
    assert "Toy guidance, last reviewed April 2013" in shown


def test_the_whole_clause_unfolds_and_its_page_opens() -> None:
    card = ASKER.says(answer())
    (show,) = [e for e in elements(card) if e.get("type") == "Action.ToggleVisibility"]
    (hidden,) = [e for e in elements(card) if e.get("id") == show["targetElements"][0]]
    assert hidden["isVisible"] is False
    assert any(run.get("highlight") for run in elements(hidden))
    (page,) = [e for e in elements(card) if e.get("type") == "Action.OpenUrl"]
    assert page["url"] == "https://policy.example.gov.uk/policies/toy#1"


def test_a_clause_that_has_changed_since_has_no_button() -> None:
    gone = Quotes((), "")
    card = AskerCards(gone, OfficeHours()).says(answer())
    assert not any(e.get("type") == "Action.ToggleVisibility" for e in elements(card))


def test_a_card_offers_exactly_what_the_bot_offers() -> None:
    assert titles(ASKER.says(answer())) == [
        HELPFUL,
        NOT_HELPFUL,
        ASK_COMMS,
        ASK_UNNAMED,
    ]
    assert titles(ASKER.says(answer(offers=()))) == []


def test_at_most_one_button_stands_out_and_to_ask_without_a_name_is_in_the_menu() -> None:
    def shown(*offers: Offer) -> tuple[list[str], list[str]]:
        buttons = ASKER.says(answer(offers=offers)).get("actions", [])
        primary = [each["title"] for each in buttons if each.get("style") == "positive"]
        return primary, [each["title"] for each in buttons if each.get("mode") == "secondary"]

    assert shown(Offer.FEEDBACK, *TO_COMMS) == ([], [ASK_UNNAMED])
    assert shown(*TO_COMMS) == ([ASK_COMMS], [ASK_UNNAMED])
    assert shown(Offer.CONFIRM, Offer.FEEDBACK, *TO_COMMS) == ([YES], [ASK_UNNAMED])
    assert shown(Offer.SECTIONS, *TO_COMMS) == ([], [ASK_UNNAMED])
    assert shown() == ([], [])


def test_the_whole_clause_unfolds_from_a_word_beside_its_place() -> None:
    card = ASKER.says(answer())
    (unfold,) = [e for e in elements(card) if e.get("title") == "Whole clause: section 1"]
    (hidden,) = [e for e in elements(card) if e.get("id") == unfold["targetElements"][0]]
    assert not hidden["isVisible"]
    assert LOGO.quote in words(hidden)


def test_an_answer_to_a_similar_question_is_confirmed_or_comms_are_asked() -> None:
    offers = (Offer.CONFIRM, Offer.FEEDBACK, *TO_COMMS)
    card = ASKER.says(answer(quotes=(), offers=offers))
    assert DOES_THIS_ANSWER in text_of(card)
    assert titles(card) == [YES, NO, ASK_UNNAMED]
    assert [each["verb"] for each in presses(card)] == ["helpful", "comms", "comms"]


def test_choices_are_buttons_that_ask() -> None:
    card = ASKER.says(answer(quotes=(), offers=(), choices=("Blogs?", "Meetings?")))
    asked = [e["data"]["text"] for e in elements(card) if e.get("verb") == "ask"]
    assert asked == ["Blogs?", "Meetings?"]


def test_nothing_is_labelled_as_made_by_a_machine() -> None:
    assert not any("AIGenerated" in json.dumps(card) for card in every_card("May I?"))
