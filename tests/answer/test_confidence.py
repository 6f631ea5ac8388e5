from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from answer.calibration import Measured, fit_confidence_model
from answer.confidence import BadConfidenceModel, ConfidenceModel, RiskBound, read_confidence_model
from answer.features import NAMES

CHANCE = np.random.default_rng(3)


def stream(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Questions whose first feature decides, with odds of e to that, whether they are right."""
    rows = CHANCE.normal(0, 2.5, (count, len(NAMES)))
    return rows, CHANCE.random(count) < 1 / (1 + np.exp(-rows[:, 0]))


def measured(count: int) -> Measured:
    rows, right = stream(count)
    return Measured(rows, right, np.ones(count, dtype=bool), np.zeros(count, dtype=int))


def model_of(*bounds: float) -> ConfidenceModel:
    ladder = tuple(RiskBound(0.9 - place / 10, 100, 1, bound) for place, bound in enumerate(bounds))
    return ConfidenceModel(NAMES, (), (), (), 0.0, ladder)


def test_stated_probabilities_are_as_often_right_as_they_say() -> None:
    model = fit_confidence_model(NAMES, measured(4000))
    rows, right = stream(4000)
    stated = np.array([model.probability(row) for row in rows])
    for low in (0.1, 0.3, 0.5, 0.7):
        bin_ = (stated >= low) & (stated < low + 0.2)
        assert right[bin_].mean() == pytest.approx(stated[bin_].mean(), abs=0.06)


@pytest.mark.parametrize("risk", [0.03, 0.05, 0.1])
def test_fresh_questions_keep_to_the_accepted_risk(risk: float) -> None:
    model = fit_confidence_model(NAMES, measured(4000))
    rows, right = stream(20_000)
    shown = np.array([model.probability(row) for row in rows]) >= model.threshold(risk)
    assert shown.sum() > 1000
    # Proven with nine in ten: a fresh sample may miss it by its own chance.
    assert (~right[shown]).mean() <= risk + 3 * np.sqrt(risk * (1 - risk) / shown.sum())


def test_the_threshold_is_the_lowest_before_the_first_bound_that_is_too_high() -> None:
    assert model_of(0.01, 0.03, 0.08, 0.02).threshold(0.05) == pytest.approx(0.8)


def test_without_a_proven_threshold_only_answers_surer_than_the_risk_are_shown() -> None:
    assert model_of(0.2, 0.01).threshold(0.05) == pytest.approx(0.95)


def test_what_is_decided_before_shapes_the_weights_but_not_the_measured_risk() -> None:
    stream_ = measured(2000)
    decided = np.arange(2000) < 1000
    stream_.right[~decided] = False
    model = fit_confidence_model(NAMES, replace(stream_, decided=decided))
    assert model.bounds[-1].shown == 1000


def test_a_policy_is_judged_by_a_model_that_has_not_seen_it() -> None:
    """In each policy another feature is equal to what is right; fitted on it too, a model would
    know each answer."""
    policies = np.repeat(np.arange(5), 200)
    right = CHANCE.random(1000) < 0.5
    rows = CHANCE.normal(0, 1, (1000, len(NAMES)))
    for policy in range(5):
        rows[policies == policy, :5] = 0
        rows[policies == policy, policy] = 5 * right[policies == policy]
    bounds = fit_confidence_model(
        NAMES, Measured(rows, right, np.ones(1000, dtype=bool), policies), fewest_shown=100
    ).bounds
    assert bounds[0].bound > 0.3


def test_a_model_survives_its_file(tmp_path: Path) -> None:
    model = fit_confidence_model(NAMES, measured(300))
    model.write(tmp_path / "model.json")
    assert read_confidence_model(tmp_path / "model.json", NAMES) == model


@pytest.mark.parametrize("content", ["", "{", "{}", '{"features": 3}'])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "model.json").write_text(content)
    with pytest.raises(BadConfidenceModel, match=r"model\.json"):
        read_confidence_model(tmp_path / "model.json", NAMES)
