"""A policy with example questions of its own.

It has a head and neighbours of its own, made by the general encoder. Each of its sentences is an
example, too, so that a sentence which nobody has asked about yet can be found.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.classes import Classes
from index.encoder import Encoder, Vectors
from index.evidence import Evidence, Scores
from index.head import fit_head
from index.lexical import LexicalSearch
from index.nearest import NearestVectors
from index.open_set import PLAIN_SCALE
from index.passages import Passage, passages_of
from index.search import LEXICAL_WEIGHT, Encoders, Index
from knowledge.bank import BankQuestion, Intent
from knowledge.policy import Policy
from knowledge.question import Question

# Another subject's question that is this near (cosine) to an example may be about this policy.
TOO_NEAR = 0.5


@dataclass(frozen=True)
class Examples:
    """Questions with their vectors by the general encoder, shape (questions, d)."""

    questions: tuple[BankQuestion, ...]
    vectors: Vectors


@dataclass(frozen=True)
class TaughtPolicy:
    """`index` knows this policy alone; the first `own` of its questions are the policy's, then come
    its sentences and questions of other subjects. `learned`, 0 to 1, is the part that the examples
    have in the choice of a sentence; the rest is how similar question and sentence are."""

    index: Index
    vectors: Vectors
    own: int
    learned: float = 0.5

    @property
    def name(self) -> str:
        return self.index.passages[0].policy.name

    @property
    def questions(self) -> tuple[BankQuestion, ...]:
        return self.index.questions[: self.own]

    def evidence(self, question: Question, vector: Vectors) -> Evidence:
        """As if there were no other policy. `vector` is the question's, shape (d,)."""
        return self.blended(self.index.evidence(question, vector, vector))

    def blended(self, evidence: Evidence) -> Evidence:
        """`evidence` is the index's own."""
        logits = PLAIN_SCALE * (evidence.similarity + LEXICAL_WEIGHT * evidence.lexical)
        powers = np.exp(logits - logits.max())
        similar = powers / powers.sum()
        return replace(
            evidence,
            learned=self._mixed(evidence.learned, similar),
            echoed=self._mixed(evidence.echoed, similar),
        )

    def without(self, rows: NDArray[np.bool_]) -> "TaughtPolicy":
        """Taught with the other examples only. `rows` has shape (questions,)."""
        kept = ~rows
        vectors, targets = self.vectors[kept], self.index.targets.chosen(kept)
        index = replace(
            self.index,
            questions=tuple(np.array(self.index.questions, dtype=object)[kept]),
            targets=targets,
            head=fit_head(vectors, targets, len(self.index.classes)),
            question_vectors=NearestVectors.of(vectors),
        )
        return replace(self, index=index, vectors=vectors, own=int(kept[: self.own].sum()))

    def _mixed(self, shares: Scores, similar: Scores) -> Scores:
        """The examples decide how much goes to the sentences, both to which."""
        mixed = self.learned * shares + (1 - self.learned) * shares.sum() * similar
        return np.asarray(mixed, dtype=np.float32)


def teach(
    encoder: Encoder,
    policy: Policy,
    own: Examples,
    others: Examples,
    vectors_of_sentences: Vectors | None = None,
) -> TaughtPolicy:
    """`own` are the policy's questions, all of whose sentences it has; `others` are about other
    subjects. `vectors_of_sentences` are the policy's by the same encoder, shape (passages, d), if
    they were made before."""
    passages = passages_of([policy])
    sentence_vectors = (
        encoder.encode([passage.in_context for passage in passages])
        if vectors_of_sentences is None
        else vectors_of_sentences
    )
    far = _far_from(own, others)
    questions = (*own.questions, *map(_as_question, passages), *far.questions)
    vectors = np.concatenate([own.vectors, sentence_vectors, far.vectors])
    classes = Classes(tuple(passage.sentence.text for passage in passages))
    targets = classes.targets(questions)
    index = Index(
        encoders=Encoders(encoder, encoder),
        passages=passages,
        questions=questions,
        classes=classes,
        class_rows=np.arange(len(passages)),
        targets=targets,
        head=fit_head(vectors, targets, len(classes)),
        sentence_vectors=sentence_vectors,
        question_vectors=NearestVectors.of(vectors),
        lexical=LexicalSearch([passage.in_context for passage in passages]),
    )
    return TaughtPolicy(index, vectors, len(own.questions))


def _as_question(passage: Passage) -> BankQuestion:
    """A sentence as an example of what it answers."""
    text = passage.sentence.text
    return BankQuestion("", Question(passage.in_context), Intent.ANSWERABLE, ((text,),))


def _far_from(own: Examples, others: Examples) -> Examples:
    """Those of the others that are not about the same as any of the policy's own."""
    if not len(own.vectors) or not len(others.vectors):
        return others
    far = (others.vectors @ own.vectors.T).max(axis=1) < TOO_NEAR
    questions = tuple(each for each, is_far in zip(others.questions, far, strict=True) if is_far)
    return Examples(questions, others.vectors[far])
