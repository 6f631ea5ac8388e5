from enum import StrEnum


class EscalationPolicy(StrEnum):
    """What happens to a question about the policy that the bot cannot answer."""

    AUTOMATIC = "automatic"
    ASK_FIRST = "ask-first"
