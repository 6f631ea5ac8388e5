"""Fitting when an answer from a taught policy may be shown, on the trials of its questions."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from answer.taught_confidence import ShownAt, TaughtConfidence
from answer.teaching import Trial, TriedPolicy

FOLDS = 5
FEWEST = 60
"""Questions, and of them as many as there are folds right and wrong: with fewer there is nothing
to fit. The policy then answers as one without questions."""
NO_EFFECT = "These questions have no effect yet"
TOO_FEW = f"{NO_EFFECT}: there are {{count}} of the {FEWEST} or more that it takes."
TOO_FEW_WRONG = (
    f"{NO_EFFECT}: it takes at least {FOLDS} near misses or questions that the bot gets wrong, and "
    "there are {count}. Add near misses, so that the bot learns when not to answer."
)
TOO_FEW_RIGHT = (
    f"{NO_EFFECT}: it takes at least {FOLDS} whose clause the bot finds, and there are {{count}}. "
    "Add answerable questions, and check which sentences they are tied to."
)
HOLDS = 0.9  # the confidence of the bound on the share of wrong answers
FEWEST_SHOWN = 45
"""With fewer answers no risk of 5 % is proven at that confidence, even if none is wrong."""


def fit(tried: TriedPolicy) -> tuple[TriedPolicy, TaughtConfidence | None, str]:
    """None where the policy has too few questions, and then a sentence that says so to an owner.
    The trials come back with the confidence that a model fitted without them gives each."""
    problem = _problem([each.right for each in tried.trials])
    if problem:
        return tried, None, problem
    rows = np.array([each.row for each in tried.trials])
    right = np.array([each.right for each in tried.trials], dtype=bool)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
    shares = cross_val_predict(model, rows, right, cv=folds, method="predict_proba")[:, 1]
    model.fit(rows, right)
    scaler, regression = model[0], model[1]
    trials = tuple(_with(t, share) for t, share in zip(tried.trials, shares, strict=True))
    fitted = TaughtConfidence(
        scaler.mean_,
        scaler.scale_,
        regression.coef_[0],
        float(regression.intercept_[0]),
        _steps(shares, right),
    )
    return replace(tried, trials=trials), fitted, ""


def _problem(right: Sequence[bool]) -> str:
    """Why nothing can be fitted; empty if it can."""
    found = sum(right)
    if len(right) < FEWEST:
        return TOO_FEW.format(count=len(right))
    if len(right) - found < FOLDS:
        return TOO_FEW_WRONG.format(count=len(right) - found)
    if found < FOLDS:
        return TOO_FEW_RIGHT.format(count=found)
    return ""


def _with(trial: Trial, confidence: float) -> Trial:
    return replace(trial, confidence=float(confidence))


def _steps(shares: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[ShownAt, ...]:
    order = np.argsort(-shares)
    wrongs = np.cumsum(~right[order])
    found = []
    for shown in range(max(FEWEST_SHOWN, len(order) // 4), len(order) + 1):
        wrong = int(wrongs[shown - 1])
        bound = float(beta.ppf(HOLDS, wrong + 1, shown - wrong)) if wrong < shown else 1.0
        found.append(ShownAt(float(shares[order[shown - 1]]), shown, wrong, bound))
    return tuple(found)
