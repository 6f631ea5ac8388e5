from knowledge.documents.reading import read_string
from knowledge.policy import Policy


def parse(text: str, name: str) -> Policy:
    """The policy of a text file with these words."""
    return read_string(text, name).policy
