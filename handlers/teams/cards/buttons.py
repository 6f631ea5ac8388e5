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
from handlers.conversation.reply_message import TO_COMMS, Offer, ReplyMessage, ask_comms_label
from handlers.teams.cards.elements import Element, execute, text_input, unfold
from handlers.teams.verbs import Verb

WHAT_TO_ADD = "What would you like to add?"
SEND = "Send"
WORDS_NEEDED = "Write something first."
LONGEST_QUESTION = 4000  # characters; the bot reads no longer question


def offers(says: ReplyMessage) -> list[Element]:
    if Offer.CONFIRM in says.offers:
        return [execute(YES, Verb.HELPFUL, {"question": says.question_id}), *to_comms(says)]
    feedback = feedback_on(says.question_id) if Offer.FEEDBACK in says.offers else []
    return [*feedback, *to_comms(says)]


def to_comms(says: ReplyMessage, verb: Verb = Verb.COMMS) -> list[Element]:
    titles = {Offer.COMMS: ask_comms_label(says), Offer.UNNAMED: ASK_UNNAMED}
    return [
        execute(titles[offer], verb, {"question": says.question_id, "offer": offer.name})
        for offer in says.offers
        if offer in TO_COMMS
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
