"""How near a market comes to its equilibrium: surplus, prices, and who gets what.

**Measures.** By schedules, institution, kind of traders and whatever else was varied: the means of allocative
efficiency, of prices and how far they are from the equilibrium price, over all periods and in the first and the last
one (Smith's alpha, in percent), of the range of prices in a period, of how far profits are from those of equilibrium,
of deals and of shouts, with bootstrap intervals; beside them what theory says of efficiency and price.
**Reads.** `valuation`, `institution`, `trader` and the columns of a market's outcome, and its steps' prices.
"""

from pandas import DataFrame

from ..deal_predictions import market_of
from ..labels import level_labels, number, plural, share
from ..scenarios import Row, described, model_of
from ..summary import summarise, varying
from . import measure

__all__ = ["market"]

_MEANS = (
    *("efficiency", "price", "off_price", "alpha", "alpha_first", "alpha_last", "spread"),
    *("profit_dispersion", "trades", "shouts_made"),
)
_POINT = ("valuation", "institution", "trader")


def _answer(table: DataFrame) -> str:
    known = table[table["efficiency"].notna()]
    runs = plural(int(table["runs"].sum()), "run")
    if known.empty:
        return f"In none of {runs} was there anything to gain."
    made = share(known["efficiency"].mean())
    text = f"In {runs}, {made} of the greatest surplus was made in the mean over what was tried"
    if len(known) > 1:
        points = known.sort_values("efficiency", kind="stable").to_dict("records")
        least, most = (
            f"{share(row['efficiency'])} ({_named(row, known)})" for row in points[:: len(points) - 1]
        )
        text += f": from {least} to {most}"
    alphas = known[["alpha_first", "alpha_last"]].mean()
    if alphas.notna().all():
        first, last = (number(each) for each in alphas)
        text += f". Prices were {first} % off the equilibrium's in the first period and {last} % in the last"
    return f"{text}."


def _named(row: Row, table: DataFrame) -> str:
    """Return which point a row is, by what differs between them."""
    factors = [
        each for each in (*_POINT, "conduct", "traitors") if each in table and table[each].nunique() > 1
    ]
    return ", ".join(level_labels(table[each])[row[each]] for each in factors)


def _digest(table: DataFrame) -> DataFrame:
    """Return the table with intervals of efficiency only, and with what varies."""
    fixed = [each for each in _POINT if table[each].nunique() == 1 and len(table) > 1]
    ends = [f"{each}{end}" for each in _MEANS if each != "efficiency" for end in ("_low", "_high")]
    return table.drop(columns=[*fixed, *ends])


@measure(
    needs=("efficiency", "price", "equilibrium_price", "alpha", "profit_dispersion", "trades", "shouts_made"),
    needs_steps=("run", "step", "disagreement", "alpha"),
    answer=_answer,
    digest=_digest,
)
def market(runs: DataFrame, steps: DataFrame) -> DataFrame:
    """Mean efficiency, prices and profits of markets against their equilibrium, by schedules, institution and traders.

    Off price: mean price less equilibrium price. Alpha: root mean squared distance of prices from the equilibrium's, in
    percent of it; first and last are periods. Spread: range of a period's prices, mean over periods.

    Returns
    -------
    DataFrame
        `valuation`, `institution`, `trader` and what else was varied; `runs`, `failed`; means with intervals of
        `efficiency`, `price`, `off_price`, `alpha`, `alpha_first`, `alpha_last`, `spread`, `profit_dispersion`,
        `trades` and `shouts_made`; what theory says of it: `efficiency_theory` and `price_theory`.
    """
    runs = described(runs)
    periods = steps[steps["step"] > 0].sort_values(["run", "step"]).groupby("run")
    runs = runs.assign(
        off_price=runs["price"] - runs["equilibrium_price"],
        alpha_first=runs["run"].map(periods["alpha"].first()),
        alpha_last=runs["run"].map(periods["alpha"].last()),
        spread=runs["run"].map(periods["disagreement"].mean()),
    )
    by = varying(runs, list(model_of(runs.columns).Scenario.model_fields), *_POINT)
    table = summarise(runs, by, means=_MEANS)
    theory = runs.drop_duplicates(by).copy()
    said = [market_of(row) for row in theory.to_dict("records")]
    theory["efficiency_theory"] = [each.efficiency for each in said]
    theory["price_theory"] = [each.price for each in said]
    return table.merge(theory[[*by, "efficiency_theory", "price_theory"]], on=by)
