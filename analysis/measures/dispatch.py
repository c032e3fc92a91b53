"""What price consensus comes to: who agrees, whether demand is met, and at what cost.

**Measures.** By network, rule, and what traitors do, the shares of runs in which the honest units agreed, the demand
was met, and at least cost; the means of the power that is too much, of the costs above the least, of the range of
prices, and of what a traitor gained beside what it would have got if honest. For each network, how many traitors
W-MSR is proven to bear on it.
**Reads.** `agreement`, `balance`, `optimality`, `mismatch`, `excess_cost`, `price_range`, `traitor_gain`, `traitor_due`
and how runs were set up.
"""

from functools import lru_cache

import numpy as np
from pandas import DataFrame

from ...agents.errors import InputError
from ...models.networks.topologies import topologies
from ..labels import level_labels, plural, share
from ..scenarios import described
from ..summary import summarise, varying
from ..theory.robustness import ENUMERABLE, tolerated_traitors
from . import measure

__all__ = ["dispatch"]

_FACTORS = ("case", "weights", "leader", "feedback", "payment")
_HONEST = "honest"


def _answer(table: DataFrame) -> str:
    told = []
    honest = table[(table["traitors"] == 0) & (table["runs"] > 0)]
    if len(honest):
        optimal = round((honest["optimal"] * honest["runs"]).sum())
        told.append(
            f"Without traitors {optimal} of {plural(int(honest['runs'].sum()), 'run')} found the optimum."
        )
    lies = _lies(table[(table["traitors"] > 0) & (table["runs"] > 0)])
    conducts, rules = level_labels(lies["conduct"]), level_labels(lies["rule"])
    for (conduct, rule), part in lies.groupby(["conduct", "rule"], sort=False):
        runs = part["runs"]
        power, cost, gain, due = (
            np.average(part[each], weights=runs)
            for each in ("mismatch", "excess_cost", "traitor_gain", "traitor_due")
        )
        text = (
            f"{conducts[conduct]} traitors, {rules[rule]}: {power:+.1f} MW, costs {share(cost)} above the least, "
            f"{gain:.3g} for the liar instead of {due:.3g}"
        )
        agreed = (part["agreed"] * runs).groupby(part["bears"] >= part["traitors"]).sum()
        counts = runs.groupby(part["bears"] >= part["traitors"]).sum()
        where = {True: "on networks that are robust enough", False: "on others"}
        shares = [
            f"{round(agreed[each])} of {counts[each]} {where[each]}"
            for each in (True, False)
            if each in counts
        ]
        told.append(f"{text}; agreement in {', '.join(shares)}.")
    return " ".join(told)


def _lies(table: DataFrame) -> DataFrame:
    """Return the rows of traitors that lie about more than costs, if there are any; `best-lies` is about the others."""
    prices: DataFrame = table[~table["conduct"].str.startswith("misreport")]
    return table if prices.empty else prices


def _digest(table: DataFrame) -> DataFrame:
    return _lies(table).reset_index(drop=True)


@measure(
    needs=("balance", "optimality", "mismatch", "excess_cost", "price_range", "traitor_gain", "traitor_due"),
    answer=_answer,
    digest=_digest,
)
def dispatch(runs: DataFrame) -> DataFrame:
    """Whether units agreed and met the demand at least cost, by network, rule and what traitors did.

    Mismatch is power that is delivered beyond the demand, in MW. Bears: how many traitors, telling all the same, W-MSR
    is proven to bear on the network, missing where that takes long.

    Returns
    -------
    DataFrame
        `network`, `rule`, `traitors`, `conduct` and what else was varied, and what the network `bears`; `runs`,
        `failed`; the shares `agreed`, `balanced`, `optimal`, and the means of `mismatch`, `excess_cost`, `price_range`,
        `traitor_gain` and `traitor_due`, with intervals.
    """
    runs = described(runs)
    runs = runs.assign(
        conduct=runs["conduct"].where(runs["traitors"] > 0, _HONEST),
        bears=[_bears(network) for network in runs["network"]],
    )
    return summarise(
        runs,
        [*varying(runs, _FACTORS, "network", "rule", "traitors", "conduct"), "bears"],
        shares={
            "agreed": runs["agreement"] == "held",
            "balanced": runs["balance"] == "held",
            "optimal": runs["optimality"] == "held",
        },
        means=("mismatch", "excess_cost", "price_range", "traitor_gain", "traitor_due"),
    )


@lru_cache(maxsize=64)
def _bears(text: str) -> float:
    """Return the traitors that W-MSR is proven to bear on a network, in its text form."""
    try:
        topology = topologies.choose(text)
        network = None if topology.is_random else topology.build()
        if network is None or network.n > ENUMERABLE:
            return np.nan
        return float(tolerated_traitors(network))
    except InputError:  # it was made in somebody's notebook, or is not connected
        return np.nan
