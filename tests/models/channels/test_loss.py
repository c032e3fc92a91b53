"""Independent losses."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models.channels.loss import Loss
from scipy.stats import binomtest


def test_a_share_is_lost(sent: Any) -> None:
    lost = sum(arrivals == () for arrivals in sent("loss(p=0.3)", 2000))
    assert binomtest(lost, 2000, 0.3).pvalue > 1e-3


def test_all_and_none(sent: Any) -> None:
    assert sent("loss(p=1)", 50) == [()] * 50
    assert sent("loss(p=0)", 50) == [(1.0,)] * 50


def test_copies_are_lost_one_by_one(sent: Any) -> None:
    left = [len(arrivals) for arrivals in sent("duplication(p=1) + loss(p=0.5)", 2000)]
    assert set(left) == {0, 1, 2}
    assert binomtest(left.count(1), 2000, 0.5).pvalue > 1e-3


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"loss: p=1.5 must be at most 1"):
        Loss(p=1.5)
