"""Fitting a confidence model on held-out questions whose right clause is known."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from answer.confidence import ConfidenceModel, RiskBound
from index.sensitivity import SensitivityCheck

# Shuffled, since the questions are in the order of their writers and kinds.
FOLDS = StratifiedKFold(10, shuffle=True, random_state=7)
# Of the bound on the share of wrong answers; as in the examples of Learn-then-Test (Angelopoulos
# et al. 2021).
BOUND_HOLDS = 0.9
# Answers shown at the first threshold that is tested. Fixed before the traffic was written: with
# fewer, one wrong answer more or less moves the bound too far.
FEWEST_SHOWN = 300
# The same for policies without a bank, of which there are few questions: fewer than this prove no
# risk of 5 %, even if none is wrong.
FEWEST_SHOWN_OUTSIDE = 45
THRESHOLDS = 200  # tested from the strictest on


@dataclass(frozen=True)
class Measured:
    """Questions as answered by an encoder that has not seen them. `rows` has shape (questions,
    features). `right` says whether the best clause was right, which it never is for a question that
    the policy does not answer. `decided` marks the questions that are shown or not by their
    confidence, rather than by a step before it. `policies` numbers the policy of each question:
    where there are several, each is judged by a model that was fitted without it."""

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    decided: NDArray[np.bool_]
    policies: NDArray[np.int_]


def fit_sensitivity_check(
    messages: NDArray[np.float32], sensitive: NDArray[np.bool_]
) -> SensitivityCheck:
    """`messages` are vectors of shape (messages, d), of which some are `sensitive`."""
    model = LogisticRegression(max_iter=1000).fit(messages, sensitive)
    return SensitivityCheck(tuple(map(float, model.coef_[0])), float(model.intercept_[0]))


def regression() -> Pipeline:
    """The unfitted model of a confidence."""
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000))


def fit_confidence_model(
    names: tuple[str, ...], measured: Measured, fewest_shown: int = FEWEST_SHOWN
) -> ConfidenceModel:
    """`names` are the features. The risk of a threshold is measured on the decided questions, each
    judged by a model that was fitted without it; from `fewest_shown` answers on."""
    probabilities = cross_validated(regression(), measured)
    return confidence_model(names, measured, probabilities, fewest_shown)


def confidence_model(
    names: tuple[str, ...],
    measured: Measured,
    probabilities: NDArray[np.float64],
    fewest_shown: int,
) -> ConfidenceModel:
    """As `fit_confidence_model`, from what `cross_validated` gave."""
    model = regression().fit(measured.rows, measured.right)
    scaler, fitted = model[0], model[1]
    decided = measured.decided
    return ConfidenceModel(
        features=names,
        means=tuple(map(float, scaler.mean_)),
        scales=tuple(map(float, scaler.scale_)),
        weights=tuple(map(float, fitted.coef_[0])),
        intercept=float(fitted.intercept_[0]),
        bounds=tuple(_bounds(probabilities[decided], measured.right[decided], fewest_shown)),
    )


def cross_validated(
    model: Pipeline, measured: Measured, folds: StratifiedKFold = FOLDS
) -> NDArray[np.float64]:
    """The probability of each question that its best clause is right, by a model fitted without
    that question; with several policies, without its policy."""
    several = len(np.unique(measured.policies)) > 1
    shares = cross_val_predict(
        model,
        measured.rows,
        measured.right,
        groups=measured.policies if several else None,
        cv=GroupKFold() if several else folds,
        method="predict_proba",
    )
    return np.asarray(shares[:, 1], dtype=np.float64)


def _bounds(
    probabilities: NDArray[np.float64], right: NDArray[np.bool_], fewest_shown: int
) -> Iterator[RiskBound]:
    order = np.argsort(-probabilities)
    wrongs = np.cumsum(~right[order])
    counts = np.linspace(min(fewest_shown, len(order)), len(order), THRESHOLDS, dtype=int)
    for shown in np.unique(counts):
        wrong = int(wrongs[shown - 1])
        threshold = float(probabilities[order[shown - 1]])
        bound = round(_upper_bound(wrong, int(shown)), 4)
        yield RiskBound(round(threshold, 4), int(shown), wrong, bound)


def _upper_bound(wrong: int, shown: int) -> float:
    """Clopper and Pearson's, one-sided, for the share of wrong answers."""
    return float(beta.ppf(BOUND_HOLDS, wrong + 1, shown - wrong)) if wrong < shown else 1.0
