"""Lomax delays."""

from typing import Any

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.channels.heavy_tailed import HeavyTailed
from scipy.stats import kstest


def test_delays_are_lomax(sent: Any) -> None:
    delays = [arrival - 10 for (arrival,) in sent("heavy-tailed(alpha=1.5, scale=2)", 2000, now=10.0)]
    assert kstest(delays, "lomax", (1.5, 0, 2)).pvalue > 1e-3


def test_even_the_heaviest_tail_is_finite(sent: Any) -> None:
    delays = [arrival for (arrival,) in sent("heavy-tailed(alpha=0.1)", 5000)]
    assert np.isfinite(delays).all()


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"heavy-tailed: alpha=0.0 must be at least 0.1"):
        HeavyTailed(alpha=0.0)
    with pytest.raises(InputError, match=r"heavy-tailed: scale=-2 must be greater than 0"):
        HeavyTailed(scale=-2)
