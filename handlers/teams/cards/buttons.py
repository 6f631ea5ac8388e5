"""The buttons under what an asker is shown."""

from desk.model.text import LONGEST_TEXT
from handlers.conversation.button_labels import (
    ADD,
    ASK_UNNAMED,
    HELPFUL,
    NOT_HELPFUL,
    THIS_ANSWERS,
    WITHDRAW,
    YES,
)
from handlers.conversation.reply_message import Offer, ReplyMessage, ask_comms_label
from handlers.teams.cards.elements import (
    Element,
    execute,
    in_menu,
    primary,
    text_input,
    unfold,
)
from handlers.teams.verbs import Verb

WHAT_TO_ADD = "What would you like to add?"
SEND = "Send"
WORDS_NEEDED = "Write something first."
LONGEST_QUESTION = 4000  # characters; the bot reads no longer question


def offers(says: ReplyMessage) -> list[Element]:
    """At most one of them stands out: asking comms, where the bot has no answer. To ask without a
    name is in the menu."""
    asking = to_comms(says)
    if Offer.CONFIRM in says.offers:
        yes = execute(YES, Verb.HELPFUL, {"question": says.question_id})
        return [primary(yes), *asking]
    if Offer.FEEDBACK in says.offers:
        return [*feedback_on(says.question_id), *asking]
    if Offer.SECTIONS in says.offers or not asking:
        return asking
    return [primary(asking[0]), *asking[1:]]


def to_comms(says: ReplyMessage, verb: Verb = Verb.COMMS) -> list[Element]:
    about = {"question": says.question_id}
    named = execute(ask_comms_label(says), verb, {**about, "offer": Offer.COMMS.name})
    unnamed = execute(ASK_UNNAMED, verb, {**about, "offer": Offer.UNNAMED.name})
    return [
        *([named] if Offer.COMMS in says.offers else []),
        *(in_menu(unnamed) if Offer.UNNAMED in says.offers else []),
    ]


def this_answers(question_id: int, number: int) -> Element:
    """Under the suggested section with this number, counted from 1."""
    return execute(THIS_ANSWERS, Verb.CONFIRM, {"question": question_id, "number": number})


def feedback_on(question_id: int) -> list[Element]:
    about = {"question": question_id}
    return [
        execute(HELPFUL, Verb.HELPFUL, about),
        execute(NOT_HELPFUL, Verb.NOT_HELPFUL, about),
    ]


def on_case(ref: str) -> list[Element]:
    return [add_to(ref), execute(WITHDRAW.format(ref=ref), Verb.WITHDRAW, {"case": ref})]


def add_to(ref: str) -> Element:
    field = text_input(
        "add",
        WHAT_TO_ADD,
        isMultiline=True,
        isRequired=True,
        errorMessage=WORDS_NEEDED,
        maxLength=LONGEST_TEXT,
    )
    return unfold(ADD.format(ref=ref), [field], execute(SEND, Verb.ADD, {"case": ref}))
