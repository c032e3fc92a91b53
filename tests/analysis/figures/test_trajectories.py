"""Trajectories: one line a party, coloured by where it came from."""

import numpy as np
import pandas as pd
from accord.analysis.figures.trajectories import trajectories
from matplotlib import colormaps
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

STEPS = np.arange(100)
PARTIES = pd.concat(
    pd.DataFrame({"step": STEPS, "party": party, "role": role, "opinion": opinions})
    for party, role, opinions in (
        (0, "negotiator", 0.5 - 0.5 * 0.5**STEPS),
        (1, "negotiator", 0.5 + 0.5 * 0.5**STEPS),
        (2, "traitor", np.full(100, 2.0)),
        (3, "traitor", np.full(100, 2.0)),
    )
)


def test_honest_lines_hull_and_traitors() -> None:
    ax = trajectories(PARTIES, ax=Figure().add_subplot())
    (honest,) = [each for each in ax.collections if isinstance(each, LineCollection)]
    assert len(honest.get_segments()) == 2
    low, high = honest.get_colors()[:, :3]
    assert np.allclose(low, colormaps["viridis"](0.0)[:3])
    assert np.allclose(high, colormaps["viridis"](1.0)[:3])
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert len(dashed) == 1  # equal ones once
    assert set(dashed[0].get_ydata()) == {2.0}
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["Hull of the honest first opinions", "Honest, coloured by first opinion", "Traitor"]


def test_ends_where_nothing_moves_any_more() -> None:
    ax = trajectories(PARTIES, ax=Figure().add_subplot())
    assert ax.get_xlim() == (0, 10)
    still = PARTIES.assign(opinion=PARTIES["party"] / 3)
    assert trajectories(still, ax=Figure().add_subplot()).get_xlim() == (0, 10)
