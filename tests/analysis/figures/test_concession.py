"""The figure of exponents: maps of deals, shares and times."""

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.concession import concession
from matplotlib.figure import Figure

RUNS = pd.DataFrame(
    {
        "tactic": ["time-dependent", "time-dependent(beta=2)", "time-dependent", "time-dependent"],
        "rivals": ["time-dependent", "time-dependent", "time-dependent(beta=2)", "time-dependent(beta=2)"],
        "deadline": 10,
        "deals": [0, 1, 1, 0],
        "tables": 1,
        "share": [np.nan, 0.2, 0.9, np.nan],
        "round": [np.nan, 8, 3, np.nan],
    }
)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (None, [[0, 0.5], [1, np.nan]]),
        ("share-of-the-first", [[np.nan, 0.9], [0.2, np.nan]]),
        ("time-of-the-deal", [[np.nan, 0.4], [0.9, np.nan]]),
    ],
)
def test_maps(quantity: str | None, expected: list[list[float]]) -> None:
    runs = RUNS if quantity is None else RUNS.assign(quantity=quantity)
    ax = concession(runs, ax=Figure().add_subplot())
    values = ax.collections[0].get_array().filled(np.nan)
    assert np.array_equal(values.reshape(2, 2), expected, equal_nan=True)
    assert [each.get_text() for each in ax.get_yticklabels()] == ["0.2", "2"]
