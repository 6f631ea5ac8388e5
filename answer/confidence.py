"""From features to the probability that the first citation is right, and when that is enough."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from answer.features import Features
from knowledge.errors import BadInput


class BadConfidenceModel(BadInput):
    """The file cannot be read as a confidence model, or was fitted to other features."""


@dataclass(frozen=True, slots=True)
class RiskBound:
    """At this threshold `shown` of the held-out questions were answered, `wrong` of them wrongly;
    with 90 % confidence no more than `bound` (a share of 1) of the answers are wrong."""

    threshold: float
    shown: int
    wrong: int
    bound: float


@dataclass(frozen=True)
class ConfidenceModel:
    """A logistic regression on standardised features. `bounds` run from the highest threshold
    down, in the order in which they are tested."""

    features: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    bounds: tuple[RiskBound, ...]

    def probability(self, row: Features) -> float:
        """That the first citation is right, 0 to 1."""
        standard = (row - np.array(self.means)) / np.array(self.scales)
        return float(1 / (1 + np.exp(-(standard @ np.array(self.weights) + self.intercept))))

    def threshold(self, accepted_risk: float) -> float:
        """The lowest probability that may be shown if at most `accepted_risk` (a share of 1) of
        the answers shown may be wrong.

        Fixed-sequence testing of Learn-then-Test (Angelopoulos et al. 2021): thresholds are
        tried from the strictest down, and the search ends at the first whose bound is too high.
        So the bound holds for the chosen one although many were tried. Where none is proven, as
        on policies without a bank, only answers surer than the risk are shown.
        """
        chosen = 1 - accepted_risk
        for tested in self.bounds:
            if tested.bound > accepted_risk:
                break
            chosen = tested.threshold
        return chosen

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def read_confidence_model(path: Path, names: tuple[str, ...]) -> ConfidenceModel:
    """`names` are the features that it is to be fitted to. Raises BadConfidenceModel."""
    try:
        model = TypeAdapter(ConfidenceModel).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BadConfidenceModel(f"{path} is not a confidence model: {error}") from error
    if model.features != names:
        raise BadConfidenceModel(
            f"{path} was fitted to other features: run `python bot.py index --calibrate`."
        )
    return model
