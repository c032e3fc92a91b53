"""How likely a store answers if each of its servers is down with some probability, against the quorum's formula.

**Measures.** Runs are strata: k of n servers have a conduct (they are down), and in some share of the runs all clients
are answered. If each server is down with probability p, independently, k of them are with the binomial probability, and
the shares weighted by it are the availability. So one sweep tells it for every p, however small. Beside it stands the
probability that a quorum is up.
**Reads.** `protocol`, `nodes`, `f`, `traitors`, `asked`, `answered`.
"""

import numpy as np
from pandas import DataFrame
from scipy.stats import binom

from ..intervals import stratified
from ..labels import level_labels, plural
from ..scenarios import described, number_of_parties
from ..summary import summarise, varying
from ..theory import quorums
from . import measure

__all__ = ["availability"]

_PROBABILITIES = (0.01, 0.05, *(tenths / 10 for tenths in range(1, 10)))
_TOLD = 0.1
_ROUNDING = 1e-12
_FACTORS = ("conduct", "placement", "channel", "scheduler", "clients", "pace")


def _answer(table: DataFrame) -> str:
    known = table[table["formula"].notna() & table["available"].notna()]
    above, below = known["formula"] - known["low"], known["high"] - known["formula"]
    inside = (np.minimum(above, below) > -_ROUNDING).sum()
    text = f"The formula lies within the interval at {inside:,} of {plural(len(known), 'point')}."
    labels = level_labels(table["protocol"])
    told = [
        f"{labels[row.protocol]} on {row.nodes} servers {row.available:.5f} ({row.formula:.5f})"
        for row in known[known["p"] == _TOLD].itertuples()
    ]
    if told:
        text += (
            f" Where a server is down with p = {_TOLD}, availability, and by the formula: {'; '.join(told)}."
        )
    return text


def _digest(table: DataFrame) -> DataFrame:
    """Return a few probabilities only."""
    return table[table["p"].isin((0.01, _TOLD, 0.3, 0.5))]


@measure(needs=("protocol", "nodes", "traitors", "asked", "answered"), answer=_answer, digest=_digest)
def availability(runs: DataFrame) -> DataFrame:
    """Probability that all clients are answered if each server is down with probability p, independently.

    With all servers down nobody is answered; another number of them that was not run leaves the availability missing.

    Returns
    -------
    DataFrame
        `protocol` and what else was varied, `nodes`, `f`, `p`, the number of `runs` and `failed` ones in all strata;
        `available`, with an interval from `low` to `high`; the `formula`, missing for protocols without one.
    """
    runs = described(runs)
    runs = runs.assign(nodes=number_of_parties(runs), f=runs["f"].fillna(0).astype(int))
    by = [*varying(runs, _FACTORS, "protocol"), "nodes", "f"]
    shares = {"answered": runs["answered"] == runs["asked"]}
    strata = summarise(runs, [*by, "traitors"], shares=shares)
    table = DataFrame(
        [
            {
                **dict(zip(by, point, strict=True)),
                "p": p,
                **_weighted(stratum, p),
            }
            for point, stratum in strata.groupby(by, sort=False, dropna=False)
            for p in _PROBABILITIES
        ]
    )
    points = table[["protocol", "nodes", "f", "p"]].itertuples(index=False)
    formula = [quorums.available(*point) for point in points]
    return table.assign(formula=np.array(formula, dtype=float))


def _weighted(strata: DataFrame, p: float) -> dict[str, float]:
    """Return the availability with its interval, and the runs that it rests on, from shares by servers down."""
    n, strata = int(strata["nodes"].iloc[0]), strata.set_index("traitors")
    counted = {"runs": int(strata["runs"].sum()), "failed": int(strata["failed"].sum())}
    trials = strata["runs"].reindex(range(n), fill_value=0).to_numpy()
    answered = (strata["answered"].reindex(range(n)).fillna(0.0) * trials).round().to_numpy()
    available, low, high = stratified(answered, trials, binom.pmf(range(n), n, p))
    return {**counted, "available": available, "low": low, "high": high}
