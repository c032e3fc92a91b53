"""How often a buyer and a seller trade by sealed offers, and what they gain, beside theory.

**Measures.** By the weight k of the bid in the price: the share of runs that ended with a trade, with Wilson's
interval; the mean gain and its share of the 1/6 that there is on average, with bootstrap intervals; and what
Chatterjee and Samuelson's equilibrium gives.
**Reads.** `procedure`, `tactic`, `rivals`, `domain`, `deals`, `welfare`.
"""

import pandas as pd
from pandas import DataFrame

from ...agents.errors import InputError
from ..deal_predictions import auction_weight
from ..labels import number
from ..scenarios import described
from ..summary import summarise
from ..theory import double_auction as theory
from . import measure

__all__ = ["double_auction"]


def _answer(table: DataFrame) -> str:
    told = [
        f"with k = {number(row['k'])} they traded in {row['traded']:.3f} of the runs ({row['trade_formula']:.3f}) "
        f"and reached {row['efficiency']:.1%} of what there was ({row['efficiency_formula']:.1%})"
        for _, row in table.iterrows()
    ]
    return f"Measured, and by the formula: {'; '.join(told)}."


@measure(needs=("procedure", "tactic", "rivals", "domain", "deals", "welfare"), answer=_answer)
def double_auction(runs: DataFrame) -> DataFrame:
    """Trades and gains of a sealed double auction with values and costs from [0, 1], against the equilibrium's.

    Returns
    -------
    DataFrame
        `k`, the weight of the bid in the price; `runs`, `failed`; the share `traded`, the mean `welfare` and the
        `efficiency`, all with intervals; `trade_formula` and `efficiency_formula`.
    """
    runs = described(runs)
    weights = pd.Series(
        [auction_weight(row) for row in runs.to_dict("records")], index=runs.index, dtype=float
    )
    if weights.isna().all():
        raise InputError(
            "measure double-auction needs runs of sealed-offers between chatterjee-samuelson traders over "
            "trade(low=0, high=1) with one k; run the study double-auction"
        )
    runs = runs[weights.notna()].assign(k=weights)
    runs = runs.assign(reached=6 * runs["welfare"])
    table = summarise(
        runs,
        ["k"],
        shares={"traded": runs["deals"] == 1},
        means={"welfare": runs["welfare"], "efficiency": runs["reached"]},
    )
    return table.assign(
        trade_formula=table["k"].map(theory.trade_probability),
        efficiency_formula=table["k"].map(theory.efficiency),
    )
