"""Exponential delays."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models.channels.exponential import Exponential
from scipy.stats import kstest


def test_delays_are_exponential(sent: Any) -> None:
    delays = [arrival - 10 for (arrival,) in sent("exponential(mean=5)", 2000, now=10.0)]
    assert kstest(delays, "expon", (0, 5)).pvalue > 1e-3


@pytest.mark.parametrize("mean", [0, -1])
def test_bad_input(mean: float) -> None:
    with pytest.raises(InputError, match=rf"exponential: mean={mean} must be greater than 0"):
        Exponential(mean=mean)
