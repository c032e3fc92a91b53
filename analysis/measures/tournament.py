"""Which tactic does best against all of them.

**Measures.** Of each tactic that met the others on both sides: its mean utility over all opponents, itself among them,
sides and domains, with a bootstrap interval over replicates; in which share of resamples it comes first; and what it
got on either side and against itself.
**Reads.** `tactic`, `rivals`, `domain`, `utility`, `rival_utility`, `deals`, `tables` and `replicate`.
"""

import numpy as np
from pandas import DataFrame

from ..encounters import encounters, payoffs
from ..frames import finished
from ..intervals import bootstrap
from ..labels import level_labels, share
from . import measure

__all__ = ["tournament"]


def _answer(table: DataFrame) -> str:
    labels = level_labels(table["entry"])
    places = [
        f"{labels[entry]} {utility:.3f}" + ("" if np.isnan(low) else f" ({low:.3f} to {high:.3f})")
        for entry, utility, low, high in table[["entry", "utility", "utility_low", "utility_high"]].to_numpy()
    ]
    text = f"Best against all, by mean utility: {'; '.join(places[:3])}. Last is {places[-1]}."
    first = table.iloc[0]
    if np.isnan(first["utility_low"]):
        return text
    return f"{text} {labels[first['entry']]} comes first in {share(first['winning'])} of resamples."


@measure(needs=("tactic", "rivals", "utility", "rival_utility", "deals", "tables"), answer=_answer)
def tournament(runs: DataFrame) -> DataFrame:
    """Mean utility of each tactic against all of them, on both sides and over all domains; the best comes first.

    Returns
    -------
    DataFrame
        `rank` and `entry`; the `runs` in which it took part, once for each side that it took, and how many `failed`;
        its `utility`, all opponents counting alike, with its interval; the share of resamples in which it is the
        greatest, `winning`; its mean utility when it speaks `first`, `second`, and against `itself`; the share of
        tables that `agreed`; and to how many tactics it is a best response, `best_to`.
    """
    met = encounters(runs)
    game = payoffs(met)
    ended = finished(met)
    counts = met.groupby("entry", sort=False).size()
    done = ended.groupby("entry", sort=False).size().reindex(game.entries, fill_value=0).to_numpy()
    sides = ended.pivot_table(index="entry", columns="side", values="utility").reindex(
        index=game.entries, columns=[0, 1]
    )
    scores = [DataFrame(game.samples[:, place]).mean(axis=1).dropna() for place in range(len(game.entries))]
    intervals = np.array([bootstrap(each) for each in scores])
    table = DataFrame(
        {
            "entry": game.entries,
            "runs": done,
            "failed": counts.reindex(game.entries).to_numpy() - done,
            "utility": DataFrame(game.mean).mean(axis=1),
            "utility_low": intervals[:, 0],
            "utility_high": intervals[:, 1],
            "winning": game.winning,
            "first": sides[0].to_numpy(),
            "second": sides[1].to_numpy(),
            "itself": np.diagonal(game.mean),
            "agreed": ended.groupby("entry", sort=False)["agreed"].mean().reindex(game.entries).to_numpy(),
            "best_to": game.best.sum(axis=1),
        }
    ).sort_values("utility", ascending=False, kind="stable", ignore_index=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return table
