"""The truth, in whole ticks."""

import numpy as np
from accord.agents.traders import Asked
from accord.agents.traders.truthful import Truthful


def test_prices() -> None:
    limits = np.array([7.0, 7.0, 25.0, -3.0, 25.0, np.nan])
    buys = np.array([True, False, True, True, False, True])
    named = Truthful().prices(Asked(np.arange(6), buys, limits, 0.0, 20.0, np.zeros(6)))
    # beyond what can be named a buyer names the most, a seller whose costs are beyond nothing
    assert np.array_equal(named, [7, 7, 20, np.nan, np.nan, np.nan], equal_nan=True)
