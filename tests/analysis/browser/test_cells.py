import json
from pathlib import Path
from typing import Any

import pytest
from accord import sweep
from accord.analysis.browser.cells import Cells
from accord.analysis.browser.selection import Selection
from accord.analysis.intervals import wilson
from accord.experiments import Result
from accord.experiments.design import grid
from accord.experiments.loading import load_model


@pytest.fixture(scope="module")
def result() -> Result:
    """Traitors of whom linear averaging bears none; 24 runs."""
    factors = {"network": ["petersen", "ring(n=5)"], "traitors": [0, 1], "rule": ["linear", "median"]}
    return sweep("averaging", factors, replicates=3)


def cells(result: Result, **asked: Any) -> Cells:
    return Cells(result, Selection(**asked).fitted(result))


@pytest.mark.parametrize("shown", ["agreement held", "validity violated"])
def test_a_cell_has_the_share_of_its_runs(result: Result, shown: str) -> None:
    found = cells(result, rows="network", columns="traitors", shown=shown).cells
    assert [(each.row, each.column) for each in found] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    name, status = shown.split()
    for each in found:
        network, traitors = result.factors["network"][each.row], result.factors["traitors"][each.column]
        runs = result.runs[(result.runs["network"] == network) & (result.runs["traitors"] == traitors)]
        yes = int((runs[name] == status).sum())
        assert (each.value, each.telling, each.successes, each.runs) == (yes / 6, 6, yes, 6)
        assert (each.low, each.high) == tuple(map(float, wilson(yes, 6)))


def test_a_cell_has_the_mean_of_its_runs(result: Result) -> None:
    (one, other) = cells(
        result, columns="traitors", rows="network", shown="steps", kept={"network": ("petersen",)}
    ).cells
    runs = result.runs.query("network == 'petersen' and traitors == 0")["steps"]
    assert (one.value, one.low, one.high) == (runs.mean(), runs.min(), runs.max())
    assert other.column == 1


def test_runs_that_failed_enter_no_share() -> None:
    walks = Path(__file__).parents[2] / "experiments" / "walks.py"
    broken = sweep(load_model(f"{walks}:Walk"), {"trouble": ["none", "raise"], "length": 3}, replicates=2)
    fine, harmed = cells(broken).cells
    assert (fine.telling, fine.unfinished) == (2, 0)
    assert (harmed.telling, harmed.unfinished, harmed.runs) == (1, 1, 2)
    alone = broken.only(broken.failed["run"])
    drawn = cells(alone).option["series"][0]["data"]
    assert [each["label"]["formatter"] for each in drawn] == ["failed"]
    assert drawn[0]["visualMap"] is False
    assert "1 run did not finish" in drawn[0]["tooltip"]["formatter"]


def test_points_that_were_left_out_have_no_cell() -> None:
    design = grid(
        {"network.n": [4, 5], "network": "ring", "traitors": [0, 1]},
        where="traitors == 0 or `network.n` == 5",
    )
    found = cells(sweep("averaging", design)).cells
    assert {(each.row, each.column) for each in found} == {(0, 0), (0, 1), (1, 1)}


def test_the_map_is_plain_data_with_counts_and_intervals(result: Result) -> None:
    drawn = cells(result, rows="network", columns="traitors", cell=("ring(n=5)", "0")).option
    assert json.loads(json.dumps(drawn, allow_nan=False)) == drawn
    assert drawn["xAxis"]["data"] == ["0", "1"]
    assert drawn["yAxis"]["data"] == ["Petersen", "Ring"]
    first = drawn["series"][0]["data"][0]
    assert first["go"] == [0, 0]
    assert "in 3 of 6 runs, 50 %<br>95 % interval 18.8 % to 81.2 %" in first["tooltip"]["formatter"]
    marked = [each["go"] for each in drawn["series"][0]["data"] if each["itemStyle"].get("borderWidth") == 3]
    assert marked == [[1, 0]]


def test_labels_of_others_are_no_html() -> None:
    named = sweep(
        "averaging", {"network": "petersen", "placement": ["random", "given(nodes=[1])"], "traitors": 1}
    )
    levels: Any = named.design.levels
    levels["placement"] = ("random", "<script>alert(1)</script>")
    drawn = json.dumps(cells(named).option["series"])
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_the_height_does_not_change_with_what_is_kept(result: Result) -> None:
    whole = cells(result, rows="network")
    assert cells(result, rows="network", kept={"network": ("petersen",)}).height == whole.height
