"""Two pictures of the confidence: what it risks for how much coverage, and how honest it is."""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from answer.evaluation import Scores
from knowledge.bank import Intent

BINS = 10


def draw(scores: Scores, path: Path) -> None:
    """Raises OSError or ValueError when the file cannot be written as its ending says."""
    figure = Figure(figsize=(11, 5), layout="constrained")
    left, right = figure.subplots(1, 2)
    _risk_against_coverage(left, scores)
    _calibration(right, scores)
    figure.savefig(path)


def _risk_against_coverage(axes: Axes, scores: Scores) -> None:
    confidences = np.array([outcome.confidence for outcome in scores.outcomes])
    right = np.array([outcome.first for outcome in scores.outcomes])
    answerable = np.array([o.question.kind is Intent.ANSWERABLE for o in scores.outcomes])
    order = np.argsort(-confidences)
    shown = np.arange(1, len(order) + 1)
    coverage = np.cumsum(answerable[order]) / max(1, answerable.sum())
    axes.plot(coverage, np.cumsum(~right[order]) / shown)
    axes.set(xlabel="answerable questions answered", ylabel="wrong, of the answers shown")
    axes.set(title="Risk against coverage", xlim=(0, 1), ylim=(0, 0.5))


def _calibration(axes: Axes, scores: Scores) -> None:
    confidences = np.array([outcome.confidence for outcome in scores.outcomes])
    right = np.array([outcome.first for outcome in scores.outcomes])
    bins = np.minimum((confidences * BINS).astype(int), BINS - 1)
    filled = [number for number in range(BINS) if (bins == number).any()]
    axes.plot([0, 1], [0, 1], linestyle=":", color="grey")
    axes.plot(
        [confidences[bins == number].mean() for number in filled],
        [right[bins == number].mean() for number in filled],
        marker="o",
    )
    axes.set(xlabel="stated probability", ylabel="share right", title="Calibration")
