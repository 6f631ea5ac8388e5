import numpy as np
import pytest

from index.nearest import NearestVectors

VECTORS = np.eye(3, dtype=np.float32)


def test_a_vector_finds_itself_at_similarity_one() -> None:
    nearest = NearestVectors.of(VECTORS).search(VECTORS[1], 2)
    assert nearest[0].row == 1
    assert nearest[0].similarity == pytest.approx(1.0)


def test_rows_that_do_not_exist_are_dropped() -> None:
    assert len(NearestVectors.of(VECTORS).search(VECTORS[0], 20)) == 3


def test_nothing_is_near_in_an_empty_index() -> None:
    assert NearestVectors.of(VECTORS[:0]).search(VECTORS[0], 5) == ()


def test_similarity_never_leaves_its_bounds_by_rounding() -> None:
    longer = NearestVectors.of(VECTORS * np.float32(1.00001))
    assert longer.search(VECTORS[2], 1)[0].similarity == 1.0


def test_vectors_of_half_precision_are_found_as_they_are() -> None:
    half = VECTORS.astype(np.float16)
    found = NearestVectors.of(half).search(VECTORS[1], 2)
    whole = NearestVectors.of(half.astype(np.float32)).search(VECTORS[1], 2)
    assert [near.row for near in found] == [near.row for near in whole]
    assert np.allclose([n.similarity for n in found], [n.similarity for n in whole], atol=1e-6)
    assert np.array_equal(NearestVectors.of(half).vectors, half)
