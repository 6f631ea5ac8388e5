"""A world small enough to work out on paper: a policy of six sentences, an encoder of words."""

from collections.abc import Sequence

import numpy as np

from index.encoder import Vectors
from knowledge.policy import Clause, Obligation, Policy, Role, Sentence

WORDS = (
    "logo",
    "blog",
    "training",
    "journalist",
    "meeting",
    "phone",
    "secret",
    "hello",
    "weather",
    "fraud",
)


class WordEncoder:
    """Each word of WORDS has a direction of its own; a text points where its words do."""

    identity = "words"
    dimension = len(WORDS) + 1

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        rows = [[word in text.lower() for word in WORDS] + [True] for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, self.dimension)
        vectors[:, -1] = 0.1  # so that no text is a vector of length 0
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def clause(section: str, heading: str, *sentences: Sentence, lead: str = "") -> Clause:
    text = "\n".join([*([lead] if lead else []), *(sentence.text for sentence in sentences)])
    return Clause(section, heading, (heading,), text, tuple(Role), sentences, 1)


LOGO = Sentence("Avoid use of the council logo on a blog.", Obligation.SHOULD_NOT)
TRAINING = Sentence("Not post without training.", Obligation.SHOULD_NOT, lead_in="You should:")
JOURNALIST = Sentence("Tell your manager if a journalist calls.", Obligation.MUST)
MEETING = Sentence("A phone is permitted in a meeting.", Obligation.MAY)
QUIET = Sentence("Keep it quiet.", Obligation.SHOULD)
SECRET = Sentence("What is secret stays so.", Obligation.INFORMATION)

POLICY = Policy(
    name="toy",
    title="Toy guidance",
    reviewed="April 2013",
    clauses=(
        clause("1", "Think twice", LOGO),
        clause("2(a)", "Employees", TRAINING, lead="You should:"),
        clause("2(b)", "Employees", JOURNALIST),
        clause("3", "Councillors in meetings", MEETING, QUIET),
        clause("4", "Records", SECRET),
    ),
    defects=(),
)
