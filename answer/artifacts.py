"""What was learned from the bank, as it lies in a folder: the adapter and the judgements."""

import logging
from dataclasses import dataclass, replace
from pathlib import Path

from answer.confidence import ConfidenceModel, read_confidence_model
from index.encoder import Encoder
from index.model_files import ModelFiles, model_files
from index.onnx_minilm import OnnxMiniLm
from index.search import Encoders

ADAPTER, JUDGEMENT, ELSEWHERE = "adapter.safetensors", "judgement.json", "judgement-elsewhere.json"
# On policies that the bank does not know, half the adaptation finds more than all or none of it:
# see benchmarks/README.md.
GENERAL_STRENGTH = 0.5

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ConfidenceModels:
    """`banked` for clauses of policies that the question bank is about, `elsewhere` for others,
    where there is less to go by and the threshold accordingly higher."""

    banked: ConfidenceModel
    elsewhere: ConfidenceModel


def read_confidence_models(folder: Path) -> ConfidenceModels:
    """Raises BadJudgement."""
    return ConfidenceModels(
        read_confidence_model(folder / JUDGEMENT), read_confidence_model(folder / ELSEWHERE)
    )


def read_encoders(folder: Path, model: str) -> Encoders:
    """Unadapted ones when the folder's adapter was made for another model. Raises BadModel."""
    files, path = model_files(model), folder / ADAPTER
    if files.fit(path):
        adapted = replace(files, adapter=path)
        return Encoders(encoder(adapted), encoder(replace(adapted, strength=GENERAL_STRENGTH)))
    log.warning(
        "What was learned in %s was learned by another model than MODEL=%s: the bot works with "
        "less coverage until `python bot.py index --adapt` has run.",
        folder,
        model,
    )
    plain = encoder(files)
    return Encoders(plain, plain)


def encoder(files: ModelFiles) -> Encoder:
    """MiniLM on ONNX Runtime; sentence-transformers for any other model."""
    if files.are_minilm:
        return OnnxMiniLm(files)
    from index.sentence_transformer import SentenceTransformerEncoder  # noqa: PLC0415 - seconds

    return SentenceTransformerEncoder(files)
