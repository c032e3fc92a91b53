"""Shares of what there is to gain."""

import numpy as np
import pytest
from accord.agents.traders import Asked
from accord.agents.traders.shaded import Shaded


@pytest.mark.parametrize(
    ("share", "bid", "ask"),
    # of the bidders' equilibrium among n in a first-price auction, v (n-1)/n, n = 2, 5 (Vickrey 1961)
    [(0.0, 60, 60), (1 / 2, 30, 80), (1 / 5, 48, 68), (1.0, 0, 100), (0.33, 40, 74)],
)
def test_prices_are_rounded_to_ones_own_favour(share: float, bid: float, ask: float) -> None:
    asked = Asked(np.arange(2), np.array([True, False]), np.array([60.0, 60.0]), 0.0, 100.0, np.zeros(2))
    assert Shaded(share=share).prices(asked).tolist() == [bid, ask]
