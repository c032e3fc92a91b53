"""Prices and powers of generating units, round by round."""

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from pandas import DataFrame, concat

from ...experiments.result import Result
from ..labels import level_labels, plural
from ..scenarios import rebuild
from ..style import BLACK, VALUES, VERMILION
from . import figure

__all__ = ["dispatch_rounds"]

_QUANTITIES = {"price": "Price (money per MWh)", "power": "Power (MW)"}
_SETTLED = 0.01  # what still moves by less, as a share of the range, is not worth looking at


def _cases(result: Result) -> DataFrame:
    """Return up to four runs, each twice: honest; lied to, by the first rule and the last; on another network."""
    from ..frames import finished, like_the_first, require
    from ..scenarios import described

    runs = described(finished(result.runs))
    require(runs, ("excess_cost", "replicate"), "figure dispatch-rounds")
    runs = like_the_first(runs, ["payment"])
    honest, lied = runs[runs["traitors"] == 0], runs[runs["traitors"] > 0]
    prices = lied[~lied["conduct"].str.startswith("misreport")]
    lied = lied if prices.empty else prices
    picked = [honest.head(1)]
    if len(lied):
        rules, networks = list(dict.fromkeys(lied["rule"])), list(dict.fromkeys(lied["network"]))
        pairs = dict.fromkeys([(networks[0], rules[0]), (networks[0], rules[-1]), (networks[-1], rules[-1])])
        picked += [lied[(lied["network"] == one) & (lied["rule"] == rule)].head(1) for one, rule in pairs]
    some: DataFrame = concat(picked)
    rule, network = level_labels(some["rule"]), level_labels(some["network"])
    some["setting"] = [
        f"{plural(row['traitors'], 'traitor')},\n{rule[row['rule']]}, {network[row['network']].lower()}"
        for row in some.to_dict("records")
    ]
    return concat([some.assign(shown=each) for each in _QUANTITIES], ignore_index=True)


@figure(
    needs=("case", "network", "rule", "traitors", "conduct", "placement", "excess_cost", "seed", "replicate"),
    cases=_cases,
    rows="shown",
    columns="setting",
    aspect=1.05,
)
def dispatch_rounds(runs: DataFrame, *, ax: Axes) -> None:
    """Price and power of each unit by round, traitors in red; dashed: the dispatch at least cost.

    Rounds end where nothing moves any more that could be seen.

    Parameters
    ----------
    runs
        How a run of `Dispatch` was set up, and its `seed` and `replicate`; the first one is played again and drawn:
        its prices, or its powers where a column `shown` says so.
    """
    shown = str(runs["shown"].iloc[0]) if "shown" in runs.columns else "price"
    model = rebuild(runs.iloc[0].to_dict()).run()
    values = np.array(model.prices if shown == "price" else model.powers)
    best = np.full(model.network.n, model.best.price) if shown == "price" else model.best.powers
    order = np.argsort(np.argsort(model.best.powers, kind="stable"))
    colours = colormaps[VALUES](0.95 * order / max(len(order) - 1, 1))
    for node in range(model.network.n):
        lies = node in model.traitors
        colour = VERMILION if lies else colours[node]
        label = "Traitor" if lies else None
        ax.plot(values[:, node], color=colour, linewidth=1.4 if lies else 1.0, zorder=2 + lies, label=label)
        if shown == "power":
            ax.axhline(best[node], color=colour, linestyle="--", linewidth=0.7, zorder=1)
    ax.plot(
        [],
        [],
        color=colormaps[VALUES](0.4),
        linewidth=1.0,
        label="Unit, the lighter the more it should produce",
    )
    if shown == "price":
        ax.axhline(best[0], color=BLACK, linestyle="--", linewidth=0.8, zorder=4)
    ax.plot([], [], "--", color=BLACK, linewidth=0.8, label="At least cost")
    moving = np.abs(values - values[-1]).max(axis=1) > _SETTLED * max(float(np.ptp(values)), 1e-12)
    ax.set_xlim(0, min(len(values) - 1, 10 + 1.15 * float(np.flatnonzero(moving).max(initial=0))))
    ax.set_xlabel("Round")
    ax.set_ylabel(_QUANTITIES[shown])
