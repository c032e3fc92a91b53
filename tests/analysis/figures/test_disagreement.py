"""Disagreement: every run a line, and no line above its bound."""

import numpy as np
from accord import Result
from accord.analysis.figures.disagreement import disagreement
from accord.analysis.scenarios import beside_runs
from matplotlib.figure import Figure


def test_lines_lie_below_the_bound(result: Result) -> None:
    runs = result.runs.query("network == 'petersen' and rule == 'linear' and placement == 'random'")
    ax = disagreement(beside_runs(result, "steps", runs), ax=Figure().add_subplot())
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    solid = [line for line in ax.lines if line.get_linestyle() == "-" and len(line.get_xdata())]
    assert len(dashed) == 2  # without traitors and with one
    assert len(solid) == len(runs)
    for line in solid:
        bound = dashed[line.get_color() != solid[0].get_color()]
        allowed = np.interp(line.get_xdata(), bound.get_xdata(), np.log(bound.get_ydata()))
        assert (np.log(line.get_ydata()) <= allowed + 1e-6).all()
    assert ax.get_yscale() == "log"
    assert ax.get_ylabel() == "Disagreement (opinion)"
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["Measured, no traitors", "Measured, 1 traitor", "Spectral bound, slowest run"]


def test_no_bound_for_rules_that_are_not_linear(result: Result) -> None:
    steps = beside_runs(result, "steps", result.runs.query("rule == 'median'")[:2])
    ax = disagreement(steps, ax=Figure().add_subplot())
    assert not [line for line in ax.lines if line.get_linestyle() == "--"]
