"""The phase diagram: its cells are the worst shares, its crosses violations, its line the bound."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.phase_diagram import phase_diagram
from accord.analysis.verdicts import JUDGED
from matplotlib.axes import Axes
from matplotlib.figure import Figure


def run(n: int, traitors: int, conduct: str = "silent", **judged: str) -> dict[str, Any]:
    return {
        "protocol": "bracha", "nodes": n, "traitors": traitors, "conduct": conduct, "placement": "last",
        **dict.fromkeys(JUDGED, "held"), **judged,
    }  # fmt: skip


RUNS = pd.DataFrame(
    [
        *(run(n, 0) for n in (3, 4, 5, 6)),
        run(3, 1, termination="inconclusive"),
        run(4, 1), run(4, 1), run(4, 1, "forging"),
        run(5, 1), run(5, 1, "forging", agreement="violated"), run(5, 1, "forging"),
        run(4, 2, validity="violated"),
    ]
)  # fmt: skip


@pytest.fixture
def ax() -> Axes:
    return phase_diagram(RUNS, ax=Figure(layout="constrained").add_subplot())


def test_cells_are_shares_under_the_worst_attack(ax: Axes) -> None:
    shares = np.ma.filled(ax.collections[0].get_array(), np.nan).reshape(3, 4)
    expected = [[1, 1, 1, 1], [0, 1, 0.5, np.nan], [np.nan, 0, np.nan, np.nan]]
    np.testing.assert_array_equal(shares, expected)


def test_crosses_are_violations_and_not_mere_waiting(ax: Axes) -> None:
    crosses = next(line for line in ax.lines if line.get_marker() == "x")
    assert sorted(zip(*crosses.get_data(), strict=True)) == [(4, 2), (5, 1)]


def test_the_line_parts_cells_at_the_proven_bound(ax: Axes) -> None:
    bound = next(line for line in ax.lines if line.get_marker() == "None")
    assert list(zip(*bound.get_data(), strict=True)) == [
        (0.5, -0.5), (0.5, 0.5), (3.5, 0.5), (3.5, 1.5), (6.5, 1.5), (6.5, 2.5),
    ]  # fmt: skip


def test_what_could_have_been_run_and_was_not_is_hatched(ax: Axes) -> None:
    assert [each.get_xy() for each in ax.patches if each.get_hatch()] == [(5.5, 0.5), (4.5, 1.5), (5.5, 1.5)]


def test_cells_without_two_honest_parties_are_white_and_in_the_legend(ax: Axes) -> None:
    assert [each.get_xy() for each in ax.patches if not each.get_hatch()] == [(2.5, 1.5)]
    legend = [text.get_text() for text in ax.figure.legends[0].get_texts()]
    assert legend[2:] == ["Not run", "Fewer than two honest"]


def test_a_bound_at_the_edge_has_room() -> None:
    ax = phase_diagram(RUNS[RUNS["nodes"] > 3], ax=Figure(layout="constrained").add_subplot())
    bound = next(line for line in ax.lines if line.get_marker() == "None")
    assert ax.get_xlim()[0] < bound.get_xdata()[2] == 3.5


def test_no_line_where_no_bound_is_known() -> None:
    for protocol in ("my-own", "bracha(deliver=1)"):
        ax = phase_diagram(RUNS.assign(protocol=protocol), ax=Figure(layout="constrained").add_subplot())
        assert [line.get_marker() for line in ax.lines] == ["x"]
