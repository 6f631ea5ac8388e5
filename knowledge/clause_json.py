"""A clause as the command line prints it."""

from knowledge.policy import Clause


def as_json(clause: Clause) -> dict[str, object]:
    return {
        "section": clause.section,
        "heading": clause.heading,
        "path": list(clause.path),
        "text": clause.text,
        "audience": [role.value for role in clause.audience],
        "sentences": [
            {"text": sentence.text, "obligation": sentence.obligation.value}
            for sentence in clause.sentences
        ],
    }
