"""What the bot is compared with: other ways to the clauses nearest to a question.

All read the same clauses, each by its text alone, and the question as the bot does, with role and
last earlier message before it. Those with an encoder have the packaged MiniLM, untouched.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.lexical import LexicalSearch
from index.model_files import PACKAGED, model_files, model_folder
from index.nearest import NearestVectors
from index.query_text import query_text
from index.sentence_transformer import SentenceTransformerEncoder
from knowledge.policy import Clause, Policy
from knowledge.question import Question

COUNT = 3


@dataclass(frozen=True, slots=True)
class Near:
    """`row` is the clause's place among the texts; the greater the score, the nearer."""

    row: int
    score: float


class Retriever(Protocol):
    def search(self, text: str) -> Sequence[Near]:
        """The nearest texts, best first: COUNT of them, or fewer."""


@dataclass(frozen=True, slots=True)
class Found:
    """`score` is the first clause's, 0 where nothing was found."""

    clauses: tuple[Clause, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Peer:
    name: str
    clauses: tuple[Clause, ...]
    retriever: Retriever

    def search(self, question: Question) -> Found:
        near = self.retriever.search(query_text(question))
        clauses = tuple(self.clauses[found.row] for found in near)
        return Found(clauses, near[0].score if near else 0.0)


class MiniLmAndFaiss:
    def __init__(self, texts: Sequence[str]) -> None:
        self._encoder = SentenceTransformerEncoder(model_files(PACKAGED))
        self._vectors = NearestVectors.of(self._encoder.encode(texts))

    def search(self, text: str) -> Sequence[Near]:
        nearest = self._vectors.search(self._encoder.encode([text])[0], COUNT)
        return [Near(found.row, found.similarity) for found in nearest]


class Bm25:
    def __init__(self, texts: Sequence[str]) -> None:
        self._lexical = LexicalSearch(texts)

    def search(self, text: str) -> Sequence[Near]:
        scores = self._lexical.scores(text)
        best = np.argsort(-scores, kind="stable")[:COUNT]
        return [Near(int(row), float(scores[row])) for row in best]


def peers(policies: Sequence[Policy]) -> Iterator[Peer]:
    """One after another, so that each is measured before the next takes memory. One that is not
    installed is left out, and a line says so."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    clauses = tuple(clause for policy in policies for clause in policy.clauses)
    texts = [clause.text for clause in clauses]
    for name, make in MAKERS.items():
        try:
            retriever = make(texts)
        except ImportError as error:
            print(f"{name} is left out ({error}): pip install -r requirements-benchmarks.txt")
        else:
            yield Peer(name, clauses, retriever)


def _haystack(texts: Sequence[str]) -> Retriever:
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # read when haystack is imported
    from benchmarks.with_haystack import Haystack  # noqa: PLC0415 - may not be installed

    return Haystack(texts, model_folder(PACKAGED))


def _txtai(texts: Sequence[str]) -> Retriever:
    from benchmarks.with_txtai import Txtai  # noqa: PLC0415 - may not be installed

    return Txtai(texts, model_folder(PACKAGED))


def _llamaindex(texts: Sequence[str]) -> Retriever:
    from benchmarks.with_llamaindex import LlamaIndex  # noqa: PLC0415 - may not be installed

    return LlamaIndex(texts, model_folder(PACKAGED))


MAKERS: dict[str, Callable[[Sequence[str]], Retriever]] = {
    "MiniLM + FAISS": MiniLmAndFaiss,
    "BM25": Bm25,
    "Haystack": _haystack,
    "txtai": _txtai,
    "LlamaIndex": _llamaindex,
}
