import numpy as np
import pytest

from index.classes import Classes
from knowledge.bank import BankQuestion, Intent
from knowledge.question import Question

CLASSES = Classes(("first", "second"))


def row(kind: Intent, **fields: tuple[object, ...]) -> list[float]:
    question = BankQuestion("q", Question("?"), kind, **fields)  # type: ignore[arg-type]
    dense = CLASSES.targets([question]).dense(np.arange(len(CLASSES)))
    return [float(share) for share in dense[0]]


def test_alternatives_in_a_group_share_the_answer() -> None:
    assert row(Intent.ANSWERABLE, needed=(("first", "second"),))[:2] == [0.5, 0.5]


def test_the_first_group_counts_more_than_the_second() -> None:
    first, second = row(Intent.ANSWERABLE, needed=(("first",), ("second",)))[:2]
    assert first > second > 0


def test_what_may_be_quoted_too_counts_little() -> None:
    answer, fine = row(Intent.ANSWERABLE, needed=(("first",),), fine=("second",))[:2]
    assert answer > 5 * fine > 0


def test_a_near_miss_stands_beside_the_sentence_it_resembles_not_on_it() -> None:
    shares = row(Intent.NEAR, closest=("second",))
    assert shares[:2] == [0.0, 0.0]
    assert shares[2:4] == [0.0, pytest.approx(0.7)]
    assert shares[CLASSES.kind_column(Intent.NEAR)] == pytest.approx(0.3)


def test_every_row_sums_to_one() -> None:
    for kind in Intent:
        needed = (("first",),) if kind is Intent.ANSWERABLE else ()
        assert np.sum(row(kind, needed=needed)) == pytest.approx(1.0)
