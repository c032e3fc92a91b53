"""Delays uniform on an interval."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models.channels.uniform import Uniform
from scipy.stats import kstest


def test_delays_are_uniform(sent: Any) -> None:
    delays = [arrival - 10 for (arrival,) in sent("uniform(low=1, high=3)", 2000, now=10.0)]
    assert 1 <= min(delays) < 1.1 < 2.9 < max(delays) <= 3
    assert (
        kstest(delays, "uniform", (1, 2)).pvalue > 1e-3
    )  # fails for one seed in a thousand; this one is fixed


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"uniform: low=2 must be at most high=1"):
        Uniform(low=2, high=1)
    with pytest.raises(InputError, match=r"uniform: low=-1 must be at least 0"):
        Uniform(low=-1)
