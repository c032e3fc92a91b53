"""Lorenz curves: which share of all wealth the poorest have, with the exact curves of money beside them."""

import numpy as np
from matplotlib.axes import Axes
from pandas import DataFrame

from ...experiments.result import Result
from ...models.inequality import lorenz as curve_of
from ..deal_predictions import pays_of
from ..frames import at_the_end
from ..labels import level_labels
from ..style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION
from ..theory.wealth import geometric_lorenz
from . import figure

__all__ = ["lorenz"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE)
_SHARES = np.linspace(0, 1, 201)


def _cases(result: Result) -> DataFrame:
    from ..frames import finished, require
    from ..scenarios import beside_runs

    require(finished(result.runs), ("mean_wealth",), "figure lorenz")
    return at_the_end(beside_runs(result, "parties"))


@figure(
    needs=("run", "step", "wealth", "exchange", "endowment", "traitors", "conduct"),
    cases=_cases,
    rows="network",
    columns="traitors",
    aspect=0.9,
    shared="xy",
)
def lorenz(parties: DataFrame, *, ax: Axes) -> None:
    """Share of all wealth that the poorest have at the end of a run: the mean curve of all runs.

    Dashed: theory for many parties, where money has changed hands for long enough and traitors do not always pay.
    Grey: everybody has the same.

    Parameters
    ----------
    parties
        `run`, `step`, `wealth`, `exchange`, `endowment`, `traitors` and `conduct`, a row a party; the latest step of
        each run counts.
    """
    cases = list(at_the_end(parties).groupby(["exchange", "endowment"], sort=False))
    exchanges, endowments = (level_labels([case[place] for case, _ in cases]) for place in (0, 1))
    ax.plot([0, 1], [0, 1], color=GREY, linewidth=0.5)
    for place, ((exchange, endowment), part) in enumerate(cases):
        words = [exchanges[exchange]] * (len(exchanges) > 1) + [endowments[endowment]] * (len(endowments) > 1)
        colour = _COLOURS[place % len(_COLOURS)]
        held = [run["wealth"].to_numpy(dtype=float) for _, run in part.groupby("run", sort=False)]
        curves = [np.interp(_SHARES, np.linspace(0, 1, len(each) + 1), curve_of(each)) for each in held]
        ax.plot(_SHARES, np.mean(curves, axis=0), color=colour, label=", ".join(words) or "Runs")
        pays = pays_of(str(exchange), part["conduct"].iloc[0] if part["traitors"].any() else "misreport")
        if pays is not None:
            liars = float(part["traitors"].mean()) / float(np.mean([len(each) for each in held]))
            mean = float(part["wealth"].mean())
            theory = geometric_lorenz(mean, _SHARES, defaulters=liars, pays=pays)
            ax.plot(_SHARES, theory, "--", color=colour, linewidth=0.9)
    ax.plot([], [], "--", color=BLACK, linewidth=0.9, label="Theory")
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.set_xlabel("Poorest share of parties")
    ax.set_ylabel("Share of all wealth")
