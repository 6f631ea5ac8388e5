"""The files of what was learned from the bank: the adapter and the confidence models."""

import logging
from dataclasses import dataclass
from pathlib import Path

from answer.confidence import ConfidenceModel, read_confidence_model
from index.minilm import MiniLm
from index.search import Encoders

ADAPTER = "adapter.safetensors"
BANKED, ELSEWHERE = "confidence.json", "confidence-elsewhere.json"
# Share, 0 to 1, of the adapter's change that is added for policies that the bank does not know.
# There half of it finds more than all or none of it, see benchmarks/README.md.
GENERAL_STRENGTH = 0.5

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
        read_confidence_model(folder / BANKED), read_confidence_model(folder / ELSEWHERE)
    )


def read_encoders(folder: Path, model: str) -> Encoders:
    """Unadapted ones when the folder's adapter was made for another model. Raises BadModel."""
    plain, path = MiniLm(model), folder / ADAPTER
    if plain.fits(path):
        return Encoders(MiniLm(model, path), MiniLm(model, path, GENERAL_STRENGTH))
    log.warning(
        "What was learned in %s was learned by another model than MODEL=%s: the bot works with "
        "less coverage until `python bot.py index --adapt` has run.",
        folder,
        model,
    )
    return Encoders(plain, plain)
