"""The figure of costs: dots are counts, dashes formulas, and names do not overlap."""

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.message_cost import message_cost
from accord.analysis.theory.cost import messages
from matplotlib.axes import Axes
from matplotlib.figure import Figure

QUADRATIC = ("bracha", "paxos", "dolev-strong", "signed-messages", "ben-or")
RUNS = pd.DataFrame(
    [
        {"protocol": protocol, "nodes": n, "f": 1, "messages": messages(protocol, n, 1) + extra}
        for protocol in QUADRATIC
        for n in (4, 16, 64)
        for extra in (0, 2)
    ]
    + [
        {"protocol": "oral-messages", "nodes": n, "f": 1, "messages": messages("oral-messages", n, 1)}
        for n in (4, 7)
    ]
)


@pytest.fixture
def ax() -> Axes:
    return message_cost(RUNS, ax=Figure(layout="constrained").add_subplot())


def test_dots_are_means_and_dashes_formulas(ax: Axes) -> None:
    dots, dashes = (
        [line for line in ax.lines if (line.get_linestyle() == "--") is dashed] for dashed in (False, True)
    )
    assert len(dots) == len(dashes) == 6
    assert dots[1].get_ydata().tolist() == [
        27 + 1,
        495 + 1,
        8127 + 1,
    ]  # Bracha, after Ben-Or, which costs more
    assert dashes[1].get_ydata().tolist() == [27, 495, 8127]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")


def test_names_stand_apart(ax: Axes) -> None:
    heights = sorted(text.xyann[1] for text in ax.texts if text.arrow_patch is not None)
    assert len(heights) == 5
    assert np.diff(heights).min() > 0.04


def test_lines_of_one_colour_end_far_apart() -> None:
    costs = [2**k for k in (3, 0, 7, 4, 1, 6, 2, 5)]
    runs = pd.DataFrame({"protocol": list("abcdefgh"), "nodes": 4, "messages": costs})
    ax = message_cost(runs, ax=Figure(layout="constrained").add_subplot())
    by_cost = sorted((line.get_ydata()[0], line.get_color()) for line in ax.lines)
    colours = [colour for _, colour in by_cost]
    assert len(set(colours[:6])) == 6
    assert colours[6:] == colours[:2]


def test_protocols_without_a_formula_have_no_dashes() -> None:
    ax = message_cost(RUNS[:6].assign(protocol="my-own"), ax=Figure(layout="constrained").add_subplot())
    assert not [line for line in ax.lines if line.get_linestyle() == "--"]


def test_numbers_of_parties_that_are_close_share_a_label() -> None:
    runs = pd.DataFrame({"protocol": "bracha", "nodes": [4, 39, 40], "messages": [27, 3003, 3159]})
    ax = message_cost(runs, ax=Figure(layout="constrained").add_subplot())
    assert ax.get_xticks().tolist() == [4, 40]
    assert ax.get_xticks(minor=True).tolist() == [39]
    alone = message_cost(runs[:1], ax=Figure(layout="constrained").add_subplot())
    assert alone.get_xticks().tolist() == [4]


def test_every_n_of_the_small_study_has_a_number() -> None:
    runs = pd.DataFrame({"protocol": "bracha", "nodes": [4, 7, 10, 13], "messages": [27, 90, 189, 324]})
    ax = message_cost(runs, ax=Figure(layout="constrained").add_subplot())
    assert ax.get_xticks().tolist() == [4, 7, 10, 13]
