"""The head learns as if each class without an example took part, and costs as if there were one."""

import numpy as np
from numpy.typing import NDArray

from index.head import SCALE, fit_head
from index.targets import Targets

# In all directions, so that no class fits its questions well.
CHANCE = np.random.default_rng(7)
SPREAD = CHANCE.normal(size=(30, 8))
VECTORS = (SPREAD / np.linalg.norm(SPREAD, axis=1, keepdims=True)).astype(np.float32)
TARGETS = Targets.of([{int(column): 1.0} for column in CHANCE.choice([0, 2, 7], size=30)])


def test_only_classes_with_an_example_have_a_prototype() -> None:
    head = fit_head(VECTORS, TARGETS, 10)
    assert [*head.columns] == [0, 2, 7]
    assert np.allclose(np.linalg.norm(head.prototypes, axis=1), 1.0)
    assert np.isclose(head.probabilities(VECTORS[2]).sum(), 1.0)
    own = fit_head(np.eye(8, dtype=np.float32)[:3], Targets.of([{0: 1.0}, {2: 1.0}, {7: 1.0}]), 10)
    assert own.columns[own.probabilities(np.eye(8, dtype=np.float32)[1]).argmax()] == 2


def test_classes_without_an_example_push_the_others_as_if_each_were_there() -> None:
    """One more that starts at zero and is never right is what each of them is."""
    alone, among_many = (fit_head(VECTORS, TARGETS, count) for count in (3, 300))
    assert not np.allclose(alone.prototypes, among_many.prototypes, atol=1e-3)
    explicit = _with_each_of_them(300)
    assert np.allclose(among_many.prototypes, explicit, atol=1e-5)


def _with_each_of_them(classes: int) -> NDArray[np.float64]:
    """The same by a textbook's Adam over all classes, those without an example among them."""
    wanted = np.zeros((len(VECTORS), classes))
    wanted[:, [0, 2, 7]] = TARGETS.dense(np.array([0, 2, 7]))
    rows = wanted.T @ VECTORS
    rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    mean, square = np.zeros_like(rows), np.zeros_like(rows)
    for step in range(1, 101):
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        units = rows / lengths
        logits = SCALE * VECTORS @ units.T
        shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        by_units = SCALE * ((shares - wanted) / len(VECTORS)).T @ VECTORS
        gradient = (by_units - (by_units * units).sum(axis=1, keepdims=True) * units) / lengths
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        spread = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        rows = rows - 0.01 * mean / (1 - 0.9**step) / spread
    units = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(units[[0, 2, 7]], dtype=np.float64)
