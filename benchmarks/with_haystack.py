"""Haystack's retrieval by embeddings, with its defaults."""

from collections.abc import Sequence
from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peers import COUNT, Near


class Haystack:
    def __init__(self, texts: Sequence[str], model: Path) -> None:
        store = InMemoryDocumentStore()
        store.write_documents(_embedded(texts, model))
        self._pipeline = Pipeline()
        self._pipeline.add_component(
            "embedder", SentenceTransformersTextEmbedder(model=str(model), progress_bar=False)
        )
        self._pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store))
        self._pipeline.connect("embedder.embedding", "retriever.query_embedding")

    def search(self, text: str) -> Sequence[Near]:
        found = self._pipeline.run({"embedder": {"text": text}})
        documents = found["retriever"]["documents"][:COUNT]
        return [Near(int(document.id), float(document.score)) for document in documents]


def _embedded(texts: Sequence[str], model: Path) -> list[Document]:
    embedder = SentenceTransformersDocumentEmbedder(model=str(model), progress_bar=False)
    embedder.warm_up()
    documents = [Document(id=str(row), content=text) for row, text in enumerate(texts)]
    embedded: list[Document] = embedder.run(documents)["documents"]
    return embedded
