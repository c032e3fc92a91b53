"""The sealed double auction, drawn: what was measured, and the equilibrium's curves."""

import numpy as np
import pandas as pd
from accord.analysis.figures.double_auction import double_auction
from matplotlib.figure import Figure


def run(k: float, traded: bool) -> dict[str, object]:
    play = f"chatterjee-samuelson(k={k})"
    told = {
        "procedure": f"sealed-offers(k={k})",
        "tactic": play,
        "rivals": play,
        "domain": "trade(low=0, high=1)",
    }
    return {**told, "deals": int(traded), "welfare": 0.5 * traded}


def test_dots_and_curves_are_where_they_should_be() -> None:
    ax = Figure().subplots()
    rows = [run(0.5, number < 3) for number in range(10)] + [run(1.0, number < 1) for number in range(4)]
    double_auction(pd.DataFrame(rows), ax=ax)
    lines = {str(line.get_label()): line for line in ax.lines}
    assert np.asarray(lines["Gained"].get_ydata()).tolist() == [0.9, 0.75]
    assert np.asarray(lines["Traded"].get_ydata()).tolist() == [0.3, 0.25]
    curves = [
        np.asarray(line.get_ydata())
        for line in ax.lines
        if line.get_linestyle() == "--" and len(line.get_xdata())
    ]
    assert sorted(round(float(curve.max()), 5) for curve in curves) == [0.28125, 0.84375]
