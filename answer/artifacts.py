"""The files of what was learned from the bank: the adapter and the confidence models."""

import logging
from dataclasses import dataclass
from pathlib import Path

from answer import features, outside_features
from answer.confidence import ConfidenceModel, read_confidence_model
from index.minilm import MiniLm
from index.open_set import read_open_set
from index.search import Encoders
from index.sensitivity import read_sensitivity

ADAPTER, GENERAL = "adapter.safetensors", "general.safetensors"
SENSITIVITY = "sensitivity.json"
BANKED, ELSEWHERE = "confidence.json", "confidence-elsewhere.json"

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


def read_encoders(folder: Path, model: str) -> Encoders:
    """Unadapted ones when the folder's adapter was made for another model. Raises BadModel."""
    plain, adapter, general = MiniLm(model), folder / ADAPTER, folder / GENERAL
    if plain.fits(adapter) and plain.fits(general):
        check = folder / SENSITIVITY
        return Encoders(
            MiniLm(model, adapter),
            MiniLm(model, general),
            read_open_set(general),
            read_sensitivity(check) if check.is_file() else None,
        )
    log.warning(
        "What was learned in %s was learned by another model than MODEL=%s: the bot works with "
        "less coverage until `python bot.py index --adapt` has run.",
        folder,
        model,
    )
    return Encoders(plain, plain)
