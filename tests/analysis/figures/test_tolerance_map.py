"""The tolerance map: its cells are the shares."""

import pandas as pd
from accord.analysis.figures.tolerance_map import tolerance_map
from matplotlib.figure import Figure

RUNS = pd.DataFrame(
    {
        "network": ["karate", "karate", "karate", "ring(n=9)", "ring(n=9)"],
        "traitors": [0, 1, 1, 0, 0],
        "agreement": ["held", "held", "held", "violated", "held"],
        "validity": ["held", "violated", "held", "held", "held"],
    }
)


def test_cells_are_shares_and_say_so() -> None:
    ax = tolerance_map(RUNS, ax=Figure().add_subplot())
    assert [text.get_text() for text in ax.texts] == ["100", "50", "50"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Karate", "Ring"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "1"]
    assert ax.get_xlabel() == "Traitors"


def test_cells_that_were_not_run_are_hatched() -> None:
    ax = tolerance_map(RUNS, ax=Figure().add_subplot())
    assert [each.get_hatch() for each in ax.collections].count("////") == 1


def test_large_maps_leave_the_numbers_out() -> None:
    runs = pd.concat([RUNS[:1].assign(traitors=count) for count in range(121)])
    assert not tolerance_map(runs, ax=Figure().add_subplot()).texts
