"""The figure of gains by share of liars: ratios of means, and a scale that shows what is far off."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.efficiency_liars import efficiency_liars
from matplotlib.axes import Axes
from matplotlib.figure import Figure


def runs(**columns: Any) -> pd.DataFrame:
    frame = {
        "conduct": ["breach"] * 4, "traitors": [0, 0, 2, 2], "nodes": 4, "honest_gain": [10.0, 10.0, 2.0, 4.0],
        "honest_due": [10.0, 10.0, 8.0, 12.0], "traitor_gain": 0.0, "traitor_due": 10.0,
    }  # fmt: skip
    return pd.DataFrame({**frame, **columns})


def drawn(frame: pd.DataFrame) -> Axes:
    return efficiency_liars(frame, ax=Figure(layout="constrained").add_subplot())


def marks(ax: Axes) -> list[tuple[float, float]]:
    (line,) = (each for each in ax.lines if each.get_label() == "Breach")
    return list(zip(*line.get_data(), strict=True))


def test_marks_are_gains_of_what_is_due_by_share_of_liars() -> None:
    ax = drawn(runs())
    assert np.allclose(marks(ax), [(0, 1), (0.5, 0.3)])
    assert ax.get_yscale() == "linear"
    told = [text.get_text() for text in ax.get_legend().get_texts()]
    assert told == ["Breach", "Theory"]


def test_who_is_due_more_has_no_wider_interval_for_it() -> None:
    # twice as much is gained where twice as much is due: the ratio is certain
    ax = drawn(runs(honest_gain=[10.0, 10.0, 4.0, 6.0]))
    bars = [
        line.get_ydata() for line in ax.lines if len(line.get_xdata()) == 2 and line.get_marker() == "None"
    ]
    assert all(low == pytest.approx(high) for low, high in bars[:2])


def test_far_gains_and_losses_bend_the_scale() -> None:
    assert drawn(runs(honest_gain=[10.0, 10.0, 50.0, 60.0])).get_yscale() == "symlog"


def test_conducts_stand_side_by_side_where_somebody_lies() -> None:
    ax = drawn(pd.concat([runs(), runs(conduct="shill")], ignore_index=True))
    places = [line.get_xdata() for line in ax.lines if line.get_label() in ("Breach", "Shill")]
    assert places[0][0] == places[1][0] == 0
    assert places[0][1] < 0.5 < places[1][1]
