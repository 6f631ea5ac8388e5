"""Fitting a judgement on held-out questions whose right clause is known."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from answer.confidence import ConfidenceModel, RiskBound
from answer.features import NAMES

# Shuffled, for the bank's lines stand together by author and kind.
FOLDS = StratifiedKFold(10, shuffle=True, random_state=7)
CONFIDENCE = 0.9
FEWEST_SHOWN = 300  # with fewer, one wrong answer more or less moves the bound too far
STEPS = 200


def fit_confidence_model(
    rows: NDArray[np.float64], right: NDArray[np.bool_], traffic: NDArray[np.bool_]
) -> ConfidenceModel:
    """`rows` has shape (questions, signals); `right` says whether the top clause was right, which
    it never is for a question that the policy does not answer. The weights are fitted on all
    rows, hard cases included; the risk of each threshold is measured on the traffic alone.
    """
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000))
    probabilities = cross_val_predict(model, rows, right, cv=FOLDS, method="predict_proba")[:, 1]
    model.fit(rows, right)
    scaler, regression = model[0], model[1]
    return ConfidenceModel(
        signals=NAMES,
        means=tuple(map(float, scaler.mean_)),
        scales=tuple(map(float, scaler.scale_)),
        weights=tuple(map(float, regression.coef_[0])),
        intercept=float(regression.intercept_[0]),
        steps=tuple(_steps(probabilities[traffic], right[traffic])),
    )


def _steps(probabilities: NDArray[np.float64], right: NDArray[np.bool_]) -> Iterator[RiskBound]:
    order = np.argsort(-probabilities)
    wrongs = np.cumsum(~right[order])
    counts = np.linspace(min(FEWEST_SHOWN, len(order)), len(order), STEPS, dtype=int)
    for shown in np.unique(counts):
        wrong = int(wrongs[shown - 1])
        threshold = float(probabilities[order[shown - 1]])
        yield RiskBound(
            round(threshold, 4), int(shown), wrong, round(_upper_bound(wrong, int(shown)), 4)
        )


def _upper_bound(wrong: int, shown: int) -> float:
    """Clopper and Pearson's, one-sided, for the share of wrong answers."""
    return float(beta.ppf(CONFIDENCE, wrong + 1, shown - wrong)) if wrong < shown else 1.0
