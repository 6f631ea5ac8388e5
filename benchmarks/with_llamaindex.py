"""LlamaIndex's vector index, with its defaults."""

from collections.abc import Sequence
from pathlib import Path

from llama_index.core import VectorStoreIndex
from llama_index.core.schema import QueryBundle, TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from benchmarks.peers import COUNT, Near


class LlamaIndex:
    def __init__(self, texts: Sequence[str], model: Path) -> None:
        nodes = [TextNode(id_=str(row), text=text) for row, text in enumerate(texts)]
        encoder = HuggingFaceEmbedding(model_name=str(model), device="cpu")
        index = VectorStoreIndex(nodes, embed_model=encoder)
        self._retriever = index.as_retriever(similarity_top_k=COUNT)

    def search(self, text: str) -> Sequence[Near]:
        found = self._retriever.retrieve(QueryBundle(text))
        return [Near(int(each.node.node_id), float(each.score or 0.0)) for each in found]
