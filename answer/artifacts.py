"""The files of what was learned from the bank: the adapter and the confidence models."""

import logging
from dataclasses import dataclass, replace
from pathlib import Path

from answer import features, outside_features
from answer.confidence import ConfidenceModel, read_confidence_model
from index.encoder import Encoder
from index.model_files import BadModel, ModelFiles, model_files
from index.onnx_minilm import OnnxMiniLm
from index.open_set import read_open_set
from index.recent_vectors import RecentVectors
from index.search import Encoders
from index.sensitivity import read_sensitivity

ADAPTER, GENERAL = "adapter.safetensors", "general.safetensors"
SENSITIVITY = "sensitivity.json"
BANKED, ELSEWHERE = "confidence.json", "confidence-elsewhere.json"

MORE_LIBRARIES = "needs libraries that the packaged model does without: run `make learning`."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ConfidenceModels:
    """`banked` for clauses of policies that the question bank is about, `elsewhere` for others,
    where there is less to go by and the threshold is therefore higher."""

    banked: ConfidenceModel
    elsewhere: ConfidenceModel


def read_confidence_models(folder: Path) -> ConfidenceModels:
    """Raises BadConfidenceModel."""
    return ConfidenceModels(
        read_confidence_model(folder / BANKED, features.NAMES),
        read_confidence_model(folder / ELSEWHERE, outside_features.NAMES),
    )


def read_encoders(folder: Path, model: str, kept_in: Path | None = None) -> Encoders:
    """Unadapted ones when the folder's adapter was made for another model. `kept_in` as OnnxMiniLm
    takes it. Raises BadModel."""
    files, adapter, general = model_files(model), folder / ADAPTER, folder / GENERAL
    if files.fit(adapter) and files.fit(general):
        check = folder / SENSITIVITY
        return Encoders(
            RecentVectors(encoder(replace(files, adapter=adapter), kept_in)),
            RecentVectors(encoder(replace(files, adapter=general), kept_in)),
            read_open_set(general),
            read_sensitivity(check) if check.is_file() else None,
        )
    log.warning(
        "What was learned in %s was learned by another model than MODEL=%s: the bot works with "
        "less coverage until `python bot.py index --adapt` has run.",
        folder,
        model,
    )
    plain = RecentVectors(encoder(files, kept_in))
    return Encoders(plain, plain)


def encoder(files: ModelFiles, kept_in: Path | None = None) -> Encoder:
    """MiniLM on ONNX Runtime; sentence-transformers for any other model. `kept_in` as OnnxMiniLm
    takes it. Raises BadModel where sentence-transformers is needed and not installed."""
    if files.are_minilm:
        return OnnxMiniLm(files, kept_in)
    try:
        from index.sentence_transformer import SentenceTransformerEncoder  # noqa: PLC0415 - seconds
    except ModuleNotFoundError as error:
        raise BadModel(f"MODEL={files.folder} {MORE_LIBRARIES}") from error
    return SentenceTransformerEncoder(files)
