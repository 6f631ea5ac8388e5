"""The encoder by sentence-transformers: learns, writes the ONNX graph, runs any other model."""

import os
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from index import adapter
from index.encoder import Vectors
from index.model_files import ModelFiles

BATCH = 64


class SentenceTransformerEncoder:
    """An Encoder. Loads the weights before the first text."""

    def __init__(self, files: ModelFiles) -> None:
        self.files = files

    @property
    def identity(self) -> str:
        return self.files.identity

    @property
    def dimension(self) -> int:
        return self.files.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        # One short text takes longer on two threads than on one, and leaves the other for an asker.
        torch.set_num_threads(1 if len(texts) == 1 else os.cpu_count() or 1)
        vectors = self.network.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def network(self) -> SentenceTransformer:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        disable_progress_bar()
        network = SentenceTransformer(str(self.files.folder), device="cpu")
        if self.files.adapter is not None:
            _add(network, adapter.read(self.files.adapter, self.files.strength))
        return network.eval()


def _add(network: torch.nn.Module, changes: adapter.Tensors) -> None:
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name in changes:
                parameter.add_(torch.from_numpy(changes[name]))
