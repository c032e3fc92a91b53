"""The figure of Lorenz curves: the runs' mean curve, and the exact one beside it where there is one."""

import numpy as np
import pandas as pd
import pytest
from accord import sweep
from accord.agents.errors import InputError
from accord.analysis.figures.lorenz import lorenz
from accord.analysis.theory.wealth import geometric_lorenz
from matplotlib.figure import Figure


def parties(exchange: str, conduct: str = "misreport", traitors: int = 0) -> pd.DataFrame:
    rows = [
        {"run": run, "step": step, "wealth": wealth if step else 1.0}
        for run, held in enumerate(([0, 0, 0, 4], [1, 1, 1, 1]))
        for step in (0, 5)
        for wealth in held
    ]
    return pd.DataFrame(rows).assign(
        exchange=exchange, endowment="equal(amount=1)", traitors=traitors, conduct=conduct
    )


def test_the_mean_curve_of_the_last_step_and_theory() -> None:
    ax = lorenz(parties("coin"), ax=Figure().add_subplot())
    equal, runs, theory, _ = ax.lines
    share = runs.get_xdata()
    assert list(equal.get_xdata()) == [0, 1]
    assert np.interp([0.5, 0.75, 1.0], share, runs.get_ydata()) == pytest.approx([0.25, 0.375, 1.0])
    assert theory.get_linestyle() == "--"
    assert theory.get_ydata() == pytest.approx(geometric_lorenz(1.0, share))


def test_defaulters_have_a_curve_of_their_own() -> None:
    ax = lorenz(parties("coin", "breach(p=0.5)", traitors=1), ax=Figure().add_subplot())
    theory = ax.lines[2]
    assert theory.get_ydata() == pytest.approx(
        geometric_lorenz(1.0, theory.get_xdata(), defaulters=0.25, pays=0.5)
    )


def test_of_goods_there_is_no_theory() -> None:
    assert len(lorenz(parties("barter"), ax=Figure().add_subplot()).lines) == 3


def test_says_that_parties_were_not_recorded() -> None:
    result = sweep("exchange", {"exchange": "coin", "network": "complete(n=4)", "max_steps": 2}, record=())
    with pytest.raises(InputError, match="parties were not recorded"):
        lorenz.page(result)
