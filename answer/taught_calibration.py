"""Fitting when an answer from a taught policy may be shown, on the trials of its questions."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sklearn.model_selection import StratifiedKFold

from answer import features
from answer.calibration import (
    FEWEST_SHOWN_OUTSIDE,
    Measured,
    confidence_model,
    cross_validated,
    regression,
)
from answer.confidence import ConfidenceModel
from answer.teaching import FOLDS, TriedPolicy

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


def fit(tried: TriedPolicy) -> tuple[TriedPolicy, ConfidenceModel | None, str]:
    """None where the policy has too few questions, and then a sentence that says so to an owner.
    The trials come back with the confidence that a model fitted without them gives each."""
    problem = _problem([each.right for each in tried.trials])
    if problem:
        return tried, None, problem
    count = len(tried.trials)
    measured = Measured(
        np.array([each.row for each in tried.trials]),
        np.array([each.right for each in tried.trials], dtype=bool),
        np.ones(count, dtype=bool),
        np.zeros(count, dtype=int),
    )
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
    shares = cross_validated(regression(), measured, folds)
    trials = tuple(
        replace(trial, confidence=float(share))
        for trial, share in zip(tried.trials, shares, strict=True)
    )
    fewest_shown = max(FEWEST_SHOWN_OUTSIDE, count // 4)
    model = confidence_model(features.NAMES, measured, shares, fewest_shown)
    return replace(tried, trials=trials), model, ""


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
