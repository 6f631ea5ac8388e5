"""The fake takes and refuses the blocks that Slack does."""

from typing import Any

import pytest

from tests.handlers.slack.fake.block_rules import check_message, check_view
from tests.handlers.slack.fake.refusal import Json, Refusal


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "words", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str = "Claim", **more: Any) -> Json:
    return {"type": "button", "text": plain(label), **more}


def option(value: str) -> Json:
    return {"text": plain(value), "value": value}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Your answer"), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Answer"), "blocks": list(blocks), **more}


FEEDBACK: Json = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "judge",
            "positive_button": {"text": plain("👍"), "value": "yes"},
            "negative_button": {"text": plain("👎"), "value": "no"},
        }
    ],
}
MENU = {"type": "static_select", "action_id": "who", "options": [option("Ann"), option("Ben")]}
QUOTE = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": "You must."}]}],
}
FITTING = [
    section("x" * 3000),
    section(accessory=button()),
    actions(*[button(action_id=f"a{number}") for number in range(25)]),
    actions({**MENU, "initial_option": option("Ben")}),
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "4(c)"}, plain("2024")]},
    {"type": "header", "text": plain("h" * 150)},
    {"type": "markdown", "text": "**bold**"},
    {"type": "divider", "block_id": "line"},
    FEEDBACK,
    QUOTE,
]
UNFIT = {
    "text attribute cannot exceed 3000": section("x" * 3001),
    "section/text/text: unknown, empty": section(""),
    "text attribute cannot exceed 150": {"type": "header", "text": plain("h" * 151)},
    "must be plain_text": {"type": "header", "text": {"type": "mrkdwn", "text": "h"}},
    "text or fields attribute must be specified": {"type": "section"},
    "no block in a message: 'carousel'": {"type": "carousel", "elements": []},
    "section/colour: unknown": section(colour="red"),
    "missing 1 required keyword-only argument: 'elements'": {"type": "actions"},
    "cannot exceed 25 elements": actions(*[button(action_id=str(n)) for n in range(26)]),
    "cannot exceed 10 elements": {"type": "context", "elements": [plain("word")] * 11},
    "text attribute cannot exceed 75": actions(button("x" * 76)),
    "value attribute cannot exceed 2000": actions(button(value="x" * 2001)),
    "action_id attribute cannot exceed 255": actions(button(action_id="x" * 256)),
    "style attribute must be one of": actions(button(style="default")),
    "action_id used twice: claim": actions(button(action_id="claim"), button(action_id="claim")),
    "option value used twice: Ann": actions({**MENU, "options": [option("Ann"), option("Ann")]}),
    "not among the options: Eve": actions({**MENU, "initial_option": option("Eve")}),
    "options attribute cannot exceed 100": actions(
        {**MENU, "options": [option(str(n)) for n in range(101)]}
    ),
    "no place for 'feedback_buttons'": actions(*FEEDBACK["elements"]),
    "no place for 'plain_text_input'": actions({"type": "plain_text_input"}),
    "rich_text/elements/0/elements/0/text: unknown, empty": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}],
    },
    "title attribute cannot exceed 100": actions(
        button(
            confirm={
                "title": plain("x" * 101),
                "text": plain("Sure?"),
                "confirm": plain("Yes"),
                "deny": plain("No"),
            }
        )
    ),
}
TYPING = {"type": "plain_text_input", "action_id": "typed"}
UNFIT_MODALS = {
    "title must be between 1 and 24": modal(section(), title=plain("t" * 25)),
    "needs submit": modal(field(TYPING)),
    "no block in a modal: 'context_actions'": modal(FEEDBACK),
    "no block in a modal: 'markdown'": modal({"type": "markdown", "text": "words"}),
    "private_metadata cannot exceed 3000": modal(section(), private_metadata="x" * 3001),
    "101 blocks in a modal": modal(*[section()] * 101),
    "initial_value is longer than max_length 5": modal(
        field({**TYPING, "initial_value": "longer", "max_length": 5}), submit=plain("Send")
    ),
    "max_length must be from 1 to 3000": modal(
        field({**TYPING, "max_length": 3001}), submit=plain("Send")
    ),
    "must be a modal": {"type": "home", "blocks": []},
}


def why(refusal: pytest.ExceptionInfo[Refusal]) -> str:
    return "".join(refusal.value.details)


@pytest.mark.parametrize("block", FITTING, ids=lambda block: block["type"])
def test_a_fitting_block_is_shown(block: Json) -> None:
    check_message([block])


@pytest.mark.parametrize(("reason", "block"), UNFIT.items(), ids=list(UNFIT))
def test_an_unfit_block_is_refused(reason: str, block: Json) -> None:
    with pytest.raises(Refusal) as refusal:
        check_message([block])
    assert refusal.value.error == "invalid_blocks"
    assert reason in why(refusal)


@pytest.mark.parametrize(("reason", "view"), UNFIT_MODALS.items(), ids=list(UNFIT_MODALS))
def test_an_unfit_modal_is_refused(reason: str, view: Json) -> None:
    with pytest.raises(Refusal) as refusal:
        check_view(view, "modal")
    assert refusal.value.error == "invalid_arguments"
    assert reason in why(refusal)


def test_a_fitting_modal_and_home_are_shown() -> None:
    check_view(modal(field({**TYPING, "initial_value": "x" * 3000}), submit=plain("Send")), "modal")
    check_view({"type": "home", "blocks": [section()] * 100}, "home")


def test_fifty_blocks_are_shown_and_one_more_refused() -> None:
    check_message([section()] * 50)
    with pytest.raises(Refusal) as refusal:
        check_message([section()] * 51)
    assert "51 blocks in a message" in why(refusal)


def test_blocks_of_one_message_differ_in_their_ids() -> None:
    with pytest.raises(Refusal) as refusal:
        check_message([section(block_id="same"), section(block_id="same")])
    assert "block_id used twice: same" in why(refusal)


def test_a_message_of_about_thirteen_thousand_characters_is_too_long() -> None:
    check_message([section("x" * 3000)] * 4)
    with pytest.raises(Refusal, check=lambda refusal: refusal.error == "msg_blocks_too_long"):
        check_message([section("x" * 3000)] * 5)


def test_blocks_that_are_no_list_are_refused() -> None:
    with pytest.raises(Refusal, check=lambda refusal: refusal.error == "invalid_blocks_format"):
        check_message({"type": "divider"})


def test_a_view_of_more_than_a_quarter_megabyte_is_refused() -> None:
    with pytest.raises(Refusal, check=lambda refusal: refusal.error == "view_too_large"):
        check_view(modal(*[section("x" * 3000)] * 90), "modal")
