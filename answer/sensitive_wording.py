"""What the bot says to a message about harm, wrongdoing or distress."""

from collections.abc import Sequence

from knowledge.bank import Need

OPENINGS = {
    Need.DANGER: ("I am sorry, this sounds urgent. Please get help now, before anything else."),
    Need.SAFEGUARDING: (
        "Thank you for not keeping this to yourself. Please tell somebody today who can protect "
        "the person at risk."
    ),
    Need.BULLYING: (
        "I am sorry to hear this. Nobody should have to put up with it, or deal with it alone."
    ),
    Need.WRONGDOING: (
        "It is right to take this seriously. It is not a matter for me or for the communications "
        "team; these people can act on it and talk it through with you in confidence."
    ),
    Need.DATA_BREACH: (
        "This sounds like a personal data breach. If the data can still be seen, take it down. "
        "Acting quickly limits the harm, so please tell somebody now."
    ),
    Need.DISTRESS: (
        "I am sorry that things are so hard for you. I am only a bot, so please talk to somebody "
        "about it. You do not have to go through this alone."
    ),
    Need.PERSONAL_MATTER: (
        "I am sorry if this is worrying you. It is best talked through with a person, not with a "
        "bot."
    ),
}
CONTACTS = "You can turn to:"
NOT_PASSED_ON = "Nothing you wrote has been passed on."
ASK_THE_REST = "You can ask me your other question by itself."


def sensitive(need: Need | None, contacts: Sequence[str], *, mixed: bool) -> str:
    """`contacts` are a line each, the most urgent first. `mixed`: the message also asks something
    else, which is left unanswered."""
    return "\n".join(
        [
            OPENINGS[need or Need.PERSONAL_MATTER],
            CONTACTS,
            *(f"• {line}" for line in contacts),
            NOT_PASSED_ON,
            *([ASK_THE_REST] if mixed else []),
        ]
    )
