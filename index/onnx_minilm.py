"""The encoder that answers: MiniLM on ONNX Runtime, which loads in a third of a second.

`minilm.onnx` holds the graph without weights, as `index/onnx_graph.py` wrote it; the weights come
from the packaged model and the adapter. Its vectors equal those of sentence-transformers to six
digits: see tests/index/test_onnx_minilm.py.
"""

import json
import logging
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

from index import adapter, store
from index.encoder import Vectors
from index.model_files import WEIGHTS, ModelFiles
from index.weights_file import WEIGHTS_FILE, one_array

log = logging.getLogger(__name__)

GRAPH = Path(__file__).with_name("minilm.onnx")
# sentence-transformers calls its first module "0.model" and its adapter's tensors so.
PREFIX = "0.model."
# MiniLM's weights also hold a pooling layer and a table of positions that no vector needs.
UNUSED = ("pooler.", "embeddings.position_ids")
BATCH = 64
MOST_KEPT = 4  # files of weights, each of 90 MB: those of two encoders, and of two before them
# onnxruntime_session_options_config_keys.h; it holds for a graph that is given as bytes.
EXTERNAL_DATA_FOLDER = "session.model_external_initializers_file_folder_path"


class OnnxMiniLm:
    """An Encoder, which several threads may use at once. Loads the weights before the first
    text."""

    def __init__(self, files: ModelFiles, kept_in: Path | None = None) -> None:
        """`files` are the public MiniLM's: another model has another graph. In the folder `kept_in`
        the weights are kept with what the adapter adds; they then take half the memory and a
        quarter of the time to load."""
        self.files = files
        self._kept_in = kept_in
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
        folder = self._weights_on_disk()
        if folder is None:
            names, tensors = zip(*self._weights(), strict=True)
            values = [onnxruntime.OrtValue.ortvalue_from_numpy(tensor) for tensor in tensors]
            options.add_external_initializers(list(names), values)
        else:
            options.add_session_config_entry(EXTERNAL_DATA_FOLDER, str(folder))
        return onnxruntime.InferenceSession(
            GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    def _weights_on_disk(self) -> Path | None:
        """None where they are to be, or can only be, in memory."""
        if self._kept_in is None:
            return None
        try:
            return self._kept_weights(self._kept_in)
        except OSError:
            log.warning("The encoder's weights cannot be kept on disk. They take memory instead.")
            return None

    def _kept_weights(self, kept_in: Path) -> Path:
        """The folder that they are in. Raises OSError where they must be written and cannot be."""
        name = store.fingerprint(self.identity, GRAPH.stat().st_size)
        if not store.read(kept_in, name):
            weights = one_array(self._weights())
            store.write(kept_in, name, {WEIGHTS_FILE: weights}, MOST_KEPT)
        return kept_in / name

    def _weights(self) -> Iterator[tuple[str, adapter.Tensor]]:
        """The graph's parameters with what the adapter adds to them."""
        files = self.files
        changes = adapter.read(files.adapter, files.strength) if files.adapter else {}
        with safe_open(files.folder / WEIGHTS, framework="numpy") as weights:
            for name in weights.keys():  # noqa: SIM118 - the file is no mapping
                if not name.startswith(UNUSED):
                    tensor = weights.get_tensor(name)
                    yield name, tensor + changes.get(PREFIX + name, np.float32(0))
