"""What the bot says to a message that asks nothing of a policy."""

from index.evidence import Evidence
from knowledge.bank import SmallTalk

HELP = (
    "Hello. Ask me about {subject} as you would ask a colleague: say what you want to do, and "
    "where. I quote the sentence that answers, with its section. What I cannot answer, the "
    "communications team can."
)
MORE = "Ask me if there is anything else about {subject}."
REPLIES = {
    SmallTalk.GREETING: (
        "Hello. Ask me about {subject} as you would ask a colleague: say what you want to do, and "
        "where."
    ),
    SmallTalk.THANKS: f"You are welcome. {MORE}",
    SmallTalk.FAREWELL: "Goodbye. Come back whenever you have a question about {subject}.",
    SmallTalk.WHO_ARE_YOU: (
        "I am a bot, not a person. I answer questions about {subject} by quoting the sentence that "
        "answers, with its section. What I cannot answer, the communications team can."
    ),
    SmallTalk.WHAT_CAN_YOU_DO: HELP.removeprefix("Hello. "),
    SmallTalk.HOW_ARE_YOU: (
        "I am well, thank you for asking. What would you like to know about {subject}?"
    ),
    SmallTalk.ACKNOWLEDGEMENT: f"All right. {MORE}",
    SmallTalk.PRAISE: f"That is kind of you. {MORE}",
    SmallTalk.COMPLAINT: (
        "I am sorry that I was no help. Try again in other words: say what you want to do, and "
        "where. If an answer was wrong, please mark it as not helpful."
    ),
    SmallTalk.APOLOGY: "No harm done. Ask me about {subject} whenever you like.",
}


def small_talk_of(evidence: Evidence) -> SmallTalk | None:
    """The likeliest kind; None where the bank knows none."""
    best = max(SmallTalk, key=lambda talk: evidence.needs[talk])
    return best if evidence.needs[best] > 0 else None


def small_talk_reply(talk: SmallTalk | None, subject: str) -> str:
    return (REPLIES[talk] if talk else HELP).format(subject=subject)
