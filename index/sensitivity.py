"""Whether a message to policies without a bank may be sensitive at all.

The bank knows ordinary questions about its own policies alone, so it takes a third of those about
other policies ("the radiator burst over the files") for sensitive. This check has learned from
ordinary questions about many policies, and from all sensitive messages. It only rules out what the
bank takes for sensitive.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from index.encoder import Vectors
from index.model_files import BadModel


@dataclass(frozen=True)
class SensitivityCheck:
    """A logistic regression on the adapted encoder's vectors; `weights` has d numbers."""

    weights: tuple[float, ...]
    intercept: float

    def probability(self, message: Vectors) -> float:
        """That the message with this vector of shape (d,) is sensitive, 0 to 1."""
        logit = float(message @ np.array(self.weights, dtype=np.float32)) + self.intercept
        return float(1 / (1 + np.exp(-logit)))

    def write(self, path: Path) -> None:
        path.write_bytes(TypeAdapter(SensitivityCheck).dump_json(self, indent=1) + b"\n")


def read_sensitivity(path: Path) -> SensitivityCheck:
    """Raises BadModel for a damaged file."""
    try:
        return TypeAdapter(SensitivityCheck).validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BadModel(f"{path} is damaged: run `bot.py index --calibrate`.") from error
