"""What was learned from the bank, as it lies in a folder: the adapter and the judgements."""

import logging
from dataclasses import dataclass
from pathlib import Path

from answer.judgement import Judgement, read_judgement
from index.minilm import MiniLm
from index.search import Encoders

ADAPTER, JUDGEMENT, ELSEWHERE = "adapter.safetensors", "judgement.json", "judgement-elsewhere.json"
# On policies that the bank does not know, half the adaptation finds more than all or none of it:
# see benchmarks/README.md.
GENERAL_STRENGTH = 0.5

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Judgements:
    """`banked` for clauses of policies that the question bank is about, `elsewhere` for others,
    where there is less to go by and the threshold accordingly higher."""

    banked: Judgement
    elsewhere: Judgement


@dataclass(frozen=True)
class Trained:
    """`adapted` is false when the adapter in the folder was made for another model."""

    encoders: Encoders
    judgements: Judgements
    adapted: bool


def read_trained(folder: Path, model: str) -> Trained:
    """Raises BadModel, BadJudgement."""
    judgements = Judgements(read_judgement(folder / JUDGEMENT), read_judgement(folder / ELSEWHERE))
    plain = MiniLm(model)
    path = folder / ADAPTER
    if not plain.fits(path):
        log.warning(
            "What was learned in %s was learned by another model than MODEL=%s: the bot works "
            "with less coverage until `python bot.py index --adapt` has run.",
            folder,
            model,
        )
        return Trained(Encoders(plain, plain), judgements, adapted=False)
    encoders = Encoders(MiniLm(model, path), MiniLm(model, path, GENERAL_STRENGTH))
    return Trained(encoders, judgements, adapted=True)
