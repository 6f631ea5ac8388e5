"""Questions to begin with, for each role. They are asked of the policy that the bot comes with."""

from collections.abc import Mapping, Sequence

from knowledge.policy import Role

Examples = Mapping[Role, Sequence[str]]

EXAMPLES: Examples = {
    Role.STAFF: (
        "Can I use the council logo on my personal blog?",
        "A journalist messaged me about my tweet. What do I do?",
    ),
    Role.MANAGER: (
        "Can I make stricter social media rules for my team?",
        "Do I have to explain special instructions to my team?",
    ),
    Role.COUNCILLOR: (
        "Can I use my phone during a council meeting?",
        "What may I tweet about during a meeting?",
    ),
}
