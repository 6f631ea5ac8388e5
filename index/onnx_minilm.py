"""The encoder that answers: MiniLM on ONNX Runtime, which loads in a third of a second.

`minilm.onnx` holds the graph without weights, as `index/onnx_graph.py` wrote it; the weights come
from the packaged model and the adapter. Its vectors equal those of sentence-transformers to six
digits: see tests/index/test_onnx_minilm.py.
"""

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from safetensors import safe_open
from tokenizers import Tokenizer

from index import adapter
from index.encoder import Vectors
from index.model_files import WEIGHTS, ModelFiles

GRAPH = Path(__file__).with_name("minilm.onnx")
# sentence-transformers calls its first module "0.model" and its adapter's tensors so.
PREFIX = "0.model."
# MiniLM's weights also hold a pooling layer and a table of positions that no vector needs.
UNUSED = ("pooler.", "embeddings.position_ids")
BATCH = 64


class OnnxMiniLm:
    """An Encoder, which several threads may use at once. Loads the weights before the first
    text."""

    def __init__(self, files: ModelFiles) -> None:
        """`files` are the public MiniLM's: another model has another graph."""
        self.files = files
        self._loading = Lock()

    @property
    def identity(self) -> str:
        return self.files.identity

    @property
    def dimension(self) -> int:
        return self.files.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        batches = [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]
        if len(batches) == 1:
            return self._encode(batches[0])
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            rows = list(threads.map(self._encode, batches))
        return np.concatenate([np.empty((0, self.dimension), dtype=np.float32), *rows])

    def _encode(self, batch: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(list(batch))
        inputs = {
            "input_ids": np.array([encoding.ids for encoding in encodings]),
            "attention_mask": np.array([encoding.attention_mask for encoding in encodings]),
        }
        vectors: Vectors = self._loaded().run(None, inputs)[0]
        return vectors

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        config = (self.files.folder / "sentence_bert_config.json").read_text(encoding="utf-8")
        tokenizer = Tokenizer.from_file(str(self.files.folder / "tokenizer.json"))
        tokenizer.enable_truncation(json.loads(config)["max_seq_length"])
        tokenizer.enable_padding()
        return tokenizer

    def _loaded(self) -> onnxruntime.InferenceSession:
        with self._loading:
            return self._session

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        # One text takes longer on two threads than on one; texts beside each other share the cores.
        options.intra_op_num_threads = 1
        names, tensors = zip(*self._weights(), strict=True)
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(tensor) for tensor in tensors]
        options.add_external_initializers(list(names), values)
        return onnxruntime.InferenceSession(
            GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    def _weights(self) -> Iterator[tuple[str, adapter.Tensor]]:
        """The graph's parameters with what the adapter adds to them."""
        files = self.files
        changes = adapter.read(files.adapter, files.strength) if files.adapter else {}
        with safe_open(files.folder / WEIGHTS, framework="numpy") as weights:
            for name in weights.keys():  # noqa: SIM118 - the file is no mapping
                if not name.startswith(UNUSED):
                    tensor = weights.get_tensor(name)
                    yield name, tensor + changes.get(PREFIX + name, np.float32(0))
