"""How unequally wealth is held after exchange, against theory.

**Measures.** By kind of exchange, network, endowment and number of traitors: the means of the Gini coefficient, of the
share of all that the richest tenth has, of the share of parties with nothing and of a traitor's wealth, with bootstrap
intervals; beside them what theory says where money has changed hands for long enough.
**Reads.** `exchange`, `network`, `endowment`, `traitors`, `conduct`, `nodes`, `mean_wealth`, `gini`, `top_share`,
`broke` and `traitor_wealth`.
"""

from pandas import DataFrame

from ..deal_predictions import wealth_of
from ..labels import number, plural
from ..scenarios import described
from ..summary import summarise, varying
from . import measure

__all__ = ["inequality"]

_FACTORS = ("conduct", "placement", "max_steps")
_POINT = ("exchange", "network", "endowment", "traitors")
_MEANS = ("gini", "top_share", "broke", "traitor_wealth")
_THEORY = {"gini": "gini_theory", "broke": "broke_theory", "traitor_wealth": "traitor_theory"}


def _answer(table: DataFrame) -> str:
    ran = table[table["runs"] > 0]
    text = f"Mean Gini coefficients lie between {number(ran['gini'].min())} and {number(ran['gini'].max())}."
    for name, column, told in (
        ("gini", "gini_theory", "the Gini coefficient was off what theory says by at most"),
        ("traitor_wealth", "traitor_theory", "a traitor's wealth was off what theory says by at most"),
    ):
        known = ran[ran[column].notna()]
        if len(known):
            off = ((known[name] - known[column]) / known[column]).abs().max()
            text += f" At {plural(len(known), 'point')} {told} {100 * off:.1f} %, on average over the runs."
    return text


@measure(
    needs=("nodes", "mean_wealth", "gini", "top_share", "broke", "traitor_wealth"),
    answer=_answer,
)
def inequality(runs: DataFrame) -> DataFrame:
    """Gini coefficient and other signs of how unequally wealth is held, and what theory says of money.

    Wealth is coins, or utility where goods are exchanged. Theory is that of Dragulescu and Yakovenko's money, exact for
    the number of parties and coins.

    Returns
    -------
    DataFrame
        `exchange`, `network`, `endowment`, `traitors` and what else was varied; `runs`, `failed`; the means of `gini`,
        `top_share` (of the richest tenth), `broke` (share with nothing) and `traitor_wealth` with intervals;
        `gini_theory`, `broke_theory` and `traitor_theory`, missing where there is none.
    """
    runs = described(runs)
    by = varying(runs, _FACTORS, *_POINT)
    table = summarise(runs, by, means=_MEANS)
    told = DataFrame([wealth_of(run) for run in runs.to_dict("records")], index=runs.index)
    told.columns = [_THEORY[name] for name in ("gini", "broke", "traitor_wealth")]
    theory = runs[by].join(told).groupby(by, sort=False, dropna=False).mean().reset_index()
    return table.merge(theory, on=by)
