import numpy as np

from index.targets import Targets

TARGETS = Targets.of([{1: 2.0, 4: 2.0}, {}, {0: 1.0}])


def test_rows_are_scaled_to_one() -> None:
    assert TARGETS.dense(np.arange(5)).tolist() == [[0, 0.5, 0, 0, 0.5], [0] * 5, [1, 0, 0, 0, 0]]


def test_only_the_columns_asked_for_are_made_dense() -> None:
    assert [*TARGETS.used] == [0, 1, 4]
    assert TARGETS.dense(TARGETS.used).tolist() == [[0, 0.5, 0.5], [0, 0, 0], [1, 0, 0]]


def test_rows_can_be_weighted_left_out_and_added() -> None:
    columns, shares = TARGETS.weighted([2, 0], np.array([0.25, 0.5], dtype=np.float32))
    assert ([*columns], [*shares]) == ([0, 1, 4], [0.25, 0.25, 0.25])
    some = TARGETS.chosen(np.array([True, False, True]))
    assert len(some) == 2
    both = some.followed_by(Targets.of([{3: 1.0}]))
    assert both.dense(np.arange(5))[1:].tolist() == [[1, 0, 0, 0, 0], [0, 0, 0, 1, 0]]


def test_there_may_be_no_row() -> None:
    none = Targets.of([])
    assert len(none) == 0
    assert [*none.used] == []
    assert none.weighted([], np.zeros(0, dtype=np.float32))[0].shape == (0,)
