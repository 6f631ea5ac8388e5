"""Fitting a confidence model on held-out questions whose right clause is known."""

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

# Shuffled, since the questions are in the order of their writers and kinds.
FOLDS = StratifiedKFold(10, shuffle=True, random_state=7)
# Of the bound on the share of wrong answers; as in the examples of Learn-then-Test (Angelopoulos
# et al. 2021).
BOUND_HOLDS = 0.9
# Answers shown at the first threshold that is tested. Fixed before the traffic was written: with
# fewer, one wrong answer more or less moves the bound too far.
FEWEST_SHOWN = 300
THRESHOLDS = 200  # tested from the strictest on


def fit_confidence_model(
    rows: NDArray[np.float64], right: NDArray[np.bool_], decided: NDArray[np.bool_]
) -> ConfidenceModel:
    """`rows` has shape (questions, features). `right` says whether the best clause was right,
    which it never is for a question that the policy does not answer. `decided` marks the questions
    that are shown or not by their confidence: the risk of a threshold is measured on these alone,
    each judged by a model that was fitted without it.
    """
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000))
    probabilities = cross_val_predict(model, rows, right, cv=FOLDS, method="predict_proba")[:, 1]
    model.fit(rows, right)
    scaler, regression = model[0], model[1]
    return ConfidenceModel(
        features=NAMES,
        means=tuple(map(float, scaler.mean_)),
        scales=tuple(map(float, scaler.scale_)),
        weights=tuple(map(float, regression.coef_[0])),
        intercept=float(regression.intercept_[0]),
        bounds=tuple(_bounds(probabilities[decided], right[decided])),
    )


def _bounds(probabilities: NDArray[np.float64], right: NDArray[np.bool_]) -> Iterator[RiskBound]:
    order = np.argsort(-probabilities)
    wrongs = np.cumsum(~right[order])
    counts = np.linspace(min(FEWEST_SHOWN, len(order)), len(order), THRESHOLDS, dtype=int)
    for shown in np.unique(counts):
        wrong = int(wrongs[shown - 1])
        threshold = float(probabilities[order[shown - 1]])
        bound = round(_upper_bound(wrong, int(shown)), 4)
        yield RiskBound(round(threshold, 4), int(shown), wrong, bound)


def _upper_bound(wrong: int, shown: int) -> float:
    """Clopper and Pearson's, one-sided, for the share of wrong answers."""
    return float(beta.ppf(BOUND_HOLDS, wrong + 1, shown - wrong)) if wrong < shown else 1.0
