"""What the page that tests a question says, in plain words."""

from dataclasses import dataclass

from answer.assessment import Measure
from answer.explanation import Candidate, Explanation
from desk.model.question import Outcome
from handlers.conversation.question_trial import Trial
from knowledge.bank import Intent
from knowledge.policy import Role


@dataclass(frozen=True, slots=True)
class OutcomeLabel:
    """What the bot `does` in a test, and `did` in a conversation; `colour` is that of the tag."""

    does: str
    did: str
    colour: str


OUTCOMES = {
    Outcome.ANSWERED: OutcomeLabel("Answers", "Answered", "green"),
    Outcome.ESCALATED: OutcomeLabel("Hands over to you", "Handed over to you", "orange"),
    Outcome.OFFERED: OutcomeLabel("Suggests and asks first", "Suggested and asked", "yellow"),
    Outcome.CLARIFY: OutcomeLabel("Asks back", "Asked back", "blue"),
    Outcome.HELP: OutcomeLabel("Explains itself", "Explained itself", "grey"),
    Outcome.DECLINED: OutcomeLabel("Does not answer", "Did not answer", "grey"),
    Outcome.WITHDRAWN: OutcomeLabel("Withdrawn", "Withdrawn", "grey"),
}
PEOPLE = {Role.STAFF: "staff", Role.MANAGER: "managers", Role.COUNCILLOR: "councillors"}
# From these shares of the evidence, 0 to 1, on.
LIKELIHOODS = ((0.7, "very likely"), (0.4, "likely"), (0.15, "possible"), (0.0, "unlikely"))
INTENTS = {
    Intent.NEAR: "It reads the question as one that only sounds like the policy.",
    Intent.VAGUE: "It reads the question as too vague to look up.",
    Intent.OFF_TOPIC: "It reads the question as one about something else.",
    Intent.SMALL_TALK: "It reads the message as small talk.",
    Intent.INJECTION: "It reads the message as an attempt to trick it.",
    Intent.SENSITIVE: "It reads the message as a sensitive matter.",
}
MEASURES = {
    Measure.BANK: "Measured with the question bank.",
    Measure.OWN_QUESTIONS: "Measured with this policy’s own example questions.",
    Measure.OTHER_POLICIES: "This policy has too few example questions, so the figure comes from "
    "other policies.",
}
SURE = "The bot is {confidence} sure of the best clause. It answers from {threshold} on."
UNSURE = (
    "The bot is only {confidence} sure of the best clause. It answers from {threshold} on, so it "
    "does not answer this by itself."
)
OTHER_PEOPLE = "The clause does not name the people that the question is about."


class TrialContext:
    def heading(self, trial: Trial) -> str:
        """ "To staff and managers", or "To everybody"."""
        if len(trial.roles) == len(Role):
            return "To everybody"
        *others, last = [PEOPLE[role] for role in trial.roles]
        return f"To {', '.join(others)} and {last}" if others else f"To {last}"

    def outcome(self, outcome: Outcome) -> str:
        return OUTCOMES[outcome].does

    def colour(self, outcome: Outcome) -> str:
        return OUTCOMES[outcome].colour

    def reason(self, trial: Trial) -> str:
        """Empty where the bot itself does not decide."""
        text = trial.reason.text if trial.reason else ""
        return f"{text[:1].upper()}{text[1:]}." if text else ""

    def sureness(self, explained: Explanation) -> str:
        sentence = SURE if explained.is_sure else UNSURE
        parts = [
            sentence.format(
                confidence=percent(explained.confidence), threshold=percent(explained.threshold)
            ),
            MEASURES[explained.measure],
            INTENTS.get(explained.intent, ""),
            "" if explained.names_audience else OTHER_PEOPLE,
        ]
        return " ".join(part for part in parts if part)

    def likelihood(self, candidate: Candidate) -> str:
        return next(word for least, word in LIKELIHOODS if candidate.share >= least)

    def share(self, candidate: Candidate) -> str:
        return percent(candidate.share)


def percent(share: float) -> str:
    """Rounded down, so that what is below a threshold does not look equal to it."""
    return f"{int(100 * share)}%"
