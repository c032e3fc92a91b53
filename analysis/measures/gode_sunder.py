"""The tables of Gode and Sunder beside those of their markets played again.

**Measures.** By market and kind of traders: efficiency in percent, the dispersion of profits, and the slope of how far
prices are from the equilibrium price on the number of the deal in its period, each beside what the paper reports of
traders without intelligence [1]_, and efficiency beside what is left if every unit is traded. Of the slope the paper
does not tell all; here it is the regression of root mean squared distances, over the first runs of a point and all
their periods, of deals with the same number. The schedules are others' readings of the paper's figures.
**Reads.** `valuation`, `trader`, `institution` and the columns of a market's outcome; the first runs are made again for
their deals.

References
----------
.. [1] D. K. Gode, S. Sunder, "Allocative efficiency of markets with zero-intelligence traders: market as a partial
       substitute for individual rationality", Journal of Political Economy 101 (1993) 119-137, doi:10.1086/261868.
"""

from math import nan
from typing import Any, Final, NamedTuple

import numpy as np
from pandas import DataFrame

from ...agents.errors import InputError
from ...agents.traders import traders
from ...agents.traders.zero_intelligence import ZeroIntelligence
from ...models.deal import Ending
from ...models.valuations import valuations
from ...models.valuations.gode_sunder import GodeSunder
from ..deal_predictions import market_of
from ..frames import finished
from ..labels import level_labels, number
from ..scenarios import chosen, described, rebuild, without_traitors
from ..summary import summarise, varying
from . import measure

__all__ = ["gode_sunder"]


class _Printed(NamedTuple):
    """What the paper's tables 2, 3 and 1 say of a market."""

    efficiency: float
    dispersion: float
    slope: float = nan


_PRINTED: Final[dict[tuple[int, bool | None], _Printed]] = {
    (1, True): _Printed(99.9, 28.53, -0.64),
    (2, True): _Printed(99.2, 49.81, -0.61),
    (3, True): _Printed(99.0, 15.90, -1.23),
    (4, True): _Printed(98.2, 60.47, -3.59),
    (5, True): _Printed(97.1, 19.07, -0.83),
    (1, False): _Printed(90.0, 225.48),
    (2, False): _Printed(90.0, 253.12),
    (3, False): _Printed(76.7, 90.54),
    (4, False): _Printed(48.8, 363.80),
    (5, False): _Printed(86.0, 156.28),
}
_SILENT: Final = _Printed(nan, nan)
_PLAYED_AGAIN: Final = 10


def _answer(table: DataFrame) -> str:
    known = table[table["efficiency_paper"].notna() & (table["runs"] > 0)]
    if known.empty:
        return "No trader is one of the paper's; sweep trader=zero-intelligence."
    text = []
    labels = level_labels(table["trader"])
    for trader, part in known.groupby("trader", sort=False):
        off = (part["efficiency"] - part["efficiency_paper"]).abs()
        told = ", ".join(f"{each:.1f}" for each in part["efficiency"])
        printed = ", ".join(f"{each:.1f}" for each in part["efficiency_paper"])
        text.append(
            f"{labels[trader]}: efficiency {told} percent by market, in the paper {printed}; at most "
            f"{number(round(off.max(), 2))} points apart."
        )
    return " ".join(text)


def _digest(table: DataFrame) -> DataFrame:
    return table.drop(columns=["dispersion_low", "dispersion_high"])


@measure(
    needs=("valuation", "efficiency", "profit_dispersion", "seed", "replicate"),
    answer=_answer,
    digest=_digest,
)
def gode_sunder(runs: DataFrame) -> DataFrame:
    """Efficiency in percent, dispersion of profits, and slope of prices' distances, beside the paper's numbers.

    Theory: what is left if every unit is traded. The slope is in money a deal, over ten runs at most; negative where
    prices come nearer to the equilibrium within a period. It is that of the paper's traders, which gives slopes for the
    constrained ones.

    Returns
    -------
    DataFrame
        `market`, `trader` and what else was varied; `runs`, `failed`; means with intervals of `efficiency` and of
        `dispersion`, and `slope`; the same with `_paper`, and `efficiency_theory`.

    Raises
    ------
    InputError
        If no run without traitors is of one of the five markets.
    """
    runs = without_traitors(described(runs))
    markets = runs["valuation"].map(_market)
    runs = runs[markets.notna()].assign(market=markets[markets.notna()].astype(int))
    if runs.empty:
        raise InputError(
            "no honest run is of one of the paper's markets; sweep valuation='gode-sunder(market=1)'"
        )
    by = varying(runs, ("institution", "shouts", "periods", "tick"), "market", "trader")
    table = summarise(
        runs, by, means={"efficiency": 100 * runs["efficiency"], "dispersion": runs["profit_dispersion"]}
    )
    table = table.sort_values(["trader", "market"], kind="stable", ignore_index=True)
    ended = finished(runs)
    points = [ended[(ended[by] == row[by]).all(axis=1)].head(_PLAYED_AGAIN) for _, row in table.iterrows()]
    said = [market_of(rows.iloc[0].to_dict()).efficiency if len(rows) else nan for rows in points]
    constrained = [_is_constrained(trader) for trader in table["trader"]]
    keys = zip(table["market"], constrained, strict=True)
    printed = [_PRINTED.get(key, _SILENT) for key in keys]
    return table.assign(
        slope=[nan if kind is None else _slope(rows) for kind, rows in zip(constrained, points, strict=True)],
        efficiency_theory=[100 * each for each in said],
        efficiency_paper=[each.efficiency for each in printed],
        dispersion_paper=[each.dispersion for each in printed],
        slope_paper=[each.slope for each in printed],
    )


def _market(valuation: str) -> float:
    """Return the market's number; NaN of any other valuation."""
    schedules = chosen(valuations, valuation)
    return schedules.market if isinstance(schedules, GodeSunder) else nan


def _is_constrained(trader: str) -> bool | None:
    """Return whether traders without intelligence are constrained; None of any other."""
    kind = chosen(traders, trader)
    return kind.constrained if isinstance(kind, ZeroIntelligence) else None


def _slope(runs: DataFrame) -> float:
    """Return the slope of the root mean squared distance from the equilibrium price on the deal's number."""
    squares: dict[int, list[float]] = {}
    for row in runs.to_dict("records"):
        model: Any = rebuild(row).run()
        for period in range(1, model.clock + 1):
            kept = [deal for deal in model.period(period) if deal.ending != Ending.BREACHED]
            for at, deal in enumerate(kept, 1):
                squares.setdefault(at, []).append((deal.outcome - model.equilibrium.price) ** 2)
    if len(squares) < 2:
        return nan
    numbers = sorted(squares)
    distances = np.sqrt([np.mean(squares[at]) for at in numbers])
    return float(np.polyfit(numbers, distances, 1)[0])
