"""The buttons under what an asker is shown."""

from handlers.conversation.reply_message import TO_COMMS, Offer, ReplyMessage
from handlers.teams.cards.elements import Element, execute, text_input, unfold
from handlers.teams.verbs import Verb

HELPFUL = "This helped"
NOT_HELPFUL = "Not helpful"
ASK_COMMS = "Ask the communications team"
UNNAMED = "Ask without my name"
WITHDRAW = "Withdraw {ref}"
ADD = "Add to {ref}"
WHAT_TO_ADD = "What would you like to add?"
SEND = "Send"
LONGEST_QUESTION = 4000


def offers(says: ReplyMessage) -> list[Element]:
    judged = feedback(says.question_id) if Offer.FEEDBACK in says.offers else []
    return [*judged, *to_comms(says, Verb.COMMS)]


def to_comms(says: ReplyMessage, verb: Verb) -> list[Element]:
    titles = {Offer.COMMS: ASK_COMMS, Offer.UNNAMED: UNNAMED}
    return [
        execute(titles[offer], verb, {"question": says.question_id, "offer": offer.name})
        for offer in says.offers
        if offer in TO_COMMS
    ]


def feedback(question_id: int) -> list[Element]:
    about = {"question": question_id}
    return [
        execute(HELPFUL, Verb.HELPFUL, about),
        execute(NOT_HELPFUL, Verb.NOT_HELPFUL, about),
    ]


def of_case(ref: str) -> list[Element]:
    withdraw = execute(WITHDRAW.format(ref=ref), Verb.WITHDRAW, {"case": ref})
    return [addition(ref), withdraw]


def addition(ref: str) -> Element:
    words_to_add = text_input(
        "add",
        WHAT_TO_ADD,
        isMultiline=True,
        isRequired=True,
        errorMessage="Write something first.",
        maxLength=LONGEST_QUESTION,
    )
    return unfold(ADD.format(ref=ref), [words_to_add], execute(SEND, Verb.ADD, {"case": ref}))
