"""Curves: axes that hold still, points that stay, gaps where there is nothing."""

import json
from math import inf, nan

import pytest
from accord.analysis.browser.curves import (
    Panel,
    chart,
    curve,
    dashes,
    mark,
    rounded,
    span,
    thinned,
    upright,
    upto,
)
from hypothesis import given, settings
from hypothesis import strategies as st


def test_an_axis_of_steps_grows_in_coarse_jumps() -> None:
    ends = [upto(step) for step in range(1001)]
    assert sorted(set(ends)) == [10, 20, 50, 100, 200, 500, 1000]
    assert all(step <= end for step, end in enumerate(ends))


@given(
    st.lists(
        st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-9), min_size=1, max_size=9
    )
)
def test_an_axis_of_values_holds_them_between_ticks(values: list[float]) -> None:
    axis = span(values)
    size = axis["max"] - axis["min"]
    assert axis["min"] <= min(values) + 1e-9 * size
    assert axis["max"] >= max(values) - 1e-9 * size
    assert size / axis["interval"] == pytest.approx(round(size / axis["interval"]), abs=1e-6)
    assert 0.99 < size / axis["interval"] < 13


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([0.0], (0, 1)),
        ([nan], (0, 1)),
        ([0.575, 0.575], (0, 1)),  # it does not change, so that nothing is gained by a closer look
        ([0.2, inf, 0.9], (0, 1)),
        ([60, 70.5], (60, 72)),
        ([-3, -2], (-3, -2)),
        ([-3, -1], (-3, 0)),
        ([-2, -2], (-2, 0)),
    ],
)
def test_known_ends(values: list[float], ends: tuple[float, float]) -> None:
    axis = span(values)
    assert (axis["min"], axis["max"]) == ends


def test_counts_have_whole_ticks() -> None:
    assert [span([0, most], whole=True)["interval"] for most in (0, 1, 5, 6, 30)] == [1, 1, 1, 2, 10]


@settings(deadline=None)
@given(st.integers(0, 20_000), st.integers(2, 500))
def test_points_are_few_in_order_and_reach_the_end(points: int, most: int) -> None:
    shown = thinned(points, most)
    assert shown == sorted(set(shown))
    assert len(shown) <= most + 1
    assert points == 0 or (shown[0], shown[-1]) == (0, points - 1)


def test_points_that_are_shown_stay_while_more_come() -> None:
    assert set(thinned(900)[:-1]) <= set(thinned(950))
    assert set(thinned(2000)[:-1]) <= set(thinned(1000)) | set(range(1000, 2000))


def test_a_point_tells_its_step_and_a_gap_is_none() -> None:
    assert curve("a", [1.0, nan], "red", first=3)["data"] == [
        {"value": [3, 1.0], "step": 3},
        {"value": [4, None], "step": 4},
    ]
    assert curve("theory", [1.0], "grey", dashed=True)["data"] == [[0, 1.0]]
    assert [rounded(each) for each in (nan, inf, 1 / 3)] == [None, None, 0.333333]


def test_long_names_of_axes_take_two_lines_at_most() -> None:
    lines = upright("word " * 60)["name"].split("\n")
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert max(map(len, upright("word " * 60, columns=3)["name"].split("\n"))) <= 22


@pytest.mark.parametrize(("panels", "columns"), [(1, 1), (3, 1), (4, 2), (9, 3)])
def test_panels_lie_side_by_side_and_do_not_overlap(panels: int, columns: int) -> None:
    axis = span([0, 1])
    one = Panel("a", axis, [curve("a", [0, 1], "red"), dashes("theory", 1), mark("end", 1, axis)])
    drawn = json.loads(json.dumps(chart([one] * panels, 1, 400)))
    assert len(drawn["grid"]) == len(drawn["xAxis"]) == len(drawn["yAxis"]) == panels
    assert len({each["left"] for each in drawn["grid"]}) == columns
    tops = sorted({each["top"] for each in drawn["grid"]})
    height = drawn["grid"][0]["height"]
    assert all(above + height < below for above, below in zip(tops, [*tops[1:], 400], strict=True))
    assert [each["xAxisIndex"] for each in drawn["series"]] == [
        each for each in range(panels) for _ in range(3)
    ]
    assert [each["name"] for each in drawn["xAxis"]].count("Step") == columns
