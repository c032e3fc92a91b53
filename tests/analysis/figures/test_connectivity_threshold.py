"""The figure of connectivity shows the shares under whatever did most harm, and the bound where it belongs."""

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.connectivity_threshold import connectivity_threshold
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Page

HELD = {"agreement": "held", "validity": "held", "integrity": "held", "termination": "held"}
FRAME = pd.DataFrame(
    [
        {
            **{"protocol": protocol, "traitors": 1, "relay": True, "connectivity": least, "conduct": conduct},
            **{"network": f"harary(k={least}, n=12)", **HELD, "agreement": agreement},
        }
        for protocol in ("bracha", "phase-king")
        for conduct in ("silent", "corrupting")
        for least in (2, 3, 4)
        for agreement in ("held", "violated" if (least, conduct) == (2, "corrupting") else "held")
    ]
)


@pytest.fixture
def ax() -> Axes:
    return connectivity_threshold(FRAME, ax=Page(layout="constrained").add_subplot())


def test_each_protocol_has_marks_of_its_worst_shares_and_no_line_between(ax: Axes) -> None:
    lines = {line.get_label(): line for line in ax.lines if not str(line.get_label()).startswith("_")}
    assert list(lines) == ["Bracha", "Phase king", "Proven bound"]
    for name in ("Bracha", "Phase king"):
        assert lines[name].get_linestyle() == "None"
        assert np.round(lines[name].get_xdata()).tolist() == [2, 3, 4]
        assert lines[name].get_ydata().tolist() == [0.5, 1, 1]
    # side by side, so that none hides another
    assert (lines["Bracha"].get_xdata() < lines["Phase king"].get_xdata()).all()


def test_the_bound_lies_before_2f_plus_1(ax: Axes) -> None:
    dashed = [line for line in ax.lines if line.get_linestyle() == "--" and len(line.get_xdata())]
    assert [set(line.get_xdata()) for line in dashed] == [{2.5}]
    assert ax.get_xlim() == (1.5, 4.5)
